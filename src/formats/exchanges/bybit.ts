import { Ratio } from '../../core/ratio.js';
import type { ExchangeReader } from '../exchange-record.js';
import { ownPrice, venueReader, type VenuePosition, type VenueReading } from '../venue-answer.js';

/**
 * Bybit's positions: `GET /v5/position/list`. They say neither the margin mode nor the isolated wallet: a user can add
 * `marginMode` and `collateral`.
 *
 * @see https://bybit-exchange.github.io/docs/v5/position
 */
export const bybit: ExchangeReader = venueReader({
  venue: 'bybit',
  meaning: 'positions of Bybit (GET /v5/position/list)',
  wanted: 'give the answer of GET /v5/position/list',
  sourceKeys: {
    qty: 'size',
    entry: 'avgPrice',
    mark: 'markPrice',
    lev: 'leverage',
    mode: 'marginMode',
    margin: 'collateral',
    mmr: 'maintenanceMargin',
  },
  positionOf,
});

/** Symbols of inverse contracts, which count USD: `BTCUSD`, `BTCUSDH24`. */
const INVERSE = /USD(?:[FGHJKMNQUVXZ]\d{2})?$/;

function positionOf({ own, all }: VenueReading): VenuePosition {
  const symbol = own.text('symbol');
  const isInverse = symbol !== undefined && INVERSE.test(symbol.toUpperCase());
  const isHedged = all.some((each) => each !== own && each.text('symbol') === symbol && each.present('size'));
  return {
    contract: isInverse ? 'inverse' : 'linear',
    unit: Ratio.ONE,
    // `BTCPERP` and `BTC-27DEC24` settle in USDC.
    asset: symbol !== undefined && /(?:PERP|-\d+[A-Z]{3}\d+)$/i.test(symbol) ? 'USDC' : undefined,
    figures: {
      symbol,
      contracts: own.text('size'),
      side: own.text('side'),
      entryPrice: own.text('avgPrice') ?? own.text('entryPrice'),
      markPrice: own.text('markPrice'),
      leverage: own.text('leverage'),
      marginMode: modeWord(own.text('marginMode')),
      collateral: own.text('collateral'),
      unrealizedPnl: own.text('unrealisedPnl'),
      // The locked size of two legs has no maintenance margin, so no rate can be derived from it.
      maintenanceMargin: isHedged ? undefined : own.text('positionMM'),
      liquidationPrice: ownPrice(own, 'liqPrice'),
    },
  };
}

/** Account information calls the modes `ISOLATED_MARGIN` and `REGULAR_MARGIN`. */
function modeWord(written: string | undefined): string | undefined {
  const word = written?.toLowerCase().replace(/_margin$/, '');
  return word === 'regular' ? 'cross' : word;
}
