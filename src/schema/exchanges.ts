import * as z from 'zod/mini';
import { keyIssue, type Schema } from './issues.js';
import { JsonObject } from './json-value.js';
import { valuesByKey } from './object.js';

/** The values of some keys of an exchange's object: texts and numbers as written. */
export type Texts<K extends string> = Readonly<Partial<Record<K, string | undefined>>>;

/**
 * An exchange's object of which these keys are read: texts and numbers. Any other value and an empty text count as
 * absent. The position made from the values validates them.
 */
function textsOf<const K extends string>(keys: readonly K[]): Schema<Texts<K>> {
  return z.pipe(
    z.unknown(),
    z.transform((value: unknown, context): Texts<K> => {
      const texts: Partial<Record<K, string>> = {};
      if (!(value instanceof JsonObject)) return texts;
      const given = valuesByKey(value, (of) => void context.issues.push(keyIssue(of)));
      for (const key of keys) {
        const text = given.get(key);
        if (typeof text === 'string' && text !== '') texts[key] = text;
      }
      return texts;
    }),
  );
}

/**
 * Binance's account object, an asset of it, and a position of it or of positionRisk.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Account-Information-V2
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Position-Information-V2
 * @see https://developers.binance.com/docs/derivatives/coin-margined-futures/trade/rest-api/Position-Information
 */
export const binanceAccount = textsOf(['msg', 'code', 'totalCrossWalletBalance']);
export const binanceAsset = textsOf(['asset', 'crossWalletBalance', 'maintMargin', 'crossUnPnl', 'marginBalance']);
export const binancePosition = textsOf([
  'symbol',
  'positionAmt',
  'positionSide',
  'leverage',
  'entryPrice',
  'markPrice',
  'notional',
  // The profit in positionRisk, and in the account object.
  'unRealizedProfit',
  'unrealizedProfit',
  'marginAsset',
  'marginType',
  'isolatedWallet',
  'isolatedMargin',
  'maintMargin',
  'liquidationPrice',
]);

/**
 * A unified position of ccxt.
 *
 * @see https://docs.ccxt.com/#/README?id=position-structure
 */
export const ccxtPosition = textsOf([
  'symbol',
  'side',
  'contracts',
  'contractSize',
  'entryPrice',
  'markPrice',
  'leverage',
  'marginMode',
  // The earlier name of `marginMode`.
  'marginType',
  'notional',
  'collateral',
  'unrealizedPnl',
  'liquidationPrice',
  'maintenanceMargin',
  'maintenanceMarginPercentage',
  'marginRatio',
]);

/**
 * The keys read from venues' own records of positions: those that their APIs answer, and that ccxt keeps in `info`.
 *
 * @see https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-positions
 * @see https://bybit-exchange.github.io/docs/v5/position
 * @see https://www.gate.com/docs/developers/apiv4/en/#get-user-position-list
 * @see https://www.bitget.com/api-doc/contract/position/get-all-position
 * @see https://www.kucoin.com/docs-new/rest/futures-trading/positions/get-position-list
 * @see https://docs.dydx.xyz/types/perpetual_position_response_object
 */
export const venuePosition = textsOf([
  'adjust_factor',
  'avgEntryPrice',
  'avgPrice',
  'avgPx',
  'average_maintenance_rate',
  'bankruptPrice',
  'bankruptcy_price',
  'bustPrice',
  'cTime',
  'ccy',
  'collateral',
  'contract',
  'createdTime',
  'cross_leverage_limit',
  'ctVal',
  'currentQty',
  'currentTimestamp',
  'entryPrice',
  'entry_price',
  'holdSide',
  'instId',
  'instType',
  'isolatedWallet',
  'keepMarginRate',
  'lever',
  'leverage',
  'lever_rate',
  'liqPrice',
  'liqPx',
  'liq_price',
  'liquidationPrice',
  'maintMarginReq',
  'maintenanceMargin',
  'maintenanceMarginFraction',
  'maintenance_margin',
  'maintenance_margin_rate',
  'maintenance_rate',
  'margin',
  'marginCoin',
  'marginMode',
  'margin_mode',
  'margin_static',
  'marginRatio',
  'marginSize',
  'market',
  'markPrice',
  'markPx',
  'markValue',
  'mark_price',
  'mgnMode',
  'mgnRatio',
  'mmr',
  'notionalUsd',
  'openPriceAvg',
  'oraclePrice',
  'pos',
  'posMaint',
  'posMargin',
  'posSide',
  'pos_margin_mode',
  'positionBalance',
  'positionMM',
  'quanto_multiplier',
  'realLeverage',
  'settleCurrency',
  'side',
  'size',
  'symbol',
  'total',
  'tradeMode',
  'unrealisedPnl',
  'unrealised_pnl',
  'unrealizedPL',
  'unrealizedPnl',
  'unrealized_pnl',
  'updatedTime',
  'upl',
  'value',
]);

/**
 * The position within a Hyperliquid record, and its leverage.
 *
 * @see https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals
 */
export const hyperliquidPosition = textsOf([
  'coin',
  'entryPx',
  'liquidationPx',
  'marginUsed',
  'maxLeverage',
  'positionValue',
  'szi',
  'unrealizedPnl',
]);
export const hyperliquidLeverage = textsOf(['type', 'value']);

/** What an answer says besides its positions: figures of the account, its time, or an error. */
export const venueAnswer = textsOf([
  'accountValue',
  'code',
  'crossMaintenanceMarginUsed',
  'equity',
  'label',
  'message',
  'msg',
  'requestTime',
  'retCode',
  'retMsg',
  'time',
]);

type KeysOf<S> = S extends Schema<Texts<infer K>> ? K : never;

/** A key of a unified position. */
export type CcxtKey = KeysOf<typeof ccxtPosition>;
/** A key of a venue's own record. */
export type VenueKey = KeysOf<typeof venuePosition>;
/** A key of Binance's positions. */
export type BinanceKey = KeysOf<typeof binancePosition>;
/** A key of the assets of Binance's account. */
export type BinanceAssetKey = KeysOf<typeof binanceAsset>;
/** A key of an answer besides its positions. */
export type VenueAnswerKey = KeysOf<typeof venueAnswer>;
