import { printableLine, shownSymbol } from '../printable.js';
import { warningsOf, warningWords } from '../../core/assessment.js';
import {
  accountLeverage,
  accountMarginRatio,
  isFailed,
  incompleteness,
  reasonWithoutOutcome,
  type AssessedPosition,
  type PositionAnswer,
} from '../../core/account.js';
import { DEFAULT_VENUE, type BracketTable } from '../../core/brackets.js';
import { roomTo, shownPrice } from '../../core/liquidation.js';
import { marginRatioAt, removableMargin } from '../../core/health.js';
import type { WayOut } from '../../core/ways-out.js';
import { withdrawable } from '../../core/withdrawal.js';
import { maintenanceAt } from '../../core/leg.js';
import { Ratio } from '../../core/ratio.js';
import { bothBounds, marginNeeded, type RoomOf } from '../../formats/account-figures.js';
import { exchangePriceOf } from '../../formats/raw-account.js';
import {
  areAllFar,
  eachPosition,
  sizeWords,
  type AccountAnswer,
  type AccountRendering,
  type AnsweredPosition,
  type FailedRow,
  type NearPositions,
} from './account-rows.js';
import { reconcileLines } from './account-reconcile.js';
import { addedWords, amountWords, assetOf } from './account-words.js';
import { failureOf } from '../failure.js';
import { staleWords, type StaleDetails } from '../stale-words.js';
import { ruleWords } from './venue-words.js';
import { percentText, priceDecimals, priceText as writtenPrice, roomTone } from '../figures.js';
import { packed, wrap } from './lines.js';
import { filled, plain, tableLines, type Column, type FilledColumn, type Ranked, type Tone } from './text-table.js';
import { toneNamed, tonePaint, type Style, type ToneName } from '../style.js';

type RankedColumn = Column<AnsweredPosition<PositionAnswer>> & Ranked;

/** The positions in the form of the table: the cells of every column, their colours, and the notes. */
interface Body {
  readonly columns: readonly (FilledColumn & Ranked)[];
  readonly tones: readonly Tone[];
  /** Why positions failed. */
  readonly failures: readonly string[];
  readonly warnings: ReadonlySet<string>;
  /** The tables that rates come from. */
  readonly tables: readonly BracketTable[];
  /** The rules of venues other than the default one, in words. */
  readonly rules: ReadonlySet<string>;
}

/** An account for reading: its figures, the market move, a table of its positions, notes. */
export function accountTable(answer: AccountAnswer, options: AccountRendering & Style): string {
  const { assessment } = answer;
  const isEmpty = assessment.account.positions.length === 0;
  const needs = needLines(answer).flatMap((line) => wrap(line, options.width));
  const lines = isEmpty ? needs : [...summaryLines(answer, options), ...needs, ''];
  if (isEmpty) lines.push('No open positions.');
  else if (answer.near && areAllFar(answer)) lines.push(...wrap(farWords(answer.near), options.width));
  else for (const line of positionLines(answer, options)) lines.push(line);
  return `${[...lines, ...reconcileLines(answer, options.width)].join('\n')}\n`;
}

/** The message that no position is near enough to be shown. */
export function farWords({ percent }: NearPositions): string {
  return `No position is within ${percent.toText(30)} % of its liquidation.`;
}

/** The blanks between figures of the summary. */
const GAP = '   ';

function summaryLines(
  { assessment, input }: AccountAnswer,
  { paint, decimals, width }: AccountRendering & Style,
): string[] {
  const { wallet } = assessment.account;
  const { equity, maintenance, outcome, lacking } = assessment;
  const own = isolatedLines(assessment).flatMap((line) => wrap(line, width));
  if (!outcome && lacking.length === 0) return own;
  const asset = assetOf(input);
  const amounts = [
    `wallet ${amountWords(wallet, decimals)}`,
    `equity ${amountWords(equity, decimals)}`,
    `maintenance ${lacking.length > 0 ? 'unknown' : amountWords(maintenance, decimals)}`,
  ];
  const title = `CROSS${asset === undefined ? '' : ` ${printableLine(asset)}`}`;
  const head = packed([`${paint.strong(title)}  ${amounts[0] ?? ''}`, ...amounts.slice(1)], width, GAP);
  if (!outcome) return [...head, ...wrap(moveWords(assessment), width).map(paint.warn), ...own];
  const [ratio, leverage] = [accountMarginRatio(assessment), accountLeverage(assessment)];
  const ratioWords = ratio ? `${percentText(ratio)} % (liquidated at 100)` : 'above 100 %: equity is not positive';
  const figures = [`Margin ratio ${ratioWords}`, ...(leverage ? [`effective leverage ${leverage.toFixed(2)}x`] : [])];
  const tone = outcome === 'already' ? paint.bad : (text: string): string => text;
  return [...head, ...packed(figures, width, GAP).map(tone), ...wrap(moveWords(assessment), width).map(tone), ...own];
}

