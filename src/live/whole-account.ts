import { LiqcalcError, problem } from '../core/errors.js';
import type { ExchangeName } from '../formats/exchange-names.js';
import { isJson, jsonValue } from '../formats/json.js';
import { JsonArray, JsonObject, type JsonValue } from '../schema/json-value.js';
import type { Connection } from './connection.js';
import type { Feeds } from './feed-prices.js';
import { arrayText, withMembers } from './payload.js';
import type { RiskData, RiskMembers } from './venue.js';

/** An account as its exchange answers it. */
export interface WholeAccount {
  /** The reader that takes it. */
  readonly from: ExchangeName;
  readonly text: string;
  /** When it was requested, milliseconds on the exchange's clock. */
  readonly at: number;
  /** The symbols with a position. */
  readonly symbols: readonly string[];
  /** Which data of the rules are missing, in words. */
  readonly notes: readonly string[];
}

/**
 * The account of a connection.
 *
 * @param needs - whether the data of the rules are requested, too.
 * @param feeds - requests prices that are not those of the venue.
 */
export async function wholeAccount(
  connection: Pick<Connection, 'venue' | 'link' | 'name'>,
  needs: 'account' | 'risk data',
  feeds?: Feeds,
): Promise<WholeAccount> {
  const { venue, link, name } = connection;
  if (!venue.snapshot || venue.from === undefined) {
    const why = `accounts of ${name} are not read here`;
    throw new LiqcalcError([problem('REFUSED', 'account', { why })]);
  }
  const { account, at, rows } = await venue.snapshot(link);
  const symbols = [...new Set(rows.map(({ symbol }) => symbol))].filter((symbol) => account.includes(`"${symbol}"`));
  const whole = { from: venue.from, at, symbols };
  if (needs === 'account' || symbols.length === 0) return { ...whole, text: account, notes: [] };
  const risk = await riskOf(connection, symbols, feeds);
  return { ...whole, text: withRisk(account, risk), notes: risk.notes };
}

const NO_DATA: RiskData = { account: {}, positions: new Map(), notes: [] };

/** The data of the rules, with prices that are not the mark. */
async function riskOf(
  connection: Pick<Connection, 'venue' | 'link'>,
  symbols: readonly string[],
  feeds?: Feeds,
): Promise<RiskData> {
  const { venue, link } = connection;
  const [marks = [], risk = NO_DATA] = await Promise.all([venue.marks?.(link, symbols), venue.risk?.(link, symbols)]);
  const prices = await feeds?.(connection, marks);
  const withFeeds = marks.map(({ symbol, index }): [string, RiskMembers] => {
    const own = { ...(index !== undefined && { index }), ...prices?.get(symbol) };
    return [symbol, { ...risk.positions.get(symbol), feeds: JSON.stringify(own) }];
  });
  return { ...risk, positions: new Map([...risk.positions, ...withFeeds]) };
}

/** The lists of positions in accounts, by the venues that have them. */
const LISTS = ['positions', 'assetPositions'];

/** An account with the data of the rules. */
function withRisk(account: string, risk: RiskData): string {
  const whole = isJson(account) ? jsonValue(account) : undefined;
  if (!(whole instanceof JsonObject)) return account;
  const lists = LISTS.flatMap((key) => {
    const list = whole.value(key);
    return list instanceof JsonArray ? [[key, arrayWithRisk(list, risk.positions)] as const] : [];
  });
  return withMembers(whole, { ...Object.fromEntries(lists), ...risk.account });
}

function arrayWithRisk({ items }: JsonArray, risk: RiskData['positions']): string {
  const texts = items.map((item) => {
    const members = item instanceof JsonObject ? risk.get(symbolIn(item)) : undefined;
    return members && item instanceof JsonObject ? withMembers(item, members) : arrayText([item]).slice(1, -1);
  });
  return `[${texts.join(',')}]`;
}

function symbolIn(position: JsonObject): string {
  const inner = position.value('position');
  const symbol: JsonValue | undefined = inner instanceof JsonObject ? inner.value('coin') : position.value('symbol');
  return typeof symbol === 'string' ? symbol : '';
}
