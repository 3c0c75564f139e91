import type { AccountQuestion } from '../commands/shared/account-answer.js';
import { fillingOf } from '../commands/shared/filled-orders.js';
import type { MarginMode } from '../core/account.js';
import { symbolKey } from '../core/brackets.js';
import { fail, LiqcalcError, problem, type ErrorCode, type Problem } from '../core/errors.js';

import type { Side } from '../core/leg.js';
import type { FillEffect } from '../core/plan/average.js';
import { Ratio } from '../core/ratio.js';
import type { VenueName } from '../core/venue-names.js';
import type { Shock } from '../core/shock.js';
import type { Closing } from '../core/what-if.js';
import {
  GIVEN_RATES,
  type GivenRate,
  type GivenRates,
  type JsonField,
  type RawAccount,
  type RawPosition,
} from '../formats/raw-account.js';
import { ACCOUNT_FIGURES, COMPARED_FIGURES } from '../formats/account-figures.js';
import { ownAccount } from '../formats/account-json.js';
import type { ExchangeName } from '../formats/exchange-names.js';
import { exchanges } from '../formats/exchanges/index.js';
import { FIELDS, type FieldKey } from '../formats/fields.js';
import { isJson } from '../formats/json.js';
import { RESULTS } from '../formats/results.js';
import {
  accountMembers,
  eachPosition,
  failedMembers,
  positionMembers,
  type AccountAnswer,
} from '../report/text/account-rows.js';
import type { FigureShape } from '../schema/figure.js';
import { readValue, type Shape } from '../schema/value.js';
import { valueOf } from './answer.js';
import { readChoice } from './choice.js';
import type { Decimal } from './decimal.js';
import {
  contentOf,
  copyOf,
  numberText,
  RATE_KEY,
  recordOf,
  listOf,
  readable,
  textOf,
  withPercentRate,
  wordOf,
  type Numeric,
} from './given.js';
import { decimalsOf, optionsOf, tablesWith, todayOf, type Options } from './options.js';
import { numberOf, orderOf, PERCENT } from './numbers.js';
import type { Content, Fields } from './types.js';

/** One position of an account. A cross position needs its mark. */
export interface AccountPosition extends Fields<
  Exclude<FieldKey, 'side' | 'symbol' | 'wallet' | 'othersMm' | 'othersPnl'>
> {
  /** `long` or `short`. */
  readonly side: Side;
  /** Positions on one symbol with opposite sides are the legs of a hedge. */
  readonly symbol: string;
  /** `cross` by default; `isolated` needs `margin` or `lev`. */
  readonly mode?: MarginMode | undefined;
  /** Its price moves this many times the market move, default 1; linear accounts only. */
  readonly beta?: Numeric | undefined;
  /** The exchange's own liquidation price, for comparison. */
  readonly reported?: Numeric | undefined;
  /** The maintenance rate as a fraction (`0.005` is 0.5 %), as exchanges and ccxt publish it. With `mmr` it must agree. */
  readonly maintenanceMarginRate?: Numeric | undefined;
}

/** A cross account: one settlement asset, linear or inverse contracts. */
export interface Account {
  /** Cross wallet, margin asset: no isolated wallets, no unrealised PnL. */
  readonly wallet?: Numeric | undefined;
  /** The venue of positions that do not name one, default `binance`. */
  readonly venue?: VenueName | undefined;
  /** Cross and isolated positions, in any order. */
  readonly positions: readonly AccountPosition[];
}

/** A number for all positions, or one by symbol. */
export type BySymbol = Numeric | Readonly<Record<string, Numeric>>;

/** What is given besides an account, and how it changes before it is priced. */
export interface AccountOptions extends Options {
  /** The venue of positions that do not show theirs. */
  readonly venue?: VenueName | undefined;
  /** The cross wallet of accounts that do not have one, margin asset. */
  readonly wallet?: Numeric | undefined;
  /** Share of each symbol in the market move. */
  readonly beta?: Readonly<Record<string, Numeric>> | undefined;
  /** Maintenance rate in percent, for positions that have neither a table nor a rate of their own. */
  readonly mmr?: BySymbol | undefined;
  /** Maintenance amount that belongs to `mmr`, margin asset. */
  readonly cum?: BySymbol | undefined;
  /** Fee in percent that the maintenance margin includes. */
  readonly mmFee?: BySymbol | undefined;
  /** Tick size of prices. */
  readonly tick?: Numeric | undefined;
  /** Adds `need`: the amount that gives the account this margin ratio, in percent. */
  readonly need?:
    | {
        /** In percent. */
        readonly marginRatio: Numeric;
      }
    | undefined;
  /** Only positions at or below this distance to liquidation, in percent, and failed ones. */
  readonly within?: Numeric | undefined;
  /** Results, fields or other keys of positions to sort them by; `-` before a name reverses its order. */
  readonly sort?: readonly string[] | undefined;
  /** Only the first positions of the order; without `sort` those nearest to liquidation. */
  readonly top?: number | undefined;
  /** Adds `reconcile`: where the exchange's own figures differ, and the likely reasons. */
  readonly reconcile?: boolean | undefined;
}

