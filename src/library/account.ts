import type { Account, AccountChanges, AccountOptions, AccountPosition, BySymbol, Source } from './account-types.js';
import type { AccountQuestion } from '../commands/shared/account-answer.js';
import { fillingOf } from '../commands/shared/filled-orders.js';
import { symbolKey } from '../core/brackets.js';
import { fail, LiqcalcError, problem, type Problem } from '../core/errors.js';

import { Ratio } from '../core/ratio.js';
import type { VenueName } from '../core/venue-names.js';
import type { Shock } from '../core/shock.js';
import type { Closing } from '../core/what-if.js';
import {
  GIVEN_RATES,
  type GivenRate,
  type GivenRates,
  type RawAccount,
  type RawPosition,
} from '../formats/raw-account.js';
import { ownAccount } from '../formats/account-json.js';
import type { ExchangeName } from '../formats/exchange-names.js';
import { exchanges } from '../formats/exchanges/index.js';
import { FIELDS } from '../formats/fields.js';
import { isJson } from '../formats/json.js';
import { readValue, type Shape } from '../schema/value.js';
import { readChoice } from './choice.js';
import {
  contentOf,
  copyOf,
  RATE_KEY,
  recordOf,
  listOf,
  readable,
  textOf,
  withPercentRate,
  wordOf,
  type Numeric,
} from './given.js';
import { decimalsOf, optionsOf, tablesWith } from './options.js';
import { numberOf, orderOf, PERCENT } from './numbers.js';

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
