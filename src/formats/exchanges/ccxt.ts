import type { Warning } from '../../core/assessment.js';
import { DEFAULT_VENUE } from '../../core/brackets.js';
import { problem, type Problem } from '../../core/errors.js';
import { Ratio } from '../../core/ratio.js';
import { settlementAsset } from '../../core/settlement.js';
import type { ReportedFigures } from '../account.js';
import { ccxtPosition, venuePosition } from '../../schema/exchanges.js';
import { JsonArray } from '../../schema/json-value.js';
import {
  CROSS_ONLY,
  datedRule,
  isMaintainedAtEntry,
  marginOf,
  markOf,
  modeOf,
  sideOf,
  type SizedRecord,
} from '../exchange-backing.js';
import {
  accountOfPositions,
  decimalOf,
  exchangePosition,
  ExchangeRecord,
  exchangeRecords,
  innerObject,
  isPortfolioMargin,
  PORTFOLIO_MARGIN,
  quotientText,
  refusedAccount,
  reportedPrice,
  unreadableAccount,
  type ExchangeReader,
  type OpenPosition,
  type UnifiedRecord,
} from '../exchange-record.js';
import { recordRates, type RecordRates } from '../exchange-rates.js';
import { venueOfRecord } from '../exchange-venue.js';
import { jsonValue } from '../json.js';

const WANTED = 'give the array that fetchPositions returns (with --wallet)';

/**
 * ccxt's unified positions, as `fetchPositions` returns them.
 *
 * @see https://docs.ccxt.com/#/README?id=position-structure
 */
export const ccxt: ExchangeReader = {
  meaning: 'unified positions of ccxt (fetchPositions)',
  read: (json, { asset, venue }) => {
    const answer = jsonValue(json);
    if (!(answer instanceof JsonArray)) return [unreadableAccount(json, WANTED)];
    const problems: Problem[] = [];
    const records = exchangeRecords(ccxtPosition, answer, '', problems);
    if (records.some(({ object }) => isPortfolioMargin(innerObject(object, 'info'))))
      return [refusedAccount(PORTFOLIO_MARGIN)];
    const open = records.flatMap((record) => openPosition(record, venue, problems));
    return [accountOfPositions(open, asset, problems, reportedAccount)];
  },
};

/** The names of our fields in unified positions. */
const SOURCE_KEYS = {
  qty: 'contracts',
  entry: 'entryPrice',
  mark: 'markPrice',
  lev: 'leverage',
  margin: 'collateral',
  multiplier: 'contractSize',
  mmr: 'maintenanceMarginPercentage',
} as const;

/** An open position with its data about the account. */
interface Open extends OpenPosition {
  /** The margin ratio of all cross positions, if its record has it. */
  readonly ratio: string | undefined;
}

/** The position of a record with the asset it settles in; `undefined` if it has no contracts. */
function openPosition(record: UnifiedRecord, venueGiven: string | undefined, problems: Problem[]): Open[] {
  const symbol = record.text('symbol');
  const [text, contracts] = [record.text('contracts'), record.decimal('contracts')];
  if (symbol === undefined || text === undefined) {
    const [what, key] = symbol === undefined ? ['symbol', 'symbol'] : ['size', 'contracts'];
    problems.push(problem('MISSING', record.name, { what, give: [key] }));
    return [];
  }
  if (!contracts) {
    problems.push(problem('MALFORMED_NUMBER', `${record.name}.contracts`, { value: text }));
    return [];
  }
  if (contracts.sign() === 0) return [];
  const contract = /^([^/]+)\/[^:]+:\1(-|$)/.test(symbol.toUpperCase()) ? 'inverse' : 'linear';
  const own = innerObject(record.object, 'info');
  const venue = venueGiven ?? venueOfRecord(own);
  const quantity = contracts.abs();
  const unit = unitOf(record, quantity, contract);
  const info = new ExchangeRecord(venuePosition, `${record.name}.info`, own, problems);
  const of: SizedRecord = { record, info, venue, contract, size: quantity.times(unit) };
  const mark = markOf(of);
  const mode = modeOf(of);
  const isIsolated = mode === 'isolated';
  const margin = isIsolated ? marginOf(of) : undefined;
  const rates = recordRates({
    ...of,
    entry: record.present('entryPrice'),
    mark: decimalOf(mark),
    margin: decimalOf(margin),
  });
  // Bybit's fee to close is a fixed amount, which its rule counts already.
  const fee = venue === DEFAULT_VENUE || venue === 'bybit' ? undefined : rates?.fee;
  const notes: Warning[] = [
    ...(mode === undefined && !CROSS_ONLY.has(venue) ? [assumedMode(symbol)] : []),
    ...(rates && fee && rates.isFeeAssumed ? [assumedFee(symbol, venue, fee)] : []),
  ];
  const position = exchangePosition(
    record,
    {
      symbol,
      side: sideOf(of),
      ...(contract === 'inverse'
        ? { qty: quantity.toText(30), contract, multiplier: unit.toText(30) }
        : { qty: of.size.toText(30) }),
      entry: record.presentText('entryPrice'),
      mark,
      lev: record.presentText('leverage'),
      mode,
      margin,
      formula: isIsolated && isMaintainedAtEntry(of) ? 'simple' : undefined,
      mmFee: fee?.percent().toText(30),
    },
    {
      sourceKeys: SOURCE_KEYS,
      isEntryDerived: false,
      venue,
      rule: datedRule(of),
      ...(rates && { ownRates: { fields: rates.fields, basis: rates.basis } }),
      ...(notes.length > 0 && { notes }),
      ...reportedPrice(record),
      ...reported('reportedMaintenance', maintenanceOf(record, rates)),
      ...reported('reportedProfit', record.text('unrealizedPnl')),
      ...reported('reportedRatio', isIsolated ? marginRatioOf(of) : undefined),
    },
  );
  const ratio = isIsolated ? undefined : crossRatioOf(of);
  return [{ position, asset: settlementAsset(symbol, contract), ratio }];
}