/** How an account changes, in this order: closing, adding, changing the wallet, filling orders, the shock. */
export interface AccountChanges {
  /** Positions to add; one without mark, rate or contract takes it from its symbol in the account. */
  readonly add?: readonly AccountPosition[] | undefined;
  /** Positions to close at their marks: whole without a quantity, both legs of a hedge without a side. */
  readonly close?:
    | readonly {
        /** The symbol to close. */
        readonly symbol: string;
        /** The leg to close; both by default. */
        readonly side?: Side | undefined;
        /** The size to close; all by default. */
        readonly qty?: Numeric | undefined;
      }[]
    | undefined;
  /** Amount to add to the wallet, margin asset; negative withdraws. */
  readonly walletChange?: Numeric | undefined;
  /**
   * Open orders that fill, the nearest first, each at its price: the exchange's openOrders as text or parsed; `true` for
   * those that the positions have (`orders`).
   */
  readonly fillOrders?: true | Content | undefined;
  /** Sudden moves of marks in percent, by symbol; `all` moves all other symbols. Made last. */
  readonly shock?: Readonly<Record<string, Numeric>> | undefined;
}

/** What an open order does to its account when it fills. */
export interface FilledOrder {
  /** The symbol of the order. */
  readonly symbol: string;
  /** Its side. */
  readonly side: 'BUY' | 'SELL';
  /** Its price, at which it fills: quote per base. */
  readonly price: Decimal;
  /** The quantity that fills, in the units of the position. */
  readonly quantity: Decimal;
  /** What it does to the position. */
  readonly effect: FillEffect;
  /** Profit of the part that it closes, margin asset. */
  readonly realizedPnl: Decimal;
  /** The position after it; `null` if it closes it. */
  readonly position: {
    /** `long` or `short`. */
    readonly side: Side;
    /** Its size; `null` if it was given without one. */
    readonly qty: Decimal | null;
    /** Its average entry price, quote per base. */
    readonly entry: Decimal;
  } | null;
  /** The liquidation price after it; `null` without one. */
  readonly liquidationPrice: Decimal | null;
  /** The room from its price to liquidation, in percent of its price. */
  readonly distancePercent: Decimal | null;
  /** Whether the account or the isolated position is liquidated before it fills; `null` if that is unknown. */
  readonly liquidatedBefore: boolean | null;
}

/** An open order that does not fill. */
export interface OrderLeftOut {
  /** The symbol of the order. */
  readonly symbol: string;
  /** Its type, as the exchange names it. */
  readonly type: string;
  /** Its side. */
  readonly side: 'BUY' | 'SELL';
  /** Its price; `null` without one. */
  readonly price: Decimal | null;
  /** The price that triggers it; `null` without one. */
  readonly trigger: Decimal | null;
  /** Why it does not fill. */
  readonly reason: string;
}

/** Why a position of an account has no results: its maintenance margin is unknown. */
export interface PositionError {
  /** As that of `LiqcalcError`. */
  readonly code: ErrorCode;
  /** What is wrong, and what to do. */
  readonly message: string;
  /** The input that it is about. */
  readonly field?: string;
}

/** A difference between our figures and those of the exchange; figures in their units, ratios in percent. */
export interface Reconciled {
  /** `null` for the account as a whole. */
  readonly symbol: string | null;
  /** `null` for the account as a whole. */
  readonly side: Side | null;
  /** Our liquidation price. */
  readonly liquidationPrice: Decimal | null;
  /** The liquidation price of the exchange. */
  readonly reported: Decimal | null;
  /** Our price minus that of the exchange. */
  readonly difference: Decimal | null;
  /** The tick size that the comparison used. */
  readonly tick: Decimal | null;
  /** The code of the most likely reason. */
  readonly likely: string;
  /** The most likely reason in words. */
  readonly reason: string;
  /** Other figures that both have. */
  readonly figures: readonly {
    /** Its name. */
    readonly figure: string;
    /** As computed here. */
    readonly ours: Decimal | null;
    /** As the exchange reports it. */
    readonly reported: Decimal | null;
  }[];
  /** The reasons that fit the difference, the most likely first. */
  readonly hypotheses: readonly {
    /** The code of the reason. */
    readonly kind: string;
    /** The reason in words. */
    readonly reason: string;
  }[];
}

/**
 * An account as it is read: from an object, or from text in liqcalc's own form.
 *
 * @throws {LiqcalcError} for text that is not JSON.
 */
