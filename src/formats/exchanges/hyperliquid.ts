import { innerObject, recordsAt } from '../exchange-venue.js';
import { Ratio } from '../../core/ratio.js';
import { hyperliquidLeverage, hyperliquidPosition, venueAnswer } from '../../schema/exchanges.js';
import { ExchangeRecord, priceOfValue, quotientText, type ExchangeReader } from '../exchange-record.js';
import {
  ownPrice,
  sideOfSize,
  venueReader,
  type AnswerRecord,
  type Inference,
  type VenuePosition,
  type VenueReading,
} from '../venue-answer.js';

const LISTS = [
  [],
  ['assetPositions'],
  ['clearinghouseState', 'assetPositions'],
  ['data', 'clearinghouseState', 'assetPositions'],
] as const;

/**
 * Hyperliquid's account state, which anyone can ask for an address: `POST /info {"type": "clearinghouseState"}`.
 *
 * @see https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals
 */
export const hyperliquid: ExchangeReader = venueReader({
  venue: 'hyperliquid',
  meaning: 'account state of Hyperliquid (POST /info, clearinghouseState)',
  wanted: 'give the answer of POST /info {"type":"clearinghouseState"}',
  sourceKeys: {
    symbol: 'coin',
    qty: 'szi',
    entry: 'entryPx',
    mark: 'positionValue',
    lev: 'leverage',
    margin: 'marginUsed',
    mmr: 'maxLeverage',
  },
  recordsOf: (answer) => recordsAt(answer, LISTS),
  positionOf,
  crossEquity,
  reportedOf: (account) => {
    const maintenance = account.text('crossMaintenanceMarginUsed');
    return account.decimal('crossMaintenanceMarginUsed') && maintenance !== undefined
      ? { reportedMaintenance: maintenance }
      : {};
  },
});

/** The value of the cross account at the marks. */
function crossEquity(_cross: unknown, account: AnswerRecord | undefined): Inference {
  const summary = account && innerObject(account.object, 'crossMarginSummary');
  const equity = summary && ExchangeRecord.read(venueAnswer, 'crossMarginSummary', summary, []);
  return { equity: equity?.decimal('accountValue'), basis: 'accountValue' };
}

function positionOf({ own, problems }: VenueReading): VenuePosition {
  const object = innerObject(own.object, 'position');
  const name = `${own.name}.position`;
  const position = ExchangeRecord.read(hyperliquidPosition, name, object, problems);
  const leverage = ExchangeRecord.read(
    hyperliquidLeverage,
    `${name}.leverage`,
    innerObject(object, 'leverage'),
    problems,
  );
  const [size, value] = [position.present('szi'), position.present('positionValue')];
  return {
    contract: 'linear',
    unit: Ratio.ONE,
    asset: 'USDC',
    margin: isolatedMargin(position, size),
    figures: {
      symbol: position.text('coin'),
      contracts: position.text('szi'),
      side: sideOfSize(size),
      entryPrice: position.text('entryPx'),
      markPrice: size && value ? quotientText(priceOfValue(value.abs(), size.abs())) : undefined,
      leverage: leverage.text('value'),
      marginMode: leverage.text('type'),
      unrealizedPnl: position.text('unrealizedPnl'),
      liquidationPrice: ownPrice(position, 'liquidationPx'),
    },
  };
}

/** `marginUsed` of an isolated position is its equity: its margin plus the profit from the entry to the mark. */
function isolatedMargin(
  position: ExchangeRecord<'marginUsed' | 'positionValue' | 'entryPx'>,
  size: Ratio | undefined,
): string | undefined {
  const [equity, value, entry] = [
    position.present('marginUsed'),
    position.present('positionValue'),
    position.present('entryPx'),
  ];
  if (!equity || !value || !entry || !size) return undefined;
  const gain = value.abs().minus(size.abs().times(entry));
  return quotientText(size.sign() < 0 ? equity.plus(gain) : equity.minus(gain));
}