const NEAR_VALUE = Ratio.from('0.2');

/**
 * The value of one contract: the contract size, or 1 if the notional fits only then (Deribit's `contracts` count quote
 * units already).
 */
function unitOf(record: UnifiedRecord, quantity: Ratio, contract: 'linear' | 'inverse'): Ratio {
  const unit = record.present('contractSize') ?? Ratio.ONE;
  const [notional, price] = [record.present('notional'), record.present('markPrice') ?? record.present('entryPrice')];
  if (!notional || !price || contract === 'linear') return unit;
  const fits = (each: Ratio): boolean => {
    const value = quantity.times(each).over(price);
    return !value.minus(notional.abs()).abs().isAbove(value.times(NEAR_VALUE));
  };
  return !fits(unit) && fits(Ratio.ONE) ? Ratio.ONE : unit;
}

/** The record's maintenance margin at the mark, with the fee that the venue adds. */
function maintenanceOf(record: UnifiedRecord, rates: RecordRates | undefined): string | undefined {
  return rates?.maintenance ? quotientText(rates.maintenance) : record.presentText('maintenanceMargin');
}

/** A figure that the exchange reports, if its text is a decimal. */
function reported(key: keyof ReportedFigures, text: string | undefined): ReportedFigures {
  return decimalOf(text) ? { [key]: text } : {};
}

/**
 * Maintenance over equity from venues' records; OKX writes the inverse. In cross it is the account's. ccxt's
 * `marginRatio` means something else with other venues.
 */
const RATIO_OF: Readonly<Record<string, (of: SizedRecord) => string | undefined>> = {
  okx: ({ info }) => {
    const ratio = info.present('mgnRatio');
    return ratio && quotientText(ratio.inverted());
  },
  bitget: ({ info }) => info.presentText('marginRatio'),
};

/** Venues whose ratio is ccxt's own, maintenance over collateral: for isolated positions only. */
const UNIFIED_RATIO: ReadonlySet<string> = new Set(['binance', 'bybit']);

function marginRatioOf(of: SizedRecord): string | undefined {
  return UNIFIED_RATIO.has(of.venue) ? of.record.presentText('marginRatio') : RATIO_OF[of.venue]?.(of);
}

function crossRatioOf(of: SizedRecord): string | undefined {
  const text = RATIO_OF[of.venue]?.(of);
  return decimalOf(text) && text;
}

/** What the records of cross positions report about all of them, if the records agree. */
function reportedAccount(open: readonly Open[]): ReportedFigures | undefined {
  const [ratio, ...others] = new Set(open.flatMap((each) => each.ratio ?? []));
  return ratio !== undefined && others.length === 0 ? { reportedRatio: ratio } : undefined;
}

function assumedMode(symbol: string): Warning {
  return { code: 'MODE_ASSUMED', details: { symbol } };
}

function assumedFee(symbol: string, venue: string, fee: Ratio): Warning {
  return { code: 'FEE_ASSUMED', details: { symbol, venue, percent: fee.percent().toText(30) } };
}
