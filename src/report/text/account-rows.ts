import { isFailed, type AssessedPosition, type FailedPosition, type PositionAnswer } from '../../core/account.js';
import { naming, problemOf } from '../../core/errors.js';
import type { FilledAccount } from '../../core/fill-orders.js';
import type { WayOut } from '../../core/ways-out.js';
import type { Difference, Discrepancy } from '../../core/reconcile.js';
import { Ranking, type SortValue } from '../../core/ranking.js';
import type { Ratio } from '../../core/ratio.js';
import { exchangePriceOf, type AccountInput, type JsonField, type PositionFacts } from '../../formats/raw-account.js';
import {
  accountFigures,
  comparedFigures,
  nested,
  type FiguredAccount,
  type FigureRow,
  type RoomOf,
} from '../../formats/account-figures.js';
import { jsonScalar } from '../../formats/json.js';
import { directionsOf, isResult, resultSortValue, textSortValue, type Order } from '../../formats/order.js';
import { fieldOfKey } from '../../formats/record.js';
import type { ResultKey } from '../../formats/result-keys.js';
import { RESULT_LIST } from '../../formats/results.js';
import { reasonWords } from './account-words.js';
import { RATIO_DECIMALS, type Written } from '../../schema/figure.js';
import { decimalsFor, DEFAULT_DECIMALS, writtenResult } from '../figures.js';
import { ERROR_KEY, failureOf, type Failure } from '../failure.js';
import { jsonObject, jsonValue } from '../json.js';

/** An account with its answer, and what else was requested. */
export interface AccountAnswer extends FiguredAccount {
  readonly input: AccountInput;
  readonly discrepancies?: readonly Discrepancy[];
  /** The positions to show if `--within` requests those at or below a distance; `undefined` for all. */
  readonly near?: NearPositions | undefined;
  /** The order in which positions are shown; that of the input by default. */
  readonly order?: Order | undefined;
  /** What its open orders did, if this is the account after they filled. */
  readonly fills?: AccountFills | undefined;
  /** With candles: the room of its positions in average true ranges. */
  readonly rooms?: RoomOf | undefined;
}

/** The open orders of an account that filled, and those that did not. */
export interface AccountFills extends Pick<FilledAccount, 'fills' | 'unfilled'> {
  /** They as members of the answer in JSON. */
  readonly members: (decimals: number) => readonly JsonField[];
}

/** An account before or after changes. */
export type State = 'before' | 'after';

/** The positions at or below a distance. */
export interface NearPositions {
  readonly percent: Ratio;
  readonly holds: (position: AssessedPosition) => boolean;
}

/** How an account's figures are rounded and dated. */
export interface AccountRendering {
  /** The requested decimals of prices and amounts. */
  readonly decimals: number | undefined;
  /** Milliseconds since 1970. */
  readonly today: number | undefined;
  /** Whether text leaves warnings out. */
  readonly isQuiet?: boolean;
}

const orNull = (value: Ratio | undefined, decimals: number): string | null => value?.toText(decimals) ?? null;

/** A position of an answer with its other data. */
export interface AnsweredPosition<P = AssessedPosition> {
  readonly position: P;
  readonly facts: PositionFacts;
  /** Its name in messages. */
  readonly name: string;
  /** The margin ratio of `--need`, in percent. */
  readonly need?: Ratio | undefined;
  readonly rooms?: RoomOf | undefined;
}

/** A position without a price. */
export type FailedRow = AnsweredPosition<FailedPosition>;

/**
 * The result of a function for each shown position of an answer, in order.
 *
 * @param makeFailed - the same for a failed position.
 */
export function eachPosition<T>(
  answer: AccountAnswer,
  make: (of: AnsweredPosition) => T,
  makeFailed: (of: FailedRow) => T,
): T[] {
  const made: T[] = [];
  for (const each of shownPositions(answer)) made.push(isFailedRow(each) ? makeFailed(each) : make(each));
  return made;
}

const isFailedRow = (of: AnsweredPosition<PositionAnswer>): of is FailedRow => isFailed(of.position);

/**
 * The shown positions of an answer, in order. A failed one is always shown, because its distance is unknown. No
 * position is kept in memory.
 */
