import {
  type Account,
  accountLeverage,
  accountMarginRatio,
  marginChangeFor,
  reasonWithoutOutcome,
  type AccountAssessment,
  type AssessedPosition,
} from '../core/account.js';
import { shownPrice, type Bound } from '../core/liquidation.js';
import { symbolKey } from '../core/brackets.js';
import type { RoomInAtrs } from '../core/plan/room-in-atrs.js';
import { Ratio, stepOf } from '../core/ratio.js';
import type { FilledAccount } from '../core/fill-orders.js';
import type { ShockOutcome, Struck } from '../core/shock.js';
import type { WayOut } from '../core/ways-out.js';
import { withdrawable } from '../core/withdrawal.js';
import { written, type Figure, type FigureShape, type Rounding, type Written } from '../schema/figure.js';
import { exchangePriceOf, type PositionFacts } from './raw-account.js';

/** What the figures of an account are computed from. */
export interface FiguredAccount {
  readonly assessment: AccountAssessment;
  /** The margin ratio of `--need`, in percent, the amount to add to the wallet to reach it, and what to close instead. */
  readonly need?:
    { readonly percent: Ratio; readonly change: Ratio | undefined; readonly ways: readonly WayOut[] } | undefined;
  /** What the shock of `--shock` does, if this is the account after it. */
  readonly shock?: ShockOutcome | undefined;
  /** The open orders that filled, if this is the account after that. */
  readonly fills?: Pick<FilledAccount, 'fills'> | undefined;
  /** Whether the wallet is the result of changes. A wallet from the input is written unchanged. */
  readonly isWalletComputed?: boolean | undefined;
}

/** The same with the decimals of amounts: an amount to add to a wallet is rounded up to them. */
interface RoundedAccount extends FiguredAccount {
  readonly decimals: number;
}

/** A figure whose key may contain its place in nested JSON: `marketMovePercent.down`. */
/** Questions whose answers have figures of their own. */
export const ASKED = ['need', 'shock', 'fills', 'rooms'] as const;
export type Asked = (typeof ASKED)[number];

interface Nested<A> extends Figure<A> {
  /** Its column in CSV, next to those of other figures; absent if CSV has no column for it. */
  readonly column?: string;
  /** The question that has it, if not every output does. */
  readonly isOf?: Asked;
}

const addedToWallet = ({ need, decimals }: RoundedAccount): Ratio | null | undefined =>
  need && (need.change?.ceilTo(stepOf(decimals)) ?? null);

/** Who is liquidated, by name: `cross`, or `BTCUSDT long`. */
export function struckName({ index }: Struck, { positions }: Account): string {
  const terms = index === undefined ? undefined : positions[index]?.terms;
  return terms ? `${symbolKey(terms.symbol)} ${terms.side}` : 'cross';
}

/** The smallest amount, in steps of the decimals, that is more than what is lacking. */
export const moreThan = (lack: Ratio, decimals: number): Ratio => lack.floorTo(stepOf(decimals)).plus(stepOf(decimals));

const neededFor = (struck: readonly Struck[], decimals: number): Ratio =>
  Ratio.sum(struck.map(({ lack }) => moreThan(lack, decimals)));

