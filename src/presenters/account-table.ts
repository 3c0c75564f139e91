import { warningsOf, warningWords } from '../core/assessment.js';
import { accountLeverage, accountMarginRatio, type AssessedPosition } from '../core/account.js';
import { roomTo, toTick } from '../core/liquidation.js';
import { maintenanceAt } from '../core/position.js';
import { Ratio } from '../core/ratio.js';
import type { PositionFacts } from '../formats/account.js';
import { bothPrices, type AccountAnswer, type AccountRendering } from './account-rows.js';
import { reasonWords } from './account-words.js';
import { wrap, type Style } from './style.js';

/** The width that the table keeps to where it can. */
export const TABLE_WIDTH = 80;
const GAP = '  ';

/** One column of the table: left out, later ones first by `rank`, where the table would be too wide. */
interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
  readonly rank: number;
  readonly cells: readonly string[];
}

const percentText = (fraction: Ratio): string => fraction.times(Ratio.HUNDRED).toFixed(2);

/** An account for reading: its figures, the market move, a table of its positions, notes. */
export function accountTable(answer: AccountAnswer, options: AccountRendering & Style): string {
  const { assessment } = answer;
  const cross = assessment.positions.filter(({ mode }) => mode === 'cross').length;
  const lines = [...summaryLines(answer, options), ...needLines(answer), ''];
  if (assessment.positions.length === 0) lines.push('No open positions.');
  else lines.push(...positionLines(answer, options), ...noteLines(answer, options, cross));
  return `${[...lines, ...reconcileLines(answer)].join('\n')}\n`;
}

/** Decimals of prices in the table: as asked, else those of the entry, at least two. */
export function tableDecimals({ entryDecimals }: PositionFacts, decimals: number | undefined): number {
  return decimals ?? Math.max(2, entryDecimals);
}

/** An amount for reading: two decimals, or four digits of what is small. */
export function amountWords(amount: Ratio, decimals?: number): string {
  if (decimals !== undefined) return amount.toText(decimals);
  const size = amount.sign() < 0 ? amount.negated() : amount;
  let places = 2;
  for (; places < 12 && size.sign() > 0; places++) {
    if (!size.times(Ratio.of(10n ** BigInt(places))).isBelow(Ratio.of(1000n))) break;
  }
  return amount.toText(places);
}

function summaryLines({ assessment, input }: AccountAnswer, { paint, decimals }: AccountRendering & Style): string[] {
  const { wallet } = assessment.account;
  const { equity, maintenance, outcome } = assessment;
  const asset = input.own.find(([key]) => key === 'asset')?.[1];
  const amounts = [
    `wallet ${amountWords(wallet, decimals)}`,
    `equity ${amountWords(equity, decimals)}`,
    `maintenance ${amountWords(maintenance, decimals)}`,
  ];
  const title = `CROSS${asset === undefined ? '' : ` ${asset.replaceAll('"', '')}`}`;
  const [ratio, leverage] = [accountMarginRatio(assessment), accountLeverage(assessment)];
  const ratioWords = ratio ? `${percentText(ratio)} % (liquidated at 100)` : 'none: equity is not positive';
  const leverageWords = leverage ? `   effective leverage ${leverage.toFixed(2)}x` : '';
  const tone = outcome === 'already' ? paint.bad : (text: string): string => text;
  return [
    `${paint.strong(title)}  ${amounts.join('   ')}`,
    tone(`Margin ratio ${ratioWords}${leverageWords}`),
    tone(moveWords(assessment)),
  ];
}

/** The market move in words. */
export function moveWords({ outcome, move }: AccountAnswer['assessment']): string {
  if (outcome === 'already') return 'ALREADY liquidated: equity is at or below maintenance';
  if (outcome === 'never') return 'All marks together: never liquidated, downwards or upwards';
  const down = move.down ? `liquidated at ${percentText(move.down)} %` : 'downwards never';
  const up = move.up ? `${move.down ? 'or' : 'liquidated'} at +${percentText(move.up)} %` : 'upwards never';
  return `All marks together: ${down}${move.down && move.up ? ' ' : '; '}${up}`;
}

function needLines({ need }: AccountAnswer): string[] {
  if (!need) return [];
  const { percent, change } = need;
  const wanted = `for a margin ratio of ${percent.toText(4)} %`;
  if (change.sign() > 0) return [`Add ${amountWords(change)} to the wallet ${wanted}`];
  return [`Nothing to add ${wanted}: ${amountWords(change.negated())} could be taken out`];
}

