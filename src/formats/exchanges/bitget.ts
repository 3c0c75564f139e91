import { Ratio } from '../../core/ratio.js';
import type { ExchangeReader } from '../exchange-record.js';
import type { RatedPosition } from '../unified-position.js';
import { ownPrice, venueReader, type Inference, type VenuePosition, type VenueReading } from '../venue-answer.js';

/**
 * Bitget's positions: `GET /api/v2/mix/position/all-position`, and `GET /api/v3/position/current-position` of unified
 * accounts.
 *
 * @see https://www.bitget.com/api-doc/contract/position/get-all-position
 * @see https://www.bitget.com/api-doc/uta/trade/Get-Position
 */
export const bitget: ExchangeReader = venueReader({
  venue: 'bitget',
  meaning: 'positions of Bitget (GET /api/v2/mix/position/all-position, /api/v3/position/current-position)',
  wanted: 'give the answer of GET /api/v2/mix/position/all-position',
  sourceKeys: {
    side: 'holdSide',
    qty: 'total',
    entry: 'openPriceAvg',
    mark: 'markPrice',
    lev: 'leverage',
    mode: 'marginMode',
    margin: 'marginSize',
    mmr: 'keepMarginRate',
  },
  positionOf,
  crossEquity,
});

function positionOf({ own }: VenueReading): VenuePosition | string {
  const asset = own.text('marginCoin')?.toUpperCase();
  const symbol = own.text('symbol');
  if (symbol !== undefined && /USD$/i.test(symbol)) return 'the unit of the size of coin-margined positions is unknown';
  const mode = own.text('marginMode')?.toLowerCase();
  return {
    contract: 'linear',
    unit: Ratio.ONE,
    asset,
    figures: {
      symbol,
      contracts: own.text('total') ?? own.text('size'),
      side: own.text('holdSide') ?? own.text('posSide'),
      entryPrice: own.text('openPriceAvg') ?? own.text('avgPrice'),
      markPrice: own.text('markPrice'),
      leverage: own.text('leverage'),
      marginMode: mode === 'crossed' ? 'cross' : mode,
      unrealizedPnl: own.text('unrealizedPL') ?? own.text('unrealisedPnl'),
      maintenanceMarginPercentage: own.text('mmr'),
      liquidationPrice: ownPrice(own, 'liquidationPrice') ?? ownPrice(own, 'liqPrice'),
    },
  };
}

/** `marginRatio` of cross positions is that of the account: maintenance and fees over equity. */
function crossEquity(cross: readonly RatedPosition[]): Inference {
  const basis = 'marginRatio';
  const [ratio, ...others] = new Set(cross.map(({ of }) => of.info.text('marginRatio')));
  const maintenance = cross.map(({ of: { size, mark }, rates }) =>
    mark && rates
      ? rates.rate
          .plus(rates.fee ?? Ratio.ZERO)
          .times(size)
          .times(mark)
      : undefined,
  );
  if (ratio === undefined || others.length > 0 || maintenance.some((each) => !each))
    return { equity: undefined, basis };
  const value = cross[0]?.of.info.present('marginRatio');
  return { equity: value && Ratio.sum(maintenance.flatMap((each) => each ?? [])).over(value), basis };
}
