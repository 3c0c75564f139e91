import { printableLine } from '../printable.js';
import {
  accountLeverage,
  accountMarginRatio,
  isFailed,
  NO_CROSS,
  type Account,
  type AccountAssessment,
  type PositionAnswer,
} from '../../core/account.js';
import { roomTo, shownPrice } from '../../core/liquidation.js';
import { symbolKey } from '../../core/brackets.js';
import { listed } from '../../core/names.js';
import type { Ratio } from '../../core/ratio.js';
import type { ShockOutcome } from '../../core/shock.js';
import type { PositionFacts } from '../../formats/raw-account.js';
import {
  accountJson,
  eachPosition,
  type AccountAnswer,
  type AccountRendering,
  type AnsweredPosition,
} from './account-rows.js';
import { accountNotes, farWords, isMoveOutOfSight, isOutOfSight, NONE_BELOW } from './account-table.js';
import { fillLines } from './account-fills.js';
import { addedWords, amountWords, shockMoves } from './account-words.js';
import { moreThan, struckName } from '../../formats/account-figures.js';
import { percentText, priceText } from '../figures.js';
import { labelled } from './card.js';
import type { Style } from '../style.js';
import { filledFrom, plain, textTable, widthOf, type Column } from './text-table.js';

/** An account before and after changes. */
export interface Comparison {
  readonly before: AccountAnswer;
  readonly after: AccountAnswer;
}

/** Both answers as one line of JSON. */
export function comparisonJson({ before, after }: Comparison, rendering: AccountRendering): readonly string[] {
  return ['{"before":', ...accountJson(before, rendering), ',"after":', ...accountJson(after, rendering), '}'];
}

type Line = readonly [label: string, before: string, after: string];

const COLUMNS: readonly Column<Line>[] = [
  { heading: '', rank: 0, cell: ([label]) => label },
  { heading: 'BEFORE', align: 'right', rank: 0, cell: ([, before]) => before },
  { heading: 'AFTER', align: 'right', rank: 0, cell: ([, , after]) => after },
];

/** The heading of the positions, below the account's figures in the same columns. */
const SECOND_HEAD: Line = ['LIQUIDATION', 'BEFORE', 'AFTER'];

/** Both answers side by side: the account, then each position's price and room. */
export function comparisonText({ before, after }: Comparison, style: AccountRendering & Style): string {
  const { paint, width } = style;
  const whole = positionLines(before, after);
  const isFar = after.near !== undefined && whole.length === 0;
  const linesWith = (positions: readonly Line[]): readonly Line[] => [
    ...accountLines(before.assessment, after.assessment),
    ...needLines(before, after),
    ['', '', ''],
    ...(isFar ? [] : [SECOND_HEAD, ...positions]),
  ];
  const wide = linesWith(whole);
  const columns = COLUMNS.map((column) => filledFrom(column, wide));
  const lines = widthOf(columns) > width ? linesWith(whole.flatMap(splitLine)) : wide;
  const drawn = textTable(COLUMNS, lines, {
    width,
    head: paint.faint,
    row: (index) => (lines[index] === SECOND_HEAD ? paint.faint : plain),
  });
  if (isFar) drawn.push(farWords(after.near));
  if (after.fills) drawn.push('', ...fillLines(after.fills, style));
  if (after.shock) drawn.push('', ...shockLines(after.shock, after.assessment.account, style));
  const notes = isFar ? [] : accountNotes(after, style);
  if (notes.length > 0) drawn.push('', ...notes);
  return `${drawn.join('\n')}\n`;
}

/** A line whose rooms are below their prices, for narrow screens. */
function splitLine([name, ...cells]: Line): Line[] {
  const [before, after] = cells.map((cell) => cell.split(' (')) as [string[], string[]];
  const room = ([, text]: readonly string[]): string => (text === undefined ? '' : `(${text}`);
  return [
    [name, before[0] ?? '', after[0] ?? ''],
    ['', room(before), room(after)],
  ];
}

function shockLines(outcome: ShockOutcome, account: Account, style: Style): string[] {
  return shockWords(outcome, account).map(([label, words]) => {
    const line = labelled(label, words, style);
    const paint = LABEL_PAINT[label];
    return paint ? style.paint[paint](line) : line;
  });
}

const LIQUIDATED = 'Liquidated';
const UNKNOWN_LABEL = 'Unknown';
const LABEL_PAINT: Readonly<Record<string, 'bad' | 'warn'>> = { [LIQUIDATED]: 'bad', [UNKNOWN_LABEL]: 'warn' };

/** What a shock does, in words after labels. */
export function shockWords(
  { shock, struck, share, lacking }: ShockOutcome,
  account: Account,
): readonly (readonly [label: string, words: string])[] {
  const isOne = shock.bySymbol.size === 0;
  const lines = struck.map((each) => {
    const name =
      each.index === undefined ? 'the cross positions' : `${printableLine(struckName(each, account))} isolated`;
    const move =
      shock.all && isOne && each.share ? `: when all marks reach ${percentText(each.share.times(shock.all))} %` : '';
    const at = each.share ? `, at ${percentText(each.share)} % of the shock${move}` : '';
    const add = moreThan(each.lack, AMOUNT_DECIMALS).toText(AMOUNT_DECIMALS);
    const where = each.index === undefined ? 'to the wallet' : 'margin';
    return [LIQUIDATED, `${name}${at}; add ${add} ${where} before the shock to prevent it`] as const;
  });
  const safe = share
    ? `nobody is liquidated; ${percentText(share)} % of the shock liquidates the first`
    : 'nobody is liquidated, and no larger shock of this kind is known to liquidate anybody';
  const unknown =
    lacking.length > 0
      ? ([[UNKNOWN_LABEL, `the cross positions: no maintenance margin of ${listed(lacking, 'and')}`]] as const)
      : [];
  const found = [...lines, ...unknown];
  return [['Shock', shockMoves(shock)], ...(found.length > 0 ? found : [['Result', safe] as const])];
}

