import { Ratio } from '../../core/ratio.js';
import type { ExchangeReader, VenueRecord } from '../exchange-record.js';
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

/**
 * OKX's positions: `GET /api/v5/account/positions`.
 *
 * @see https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-positions
 */
export const okx: ExchangeReader = venueReader({
  venue: 'okx',
  meaning: 'positions of OKX (GET /api/v5/account/positions)',
  wanted: 'give the answer of GET /api/v5/account/positions',
  sourceKeys: {
    symbol: 'instId',
    side: 'posSide',
    qty: 'pos',
    entry: 'avgPx',
    mark: 'markPx',
    lev: 'lever',
    mode: 'mgnMode',
    margin: 'margin',
    multiplier: 'ctVal',
    mmr: 'mmr',
  },
  positionOf,
  crossEquity,
});

/** The kinds of instruments that are futures. */
const FUTURES: ReadonlySet<string> = new Set(['SWAP', 'FUTURES']);

function positionOf({ own }: VenueReading): VenuePosition | string {
  const kind = own.text('instType') ?? 'SWAP';
  if (!FUTURES.has(kind)) return `instType ${kind} is not a future; only SWAP and FUTURES are read`;
  const symbol = own.text('instId');
  const contract = /^[^-]+-USD(?:-|$)/i.test(symbol ?? '') ? 'inverse' : 'linear';
  const size = own.present('pos');
  const written = own.text('posSide')?.toLowerCase();
  return {
    contract,
    unit: own.present('ctVal') ?? unitOf(own, contract, symbol),
    isCounted: true,
    asset: own.text('ccy')?.toUpperCase(),
    figures: {
      symbol,
      contracts: own.text('pos'),
      side: written === 'long' || written === 'short' ? written : sideOfSize(size),
      entryPrice: own.text('avgPx'),
      markPrice: own.text('markPx'),
      leverage: own.text('lever'),
      marginMode: own.text('mgnMode'),
      unrealizedPnl: own.text('upl'),
      maintenanceMargin: own.text('mmr'),
      liquidationPrice: ownPrice(own, 'liqPx'),
    },
  };
}

/** The value of a contract is not in the record: it follows from the value in USD, or from the profit. */
function unitOf(own: VenueRecord, contract: VenuePosition['contract'], symbol = ''): Ratio | undefined {
  const [size, mark, entry] = [own.present('pos'), own.present('markPx'), own.present('avgPx')];
  const value = own.present('notionalUsd')?.abs();
  if (contract === 'inverse') return contractValue(value, size) ?? Ratio.from(/^BTC-/i.test(symbol) ? '100' : '10');
  const move = mark && entry && mark.minus(entry);
  const profit = own.present('upl');
  const byProfit = move && move.sign() !== 0 && profit ? profit.over(move).abs() : undefined;
  return contractValue(value && mark ? value.over(mark) : byProfit, size);
}

/** `mgnRatio` of cross positions is that of the account: equity over maintenance and fees. */
function crossEquity(cross: readonly RatedPosition[]): Inference {
  const basis = 'marginRatio';
  const [ratio, ...others] = new Set(cross.map(({ of }) => of.info.text('mgnRatio')));
  const maintenance = cross.map(({ rates }) => rates?.maintenance);
  if (ratio === undefined || others.length > 0 || maintenance.some((each) => !each))
    return { equity: undefined, basis };
  const value = cross[0]?.of.info.present('mgnRatio');
  return { equity: value && Ratio.sum(maintenance.flatMap((each) => each ?? [])).times(value), basis };
}
