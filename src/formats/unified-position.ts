import type { Warning } from '../core/assessment.js';
import { DEFAULT_VENUE } from '../core/brackets.js';
import type { ContractName } from '../core/contracts/index.js';
import type { Ratio } from '../core/ratio.js';
import { looksCoinMargined, settlementAsset } from '../core/settlement.js';
import type { ReportedFigures } from './raw-account.js';
import {
  CROSS_ONLY,
  datedRule,
  isMaintainedAtEntry,
  marginOf,
  markOf,
  modeOf,
  sideOf,
  type SizedRecord,
} from './exchange-backing.js';
import {
  decimalOf,
  exchangePosition,
  quotientText,
  reportedPrice,
  type OpenPosition,
  type UnifiedRecord,
} from './exchange-record.js';
import { recordRates, type RatedRecord, type RecordRates } from './exchange-rates.js';

/** A position as a venue or ccxt gives it: its figures in the keys of ccxt, and the venue's own record. */
export interface UnifiedPosition extends Pick<SizedRecord, 'record' | 'info' | 'venue' | 'answered'> {
  readonly symbol: string;
  readonly contract: ContractName;
  /** Number of contracts, > 0. */
  readonly contracts: Ratio;
  /** Value of one contract: base units (linear), quote (inverse). */
  readonly unit: Ratio;
  /** Whether the size of a linear position stays a number of contracts, which the tiers of its venue count. */
  readonly isCounted?: boolean | undefined;
  /** The asset it settles in, if its record says so; else its symbol does. */
  readonly asset?: string | undefined;
  /** The isolated margin without profit, if the record's keys do not give it. */
  readonly margin?: string | undefined;
  readonly sourceKeys: Readonly<Record<string, string>>;
}

/** An open position with its data about the account. */
export interface RatedPosition extends OpenPosition {
  readonly of: RatedRecord;
  readonly isCross: boolean;
  readonly rates: RecordRates | undefined;
  /** The margin ratio of all cross positions, if its record has it. */
  readonly ratio: string | undefined;
}

/** The position of a record, with the asset it settles in. */
export function unifiedPosition(given: UnifiedPosition): RatedPosition {
  const { record, venue, symbol, contract, contracts, unit, sourceKeys } = given;
  const of: SizedRecord = { ...given, size: contracts.times(unit) };
  const mark = markOf(of);
  const mode = modeOf(of);
  const isIsolated = mode === 'isolated';
  const margin = isIsolated ? (given.margin ?? marginOf(of)) : undefined;
  const rule = datedRule(of);
  const rated: RatedRecord = {
    ...of,
    side: sideOf(of) === 'short' ? 'short' : 'long',
    isIsolated,
    rule,
    entry: record.present('entryPrice'),
    mark: decimalOf(mark),
    margin: decimalOf(margin),
  };
  const rates = recordRates(rated);
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
      ...sizeFields(given, of),
      entry: record.presentText('entryPrice'),
      mark,
      lev: record.presentText('leverage'),
      mode,
      margin,
      formula: isIsolated && isMaintainedAtEntry(of) ? 'simple' : undefined,
      mmFee: fee?.percent().toText(30),
    },
    {
      sourceKeys,
      isEntryDerived: false,
      venue,
      rule,
      ...(rates && {
        ownRates: {
          fields: rates.fields,
          basis: rates.basis,
          // Its maximum leverage is that of the first tier.
          firstRate: venue === 'hyperliquid' && rates.basis === 'rate' ? rates.rate : undefined,
        },
      }),
      ...(notes.length > 0 && { notes }),
      ...reportedPrice(record),
      ...reported('reportedMaintenance', maintenanceOf(record, rates)),
      ...reported('reportedProfit', record.text('unrealizedPnl')),
      ...reported('reportedRatio', isIsolated ? marginRatioOf(of) : undefined),
    },
  );
  const ratio = isIsolated ? undefined : crossRatioOf(of);
  const asset = given.asset ?? settlementAsset(symbol, contract);
  return { position, asset, of: rated, isCross: !isIsolated, rates, ratio };
}

/** The size in our fields: base units, or contracts with their value. */
function sizeFields(
  { symbol, contract, contracts, unit, isCounted = false }: UnifiedPosition,
  { size }: SizedRecord,
): Readonly<Record<string, string>> {
  const counted = { qty: contracts.toText(30), multiplier: unit.toText(30) };
  if (contract === 'inverse') return { qty: counted.qty, contract, multiplier: counted.multiplier };
  return {
    ...(isCounted ? counted : { qty: size.toText(30) }),
    // The symbol alone would read as coin-margined.
    ...(!symbol.includes('/') && looksCoinMargined(symbol) && { contract }),
  };
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
export function reportedAccount(open: readonly RatedPosition[]): ReportedFigures | undefined {
  const [ratio, ...others] = new Set(open.flatMap((each) => each.ratio ?? []));
  return ratio !== undefined && others.length === 0 ? { reportedRatio: ratio } : undefined;
}

function assumedMode(symbol: string): Warning {
  return { code: 'MODE_ASSUMED', details: { symbol } };
}

function assumedFee(symbol: string, venue: string, fee: Ratio): Warning {
  return { code: 'FEE_ASSUMED', details: { symbol, venue, percent: fee.percent().toText(30) } };
}