const namedPosition = ({ terms }: AssessedPosition): string =>
  terms.symbol === undefined ? terms.side : shownSymbol(terms.symbol);

/** The isolated positions that have a price. */
function isolatedOf({ account, positionAt }: AccountAnswer['assessment']): AssessedPosition[] {
  return account.positions.flatMap(({ mode }, index) => {
    const position = mode === 'isolated' ? positionAt(index) : undefined;
    return position && !isFailed(position) ? [position] : [];
  });
}

/** The isolated position nearest to its liquidation, as the figures of the cross pool do not count it. */
function isolatedLines(assessment: AccountAnswer['assessment']): string[] {
  const positions = isolatedOf(assessment);
  if (positions.length === 0) return [];
  const named = namedPosition;
  const isAlone = positions.length === assessment.account.positions.length;
  const what = isAlone ? '' : ' isolated';
  const lost = positions.filter(({ outcome }) => outcome.kind === 'already');
  if (lost.length > 0) return [`Liquidated ALREADY${isAlone ? '' : ', isolated'}: ${lost.map(named).join(', ')}`];
  const rooms = positions.flatMap((position) => {
    const { outcome, reference } = position;
    return outcome.bound ? [{ name: named(position), room: roomTo(outcome.bound, reference).over(reference) }] : [];
  });
  const [nearest] = rooms.sort((one, other) => one.room.compare(other.room));
  if (nearest) return [`Nearest${what}: ${nearest.name}, ${percentText(nearest.room)} %`];
  return [`No${what} position can be liquidated.`];
}

/**
 * Prices at or above this multiple of the present price are not shown: no market moves so far before everything else
 * has changed.
 */
const OUT_OF_SIGHT = Ratio.of(10n);
export const NONE_BELOW = 'none up to 10 times the mark';

/** Whether a price is too far above the present one to be shown. */
export function isOutOfSight(price: Ratio, present: Ratio): boolean {
  return price.isAbove(present.times(OUT_OF_SIGHT));
}

/** Whether a move (a fraction) is too far up to be shown. */
export function isMoveOutOfSight(move: Ratio): boolean {
  return isOutOfSight(Ratio.ONE.plus(move), Ratio.ONE);
}

export function moveWords(assessment: AccountAnswer['assessment']): string {
  const { outcome, move, lacking } = assessment;
  if (lacking.length > 0) return `No margin ratio and no market move: ${reasonWithoutOutcome(assessment) ?? ''}`;
  if (!outcome) return 'No cross positions: there is no pool for a market move to liquidate';
  if (outcome === 'already') return 'ALREADY liquidated: equity is at or below maintenance';
  const { down, up } = move;
  const near = up && !isMoveOutOfSight(up) ? up : undefined;
  const none = up ? `no rise up to ${OUT_OF_SIGHT.toText(0)} times the marks liquidates` : 'no rise liquidates';
  const at = [...(down ? [`${percentText(down)} %`] : []), ...(near ? [`+${percentText(near)} %`] : [])];
  const words = [
    ...(down ? [] : ['no fall liquidates']),
    ...(at.length > 0 ? [`liquidated at ${at.join(' or at ')}`] : []),
    ...(near ? [] : [none]),
  ];
  return `${whichMove(assessment)}: ${outcome === 'never' ? 'never liquidated' : words.join('; ')}`;
}

/** What moves: every mark by the same percentage, unless betas say otherwise. */
function whichMove({ account: { positions } }: AccountAnswer['assessment']): string {
  const isSame = positions.every(({ beta }) => beta.compare(Ratio.ONE) === 0);
  return isSame ? 'If all marks move by the same percentage' : 'If the market moves (each mark by its beta)';
}