function positionLines({ assessment, input }: AccountAnswer, options: AccountRendering & Style): string[] {
  const rows = assessment.positions.map((position, index) => ({
    position,
    facts: input.facts[index] as PositionFacts,
  }));
  const cells = (of: (row: (typeof rows)[number]) => string): readonly string[] => rows.map(of);
  const hasReported = rows.some(({ facts }) => facts.reported !== undefined);
  const shares = assessment.maintenance;
  const columns: Column[] = [
    {
      heading: 'SYMBOL',
      align: 'left',
      rank: 0,
      cells: cells(({ position }) => (position.terms.symbol ?? '').toUpperCase()),
    },
    { heading: 'SIDE', align: 'left', rank: 0, cells: cells(({ position }) => sideWords(position)) },
    { heading: 'SIZE', align: 'right', rank: 3, cells: cells(({ position: { terms } }) => sizeText(terms)) },
    {
      heading: 'ENTRY',
      align: 'right',
      rank: 5,
      cells: cells((row) => priceText(row, row.position.terms.entry, options)),
    },
    {
      heading: 'MARK',
      align: 'right',
      rank: 2,
      cells: cells((row) => priceText(row, row.position.terms.mark, options)),
    },
    { heading: 'LIQUIDATION', align: 'right', rank: 0, cells: cells((row) => liquidationText(row, options)) },
    ...(hasReported
      ? [{ heading: 'EXCHANGE', align: 'right', rank: 1, cells: cells((row) => exchangeText(row, options)) } as const]
      : []),
    { heading: 'ROOM', align: 'right', rank: 0, cells: cells(({ position }) => roomText(position)) },
    {
      heading: 'MAINTENANCE',
      align: 'right',
      rank: 4,
      cells: cells(({ position }) => maintenanceText(position, shares)),
    },
  ];
  const shown = fitting(columns);
  const left = columns.filter((column) => !shown.includes(column)).map(({ heading }) => heading);
  const lines = drawn(
    shown,
    rows.map(({ position }) => position),
    options,
  );
  return left.length > 0 ? [...lines, `Left out for want of room: ${left.join(', ')} (--json has all).`] : lines;
}

function sideWords({ terms: { side }, mode }: AssessedPosition): string {
  return mode === 'isolated' ? `${side} isolated` : side;
}

function sizeText({ qty, notional }: AssessedPosition['terms']): string {
  return (qty ?? notional)?.toText(12) ?? '1';
}

interface TableRow {
  readonly position: AssessedPosition;
  readonly facts: PositionFacts;
}

/** Prices that were given are shown with the decimals they have, up to so many. */
const INPUT_DECIMALS = 8;

function priceText({ facts }: TableRow, price: Ratio | undefined, { decimals }: AccountRendering): string {
  return price?.toText(Math.max(INPUT_DECIMALS, tableDecimals(facts, decimals))) ?? '';
}

function liquidationText({ position, facts }: TableRow, { decimals }: AccountRendering): string {
  const { outcome, price, terms } = position;
  if (outcome.kind === 'never') return 'never';
  if (!price || !outcome.bound) return 'already';
  const places = tableDecimals(facts, decimals);
  const both = bothPrices(position, places);
  const shown = terms.tick ? toTick(outcome.bound, terms.tick) : price;
  const main = terms.tick ? shown.toText(places) : shown.toFixed(places);
  if (!both) return main;
  const other = position.range.kind === 'between' && outcome.bound.danger === 'below' ? both.above : both.below;
  return `${main} or ${other}`;
}

function exchangeText({ facts }: TableRow, { decimals }: AccountRendering): string {
  if (facts.reported === undefined) return '';
  return facts.reported === null ? 'none' : facts.reported.toFixed(tableDecimals(facts, decimals));
}

function roomText({ outcome, reference }: AssessedPosition): string {
  const bound = outcome.kind === 'never' ? undefined : outcome.bound;
  if (!bound) return '';
  const room = `${percentText(roomTo(bound, reference).over(reference))}%`;
  return outcome.kind === 'already' ? `${room} past` : room;
}

function maintenanceText({ position, reference, mode }: AssessedPosition, all: Ratio): string {
  const own = maintenanceAt(position, reference);
  const amount = amountWords(own, own.isBelow(Ratio.of(1000n)) ? undefined : 0);
  if (mode === 'isolated' || all.sign() <= 0) return `${amount} ${mode === 'isolated' ? 'own' : ''}`.trimEnd();
  return `${amount} ${own.times(Ratio.HUNDRED).over(all).toFixed(0).padStart(2)}%`;
}