export function* shownPositions(answer: AccountAnswer): Generator<AnsweredPosition | FailedRow, void> {
  const { assessment, input, near, need, rooms } = answer;
  const { positions } = assessment.account;
  for (const index of answer.order ? inOrder(answer, answer.order) : positions.keys()) {
    const position = assessment.positionAt(index);
    const rest = {
      facts: input.facts[index] as PositionFacts,
      name: positions[index]?.name ?? '',
      need: need?.percent,
      rooms,
    };
    if (isFailed(position)) yield { position, ...rest };
    else if (!near || near.holds(position)) yield { position, ...rest };
  }
}

/** The indexes of the positions in an order; failed ones have no results to sort by and come last. */
function inOrder({ assessment, input, near }: AccountAnswer, order: Order): readonly number[] {
  const ranking = new Ranking<number>(directionsOf(order), order.top);
  const failed: number[] = [];
  for (const index of assessment.account.positions.keys()) {
    const position = assessment.positionAt(index);
    const facts = input.facts[index] as PositionFacts;
    const valueOf = (name: string): SortValue =>
      isResult(name)
        ? resultSortValue(name, position as AssessedPosition)
        : textSortValue(name, scalarText(memberNamed(facts.own(), name)));
    if (isFailed(position)) failed.push(index);
    else if (!near || near.holds(position))
      ranking.add(
        order.fields.map(({ name }) => valueOf(name)),
        index,
      );
  }
  return [...ranking.inOrder(), ...failed];
}

/** The member with a name; a field may have another spelling. */
export function memberNamed(members: readonly JsonField[], name: string): string | undefined {
  const exact = members.find(([key]) => key === name);
  const field = exact ? undefined : fieldOfKey(name);
  return (exact ?? members.find(([key]) => field !== undefined && fieldOfKey(key) === field))?.[1];
}

/** A JSON value without quotes: empty for `null`. */
export function scalarText(json = 'null'): string {
  return json === 'null' ? '' : (jsonScalar(json) ?? json);
}

/** Whether no position of an answer is shown, though it has some. */
export function areAllFar({ assessment, near }: AccountAnswer): boolean {
  if (!near) return false;
  const { account, positions } = assessment;
  return positions.length === account.positions.length && !positions.some(near.holds);
}

/** The failures of the positions of an answer, each with the position's name. */
export function failedPositions(answer: AccountAnswer): readonly Failure[] {
  return answer.assessment.account.positions.flatMap(({ name, failure }) =>
    failure ? [failureOf(failure.map((each) => problemOf(name, each)))] : [],
  );
}

