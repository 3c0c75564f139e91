import {
  accountLeverage,
  accountMarginRatio,
  NO_CROSS,
  type AccountAssessment,
  type AssessedPosition,
} from '../core/account.js';
import { shownPrice, type Bound } from '../core/liquidation.js';
import type { Ratio } from '../core/ratio.js';
import { stepOf } from '../core/risk/words.js';
import { written, type Figure, type FigureShape, type Rounding, type Written } from '../schema/figure.js';
import { exchangePriceOf, type PositionFacts } from './account.js';

/** What the figures of an account follow from. */
export interface FiguredAccount {
  readonly assessment: AccountAssessment;
  /** What `--need` asked for, in percent, and what must be added to the wallet for it. */
  readonly need?: { readonly percent: Ratio; readonly change: Ratio } | undefined;
  /** Whether the wallet is a result: changes made it. As an input it goes out as it came. */
  readonly isWalletComputed?: boolean | undefined;
}

/** The same with the decimals of amounts: what is added to a wallet is rounded up to them. */
interface RoundedAccount extends FiguredAccount {
  readonly decimals: number;
}

/** A figure whose key may say where JSON nests it: `marketMovePercent.down`. */
interface Nested<A> extends Figure<A> {
  /** Its column in CSV, beside those of others; left out where CSV has none. */
  readonly column?: string;
  /** Whether only an answer to `--need` has it. */
  readonly isOfNeed?: true;
}

const addedToWallet = ({ need, decimals }: RoundedAccount): Ratio | undefined => need?.change.ceilTo(stepOf(decimals));

/** Every figure of an account, in the order of output; `reason` is a result of positions, too, and has no column. */
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
    meaning: 'maintenance margin of the cross positions at their marks',
    column: 'accountMaintenanceMargin',
    of: ({ assessment }) => assessment.maintenance,
  },
  marginRatio: {
    kind: 'percent',
    always: true,
    meaning: 'maintenance in percent of equity, 100 is liquidation; null when equity <= 0 and without cross positions',
    column: 'accountMarginRatio',
    of: ({ assessment }) => accountMarginRatio(assessment)?.percent() ?? null,
  },
  effectiveLeverage: {
    kind: 'ratio',
    always: true,
    meaning: 'gross value over equity; null when equity <= 0 and without cross positions',
    column: 'accountEffectiveLeverage',
    of: ({ assessment }) => accountLeverage(assessment) ?? null,
  },
  outcome: {
    kind: ['at', 'never', 'already', null],
    always: true,
    meaning: 'null without cross positions',
    column: 'accountOutcome',
    of: ({ assessment }) => assessment.outcome ?? null,
  },
  reason: {
    kind: 'word',
    meaning: 'why outcome is null',
    of: ({ assessment }) => (assessment.outcome ? undefined : NO_CROSS),
  },
  'marketMovePercent.down': {
    kind: 'percent',
    always: true,
    meaning: 'the common move of all marks that liquidates the account; null where none does',
    column: 'marketMoveDownPercent',
    of: ({ assessment }) => assessment.move.down?.percent() ?? null,
  },
  'marketMovePercent.up': {
    kind: 'percent',
    always: true,
    meaning: 'the same upwards',
    column: 'marketMoveUpPercent',
    of: ({ assessment }) => assessment.move.up?.percent() ?? null,
  },
  'need.marginRatio': {
    kind: 'exact',
    meaning: 'with --need: the margin ratio asked for, in percent',
    column: 'needMarginRatio',
    isOfNeed: true,
    of: ({ need }) => need?.percent,
  },
  'need.walletChange': {
    kind: 'exact',
    meaning: 'what to add to the wallet for it, rounded up; negative: what can be taken out',
    column: 'needWalletChange',
    isOfNeed: true,
    of: addedToWallet,
  },
} as const satisfies Readonly<Record<string, Nested<RoundedAccount>>>;

/** What the figures of a position in an account follow from, besides its results. */
export interface FiguredPosition {
  readonly position: AssessedPosition;
  readonly facts: PositionFacts;
}

/** What a position of an account has besides its own fields and its results: both prices, and the exchange's beside ours. */
export const COMPARED_FIGURES = {
  'liquidationPrices.below': {
    kind: 'amount',
    meaning: 'where there are two',
    column: 'liquidationPriceBelow',
    of: ({ position }) => bothBounds(position)?.below,
  },
  'liquidationPrices.above': {
    kind: 'amount',
    meaning: 'where there are two',
    column: 'liquidationPriceAbove',
    of: ({ position }) => bothBounds(position)?.above,
  },
  reported: {
    kind: 'exact',
    meaning: "the exchange's own price",
    column: 'reported',
    of: ({ facts }) => exchangePriceOf(facts),
  },
  difference: {
    kind: 'amount',
    meaning: 'ours less the reported one',
    column: 'difference',
    of: ({ position: { price }, facts }) => {
      const reported = exchangePriceOf(facts);
      if (reported === undefined) return undefined;
      return (reported && price?.minus(reported)) ?? null;
    },
  },
} as const satisfies Readonly<Record<string, Nested<FiguredPosition>>>;

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

/** A figure's key with its value as it is written. */
export type FigureRow = readonly [key: string, value: Exclude<Written, undefined>];

/** The figures of an account as they are written, those that it has. */
export function accountFigures(account: FiguredAccount, decimals: number): readonly FigureRow[] {
  const kindOf = (key: string, { kind }: FigureShape): FigureShape['kind'] =>
    key === 'wallet' && !account.isWalletComputed ? 'exact' : kind;
  return rowsOf<RoundedAccount>(ACCOUNT_FIGURES, { ...account, decimals }, { decimals }, kindOf);
}

/** What a position has besides its results, as it is written. */
export function comparedFigures(position: FiguredPosition, decimals: number): readonly FigureRow[] {
  return rowsOf<FiguredPosition>(COMPARED_FIGURES, position, { decimals }, (_, { kind }) => kind);
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
  asked: 'need' | 'nothing' = 'nothing',
): readonly (readonly [column: string, key: string])[] {
  return entriesOf(figures).flatMap(([key, { column, isOfNeed }]) =>
    column === undefined || (isOfNeed && asked === 'nothing') ? [] : [[column, key] as const],
  );
}

const groupOf = (key: string): string => key.split('.')[0] as string;

/** The keys that JSON has figures under, each once. */
export const keysInJson = (figures: Readonly<Record<string, unknown>>): readonly string[] => [
  ...new Set(Object.keys(figures).map(groupOf)),
];

/** The keys of objects that hold figures in JSON. */
export const groupsInJson = (figures: Readonly<Record<string, unknown>>): readonly string[] => [
  ...new Set(Object.keys(figures).flatMap((key) => (key.includes('.') ? [groupOf(key)] : []))),
];

/** Rows as members of JSON: those of one group are one object in the place of the first. */
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