export function rawAccountOf(given: Account | string): { readonly raw: RawAccount; readonly text: string } {
  const text = typeof given === 'string' ? given : contentOf('', withPercentRates(copyOf(given)));
  if (!isJson(text)) return fail('NOT_AN_ACCOUNT', '', { value: text.slice(0, 60), want: 'it is not JSON' });
  return { raw: ownAccount(text), text };
}

function withPercentRates(account: Account): object {
  const positions: unknown = account.positions;
  return readable('positions', () =>
    Array.isArray(positions) ? { ...account, positions: positions.map(withPercentRateOf) } : account,
  );
}

function withPercentRateOf(position: unknown): unknown {
  if (typeof position !== 'object' || position === null || !(RATE_KEY in position)) return position;
  const { [RATE_KEY]: fraction, ...others } = position as Readonly<Record<string, unknown>>;
  const rate = recordOf({ mmr: others['mmr'], [RATE_KEY]: fraction });
  return { ...others, ...Object.fromEntries(withPercentRate(rate)) };
}

/** Where the accounts of an exchange's answer come from. */
export interface Source {
  /** The one requested margin asset. */
  readonly asset?: string | undefined;
}

/**
 * The accounts in what an exchange's API returned.
 *
 * @param answer - as text, or as the exchange's client has parsed it.
 */
export function rawAccountsOf(
  shape: ExchangeName,
  answer: string | object,
  { asset, venue }: Source & Pick<AccountOptions, 'venue'>,
): { readonly raws: readonly RawAccount[]; readonly text: string } {
  const text = contentOf('', answer);
  if (!isJson(text)) fail('NOT_AN_ACCOUNT', '', { value: text.slice(0, 60), want: 'it is not JSON' });
  readChoice('shape', wordOf('shape', shape), Object.keys(exchanges));
  const settlement = asset === undefined ? undefined : wordOf('asset', asset).toUpperCase();
  return { raws: exchanges[shape].read(text, { asset: settlement, venue: venueOf(venue) }), text };
}

const BY_SYMBOL_ADVICE = 'give an object like { BTCUSDT: value }';
const POSITIVE_PERCENT = { ...PERCENT, range: 'positive' } as const satisfies Shape;

/**
 * The question about an account, from the options of a call.
 *
 * @throws {LiqcalcError} with every invalid option.
 */
export function questionOf(asked: AccountOptions, changed: AccountChanges = {}): AccountQuestion {
  const options = optionsOf(asked);
  const changes = copyOf(changed, 'changes', 'give an object like { close, add, walletChange }');
  decimalsOf(options);
  const problems: Problem[] = [];
  const number = (key: string, shape: Shape, value: Numeric | undefined): Ratio | undefined =>
    numberOf(key, shape, value, problems);
  const checked = (key: 'wallet' | 'tick' | keyof GivenRates, value: Numeric | undefined): string | undefined => {
    number(key, FIELDS[key], value);
    const text = textOf(value);
    return typeof text === 'string' ? text : undefined;
  };
  const rateOf = (key: keyof GivenRates): GivenRate => {
    const given = options[key];
    const bySymbol = isBySymbol(given) ? Object.entries(copyOf(given, key, BY_SYMBOL_ADVICE)) : [];
    return {
      all: isBySymbol(given) ? undefined : checked(key, given),
      bySymbol: new Map(bySymbol.map(([symbol, rate]) => [symbolKey(symbol), checked(key, rate) ?? ''])),
    };
  };
  const [mmr, cum, mmFee] = GIVEN_RATES.map(rateOf) as [GivenRate, GivenRate, GivenRate];
  const betas = Object.entries(copyOf(options.beta ?? {}, 'beta', BY_SYMBOL_ADVICE)).flatMap(([symbol, beta]) => {
    const value = number('beta', { kind: 'decimal', range: 'any' }, beta);
    return value ? [[symbolKey(symbol), value] as const] : [];
  });
  const close = listOf('close', changes.close ?? []).map((each): Closing => {
    const { symbol, side, qty } = copyOf(each, 'close', 'give objects like { symbol, side, qty }');
    wordOf('symbol', symbol);
    readChoice('side', side, ['long', 'short']);
    const quantity = number('qty', FIELDS.qty, qty);
    return { symbol, ...(side && { side }), ...(quantity && { quantity }) };
  });
  const question: AccountQuestion = {
    wallet: checked('wallet', options.wallet),
    betas: new Map(betas),
    rates: { mmr, cum, mmFee },
    tick: checked('tick', options.tick),
    venue: venueOf(options.venue),
    add: additionsOf(listOf('add', changes.add ?? []), problems),
    close,
    walletChange: number('walletChange', FIELDS.wallet, changes.walletChange),
    fills: fillsOf(changes.fillOrders),
    shock: shockOf(changes.shock, problems),
    need: number(
      'need',
      POSITIVE_PERCENT,
      options.need && copyOf(options.need, 'need', 'give an object like { marginRatio }').marginRatio,
    )?.percent(),
    tables: tablesWith(options),
    isReconciled: options.reconcile === true,
    within: number('within', PERCENT, options.within)?.percent(),
    order: orderOf(options, problems),
  };
  if (problems.length > 0) throw new LiqcalcError(problems);
  return question;
}

