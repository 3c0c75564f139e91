import { Ratio } from '../../core/ratio.js';
import type { ExchangeReader } from '../exchange-record.js';
import {
  contractValue,
  ownPrice,
  sideOfSize,
  venueReader,
  type VenuePosition,
  type VenueReading,
} from '../venue-answer.js';

/**
 * Gate's positions: `GET /api/v4/futures/{settle}/positions`.
 *
 * @see https://www.gate.com/docs/developers/apiv4/en/#get-user-position-list
 */
export const gate: ExchangeReader = venueReader({
  venue: 'gate',
  meaning: 'positions of Gate (GET /futures/usdt/positions)',
  wanted: 'give the answer of GET /futures/usdt/positions',
  sourceKeys: {
    symbol: 'contract',
    qty: 'size',
    entry: 'entry_price',
    mark: 'mark_price',
    lev: 'leverage',
    mode: 'pos_margin_mode',
    margin: 'margin',
    multiplier: 'quanto_multiplier',
    mmr: 'maintenance_rate',
  },
  positionOf,
});

function positionOf({ own }: VenueReading): VenuePosition {
  const symbol = own.text('contract');
  const isInverse = symbol !== undefined && /_USD$/i.test(symbol);
  const [size, value, mark] = [own.present('size'), own.present('value'), own.present('mark_price')];
  return {
    contract: isInverse ? 'inverse' : 'linear',
    // A coin-margined contract is worth one dollar.
    unit: isInverse
      ? Ratio.ONE
      : (own.present('quanto_multiplier') ?? contractValue(value && mark && value.abs().over(mark), size)),
    asset: assetOf(symbol, isInverse),
    figures: {
      symbol,
      contracts: own.text('size'),
      side: sideOfSize(size),
      entryPrice: own.text('entry_price'),
      markPrice: own.text('mark_price'),
      notional: own.text('value'),
      // In cross `leverage` is 0.
      leverage: own.presentText('leverage') ?? own.presentText('lever') ?? own.presentText('cross_leverage_limit'),
      marginMode: own.text('pos_margin_mode') ?? (own.decimal('leverage')?.sign() === 0 ? 'cross' : 'isolated'),
      unrealizedPnl: own.text('unrealised_pnl'),
      maintenanceMargin: own.text('maintenance_margin'),
      liquidationPrice: ownPrice(own, 'liq_price'),
    },
  };
}

/** The asset that a contract settles in: `BTC_USDT` in USDT, `BTC_USD` in BTC. */
function assetOf(symbol: string | undefined, isInverse: boolean): string | undefined {
  const [base, quote] = symbol?.toUpperCase().split('_') ?? [];
  return isInverse ? base : quote;
}