/** Every figure of an account, in the order of output; `reason` is also a result of positions and has no column. */
export const ACCOUNT_FIGURES = {
  wallet: {
    kind: 'amount',
    always: true,
    meaning: 'cross wallet, margin asset',
    column: 'accountWallet',
    of: ({ assessment }) => assessment.account.wallet,
  },
  equity: {
    kind: 'amount',
    always: true,
    meaning: 'wallet and unrealised PnL of the cross positions',
    column: 'accountEquity',
    of: ({ assessment }) => assessment.equity,
  },
  maintenanceMargin: {
    kind: 'amount',
    always: true,
    meaning: 'maintenance margin of the cross positions at their marks; null if that of a position is unknown',
    column: 'accountMaintenanceMargin',
    of: ({ assessment: { maintenance, lacking } }) => (lacking.length > 0 ? null : maintenance),
  },
  marginRatio: {
    kind: 'percent',
    always: true,
    meaning: 'maintenance in percent of equity, 100 is liquidation; null when equity <= 0 and without an outcome',
    column: 'accountMarginRatio',
    of: ({ assessment }) => accountMarginRatio(assessment)?.percent() ?? null,
  },
  effectiveLeverage: {
    kind: 'ratio',
    always: true,
    meaning: 'gross value over equity; null when equity <= 0 and without an outcome',
    column: 'accountEffectiveLeverage',
    of: ({ assessment }) => accountLeverage(assessment) ?? null,
  },
  outcome: {
    kind: ['at', 'never', 'already', null],
    always: true,
    meaning: 'null without cross positions, and if the maintenance margin of one is unknown',
    column: 'accountOutcome',
    of: ({ assessment }) => assessment.outcome ?? null,
  },
  reason: {
    kind: 'word',
    meaning: 'why outcome is null',
    of: ({ assessment }) => reasonWithoutOutcome(assessment),
  },
  'marketMovePercent.down': {
    kind: 'percent',
    always: true,
    meaning: 'the common downward move of all marks that liquidates the account; null if there is no such move',
    column: 'marketMoveDownPercent',
    of: ({ assessment }) => assessment.move.down?.percent() ?? null,
  },
  'marketMovePercent.up': {
    kind: 'percent',
    always: true,
    meaning: 'the common upward move of all marks that liquidates the account; null if there is no such move',
    column: 'marketMoveUpPercent',
    of: ({ assessment }) => assessment.move.up?.percent() ?? null,
  },
  'need.marginRatio': {
    kind: 'exact',
    meaning: 'with --need: the requested margin ratio, in percent',
    column: 'needMarginRatio',
    isOf: 'need',
    of: ({ need }) => need?.percent,
  },
  'need.walletChange': {
    kind: 'exact',
    meaning:
      'with --need: the amount to add to the wallet, rounded up; negative: with so much less the ratio stays at or below it',
    column: 'needWalletChange',
    isOf: 'need',
    of: addedToWallet,
  },
  liquidatedByFills: {
    kind: 'flag',
    meaning: 'with --fill-orders: whether the account is liquidated before one of its orders fills',
    column: 'liquidatedByFills',
    isOf: 'fills',
    of: ({ fills }) => fills?.fills.some(({ isLiquidatedBefore }) => isLiquidatedBefore === true),
  },
  'need.withdrawable': {
    kind: 'exact',
    meaning:
      'with --need: the most that can be taken out of the wallet, because the rest is initial margin, by the rule of Binance without orders; null unless every cross position has lev',
    column: 'needWithdrawable',
    isOf: 'need',
    of: ({ need, assessment, decimals }) => need && (withdrawable(assessment)?.floorTo(stepOf(decimals)) ?? null),
  },
  'shock.percent': {
    kind: 'percent',
    meaning:
      'with --shock: how much of the shock liquidates the first position or the pool, in percent, also above 100; null if no part or multiple of it does',
    column: 'shockPercent',
    isOf: 'shock',
    of: ({ shock }) => shock && (shock.share?.percent() ?? null),
  },
  'shock.liquidated': {
    kind: 'codes',
    meaning: 'with --shock: who is liquidated: cross, or isolated positions by symbol and side',
    column: 'shockLiquidated',
    isOf: 'shock',
    of: ({ shock, assessment: { account } }) => shock?.struck.map((each) => struckName(each, account)),
  },
  'shock.walletNeeded': {
    kind: 'exact',
    meaning:
      'with --shock: the amount to add to the wallet before the shock so that it does not liquidate the pool; null if a maintenance margin is unknown',
    column: 'shockWalletNeeded',
    isOf: 'shock',
    of: ({ shock, decimals }) => {
      if (!shock || shock.lacking.length > 0) return shock && null;
      const pool = shock.struck.filter(({ index }) => index === undefined);
      return neededFor(pool, decimals);
    },
  },
  'shock.marginNeeded': {
    kind: 'exact',
    meaning: 'with --shock: the margin to add to all isolated positions before the shock so that it liquidates none',
    column: 'shockMarginNeeded',
    isOf: 'shock',
    of: ({ shock, decimals }) =>
      shock &&
      neededFor(
        shock.struck.filter(({ index }) => index !== undefined),
        decimals,
      ),
  },
} as const satisfies Readonly<Record<string, Nested<RoundedAccount>>>;

/** The distance of a position beside the usual moves of its market; `undefined` without candles of its symbol. */
export type RoomOf = (position: AssessedPosition) => RoomInAtrs | undefined;

/** What the figures of a position in an account are computed from, besides its results. */
export interface FiguredPosition {
  readonly position: AssessedPosition;
  readonly facts: PositionFacts;
  /** The margin ratio of `--need`, in percent. */
  readonly need?: Ratio | undefined;
  /** With candles: the room in average true ranges. */
  readonly rooms?: RoomOf | undefined;
}

/** The same with the decimals of amounts. */
interface RoundedPosition extends FiguredPosition {
  readonly decimals: number;
}

/** The amount to add to the margin of an isolated position for the margin ratio of `--need`. */
export function marginNeeded({ position, need }: Pick<FiguredPosition, 'position' | 'need'>): Ratio | undefined {
  return need && position.mode === 'isolated' ? marginChangeFor(position, need.over(Ratio.HUNDRED)) : undefined;
}

/**
 * What a position of an account has besides its own fields and its results: both prices, and the exchange's next to
 * ours.
 */