/** The decimals of amounts to add. */
const AMOUNT_DECIMALS = 8;

const percent = (fraction: Ratio | undefined): string => (fraction ? `${percentText(fraction)} %` : 'none');

/** The outcome of an account, in words after `liquidated`. */
const OUTCOME_WORDS = { at: 'by a move', never: 'never', already: 'already' } as const;

function accountLines(before: AccountAssessment, after: AccountAssessment): Line[] {
  const old = accountFacts(before);
  return accountFacts(after).map(([label, words], index) => [label, old[index]?.[1] ?? '', words]);
}

/** The figures of an account in words. */
export function accountFacts(assessment: AccountAssessment): readonly (readonly [label: string, words: string])[] {
  type Words = readonly [string, string];
  const both = (label: string, of: (each: AccountAssessment) => string): Words => [label, of(assessment)];
  /** A figure that depends on the maintenance margin of every position. */
  const ofAll = (label: string, of: (each: AccountAssessment) => string): Words =>
    both(label, (each) => (each.lacking.length > 0 ? UNKNOWN : of(each)));
  return [
    both('wallet', ({ account }) => amountWords(account.wallet)),
    both('equity', ({ equity }) => amountWords(equity)),
    ofAll('maintenance', ({ maintenance }) => amountWords(maintenance)),
    ofAll('margin ratio', (each) => {
      const ratio = accountMarginRatio(each);
      return (ratio ?? !each.outcome) ? percent(ratio) : 'above 100 %';
    }),
    ofAll('effective leverage', (each) => {
      const leverage = accountLeverage(each);
      return leverage ? `${leverage.toFixed(2)}x` : 'none';
    }),
    ofAll('liquidated', ({ outcome }) => (outcome ? OUTCOME_WORDS[outcome] : NO_CROSS)),
    ofAll(
      'market move down',
      moveWords(({ down }) => (down ? percent(down) : 'never')),
    ),
    ofAll(
      'market move up',
      moveWords(({ up }) => upWords(up)),
    ),
  ];
}

const UNKNOWN = 'unknown';

/** The move that liquidates; `-` for an account that is liquidated already. */
function moveWords(words: (move: AccountAssessment['move']) => string): (of: AccountAssessment) => string {
  return ({ outcome, move }) => (outcome === 'already' ? '-' : outcome ? words(move) : 'none');
}

function upWords(move: Ratio | undefined): string {
  if (!move) return 'never';
  return isMoveOutOfSight(move) ? NONE_BELOW : percent(move);
}

function needLines({ need: before }: AccountAnswer, { need: after }: AccountAnswer): Line[] {
  if (!before || !after) return [];
  return [[`to add for ${after.percent.toText(4)} %`, changeWords(before.change), changeWords(after.change)]];
}

const changeWords = (change: Ratio | undefined): string => (change ? addedWords(change) : UNKNOWN);

function nameOf({ terms, mode }: PositionAnswer): string {
  return `${printableLine(symbolKey(terms.symbol))} ${terms.side}${mode === 'isolated' ? ' isolated' : ''}`;
}

interface Placed {
  readonly position: PositionAnswer;
  readonly facts: PositionFacts;
}

/** All positions by name, in the order of the answer. */
function byName(answer: AccountAnswer): ReadonlyMap<string, Placed> {
  const { order } = answer;
  const all = { ...answer, near: undefined, order: order && { fields: order.fields } };
  const named = ({ position, facts }: AnsweredPosition<PositionAnswer>): [string, Placed] => [
    nameOf(position),
    { position, facts },
  ];
  return new Map(eachPosition<[string, Placed]>(all, named, named));
}

/** The prices and rooms of each position before and after. */
export function positionLines(before: AccountAnswer, after: AccountAnswer): Line[] {
  const [old, now] = [byName(before), byName(after)];
  const { near } = after;
  const isShown = (placed: Placed | undefined): boolean =>
    placed !== undefined && (isFailed(placed.position) || near?.holds(placed.position) === true);
  const all = [...new Set(after.order ? [...now.keys(), ...old.keys()] : [...old.keys(), ...now.keys()])];
  const names = near ? all.filter((name) => isShown(old.get(name)) || isShown(now.get(name))) : all;
  return names.slice(0, after.order?.top).map((name) => [name, priceWords(old.get(name)), priceWords(now.get(name))]);
}

function priceWords(placed: Placed | undefined): string {
  if (!placed) return '-';
  const { position, facts } = placed;
  if (isFailed(position)) return 'failed';
  const { outcome, reference } = position;
  const { kind, bound } = outcome;
  if (!bound) return kind;
  const away = roomTo(bound, reference).over(reference);
  const room = percent(kind === 'already' ? away.abs() : away).replace(' ', '');
  const price = shownPrice(outcome, reference, position.terms.tick) ?? bound.price;
  if (isOutOfSight(price, reference)) return NONE_BELOW;
  const past = kind === 'already' ? ' past' : '';
  return `${priceText(price, { entryDecimals: facts.entryDecimals, decimals: undefined })} (${room}${past})`;
}