/** What to add for the requested margin ratio, in words. */
export function needLines({ assessment, need }: AccountAnswer): string[] {
  if (!need) return [];
  const { percent, change, ways } = need;
  const wanted = `for a margin ratio of ${percent.toText(4)} %`;
  const own = isolatedOf(assessment).map((position) => {
    const name = `${namedPosition(position)} ${position.terms.side} isolated`;
    const ratio = marginRatioAt(position.position, position.reference);
    const now = ratio ? `now ${percentText(ratio)} %` : 'now above 100 %: equity is not positive';
    const most = removableMargin(position.position);
    return `${changeWords(marginNeeded({ position, need: percent }), `the margin of ${name}`, wanted, most)} (${now})`;
  });
  const hasPool = own.length === 0 || assessment.account.positions.some(({ mode }) => mode === 'cross');
  const pool = hasPool ? [changeWords(change, 'the wallet', wanted, change && withdrawable(assessment))] : [];
  return [...pool, ...(change && change.sign() > 0 ? ways.map(wayWords) : []), ...own];
}

/** @param most - how much the exchange allows to take out, if that is known. */
function changeWords(change: Ratio | undefined, where: string, wanted: string, most: Ratio | undefined): string {
  if (!change) return `Unknown what to add to ${where} ${wanted}`;
  if (change.sign() > 0) return `Add ${addedWords(change)} to ${where} ${wanted}`;
  if (change.sign() === 0) return `Nothing to add to ${where} ${wanted}`;
  const less = addedWords(change).replace('-', '');
  return `Nothing to add to ${where} ${wanted}: it stays at or below with ${less} less; ${allowedWords(change, most)}`;
}

/** Whether the exchange allows to take an amount out: the initial margin has to stay. */
function allowedWords(change: Ratio, most: Ratio | undefined): string {
  if (!most) return 'the exchange may allow less, because of the initial margin';
  if (!change.negated().isAbove(most)) return 'the exchange allows that, if no orders need it';
  return `the exchange allows ${addedWords(most.negated()).replace('-', '')} at most: the rest is initial margin`;
}

/** A part of a position to close, in words. */
function wayWords({ symbol, side, qty, value, fee }: WayOut): string {
  const cost = fee ? `, fee ${addedWords(fee)}` : '';
  return `or close ${qty.toText(30)} of ${shownSymbol(symbol)} ${side} (value ${amountWords(value)}${cost})`;
}

function positionLines(answer: AccountAnswer, options: AccountRendering & Style): string[] {
  const body = bodyOf(answer, columnsOf(answer, options), options);
  const { width, paint } = options;
  const lines = tableLines(body.columns, { width, head: paint.faint, row: (index) => body.tones[index] ?? plain });
  const { length } = answer.assessment.account.positions;
  const isCut = answer.order?.top !== undefined && body.tones.length < length;
  if (isCut) lines.push(`${body.tones.length} of ${length} positions shown.`);
  return [...lines, ...noteLines(answer, body, options)];
}

/** The notes below the table of an account, without the table. */
export function accountNotes(answer: AccountAnswer, options: AccountRendering & Style): readonly string[] {
  return noteLines(answer, bodyOf(answer, [], options), options);
}

function columnsOf({ assessment, input, rooms }: AccountAnswer, options: AccountRendering): readonly RankedColumn[] {
  const hasReported = input.facts.some((facts) => exchangePriceOf(facts) !== undefined);
  const { positions } = assessment.account;
  const areContracts = positions.every(({ terms, table }) => (table?.contract ?? terms.contract) === 'inverse');
  const right = (heading: string, rank: number, cell: RankedColumn['cell']): RankedColumn => ({
    heading,
    align: 'right',
    rank,
    cell,
  });
  const left = (heading: string, cell: RankedColumn['cell']): RankedColumn => ({ heading, rank: 0, cell });
  return [
    left('SYMBOL', ({ position }) => shownSymbol(position.terms.symbol ?? '')),
    left('SIDE', ({ position }) => sideWords(position)),
    right(areContracts ? 'CONTRACTS' : 'SIZE', 3, ({ position: { terms } }) => sizeWords(terms, 12)),
    right('ENTRY', 5, (row) => priceText(row, row.position.terms.entry, options)),
    right('MARK', 2, (row) => priceText(row, row.position.terms.mark, options)),
    right('LIQUIDATION', 0, (row) => liquidationText(row, options)),
    ...(hasReported ? [right('EXCHANGE', 1, (row) => exchangeText(row, options))] : []),
    right('ROOM', 0, ({ position }) => roomText(position)),
    ...(rooms ? [right('ATRS', 1, ({ position }) => atrsText(position, rooms))] : []),
    right('MAINTENANCE', 4, ({ position }) => maintenanceText(position, assessment)),
  ];
}