export function positionResults(of: AnsweredPosition, rendering: AccountRendering): readonly FigureRow[] {
  return namedResults(of, rendering, (resultOf) => {
    const rows: FigureRow[] = [];
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

/** The value of `make` for the results of a position; an error is reported under the position's name. */
function namedResults<T>(
  { position, facts, name }: AnsweredPosition,
  { decimals, today }: AccountRendering,
  make: (resultOf: (key: ResultKey) => Written) => T,
): T {
  const rounding = { decimals: decimalsFor(facts.entryDecimals, decimals), today };
  return naming(name, () => make((key) => writtenResult(key, position, rounding)));
}

/** One position as JSON members: its own fields, its results, and the exchange's price beside ours. */
export function positionMembers(of: AnsweredPosition, rendering: AccountRendering): JsonField[] {
  return [...of.facts.own(), ...answeredMembers(of, rendering)];
}

/** The results of a position, and the exchange's price beside ours. */
function answeredMembers(of: AnsweredPosition, rendering: AccountRendering): JsonField[] {
  const members: JsonField[] = [];
  for (const [key, value] of positionResults(of, rendering)) members.push([key, jsonValue(value)]);
  members.push(...comparedMembers(of, rendering));
  return members;
}

/** A failed position as JSON members: its own fields, the exchange's price, and the error. */
export function failedMembers({ position, facts }: FailedRow): JsonField[] {
  const reported = exchangePriceOf(facts);
  return [
    ...facts.own(),
    ...(reported === undefined ? [] : [['reported', jsonValue(orNull(reported ?? undefined, 30))] as const]),
    [ERROR_KEY, JSON.stringify(failureOf(position.failure))],
  ];
}

/** Both prices if there are two, and the exchange's price beside ours, as written. */
export function comparedRows(of: AnsweredPosition, { decimals }: AccountRendering): readonly FigureRow[] {
  return comparedFigures(of, decimalsFor(of.facts.entryDecimals, decimals));
}

/** The same as JSON members. */
export function comparedMembers(of: AnsweredPosition, rendering: AccountRendering): readonly JsonField[] {
  const rows = comparedRows(of, rendering);
  return rows.length === 0 ? [] : nested(rows, jsonValue);
}

/** The figures of an account as they are written. */
export function accountRows(answer: AccountAnswer, { decimals }: AccountRendering): readonly FigureRow[] {
  return accountFigures(answer, decimals ?? DEFAULT_DECIMALS);
}

/** An answer as JSON members without its positions: the account's own fields, and its figures. */
export function accountMembers(answer: AccountAnswer, rendering: AccountRendering): readonly JsonField[] {
  const { input, discrepancies } = answer;
  const decimals = rendering.decimals ?? DEFAULT_DECIMALS;
  return [
    ...input.own,
    ...nested(accountRows(answer, rendering), jsonValue),
    ...(answer.need ? [['ways', JSON.stringify(answer.need.ways.map((way) => wayJson(way, decimals)))] as const] : []),
    ...(answer.fills?.members(decimals) ?? []),
    ...(discrepancies ? [['reconcile', reconcileJson(answer, discrepancies, decimals)] as const] : []),
  ];
}

/** The size of a position, or its value if that is given. Without either, all amounts are for a size of 1. */
export function sizeWords({ qty, notional }: AssessedPosition['terms'], decimals: number): string {
  if (qty) return qty.toText(decimals);
  return notional ? `value ${notional.toText(decimals)}` : '1';
}

/** A position to close for a margin ratio. */
function wayJson({ symbol, side, qty, value, fee, ratio }: WayOut, decimals: number): object {
  return {
    symbol,
    side,
    close: qty.toText(30),
    value: value.toText(decimals),
    fee: orNull(fee, decimals),
    marginRatio: ratio.percent().toText(RATIO_DECIMALS),
  };
}

function reconcileJson(answer: AccountAnswer, discrepancies: readonly Discrepancy[], decimals: number): string {
  return JSON.stringify(discrepancies.map((each) => discrepancyJson(answer, each, decimals)));
}

function discrepancyJson({ assessment, input }: AccountAnswer, of: Discrepancy, decimals: number): object {
  const { index, differences, tick, reasons } = of;
  const { symbol, side } = (index === undefined ? undefined : assessment.account.positions[index]?.terms) ?? {};
  const answered = index === undefined ? undefined : assessment.positionAt(index);
  const price = answered && !isFailed(answered) ? answered.price : undefined;
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

/** Ratios are written as percentages, as in all output. */
function differenceJson({ figure, ours, reported }: Difference, decimals: number): object {
  const text = (value: Ratio | undefined, places: number): string | null =>
    figure === 'marginRatio' ? orNull(value?.percent(), RATIO_DECIMALS) : orNull(value, places);
  return { figure, ours: text(ours, decimals), reported: text(reported, 30) };
}

/**
 * An account as one line of JSON, in pieces that are made while they are written: joined, they may be too long for one
 * string.
 *
 * @throws {LiqcalcError} for a position whose price cannot be shown, before the first piece is made.
 */
export function accountJson(answer: AccountAnswer, rendering: AccountRendering): Generator<string, void> {
  checkPrices(answer);
  return jsonPieces(answer, rendering);
}

function* jsonPieces(answer: AccountAnswer, rendering: AccountRendering): Generator<string, void> {
  const account = jsonObject(accountMembers(answer, rendering)).slice(0, -1);
  yield `${account},"positions":[`;
  let separator = '';
  for (const each of shownPositions(answer)) {
    yield separator + (isFailedRow(each) ? failedJson(each) : positionJson(each, rendering));
    separator = ',';
  }
  yield ']}';
}

/** One position as an object of JSON. */
function positionJson(of: AnsweredPosition, rendering: AccountRendering): string {
  const { echo } = of.facts;
  const own = echo ?? jsonObject(of.facts.own());
  let json = own.slice(0, -1);
  // Keys of results are plain words; a position has at least its outcome, and own fields before it.
  for (const [key, value] of positionResults(of, rendering)) json += `,"${key}":${jsonValue(value)}`;
  for (const [key, value] of comparedMembers(of, rendering)) json += `,"${key}":${value}`;
  return `${json}}`;
}

const failedJson = (of: FailedRow): string => jsonObject(failedMembers(of));

/** Computes the prices that may not be shown: those of positions with a tick. */
function checkPrices(answer: AccountAnswer): void {
  if (!answer.assessment.account.positions.some(({ terms }) => terms.tick)) return;
  for (const each of shownPositions(answer)) {
    if (!isFailedRow(each)) positionResult('liquidationPrice', each, { decimals: undefined, today: undefined });
  }
}