function widthOf({ heading, cells }: Column): number {
  return cells.reduce((width, cell) => Math.max(width, cell.length), heading.length);
}

/** The columns that fit: those of the highest rank are left out first. */
function fitting(columns: readonly Column[]): readonly Column[] {
  const total = columns.reduce((width, column) => width + widthOf(column) + GAP.length, -GAP.length);
  const highest = Math.max(...columns.map(({ rank }) => rank));
  return total <= TABLE_WIDTH || highest === 0 ? columns : fitting(columns.filter(({ rank }) => rank !== highest));
}

/** Rooms below 5 % are shown as bad, below 10 % as a warning. */
const NEAR = Ratio.from('0.05');
const NEARISH = Ratio.from('0.1');

function drawn(columns: readonly Column[], positions: readonly AssessedPosition[], { paint }: Style): string[] {
  const widths = columns.map(widthOf);
  const line = (textOf: (column: Column) => string): string =>
    columns
      .map((column, at) => {
        const [text, width] = [textOf(column), widths[at] ?? 0];
        return column.align === 'left' ? text.padEnd(width) : text.padStart(width);
      })
      .join(GAP)
      .trimEnd();
  const tone = ({ outcome, reference }: AssessedPosition): ((text: string) => string) => {
    if (outcome.kind === 'already') return paint.bad;
    if (outcome.kind === 'never') return (text) => text;
    const room = roomTo(outcome.bound, reference).over(reference);
    return room.isBelow(NEAR) ? paint.bad : room.isBelow(NEARISH) ? paint.warn : (text): string => text;
  };
  const body = positions.map((position, index) => tone(position)(line(({ cells }) => cells[index] ?? '')));
  return [paint.faint(line(({ heading }) => heading)), ...body];
}

const MOST_WARNINGS = 5;

function noteLines({ assessment }: AccountAnswer, { today, paint }: AccountRendering & Style, cross: number): string[] {
  const words = new Set(assessment.positions.flatMap((each) => warningsOf(each, today).map(warningWords)));
  const warnings = [...words].slice(0, MOST_WARNINGS);
  const more =
    words.size > MOST_WARNINGS ? [`... and ${words.size - MOST_WARNINGS} more warnings (--json has all)`] : [];
  const held = cross > 1 ? 'LIQUIDATION holds the other marks still. ' : '';
  return [
    ...wrap(`${held}${ratesWords(assessment.positions)}`, TABLE_WIDTH),
    ...warnings.flatMap((text) => wrap(`${paint.warn('Warning')} ${text}`, TABLE_WIDTH)),
    ...more,
  ];
}

/** Where the rates come from, in words. */
function ratesWords(positions: readonly AssessedPosition[]): string {
  const tables = positions.flatMap(({ position }) =>
    position.ratesFromTable && position.table ? [position.table] : [],
  );
  if (tables.length === 0) return 'Rates: given with the positions.';
  const dates = [...new Set(tables.map(({ asOf }) => asOf))].sort();
  const venues = [...new Set(tables.map(({ venue }) => venue))].join(', ');
  const span = dates.length > 1 ? `${dates[0] ?? ''} to ${dates.at(-1) ?? ''}` : (dates[0] ?? '');
  const rest = tables.length < positions.length ? '; the other rates: given with the positions' : '';
  return `Brackets: ${venues} of ${span}${rest}.`;
}

function reconcileLines({ discrepancies, assessment, input }: AccountAnswer): string[] {
  if (!discrepancies) return [];
  const compared = input.facts.filter(({ reported }) => reported !== undefined).length;
  if (compared === 0) return ['', "Reconcile: the input has no prices of the exchange's own."];
  if (discrepancies.length === 0) return ['', `Reconcile: all ${compared} reported prices agree within a tick.`];
  const lines = discrepancies.flatMap(({ index, price, reported, tick, reason }) => {
    const { symbol = '', side = '' } = assessment.positions[index]?.terms ?? {};
    const decimals = Math.min(tick.decimalPlaces() + 1, 12);
    const figures = `ours ${price?.toFixed(decimals) ?? 'none'}, exchange ${reported?.toFixed(decimals) ?? 'none'}`;
    return [`${symbol.toUpperCase()} ${side}: ${figures} (tick ${tick.toText(30)})`, ...indented(reasonWords(reason))];
  });
  return ['', `Reconcile: ${discrepancies.length} of ${compared} reported prices differ by more than a tick`, ...lines];
}

function indented(text: string): string[] {
  return wrap(text, TABLE_WIDTH - 2).map((line) => `  ${line}`);
}
