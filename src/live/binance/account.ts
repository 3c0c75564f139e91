import * as z from 'zod/mini';
import type { JsonObject } from '../../schema/json-value.js';
import { LiveError } from '../failure.js';
import { arrayText, DECIMAL, itemsIn, membersOf, objectIn, rowsIn, TIME, withMembers } from '../payload.js';
import type { Leg, LeverageEvent, Link, Snapshot } from '../venue.js';
import type { BinanceRequests } from './requests.js';

const POSITION = z.object({
  symbol: z.string(),
  positionSide: z.enum(['BOTH', 'LONG', 'SHORT']),
  positionAmt: DECIMAL,
  updateTime: TIME,
});

const SYMBOL_CONFIG = z.object({
  symbol: z.string(),
  marginType: z.enum(['CROSSED', 'ISOLATED']),
  leverage: DECIMAL,
  isAutoAddMargin: z.union([z.boolean(), z.string()]),
});

const ACCOUNT_CONFIG = z.object({ multiAssetsMargin: z.boolean() });

const LEGS: Readonly<Record<string, Leg>> = { BOTH: 'both', LONG: 'long', SHORT: 'short' };

/**
 * The account as one object: that of `account`, with the rows of positionRisk as its positions. Where positionRisk has
 * neither leverage nor margin mode (USDⓈ-M since v3), they come from symbolConfig. Rows without a position are left out.
 */
export async function binanceSnapshot({ get, now }: Link, requests: BinanceRequests): Promise<Snapshot> {
  const { account, positions, symbolConfig, accountConfig } = requests;
  // What the stream says of a later moment counts: an event may come between the answers.
  const at = now();
  const [accountText, positionsText, symbolText, configText] = await Promise.all([
    get(account),
    get(positions),
    symbolConfig && get(symbolConfig),
    accountConfig && get(accountConfig),
  ]);
  const symbols = symbolConfig && symbolText !== undefined ? symbolConfigs(symbolText, symbolConfig) : undefined;
  const multiAssets =
    accountConfig && configText !== undefined
      ? membersOf(ACCOUNT_CONFIG, objectIn(configText, accountConfig), accountConfig).multiAssetsMargin
      : undefined;
  const rows = rowsIn(positionsText, positions).map((row) => ({ row, is: membersOf(POSITION, row, positions) }));
  const held = rows.filter(({ is }) => /[1-9]/.test(is.positionAmt));
  const texts = held.map(({ row, is }) => withConfig(row, symbols?.get(is.symbol)));
  return {
    account: withMembers(objectIn(accountText, account), {
      positions: `[${texts.join(',')}]`,
      ...(multiAssets !== undefined && { multiAssetsMargin: String(multiAssets) }),
      fetchedAt: String(at),
    }),
    at,
    rows: rows.map(({ is }) => ({
      symbol: is.symbol,
      leg: LEGS[is.positionSide] ?? 'both',
      updatedAt: is.updateTime,
    })),
  };
}

type SymbolConfig = z.infer<typeof SYMBOL_CONFIG>;

function symbolConfigs(
  text: string,
  of: NonNullable<BinanceRequests['symbolConfig']>,
): ReadonlyMap<string, SymbolConfig> {
  const configs = rowsIn(text, of).map((row) => membersOf(SYMBOL_CONFIG, row, of));
  return new Map(configs.map((each) => [each.symbol, each]));
}

function withConfig(row: JsonObject, config: SymbolConfig | undefined): string {
  if (!config) return row.source;
  return withMembers(row, {
    leverage: JSON.stringify(config.leverage),
    marginType: config.marginType === 'ISOLATED' ? '"isolated"' : '"cross"',
    isAutoAddMargin: String(config.isAutoAddMargin),
  });
}

/** The leverage of a symbol. */
export async function binanceLeverage(
  { get, now }: Link,
  { symbolConfig, positions }: BinanceRequests,
  symbol: string,
): Promise<LeverageEvent> {
  const request = symbolConfig ?? positions;
  const schema = z.object({ symbol: z.string(), leverage: DECIMAL });
  const rows = rowsIn(await get(request, symbolConfig ? { symbol } : {}), request);
  const found = rows.map((row) => membersOf(schema, row, request)).find((each) => each.symbol === symbol);
  if (!found) throw new LiveError('unavailable', `${request.path} has no leverage of ${symbol}`);
  return { kind: 'leverage', symbol, lev: found.leverage, time: now() };
}

/** Resting orders and conditional orders, which Binance answers at two places since December 2025, as one array. */
export async function binanceOrders(
  { get }: Link,
  { orders, algoOrders }: BinanceRequests,
  symbol: string | undefined,
): Promise<string> {
  const [resting, conditional] = await Promise.all([get(orders, { symbol }), get(algoOrders, { symbol })]);
  return arrayText([...itemsIn(resting, orders), ...itemsIn(conditional, algoOrders)]);
}