function bodyOf(answer: AccountAnswer, columns: readonly RankedColumn[], options: AccountRendering & Style): Body {
  // The warning that prices are too optimistic comes first.
  const warnings = new Set(incompleteness(answer.assessment).map(warningWords));
  const failures: string[] = [];
  const stale: StaleDetails[] = [];
  const tables: BracketTable[] = [];
  const rules = new Set<string>();
  const cells = columns.map((): string[] => []);
  const add = (row: AnsweredPosition<PositionAnswer>): void =>
    columns.forEach(({ cell }, index) => cells[index]?.push(cell(row)));
  const ofPriced = (row: AnsweredPosition): Tone => {
    const { position } = row.position;
    for (const warning of warningsOf(row.position, options.today)) {
      if (warning.code === 'STALE_BRACKETS') stale.push(warning.details);
      else warnings.add(warningWords(warning));
    }
    if (position.ratesFromTable && position.table) tables.push(position.table);
    const { name } = position.venue;
    if (name !== DEFAULT_VENUE) rules.add(`Venue ${name}: ${ruleWords(position)}.`);
    add(row);
    return toneOf(row.position, options);
  };
  const ofFailed = (row: FailedRow): Tone => {
    failures.push(`${shownSymbol(row.position.terms.symbol ?? '')}: ${failureOf(row.position.failure).message}`);
    add(row);
    return options.paint.bad;
  };
  const tones = eachPosition(answer, ofPriced, ofFailed);
  for (const words of staleWords(stale)) warnings.add(words);
  return {
    columns: columns.map((column, index) => filled(column, cells[index] ?? [])),
    tones,
    failures,
    warnings,
    tables,
    rules,
  };
}

/** The positions as rows of texts, with the tone and the room of each. */
export function positionTable(answer: AccountAnswer, options: AccountRendering & Style): PositionTable {
  const body = bodyOf(answer, columnsOf(answer, options), { ...options, paint: tonePaint });
  const rooms = eachPosition(
    answer,
    ({ position: { outcome, reference } }) => shareOfRoom(outcome, reference),
    () => undefined,
  );
  return {
    ...body,
    rows: body.tones.map((tone, index) => ({
      cells: body.columns.map(({ cells }) => cells[index] ?? ''),
      tone: toneNamed(tone),
      room: rooms[index],
    })),
  };
}

/** What a table of positions contains. */
interface PositionTable extends Pick<Body, 'columns' | 'failures' | 'warnings' | 'tables' | 'rules'> {
  readonly rows: readonly {
    readonly cells: readonly string[];
    readonly tone: ToneName;
    readonly room: number | undefined;
  }[];
}

function shareOfRoom({ kind, bound }: AssessedPosition['outcome'], reference: Ratio): number | undefined {
  return bound && kind === 'at' ? Number(roomTo(bound, reference).over(reference).toFixed(6)) : undefined;
}

function sideWords({ terms: { side }, mode }: PositionAnswer): string {
  return mode === 'isolated' ? `${side} isolated` : side;
}

/** Given prices are shown with their own decimals, up to this number. */
const INPUT_DECIMALS = 8;

function priceText(
  { facts }: AnsweredPosition<PositionAnswer>,
  price: Ratio | undefined,
  { decimals }: AccountRendering,
): string {
  return price?.toText(Math.max(INPUT_DECIMALS, decimals ?? facts.entryDecimals)) ?? '';
}

