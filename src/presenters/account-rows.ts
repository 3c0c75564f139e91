import {
  accountLeverage,
  accountMarginRatio,
  NO_CROSS,
  type AccountAssessment,
  type AssessedPosition,
} from '../core/account.js';
import { naming } from '../core/errors.js';
import { shownPrice, type Bound } from '../core/liquidation.js';
import type { Difference, Discrepancy } from '../core/reconcile.js';
import { MAX_MAGNITUDE, Ratio } from '../core/ratio.js';
import { stepOf } from '../core/risk/words.js';
import { exchangePriceOf, type AccountInput, type JsonField, type PositionFacts } from '../formats/account.js';
import { jsonScalar } from '../formats/json.js';
import { RESULT_LIST, type ResultKey } from '../formats/results.js';
import { reasonWords } from './account-words.js';
import { csvLine } from './csv.js';
import { RATIO_DECIMALS, type Written } from '../schema/figure.js';
import { decimalsFor, DEFAULT_DECIMALS, writtenResult } from './figures.js';
import { jsonObject, jsonValue } from './json.js';
import { markdownTable } from './markdown.js';
import { bareText } from './bare.js';

/** An account with its answer, and what was asked of it besides. */
export interface AccountAnswer {
  readonly input: AccountInput;
  readonly assessment: AccountAssessment;
  /** Whether the wallet follows from a change; else it goes out with the digits that were given. */
  readonly isWalletComputed?: boolean;
  /** What `--need` asked for, in percent, and what must be added to the wallet for it. */
  readonly need?: { readonly percent: Ratio; readonly change: Ratio };
  readonly discrepancies?: readonly Discrepancy[];
  /** Which positions are shown, where `--within` asks for those at or below a distance; else all. */
  readonly near?: NearPositions;
}

/** The positions at or below a distance. */
export interface NearPositions {
  readonly percent: Ratio;
  readonly holds: (position: AssessedPosition) => boolean;
}

/** How an account's figures are rounded and dated. */
export interface AccountRendering {
  /** Decimals of prices and amounts asked for. */
  readonly decimals: number | undefined;
  /** Milliseconds since 1970. */
  readonly today: number;
  /** Whether text leaves warnings out. */
  readonly isQuiet?: boolean;
}

/** A key of an answer with its value as it is written. */
export type Row = readonly [key: string, value: Exclude<Written, undefined>];

const orNull = (value: Ratio | undefined, decimals: number): string | null => value?.toText(decimals) ?? null;

const percent = (fraction: Ratio | undefined): string | null => orNull(fraction?.times(Ratio.HUNDRED), RATIO_DECIMALS);

/** The figures of an account, without what is nested. */
export function accountRows({ assessment }: AccountAnswer, rendering: AccountRendering): readonly Row[] {
  const decimals = rendering.decimals ?? DEFAULT_DECIMALS;
  return [
    ['equity', assessment.equity.toText(decimals)],
    ['maintenanceMargin', assessment.maintenance.toText(decimals)],
    ['marginRatio', percent(accountMarginRatio(assessment))],
    ['effectiveLeverage', orNull(accountLeverage(assessment), RATIO_DECIMALS)],
    ['outcome', assessment.outcome ?? null],
    ...(assessment.outcome ? [] : [['reason', NO_CROSS] as const]),
  ];
}

/** A position of an answer with what is known of it besides. */
export interface AnsweredPosition {
  readonly position: AssessedPosition;
  readonly facts: PositionFacts;
  /** How messages name it. */
  readonly name: string;
}

/** What is made of each position of an answer that is shown, in order; no position is kept. */
export function eachPosition<T>({ assessment, input, near }: AccountAnswer, make: (of: AnsweredPosition) => T): T[] {
  const made: T[] = [];
  assessment.account.positions.forEach(({ name }, index) => {
    const position = assessment.positionAt(index);
    if (near && !near.holds(position)) return;
    made.push(make({ position, facts: input.facts[index] as PositionFacts, name }));
  });
  return made;
}

/** Whether no position of an answer is shown, though it has some. */
export function areAllFar({ assessment, near }: AccountAnswer): boolean {
  const { account, positionAt } = assessment;
  return near !== undefined && account.positions.every((_, index) => !near.holds(positionAt(index)));
}

