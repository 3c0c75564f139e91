import { isLiqcalcError, problem, type Problem } from '../core/errors.js';
import type { Ratio } from '../core/ratio.js';
import { STOP_PRICES, type FundingRate, type PositionData, type RiskInput } from '../core/risk/input.js';
import { readCandles } from './candles.js';
import { readFundingInterval } from './funding-interval.js';
import { readOrders, refuseForeign, type Owner } from './risk-orders.js';
import { givenUnder, type WrittenValue } from './written-value.js';

/** The keys of the data that rules judge of a position; where exchanges have them under another name, that too. */
export const POSITION_DATA = {
  stop: { spellings: ['stop'] },
  stopOn: { spellings: ['stopOn'] },
  orders: { spellings: ['orders'] },
  autoMargin: { spellings: ['autoMargin', 'isAutoAddMargin'] },
  group: { spellings: ['group'] },
  funding: { spellings: ['funding'] },
  fundingTimes: { spellings: ['fundingTimes'] },
  fundingInterval: { spellings: ['fundingInterval', 'fundingInfo'] },
  candles: { spellings: ['candles'] },
  feeds: { spellings: ['feeds'] },
  openInterest: { spellings: ['openInterest'] },
  illiquid: { spellings: ['illiquid'] },
} as const;
type DataKey = keyof typeof POSITION_DATA;

/** The keys of the data that rules judge of an account. */
export const ACCOUNT_DATA = ['equity', 'event', 'usualLev'] as const;

/** What is known of an account besides its positions. */
export type AccountData = Pick<RiskInput, (typeof ACCOUNT_DATA)[number]>;

/** Members of a position or account by key. */
export type Members = ReadonlyMap<string, WrittenValue>;

/** Reads what is known of an account. */
export function readAccountData(members: Members): AccountData {
  return {
    equity: givenUnder(members, 'equity')?.decimal({ range: 'any' }),
    event: givenUnder(members, 'event')?.yesOrNo(),
    usualLev: givenUnder(members, 'usualLev')?.decimal({ range: 'positive', suffix: 'x' }),
  };
}

/**
 * Reads what is known of a position besides its terms. A `stop` of `null` says that there is none.
 *
 * @param owner - the position: data that names another symbol is refused.
 */
export function readPositionData(members: Members, owner: Owner = {}): PositionData {
  const given = (key: DataKey): WrittenValue | undefined => givenUnder(members, ...POSITION_DATA[key].spellings);
  const [orders, openInterest] = [given('orders'), given('openInterest')];
  const stop = readStop(members.get('stop'));
  const standing = orders && readOrders(orders, owner);
  return {
    stop,
    stopOn: given('stopOn')?.choice(STOP_PRICES),
    orders: standing?.orders,
    autoMargin: given('autoMargin')?.yesOrNo(),
    group: readGroup(given('group')),
    funding: readFunding(given('funding'), given('fundingTimes'), owner),
    fundingInterval: readFundingInterval(given('fundingInterval'), owner),
    candles: readCandleList(given('candles')),
    feeds: readFeeds(given('feeds')),
    openInterest: openInterest && readOpenInterest(openInterest, owner),
    illiquid: given('illiquid')?.yesOrNo(),
    ...hedgeMode(members),
    ...(standing?.hedgeMode && { hedgeMode: true }),
  };
}

/** What the exchange's `positionSide` says of the mode: `BOTH` is one-way, a side is hedge mode. */
function hedgeMode(members: Members): Pick<PositionData, 'hedgeMode'> {
  const side = members.get('positionSide')?.text?.toUpperCase();
  return side === undefined ? {} : { hedgeMode: side !== 'BOTH' };
}

function readStop(written: WrittenValue | undefined): Ratio | 'none' | undefined {
  if (written?.kind === 'null' || written?.text?.toLowerCase() === 'none') return 'none';
  return written?.decimal({ range: 'positive' });
}

function readGroup(written: WrittenValue | undefined): string | undefined {
  const label = written?.text?.trim();
  if (written && (label === undefined || label === '')) written.refuse('write a label');
  return label === '' ? undefined : label;
}

