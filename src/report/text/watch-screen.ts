import { accountLeverage, accountMarginRatio } from '../../core/account.js';
import type { AccountAnswer } from './account-rows.js';
import { amountWords, assetOf } from './account-words.js';
import { percentText } from '../figures.js';
import { shownSymbol } from '../printable.js';
import { unicodeGlyphs, type Style } from '../style.js';
import { shownLength, wrap } from './lines.js';
import { moveWords } from './account-table.js';
import { filledFrom, fitting, padded, roomBeside, type Column, type FilledColumn } from './text-table.js';

/** A position on the screen. */
export interface ScreenRow {
  readonly symbol: string;
  readonly side: 'long' | 'short';
  readonly isIsolated: boolean;
  readonly size: string;
  readonly mark: string;
  /** How old the mark is; empty if no mark has arrived. */
  readonly age: string;
  readonly isLate: boolean;
  /** `never`, or why there is no price. */
  readonly liquidation: string;
  /** In percent; negative past the price; `undefined` without a price. */
  readonly room: number | undefined;
  /** How long a mark that it depends on is stale; replaces the room. */
  readonly stale: string | undefined;
  /** How many alert levels it has reached. */
  readonly depth: number;
}

/** A pool on the screen: its account, unless it cannot be priced. */
export interface ScreenPool {
  readonly answer: AccountAnswer | undefined;
  readonly problem: string | undefined;
  /** Whether its figures depend on a stale mark. */
  readonly isStale: boolean;
}

/** What the screen shows in its middle: the positions, or a text in their place. */
export type ScreenPage =
  { readonly kind: 'positions' } | { readonly kind: 'text'; readonly title: string; readonly lines: readonly string[] };

/** Everything on the screen. */
export interface Screen {
  /** `binance  key ...3f9a`. */
  readonly title: string;
  readonly state: string;
  /** `23:41:07 UTC`. */
  readonly clock: string;
  /** Why nothing can be trusted, if so. */
  readonly blind: string | undefined;
  /** What else must be known, for example that it is a replay. */
  readonly notice: string | undefined;
  readonly pools: readonly ScreenPool[];
  /** In the order to show. */
  readonly rows: readonly ScreenRow[];
  readonly selected: number;
  /** Alert levels in percent, from the first to the deepest. */
  readonly levels: readonly number[];
  /** Symbols without a position. */
  readonly watched: readonly string[];
  /** Lines below the positions, each with a label: funding, feeds, rules. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** The newest first. */
  readonly events: readonly { readonly line: string; readonly isUrgent: boolean }[];
  readonly page: ScreenPage;
  readonly sort: string;
  /** `weight 64/2400  2 sockets`. */
  readonly load: string;
}

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

const LEAST_COLUMNS = 20;
const MOST_COLUMNS = 200;
const BAR = 20;
const STATES_IN_COLOUR: Readonly<Record<string, 'good' | 'warn' | 'bad'>> = {
  live: 'good',
  late: 'warn',
  limited: 'warn',
  stale: 'bad',
  blind: 'bad',
};

/** The lines of a terminal: as many as it has rows, none longer than it is wide. */
export function screenLines(screen: Screen, size: ScreenSize, style: Style): string[] {
  const columns = Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, size.columns));
  const head = headLines(screen, columns, style);
  const foot = [footLine(screen, columns, style)];
  const room = Math.max(0, size.rows - head.length - foot.length);
  const middle =
    screen.page.kind === 'text' ? pageLines(screen.page, columns, room) : bodyLines(screen, columns, room, style);
  const lines = [...head, ...middle].slice(0, Math.max(0, size.rows - foot.length));
  while (lines.length < size.rows - foot.length) lines.push('');
  return [...lines, ...foot].slice(0, size.rows);
}

/** A text of exactly a width: cut, or filled. */
function fitted(text: string, width: number): string {
  const shown = Array.from(text);
  return shown.length > width ? shown.slice(0, Math.max(0, width)).join('') : text + ' '.repeat(width - shown.length);
}

const cut = (text: string, width: number): string => Array.from(text).slice(0, width).join('');

/** Two texts at the ends of a line; the second stays whole. */
function spread(left: string, right: string, width: number): readonly [left: string, right: string] {
  const room = width - shownLength(right);
  return [fitted(left, Math.max(0, room - 1)) + (room > 0 ? ' ' : ''), cut(right, width)];
}

function headLines(screen: Screen, columns: number, { paint, glyphs }: Style): string[] {
  const { title, state, clock, blind, notice, pools } = screen;
  const [left, right] = spread(`liqcalc watch  ${title}`, `${state.toUpperCase()} ${clock}`, columns);
  const tone = paint[STATES_IN_COLOUR[state] ?? 'faint'];
  const rail = glyphs.rail.repeat(columns);
  const accounts = pools.flatMap((pool) => poolLines(pool, columns, paint));
  return [
    paint.strong(left) + tone(right),
    ...(blind === undefined ? [] : wrap(`BLIND ${blind}`, columns).map((line) => paint.bad(fitted(line, columns)))),
    ...(notice === undefined ? [] : wrap(notice, columns).map((line) => paint.warn(line))),
    paint.faint(rail),
    ...accounts,
  ];
}