/** The results of one position of an account. */
export function positionResults(of: AnsweredPosition, rendering: AccountRendering): readonly Row[] {
  return namedResults(of, rendering, (resultOf) => {
    const rows: Row[] = [];
    for (const [key] of RESULT_LIST) {
      const value = resultOf(key);
      if (value !== undefined) rows.push([key, value]);
    }
    return rows;
  });
}

/** One result of one position of an account as it is written. */
export function positionResult(key: ResultKey, of: AnsweredPosition, rendering: AccountRendering): Written {
  return namedResults(of, rendering, (resultOf) => resultOf(key));
}

/** What is made of the results of a position; what fails is told under its name. */
function namedResults<T>(
  { position, facts, name }: AnsweredPosition,
  { decimals, today }: AccountRendering,
  make: (resultOf: (key: ResultKey) => Written) => T,
): T {
  const rounding = { decimals: decimalsFor(facts.entryDecimals, decimals), today };
  return naming(name, () => make((key) => writtenResult(key, position, rounding)));
}

/** What a position's answer has besides its own fields and its results. */
export const COMPARED_KEYS: ReadonlySet<string> = new Set(['liquidationPrices', 'reported', 'difference']);

/** Both prices of a position where there are two, on its tick. */
export function bothBounds({
  range,
  outcome: { kind },
  reference,
  terms: { tick },
}: AssessedPosition): { readonly below: Ratio; readonly above: Ratio } | undefined {
  if (range.kind !== 'between' || !range.below || !range.above || kind === 'never') return undefined;
  const shown = (price: Ratio, danger: Bound['danger']): Ratio =>
    shownPrice({ kind, bound: { price, danger } }, reference, tick) ?? price;
  return { below: shown(range.below, 'below'), above: shown(range.above, 'above') };
}

/** The same as they are written. */
export function bothPrices(
  position: AssessedPosition,
  decimals: number,
): { readonly below: string; readonly above: string } | undefined {
  const both = bothBounds(position);
  return both && { below: both.below.toText(decimals), above: both.above.toText(decimals) };
}

/** One position as JSON members: its own fields, its results, the exchange's price beside ours. */
export function positionMembers(of: AnsweredPosition, rendering: AccountRendering): JsonField[] {
  const members: JsonField[] = [...of.facts.own()];
  for (const [key, value] of positionResults(of, rendering)) members.push([key, jsonValue(value)]);
  members.push(...comparedMembers(of, rendering));
  return members;
}

/** Both prices where there are two, and the exchange's beside ours, as JSON members. */
export function comparedMembers({ position, facts }: AnsweredPosition, rendering: AccountRendering): JsonField[] {
  const decimals = decimalsFor(facts.entryDecimals, rendering.decimals);
  const members: JsonField[] = [];
  const both = bothPrices(position, decimals);
  if (both) members.push(['liquidationPrices', JSON.stringify(both)]);
  for (const [key, value] of reportedRows(position, facts, decimals)) members.push([key, jsonValue(value)]);
  return members;
}

/** The exchange's price and how far ours is from it. */
function reportedRows({ price }: AssessedPosition, facts: PositionFacts, decimals: number): readonly Row[] {
  const reported = exchangePriceOf(facts);
  if (reported === undefined) return [];
  const difference = reported && price?.minus(reported);
  return [
    ['reported', reported?.toText(30) ?? null],
    ['difference', difference?.toText(decimals) ?? null],
  ];
}

/** An answer as JSON members without its positions: the account's own fields, and its figures. */
export function accountMembers(answer: AccountAnswer, rendering: AccountRendering): readonly JsonField[] {
  const { input, assessment, need, discrepancies } = answer;
  const decimals = rendering.decimals ?? DEFAULT_DECIMALS;
  const { down, up } = assessment.move;
  return [
    ...input.own,
    ['wallet', JSON.stringify(walletText(answer, rendering))],
    ...accountRows(answer, rendering).map(([key, value]): JsonField => [key, jsonValue(value)]),
    ['marketMovePercent', JSON.stringify({ down: percent(down), up: percent(up) })],
    ...(need ? [['need', JSON.stringify(needTexts(need, rendering))] as const] : []),
    ...(discrepancies ? [['reconcile', reconcileJson(answer, discrepancies, decimals)] as const] : []),
  ];
}

