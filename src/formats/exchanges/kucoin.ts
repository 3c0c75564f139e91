import { recordsAt } from '../exchange-venue.js';
import { Ratio } from '../../core/ratio.js';
import type { ExchangeReader } from '../exchange-record.js';
import type { RatedPosition } from '../unified-position.js';
import {
  contractValue,
  ownPrice,
  sideOfSize,
  venueReader,
  type Inference,
  type VenuePosition,
  type VenueReading,
} from '../venue-answer.js';
import { JsonObject } from '../../schema/json-value.js';

/**
 * KuCoin's positions: `GET /api/v1/positions`, and the one of `GET /api/v1/position`.
 *
 * @see https://www.kucoin.com/docs-new/rest/futures-trading/positions/get-position-list
 */
export const kucoin: ExchangeReader = venueReader({
  venue: 'kucoin',
  meaning: 'positions of KuCoin futures (GET /api/v1/positions)',
  wanted: 'give the answer of GET /api/v1/positions',
  sourceKeys: {
    qty: 'currentQty',
    entry: 'avgEntryPrice',
    mark: 'markPrice',
    lev: 'realLeverage',
    mode: 'marginMode',
    margin: 'posMargin',
    multiplier: 'multiplier',
    mmr: 'maintMarginReq',
  },
  recordsOf: (answer) => {
    const one = answer instanceof JsonObject ? answer.value('data') : undefined;
    return one instanceof JsonObject ? { items: [one], at: 'data' } : recordsAt(answer, [[], ['data']]);
  },
  positionOf,
  crossEquity,
});

function positionOf({ own }: VenueReading): VenuePosition {
  const symbol = own.text('symbol');
  const isInverse = own.object.value('isInverse') === true || (symbol !== undefined && /USDM$/i.test(symbol));
  const [size, value, mark] = [own.present('currentQty'), own.present('markValue'), own.present('markPrice')];
  return {
    contract: isInverse ? 'inverse' : 'linear',
    unit: isInverse ? Ratio.ONE : contractValue(value && mark && value.abs().over(mark), size),
    asset: own.text('settleCurrency')?.toUpperCase().replace(/^XBT$/, 'BTC'),
    figures: {
      symbol,
      contracts: own.text('currentQty'),
      side: sideOfSize(size),
      entryPrice: own.text('avgEntryPrice'),
      markPrice: own.text('markPrice'),
      notional: own.text('markValue'),
      leverage: own.presentText('leverage') ?? own.presentText('realLeverage'),
      marginMode:
        own.text('marginMode')?.toLowerCase() ?? (own.object.value('crossMode') === true ? 'cross' : 'isolated'),
      unrealizedPnl: own.text('unrealisedPnl'),
      maintenanceMargin: own.text('posMaint'),
      liquidationPrice: ownPrice(own, 'liquidationPrice'),
    },
  };
}

/** Each bankruptcy price is where the position's share of the account's equity is lost; the shares add up. */
function crossEquity(cross: readonly RatedPosition[]): Inference {
  const basis = 'bankruptcyPrice';
  const shares = cross.map(({ of: { side, size, mark, contract, info } }) => {
    const ruin = info.present('bankruptPrice');
    if (!ruin || !mark || contract === 'inverse') return undefined;
    return size.times(side === 'long' ? mark.minus(ruin) : ruin.minus(mark));
  });
  if (shares.some((each) => !each)) return { equity: undefined, basis };
  return { equity: Ratio.sum(shares.flatMap((each) => each ?? [])), basis };
}
