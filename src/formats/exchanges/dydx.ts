import type { VenueRecords } from '../exchange-venue.js';
import type { ExchangeReader } from '../exchange-record.js';
import { Ratio } from '../../core/ratio.js';
import { JsonArray, JsonObject, type JsonValue } from '../../schema/json-value.js';
import { venueReader, type VenuePosition, type VenueReading } from '../venue-answer.js';

/**
 * A subaccount of dYdX v4, which anyone can ask for an address: `GET /v4/addresses/{a}/subaccountNumber/{n}`.
 *
 * @see https://docs.dydx.xyz/types/subaccount_response_object
 */
export const dydx: ExchangeReader = venueReader({
  venue: 'dydx',
  meaning: 'a subaccount of dYdX v4 (GET /v4/addresses/ADDRESS/subaccountNumber/0 of the indexer)',
  wanted: 'give the answer of GET /v4/addresses/ADDRESS/subaccountNumber/0 of the indexer',
  sourceKeys: {
    symbol: 'market',
    qty: 'size',
    entry: 'entryPrice',
    mark: 'oraclePrice',
    mmr: 'maintenanceMarginFraction',
  },
  recordsOf,
  positionOf,
  crossEquity: (_cross, account) => ({ equity: account?.decimal('equity'), basis: 'accountValue' }),
});

/** The open positions are an object by market, within the subaccount. */
function recordsOf(answer: JsonValue): VenueRecords | undefined {
  if (answer instanceof JsonArray) return { items: answer.items, at: '' };
  if (!(answer instanceof JsonObject)) return undefined;
  const inner = answer.value('subaccount');
  const owner = inner instanceof JsonObject ? inner : answer;
  const open = owner.value('openPerpetualPositions') ?? owner.value('positions');
  const at = inner instanceof JsonObject ? 'subaccount.openPerpetualPositions' : 'openPerpetualPositions';
  if (open instanceof JsonArray) return { items: open.items, at, owner };
  return open instanceof JsonObject ? { items: open.members.map(([, each]) => each), at, owner } : undefined;
}

function positionOf({ own }: VenueReading): VenuePosition {
  const size = own.present('size');
  return {
    contract: 'linear',
    unit: Ratio.ONE,
    asset: 'USDC',
    figures: {
      symbol: own.text('market'),
      contracts: own.text('size'),
      side: own.text('side') ?? (size?.sign() === -1 ? 'short' : 'long'),
      entryPrice: own.text('entryPrice'),
      // The record has no price: without one it follows from entry and profit.
      markPrice: own.text('oraclePrice'),
      marginMode: 'cross',
      unrealizedPnl: own.text('unrealizedPnl'),
    },
  };
}