/** The wallet: as it was given, or rounded like every amount that was worked out. */
function walletText(
  { assessment: { account }, isWalletComputed }: AccountAnswer,
  { decimals = DEFAULT_DECIMALS }: AccountRendering,
): string {
  return account.wallet.toText(isWalletComputed === true ? decimals : MAX_MAGNITUDE);
}

/** The size of a position, or its value where that is given; without either everything is for a size of 1. */
export function sizeWords({ qty, notional }: AssessedPosition['terms'], decimals: number): string {
  if (qty) return qty.toText(decimals);
  return notional ? `value ${notional.toText(decimals)}` : '1';
}

/** What `--need` asked for and its answer, as they are written: what is added is rounded up. */
export function needTexts(
  { percent: wanted, change }: NonNullable<AccountAnswer['need']>,
  { decimals }: Pick<AccountRendering, 'decimals'>,
): { readonly marginRatio: string; readonly walletChange: string } {
  const places = decimals ?? DEFAULT_DECIMALS;
  return { marginRatio: wanted.toText(30), walletChange: change.ceilTo(stepOf(places)).toText(places) };
}

function reconcileJson(answer: AccountAnswer, discrepancies: readonly Discrepancy[], decimals: number): string {
  return JSON.stringify(discrepancies.map((each) => discrepancyJson(answer, each, decimals)));
}

function discrepancyJson({ assessment, input }: AccountAnswer, of: Discrepancy, decimals: number): object {
  const { index, differences, tick, reasons } = of;
  const { symbol, side } = (index === undefined ? undefined : assessment.account.positions[index]?.terms) ?? {};
  const price = index === undefined ? undefined : assessment.positionAt(index).price;
  const reported = (index === undefined ? null : exchangePriceOf(input.facts[index] as PositionFacts)) ?? undefined;
  return {
    symbol: symbol ?? null,
    side: side ?? null,
    liquidationPrice: orNull(price, decimals),
    reported: orNull(reported, 30),
    difference: orNull(reported && price?.minus(reported), decimals),
    tick: orNull(tick, 30),
    likely: reasons[0].kind,
    reason: reasonWords(reasons[0]),
    figures: differences.map((each) => differenceJson(each, decimals)),
    hypotheses: reasons.map((reason) => ({ kind: reason.kind, reason: reasonWords(reason) })),
  };
}

/** Ratios are percentages, as everywhere. */
function differenceJson({ figure, ours, reported }: Difference, decimals: number): object {
  const text = (value: Ratio | undefined, places: number): string | null =>
    figure === 'marginRatio' ? percent(value) : orNull(value, places);
  return { figure, ours: text(ours, decimals), reported: text(reported, 30) };
}

/** So many positions are joined to one piece of JSON. */
const PIECE_POSITIONS = 100;

/** An account as one line of JSON, in pieces: put together they may be longer than is good for one text. */
export function accountJson(answer: AccountAnswer, rendering: AccountRendering): readonly string[] {
  const account = jsonObject(accountMembers(answer, rendering)).slice(0, -1);
  const pieces = [`${account},"positions":[`];
  // Joined early, because a text that is put together in many steps takes ten times its room until it is written.
  let joined: string[] = [];
  const flush = (): void => {
    pieces.push(joined.join(''));
    joined = [];
  };
  eachPosition(answer, (each) => {
    joined.push(pieces.length > 1 || joined.length > 0 ? ',' : '', jsonObject(positionMembers(each, rendering)));
    if (joined.length >= 2 * PIECE_POSITIONS) flush();
  });
  flush();
  pieces.push(']}');
  return pieces;
}

/** Columns that an account adds to the rows of its positions. */
const ACCOUNT_COLUMNS = [
  'accountWallet',
  'accountEquity',
  'accountMaintenanceMargin',
  'accountMarginRatio',
  'accountEffectiveLeverage',
  'accountOutcome',
  'marketMoveDownPercent',
  'marketMoveUpPercent',
] as const;
/** Columns that `--need` adds. */
const NEED_COLUMNS = ['needMarginRatio', 'needWalletChange'] as const;
const POSITION_COLUMNS = [
  ...RESULT_LIST.map(([key]) => key),
  'liquidationPriceBelow',
  'liquidationPriceAbove',
  'reported',
  'difference',
] as const;