export const COMPARED_FIGURES = {
  'liquidationPrices.below': {
    kind: 'amount',
    meaning: 'the lower price, if there are two',
    column: 'liquidationPriceBelow',
    of: ({ position }) => bothBounds(position)?.below,
  },
  'liquidationPrices.above': {
    kind: 'amount',
    meaning: 'the upper price, if there are two',
    column: 'liquidationPriceAbove',
    of: ({ position }) => bothBounds(position)?.above,
  },
  reported: {
    kind: 'exact',
    meaning: 'the liquidation price that the exchange reports',
    column: 'reported',
    of: ({ facts }) => exchangePriceOf(facts),
  },
  difference: {
    kind: 'amount',
    meaning: 'our price minus the reported price',
    column: 'difference',
    of: ({ position: { price }, facts }) => {
      const reported = exchangePriceOf(facts);
      if (reported === undefined) return undefined;
      return (reported && price?.minus(reported)) ?? null;
    },
  },
  needMargin: {
    kind: 'exact',
    meaning:
      'with --need: the amount to add to the margin of this isolated position, rounded up; negative: with so much less the ratio stays at or below it',
    column: 'needMargin',
    isOf: 'need',
    of: ({ decimals, ...of }) => marginNeeded(of)?.ceilTo(stepOf(decimals)),
  },
  distanceAtrs: {
    kind: 'ratio',
    meaning: 'with --candles: the distance in average true ranges of 14 candles',
    column: 'distanceAtrs',
    isOf: 'rooms',
    of: ({ position, rooms }) => rooms?.(position)?.atrs,
  },
  candlesBeyond: {
    kind: 'exact',
    meaning: 'with --candles: how many of candlesCounted moved as far against the position',
    column: 'candlesBeyond',
    isOf: 'rooms',
    of: ({ position, rooms }) => rooms?.(position)?.reached,
  },
  candlesCounted: {
    kind: 'exact',
    meaning: 'with --candles: candles of the last 90 days; all if their times are unknown',
    column: 'candlesCounted',
    isOf: 'rooms',
    of: ({ position, rooms }) => rooms?.(position)?.counted,
  },
} as const satisfies Readonly<Record<string, Nested<RoundedPosition>>>;

/** Both prices of a position if there are two, on its tick. */
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

export type FigureRow = readonly [key: string, value: Exclude<Written, undefined>];

export function accountFigures(account: FiguredAccount, decimals: number): readonly FigureRow[] {
  const kindOf = (key: string, { kind }: FigureShape): FigureShape['kind'] =>
    key === 'wallet' && !account.isWalletComputed ? 'exact' : kind;
  return rowsOf<RoundedAccount>(ACCOUNT_FIGURES, { ...account, decimals }, { decimals }, kindOf);
}

/** What a position has besides its results, as written. */
export function comparedFigures(position: FiguredPosition, decimals: number): readonly FigureRow[] {
  return rowsOf<RoundedPosition>(COMPARED_FIGURES, { ...position, decimals }, { decimals }, (_, { kind }) => kind);
}

function rowsOf<A>(
  figures: Readonly<Record<string, Nested<A>>>,
  answer: A,
  rounding: Rounding,
  kindOf: (key: string, shape: FigureShape) => FigureShape['kind'],
): readonly FigureRow[] {
  const rows: FigureRow[] = [];
  for (const key in figures) {
    const figure = figures[key] as Nested<A>;
    const value = written(kindOf(key, figure), figure.of(answer), rounding);
    if (value !== undefined) rows.push([key, value]);
  }
  return rows;
}

const entriesOf = (figures: Readonly<Record<string, Nested<never>>>): readonly (readonly [string, Nested<never>])[] =>
  Object.entries(figures);

/** The columns of CSV with the keys of their figures, in order. */
export function columnsOf(
  figures: typeof ACCOUNT_FIGURES | typeof COMPARED_FIGURES,
  asked: readonly Asked[] = [],
): readonly (readonly [column: string, key: string])[] {
  return entriesOf(figures).flatMap(([key, { column, isOf }]) =>
    column === undefined || (isOf && !asked.includes(isOf)) ? [] : [[column, key] as const],
  );
}

const groupOf = (key: string): string => key.split('.')[0] as string;

/** The keys of figures in JSON, each once. */
export const keysInJson = (figures: Readonly<Record<string, unknown>>): readonly string[] => [
  ...new Set(Object.keys(figures).map(groupOf)),
];

/** The keys of objects that hold figures in JSON. */
export const groupsInJson = (figures: Readonly<Record<string, unknown>>): readonly string[] => [
  ...new Set(Object.keys(figures).flatMap((key) => (key.includes('.') ? [groupOf(key)] : []))),
];

/** Rows as members of JSON: the rows of one group become one object at the place of the first. */
export function nested(
  rows: readonly FigureRow[],
  jsonOf: (value: FigureRow[1]) => string,
): (readonly [key: string, json: string])[] {
  const members = new Map<string, string | [string, string][]>();
  for (const [key, value] of rows) {
    const group = groupOf(key);
    if (group === key) members.set(key, jsonOf(value));
    else {
      const parts = (members.get(group) ?? []) as [string, string][];
      members.set(group, [...parts, [key.slice(group.length + 1), jsonOf(value)]]);
    }
  }
  return [...members].map(([key, json]) => [key, typeof json === 'string' ? json : objectOf(json)]);
}

const objectOf = (parts: readonly (readonly [string, string])[]): string =>
  `{${parts.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(',')}}`;
