import { symbolKey } from '../core/brackets.js';
import { fail, LiqcalcError, problem, type Problem } from '../core/errors.js';
import type { ReportedFill } from '../core/plan/fill-check.js';
import type { Side } from '../core/position.js';
import { Ratio } from '../core/ratio.js';
import type { ReadFills } from './fill-texts.js';
import { isJson, jsonItems, jsonKind, jsonMembers, jsonScalar } from './json.js';

/** A trade of a file. */
export interface Trade extends ReportedFill {
  /** Its id, or its place in the file. */
  readonly name: string;
  readonly symbol: string;
  readonly positionSide: string;
  readonly time: bigint;
  readonly id: bigint;
  readonly decimals: number;
}

/** Which position of several a file is asked for. */
export interface FillFilter {
  readonly symbol?: string | undefined;
  readonly positionSide?: string | undefined;
}

/**
 * Reads what the exchange answers to userTrades, ordered by time and then id.
 *
 * @throws {LiqcalcError} for what is no such answer, and where several positions are in it and none is chosen.
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Account-Trade-List (Account Trade List)
 */
export function readUserTrades(text: string, filter: FillFilter): ReadFills & { readonly fills: readonly Trade[] } {
  if (!isJson(text) || jsonKind(text) !== 'array') {
    const advice = "the file must be the exchange's userTrades: a JSON array of objects with side, qty and price";
    return fail('NOT_A_VALUE', 'fills', { value: text.trim().slice(0, 40), advice });
  }
  const problems: Problem[] = [];
  const trades = jsonItems(text).flatMap((item, index) => readTrade(item, index + 1, problems));
  if (problems.length > 0) throw new LiqcalcError(problems);
  const wanted = (value: string, asked: string | undefined): boolean =>
    asked === undefined || value.toUpperCase() === asked.toUpperCase();
  const chosen = trades.filter(
    ({ symbol, positionSide }) =>
      wanted(symbol, filter.symbol && symbolKey(filter.symbol)) && wanted(positionSide, filter.positionSide),
  );
  const positions = [
    ...new Set(chosen.map(({ symbol, positionSide }) => `${symbol} ${positionSide.toLowerCase()}`.trim())),
  ];
  if (positions.length > 1) {
    const advice = 'choose one with --symbol and, in hedge mode, --position-side';
    fail('NOT_A_VALUE', 'fills', { value: positions.join(', '), advice });
  }
  if (chosen.length === 0) {
    const asked = [filter.symbol, filter.positionSide].filter((each) => each !== undefined);
    fail('REFUSED', 'fills', { why: `the file has no trades${asked.length > 0 ? ` of ${asked.join(' ')}` : ''}` });
  }
  chosen.sort((a, b) => compare(a.time, b.time) || compare(a.id, b.id));
  return { fills: chosen, priceDecimals: chosen.reduce((most, { decimals }) => Math.max(most, decimals), 0) };
}

const LEGS: Readonly<Record<string, Side | undefined>> = { LONG: 'long', SHORT: 'short' };

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

function readTrade(item: string, number: number, problems: Problem[]): Trade[] {
  const values = new Map(
    jsonKind(item) === 'object' ? jsonMembers(item).map(({ key, json }) => [key, jsonScalar(json) ?? ''] as const) : [],
  );
  const wrong = (key: string, value: string, what: string): Trade[] => {
    problems.push(problem('NOT_A_VALUE', 'fills', { value, advice: `trade ${number} needs ${key}: ${what}` }));
    return [];
  };
  const side = (values.get('side') ?? '').toUpperCase();
  if (side !== 'BUY' && side !== 'SELL') return wrong('side', values.get('side') ?? '', 'BUY or SELL');
  const [quantity, at] = [values.get('qty') ?? '', values.get('price') ?? ''];
  const [qty, price] = [Ratio.parse(quantity), Ratio.parse(at)];
  if (qty.kind !== 'decimal' || qty.value.sign() <= 0) return wrong('qty', quantity, 'a positive decimal');
  if (price.kind !== 'decimal' || price.value.sign() <= 0) return wrong('price', at, 'a positive decimal');
  const realized = values.get('realizedPnl') ?? '';
  const profit = Ratio.parse(realized);
  if (realized !== '' && profit.kind !== 'decimal') return wrong('realizedPnl', realized, 'a decimal');
  const positionSide = values.get('positionSide') ?? '';
  const [time, id] = [values.get('time') ?? '0', values.get('id') ?? '0'];
  if (!/^\d{1,20}$/.test(time)) return wrong('time', time, 'milliseconds');
  return [
    {
      qty: side === 'BUY' ? qty.value : qty.value.negated(),
      price: price.value,
      decimals: price.decimals,
      symbol: values.get('symbol') ?? '',
      positionSide,
      leg: LEGS[positionSide.toUpperCase()],
      realizedPnl: profit.kind === 'decimal' ? profit.value : undefined,
      name: id === '0' ? `number ${number}` : id,
      time: BigInt(time),
      id: /^\d{1,30}$/.test(id) ? BigInt(id) : 0n,
    },
  ];
}