/** How open orders fill. */
function fillsOf(given: AccountChanges['fillOrders']): AccountQuestion['fills'] {
  if (given === undefined) return undefined;
  return fillingOf(given === true ? [] : [contentOf('fillOrders', given)]);
}

/** The moves of a shock, as fractions. */
function shockOf(given: AccountChanges['shock'], problems: Problem[]): Shock | undefined {
  if (given === undefined) return undefined;
  const moves = Object.entries(copyOf(given, 'shock', BY_SYMBOL_ADVICE)).flatMap(([symbol, percent]) => {
    const move = numberOf('shock', PERCENT, percent, problems);
    if (move && !move.plus(Ratio.ONE).isAbove(Ratio.ZERO))
      problems.push(problem('REFUSED', 'shock', { why: `${symbol} must be above -100 %: a price stays above zero` }));
    return move ? [[symbol.toLowerCase() === 'all' ? 'all' : symbolKey(symbol), move] as const] : [];
  });
  const bySymbol = new Map(moves);
  const all = bySymbol.get('all');
  bySymbol.delete('all');
  return { bySymbol, all };
}

/** The venue, checked. */
function venueOf(venue: VenueName | undefined): string | undefined {
  if (venue === undefined) return undefined;
  const read = readValue(FIELDS.venue, 'venue', wordOf('venue', venue));
  if ('problem' in read) throw new LiqcalcError([read.problem]);
  return read.value as string;
}

const isBySymbol = (given: BySymbol | undefined): given is Readonly<Record<string, Numeric>> =>
  typeof given === 'object' && (given as unknown) !== null && typeof textOf(given) !== 'string';

function additionsOf(positions: readonly AccountPosition[], problems: Problem[]): readonly RawPosition[] {
  if (positions.length === 0) return [];
  const { raw } = rawAccountOf({ wallet: '0', positions });
  problems.push(...raw.problems);
  return raw.positions.map(({ name, record, own }) => ({ name: name.replace(/^positions/, 'add'), record, own }));
}

/** How each figure of an account and of its positions is written, by its key. */
const SHAPES: Readonly<Record<string, FigureShape>> = { ...RESULTS, ...COMPARED_FIGURES, ...ACCOUNT_FIGURES };

/** An account's answer as the library gives it: as the command's JSON, with Decimals. */
export function accountObject(answer: AccountAnswer, options: Options): object {
  const rendering = { decimals: decimalsOf(options), today: todayOf(options) };
  return {
    ...objectOf(accountMembers(answer, rendering)),
    positions: eachPosition(
      answer,
      (each) => objectOf(positionMembers(each, rendering)),
      (each) => objectOf(failedMembers(each)),
    ),
  };
}

/** JSON members as an object: figures with Decimals, everything else as it was. */
export function objectOf(members: readonly JsonField[]): object {
  return Object.fromEntries(members.map(([key, json]) => [key, memberOf(key, parsed(json))]));
}

/** A value of JSON; a number that a JavaScript number cannot hold stays text. */
function parsed(json: string): unknown {
  const value: unknown = JSON.parse(json);
  return typeof value === 'number' && numberText(value) === undefined ? json.trim() : value;
}

function memberOf(key: string, value: unknown): unknown {
  if (LISTS.has(key)) return withDecimals(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return valueOf(SHAPES[key]?.kind, value);
  return Object.fromEntries(
    Object.entries(value).map(([inner, each]) => [inner, valueOf(SHAPES[`${key}.${inner}`]?.kind, each)]),
  );
}

/** Members of an account that are not figures, but lists or objects of them. */
const LISTS: ReadonlySet<string> = new Set(['reconcile', 'ways', 'fills', 'ordersLeftOut']);

const NESTED_NUMBERS: ReadonlySet<string> = new Set([
  'liquidationPrice',
  'reported',
  'difference',
  'tick',
  'ours',
  'close',
  'value',
  'fee',
  'marginRatio',
  'price',
  'quantity',
  'realizedPnl',
  'qty',
  'entry',
  'distancePercent',
  'trigger',
]);

function withDecimals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDecimals);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      NESTED_NUMBERS.has(key) ? valueOf('exact', each) : withDecimals(each),
    ]),
  );
}