function poolLines({ answer, problem, isStale }: ScreenPool, columns: number, paint: Style['paint']): string[] {
  if (problem !== undefined)
    return wrap(`The account cannot be priced: ${problem}`, columns).map((line) => paint.bad(line));
  if (!answer) return [paint.faint('waiting for marks')];
  const { assessment, input } = answer;
  const { wallet } = assessment.account;
  const asset = assetOf(input);
  const tone = isStale ? paint.faint : assessment.outcome === 'already' ? paint.bad : (text: string): string => text;
  if (!assessment.outcome) {
    const words = assessment.lacking.length > 0 ? moveWords(assessment) : 'No cross positions.';
    return wrap(words, columns).map((line) => tone(line));
  }
  const old = isStale ? 'STALE  ' : '';
  const [ratio, leverage] = [accountMarginRatio(assessment), accountLeverage(assessment)];
  const bar = ratio ? barText(Number(percentText(ratio))) : '';
  const { down, up } = assessment.move;
  const moves = [down && `${percentText(down)} %`, up && `+${percentText(up)} %`].filter((each) => each !== undefined);
  const first = `${old}Wallet ${amountWords(wallet)}${asset === undefined ? '' : ` ${asset}`}   equity ${amountWords(assessment.equity)}   maintenance ${amountWords(assessment.maintenance)}`;
  const rest = [
    ...(leverage ? [`leverage ${leverage.toFixed(2)}x`] : []),
    assessment.outcome === 'already'
      ? 'ALREADY liquidated'
      : `all marks ${moves.length > 0 ? moves.join(' or ') : 'never'}`,
  ];
  const plain = `Margin ratio ${ratio ? `${percentText(ratio)} %` : 'none: equity is not positive'}`;
  const drawn = [`${plain} ${bar}`, ...rest].join('   ');
  const second = shownLength(drawn) > columns ? [plain, ...rest].join('   ') : drawn;
  return [first, second].map((line) => tone(cut(line, columns)));
}

function barText(percent: number): string {
  const full = Math.max(0, Math.min(BAR, Math.round((BAR * percent) / 100)));
  return `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}]`;
}

const markOf = ({ depth, stale }: ScreenRow, levels: number): string =>
  stale !== undefined ? '? ' : depth === 0 ? '  ' : depth >= levels ? '!!' : depth > 1 ? '! ' : '* ';

const COLUMNS: readonly Column<ScreenRow>[] = [
  { heading: 'SYMBOL', rank: 0, cell: ({ symbol }) => shownSymbol(symbol) },
  { heading: 'SIDE', rank: 0, cell: ({ side, isIsolated }) => (isIsolated ? `${side} i` : side) },
  { heading: 'SIZE', align: 'right', rank: 2, cell: ({ size }) => size },
  { heading: 'MARK', align: 'right', rank: 1, cell: ({ mark }) => mark },
  { heading: 'AGE', align: 'right', rank: 3, cell: ({ age }) => age },
  { heading: 'LIQUIDATION', align: 'right', rank: 0, cell: ({ liquidation }) => liquidation },
  { heading: 'ROOM', align: 'right', rank: 0, cell: roomText },
];

function roomText({ stale, room }: ScreenRow): string {
  if (stale !== undefined) return `STALE ${stale}`;
  if (room === undefined) return '-';
  return room < 0 ? `${(-room).toFixed(2)}% past` : `${room.toFixed(2)}%`;
}

const GAP = 2;
const MARKER = 3;
const LEAST_TRACK = 12;
const MOST_TRACK = 60;

function bodyLines(screen: Screen, columns: number, room: number, style: Style): string[] {
  const { rows, watched, facts, events } = screen;
  const factLines = facts.flatMap(({ label, text }) => wrapped(label, text, columns)).map((line) => cut(line, columns));
  const fixed = factLines.length + watched.length;
  const forEvents = Math.min(events.length, Math.max(3, Math.floor(room / 4)));
  const most = Math.max(1, room - fixed - forEvents - 5);
  const table = tableLines(screen, columns, most, style);
  const lines = [
    '',
    ...(rows.length > 0 ? table : watched.length > 0 ? [] : ['No open positions.']),
    ...watched.map((line) => cut(line, columns)),
    ...(factLines.length > 0 ? ['', ...factLines] : []),
    '',
    style.paint.strong('Events'),
  ];
  const left = Math.max(0, room - lines.length);
  const news = events.slice(0, left).map(({ line, isUrgent }) => {
    const shown = cut(line, columns);
    return isUrgent ? style.paint.warn(shown) : shown;
  });
  return [...lines, ...news];
}