/** A rate as a fraction: `0.0001` as the exchange writes it, or `0.01%`. */
function readRate(written: WrittenValue): Ratio | undefined {
  return written.decimal({ range: 'any', ...(written.text?.trim().endsWith('%') && { suffix: '%' }) });
}

function readFunding(
  written: WrittenValue | undefined,
  writtenTimes: WrittenValue | undefined,
  owner: Owner,
): readonly FundingRate[] | undefined {
  const times = writtenTimes?.items('write an array of times in milliseconds')?.map(readTime);
  if (!written) {
    writtenTimes?.problems.push(problem('NEEDS', writtenTimes.name, { other: 'funding', why: 'they are its times' }));
    return undefined;
  }
  const items = written.items('write an array of rates, oldest first: ["0.0001", "0.01%"]');
  if (!items) return undefined;
  if (writtenTimes && times && times.length !== items.length) {
    const why = `${times.length} times for ${items.length} rates; give one for each`;
    writtenTimes.problems.push(problem('REFUSED', writtenTimes.name, { why }));
  }
  return byTime(items.flatMap((item, index) => readStamp(item, times?.[index], owner) ?? []));
}

/** A rate with its time: a number beside the times, or an object of the exchange's fundingRate answer. */
function readStamp(written: WrittenValue, time: bigint | undefined, owner: Owner): FundingRate | undefined {
  if (written.kind !== 'object') {
    const rate = readRate(written);
    return rate && { rate, time };
  }
  const members = written.members('write a rate');
  if (members) refuseForeign(members, owner);
  const [fundingRate, fundingTime] = [members?.get('fundingRate'), members?.get('fundingTime')];
  if (!fundingRate) written.refuse('write a rate, or an object with fundingRate');
  const rate = fundingRate && readRate(fundingRate);
  return rate && { rate, time: (fundingTime && readTime(fundingTime)) ?? time };
}

function readTime(written: WrittenValue): bigint | undefined {
  const { text = '' } = written;
  if (/^\d{1,20}$/.test(text)) return BigInt(text);
  written.refuse('write a whole number of milliseconds since 1970');
  return undefined;
}

/** Oldest first where all times are known, else in the order given. */
export function byTime(rates: readonly FundingRate[]): readonly FundingRate[] {
  const timed = rates.flatMap(({ rate, time }) => (time === undefined ? [] : [{ rate, time }]));
  return timed.length < rates.length ? rates : timed.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

function readCandleList(written: WrittenValue | undefined): PositionData['candles'] {
  if (!written) return undefined;
  try {
    if (written.kind !== 'array') {
      written.refuse('write an array of {"high", "low", "close"} or of klines');
      return undefined;
    }
    return readCandles(written.json).candles;
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    written.problems.push(...error.problems.map((each): Problem => ({ ...each, field: written.name })));
    return undefined;
  }
}

function readFeeds(written: WrittenValue | undefined): ReadonlyMap<string, Ratio> | undefined {
  const members = written?.members('write an object of prices by name: {"index": "59010"}');
  if (!members) return undefined;
  const feeds = new Map<string, Ratio>();
  for (const [name, each] of members) {
    const price = each.kind === 'null' ? undefined : each.decimal({ range: 'positive' });
    if (price) feeds.set(name, price);
  }
  return feeds;
}

/** Open interest by time: numbers, or objects of the exchange's openInterestHist answer. */
function readOpenInterest(written: WrittenValue, owner: Owner): readonly Ratio[] | undefined {
  return written.items('write an array of open interest, oldest first')?.flatMap((item) => {
    const members = item.kind === 'object' ? item.members('') : undefined;
    if (members) refuseForeign(members, owner);
    const value = members ? givenUnder(members, 'sumOpenInterest', 'openInterest') : item;
    if (!value) item.refuse('write a number, or an object with sumOpenInterest');
    return value?.decimal({ range: 'notNegative' }) ?? [];
  });
}