/**
 * The columns of CSV: the number of the account, the positions' own fields, their results, the account's figures.
 *
 * @param asked - whether `--need` was asked.
 */
export function accountColumns(ownKeys: readonly string[], asked: 'need' | 'nothing'): readonly string[] {
  const need = asked === 'need' ? NEED_COLUMNS : [];
  return ['account', ...ownKeys, ...POSITION_COLUMNS, ...ACCOUNT_COLUMNS, ...need, 'error'];
}

/** The keys of the positions' own fields, in order of appearance. */
export function ownKeysOf({ facts }: AccountInput): readonly string[] {
  const keys = new Set<string>();
  for (const { own } of facts) for (const [key] of own()) keys.add(key);
  return [...keys];
}

/** An account as CSV lines, one a position. */
export function accountCsv(
  answer: AccountAnswer,
  number: number,
  columns: readonly string[],
  rendering: AccountRendering,
): string {
  const ofAccount = accountCells(answer, rendering);
  const rows = eachPosition(answer, (each) => {
    const { position, facts } = each;
    const decimals = decimalsFor(facts.entryDecimals, rendering.decimals);
    const both = bothPrices(position, decimals);
    const cells = new Map<string, string>([
      ['account', String(number)],
      ...facts.own().map(([key, json]): [string, string] => [key, jsonScalar(json) ?? json]),
      ...positionResults(each, rendering).map(([key, value]): [string, string] => [key, bareText(value)]),
      ['liquidationPriceBelow', both?.below ?? ''],
      ['liquidationPriceAbove', both?.above ?? ''],
      ...reportedRows(position, facts, decimals).map(([key, value]): [string, string] => [key, bareText(value)]),
      ...ofAccount,
    ]);
    return csvLine(columns.map((column) => cells.get(column) ?? ''));
  });
  if (rows.length > 0 || answer.assessment.account.positions.length > 0) return rows.join('');
  const cells = new Map([['account', String(number)], ...ofAccount]);
  return csvLine(columns.map((column) => cells.get(column) ?? ''));
}

function accountCells(answer: AccountAnswer, rendering: AccountRendering): readonly (readonly [string, string])[] {
  const { assessment, need } = answer;
  const { down, up } = assessment.move;
  const rows = accountRows(answer, rendering).filter(([key]) => key !== 'reason');
  const values = [
    walletText(answer, rendering),
    ...rows.map(([, value]) => bareText(value)),
    percent(down) ?? '',
    percent(up) ?? '',
  ];
  const figures = ACCOUNT_COLUMNS.map((column, index) => [column, values[index] ?? ''] as const);
  const asked = need ? Object.values(needTexts(need, rendering)) : [];
  return [...figures, ...NEED_COLUMNS.map((column, index) => [column, asked[index] ?? ''] as const)];
}

/** An account as two markdown tables: its figures, and its positions. */
export function accountMarkdown(answer: AccountAnswer, rendering: AccountRendering): string {
  const { assessment, need } = answer;
  const { down, up } = assessment.move;
  const figures: [string, string][] = [
    ['wallet', walletText(answer, rendering)],
    ...accountRows(answer, rendering).map(([key, value]): [string, string] => [key, bareText(value)]),
    ['marketMovePercent.down', percent(down) ?? ''],
    ['marketMovePercent.up', percent(up) ?? ''],
    ...(need
      ? Object.entries(needTexts(need, rendering)).map(([key, text]): [string, string] => [`need.${key}`, text])
      : []),
  ];
  const wanted = ['outcome', 'liquidationPrice', 'distancePercent', 'maintenanceMargin'];
  const rows = eachPosition(answer, (each) => {
    const results = new Map(positionResults(each, rendering));
    const { symbol = '', side, entry, mark } = each.position.terms;
    const own = [symbol, side, sizeWords(each.position.terms, 30), entry.toText(30), mark?.toText(30) ?? ''];
    return [...own, ...wanted.map((key) => bareText(results.get(key)))];
  });
  const headings = ['symbol', 'side', 'size', 'entry', 'mark', ...wanted];
  return `${markdownTable(['account', 'value'], figures)}\n${markdownTable(headings, rows)}`;
}