function liquidationText(
  { position, facts }: AnsweredPosition<PositionAnswer>,
  { decimals }: AccountRendering,
): string {
  if (isFailed(position)) return 'failed';
  const { outcome, terms, reference } = position;
  const { kind, bound } = outcome;
  if (!bound) return kind;
  const main = shownPrice(outcome, reference, terms.tick) ?? bound.price;
  if (isOutOfSight(main, reference)) return NONE_BELOW;
  const style = { entryDecimals: facts.entryDecimals, decimals };
  const shown = (price: Ratio): string =>
    terms.tick ? price.toText(priceDecimals(style, price)) : writtenPrice(price, style);
  const both = bothBounds(position);
  const other = both && (bound.danger === 'below' ? both.above : both.below);
  return !other || isOutOfSight(other, reference) ? shown(main) : `${shown(main)} or ${shown(other)}`;
}

function exchangeText({ facts }: AnsweredPosition<PositionAnswer>, { decimals }: AccountRendering): string {
  const price = exchangePriceOf(facts);
  if (price === undefined) return '';
  if (price === null) return 'none';
  return writtenPrice(price, { entryDecimals: facts.entryDecimals, decimals });
}

function roomText(position: PositionAnswer): string {
  if (isFailed(position)) return '';
  const { outcome, reference } = position;
  const { bound } = outcome;
  if (!bound || isOutOfSight(bound.price, reference)) return '';
  const room = `${percentText(roomTo(bound, reference).over(reference))}%`;
  return outcome.kind === 'already' ? `${room} past` : room;
}

/** The room in average true ranges. */
function atrsText(position: PositionAnswer, rooms: RoomOf): string {
  return isFailed(position) ? '' : (rooms(position)?.atrs.toFixed(2) ?? '');
}

function maintenanceText(answer: PositionAnswer, { maintenance: all, lacking }: AccountAnswer['assessment']): string {
  if (isFailed(answer)) return 'unknown';
  const { position, reference, mode } = answer;
  const own = maintenanceAt(position, reference);
  const amount = amountWords(own, own.isBelow(Ratio.of(1000n)) ? undefined : 0);
  if (mode === 'isolated' || all.sign() <= 0) return `${amount} ${mode === 'isolated' ? 'own' : ''}`.trimEnd();
  if (lacking.length > 0) return amount;
  return `${amount} ${own.percent().over(all).toFixed(0).padStart(2)}%`;
}

function toneOf({ outcome, reference }: AssessedPosition, { paint }: Style): Tone {
  if (outcome.kind === 'already') return paint.bad;
  if (outcome.kind === 'never') return plain;
  return roomTone(roomTo(outcome.bound, reference).over(reference), paint, plain);
}

const MOST_WARNINGS = 5;

function noteLines(
  { assessment: { account } }: AccountAnswer,
  { tones, failures, warnings: found, tables, rules }: Body,
  { paint, width, isQuiet }: Style & Pick<AccountRendering, 'isQuiet'>,
): readonly string[] {
  const warnings = new Set(isQuiet === true ? [] : found);
  const shown = [...warnings].slice(0, MOST_WARNINGS);
  const more =
    warnings.size > MOST_WARNINGS ? [`... and ${warnings.size - MOST_WARNINGS} more (--json has all warnings)`] : [];
  const priced = tones.length - failures.length;
  const cross = account.positions.filter(({ mode }) => mode === 'cross').length;
  const held = cross > 1 ? 'LIQUIDATION: if only that mark moves. ' : '';
  return [
    ...(priced > 0 ? wrap([`${held}${ratesWords(tables, priced)}`, ...rules].join(' '), width) : []),
    ...failures.flatMap((text) => wrap(`${paint.bad('Failed')} ${text}`, width)),
    ...shown.flatMap((text) => wrap(`${paint.warn('Warning')} ${text}`, width)),
    ...more,
  ];
}

function ratesWords(tables: readonly BracketTable[], positions: number): string {
  if (tables.length === 0) return 'Rates: given with the positions.';
  const dates = [...new Set(tables.map(({ asOf }) => asOf))].sort();
  const venues = [...new Set(tables.map(({ venue }) => venue))].join(', ');
  const span = [...new Set([dates.at(0), dates.at(-1)])].join(' to ');
  const rest = tables.length < positions ? '; the other rates: given with the positions' : '';
  return `Brackets: ${venues} of ${span}${rest}.`;
}