const LABEL = 9;

/** A text with a label, at most two lines. */
function wrapped(label: string, text: string, columns: number): string[] {
  const lines = wrap(text, Math.max(LEAST_COLUMNS, columns - LABEL)).slice(0, 2);
  return lines.map((line, index) => `${fitted(index === 0 ? label : '', LABEL)}${line}`);
}

function tableLines(screen: Screen, columns: number, most: number, style: Style): string[] {
  const { rows, selected, levels } = screen;
  const { paint } = style;
  const shown = windowOf(rows, selected, most);
  const room = columns - MARKER;
  const kept = fitting(
    COLUMNS.map((column) => filledFrom(column, shown.rows)),
    room,
  );
  const forTrack = Math.min(MOST_TRACK, roomBeside(kept, room));
  const hasTrack = forTrack >= LEAST_TRACK && levels.length > 0;
  const line = (textOf: (column: FilledColumn) => string): string =>
    kept.map((column) => padded(textOf(column), column)).join(' '.repeat(GAP));
  const head = `${' '.repeat(MARKER)}${line(({ heading }) => heading)}${hasTrack ? `  ${scaleText(levels, forTrack)}` : ''}`;
  const more = rows.length - shown.rows.length;
  return [
    paint.faint(cut(head, columns).trimEnd()),
    ...shown.rows.map((row, index) => {
      const pointer = shown.from + index === selected ? '>' : ' ';
      const text = `${markOf(row, levels.length)}${pointer}${line(({ cells }) => cells[index] ?? '')}`;
      const track = hasTrack ? `  ${trackText(row, levels, forTrack, style)}` : '';
      return toneOf(row, levels.length, style)(cut(text + track, columns).trimEnd());
    }),
    ...(more > 0 ? [paint.faint(`   ... ${more} more positions (up, down)`)] : []),
  ];
}

/** The rows that fit, around the selected one. */
function windowOf<T>(
  rows: readonly T[],
  selected: number,
  most: number,
): { readonly rows: readonly T[]; readonly from: number } {
  const from = Math.max(0, Math.min(rows.length - most, selected - most + 1));
  return { rows: rows.slice(from, from + most), from };
}

function toneOf({ stale, depth, isLate }: ScreenRow, levels: number, { paint }: Style): (text: string) => string {
  if (stale !== undefined) return paint.faint;
  if (depth >= levels && depth > 0) return paint.bad;
  if (depth > 0 || isLate) return paint.warn;
  return (text) => text;
}

/** The place of a room on a track: far on the left, liquidation at the right end. */
function placeOnTrack(room: number, levels: readonly number[], width: number): number {
  const widest = (levels[0] ?? 15) * (4 / 3);
  return Math.max(0, Math.min(width - 1, Math.round((width - 1) * (1 - Math.min(room, widest) / widest))));
}

function scaleText(levels: readonly number[], width: number): string {
  const cells = Array.from({ length: width }, () => ' ');
  for (const level of levels) {
    const text = String(level);
    const at = Math.max(0, Math.min(width - text.length, placeOnTrack(level, levels, width)));
    Array.from(text).forEach((character, index) => {
      cells[at + index] = character;
    });
  }
  return cells.join('');
}

function trackText({ room, stale }: ScreenRow, levels: readonly number[], width: number, { glyphs }: Style): string {
  if (stale !== undefined || room === undefined) return ' '.repeat(width);
  const cells = Array.from({ length: width }, () => glyphs.rail);
  for (const level of levels) cells[placeOnTrack(level, levels, width)] = '|';
  cells[placeOnTrack(room, levels, width)] = room < 0 ? glyphs.lost : glyphs === unicodeGlyphs ? '●' : '@';
  return cells.join('');
}

function pageLines({ title, lines }: Extract<ScreenPage, { kind: 'text' }>, columns: number, room: number): string[] {
  const all = ['', title, '', ...lines.flatMap((line) => (line === '' ? [''] : wrap(line, columns)))];
  return all.slice(0, room).map((line) => cut(line, columns));
}

function footLine({ page, sort, load }: Screen, columns: number, { paint }: Style): string {
  const keys =
    page.kind === 'text' ? 'q quit  esc back' : `q quit  a alerts  r rules  s sort: ${sort}  enter explain  ? help`;
  const short = page.kind === 'text' ? keys : 'q quit  a r s enter ?';
  const fitting = shownLength(keys) + shownLength(load) + GAP <= columns ? keys : short;
  const [left, right] = spread(fitting, shownLength(fitting) + shownLength(load) + 1 <= columns ? load : '', columns);
  return paint.faint(cut(left + right, columns).trimEnd());
}
