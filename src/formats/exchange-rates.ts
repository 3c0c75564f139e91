import { innerObject } from './exchange-venue.js';
import type { RateBasis } from '../core/assessment.js';
import type { ContractName } from '../core/contracts/index.js';
import { contracts } from '../core/contracts/index.js';
import type { Side } from '../core/leg.js';
import { Ratio } from '../core/ratio.js';
import { roundFee } from '../core/reconcile-reasons.js';
import { venues } from '../core/venues/index.js';
import { hyperliquidPosition } from '../schema/exchanges.js';
import { ExchangeRecord, priceOfValue, quotientText, type UnifiedRecord, type VenueRecord } from './exchange-record.js';

/** The parts of an exchange's position that its rates depend on. */
export interface RatedRecord {
  readonly record: UnifiedRecord;
  readonly info: VenueRecord;
  readonly venue: string;
  readonly contract: ContractName;
  /** Base units (linear), quote value of all contracts (inverse). */
  readonly size: Ratio;
  readonly entry: Ratio | undefined;
  readonly mark: Ratio | undefined;
  /** Isolated margin without profit, if known. */
  readonly margin: Ratio | undefined;
  readonly side: Side;
  readonly isIsolated: boolean;
  /** The rule of the venue when the record was written, if it is not the present one. */
  readonly rule: string | undefined;
}

/** Maintenance rates from the record's own figures. */
export interface RecordRates {
  /** `mmr` in percent, `cum` and the fee `taker` in percent if known. */
  readonly fields: Readonly<Record<string, string>>;
  /** The rate, a fraction. */
  readonly rate: Ratio;
  /** Whether the record has the rate, or only values that it is derived from. */
  readonly basis: RateBasis;
  /** The fee included in maintenance, a fraction of value. */
  readonly fee: Ratio | undefined;
  /** Whether the fee is the venue's usual fee, because the record does not show it. */
  readonly isFeeAssumed: boolean;
  /** Maintenance margin at the mark with the fee, margin asset. */
  readonly maintenance: Ratio | undefined;
}

/**
 * Fees that venues include in the maintenance margin, fractions of value, for records that do not show theirs. They are
 * those of the public fee schedules, and reproduce the prices in the venues' own data: OKX 2021 to 2023, Gate 2022 to
 * 2024, Bitget 2023, KuCoin 2026, BloFin and MEXC.
 */
const USUAL_FEES: Readonly<Record<string, Ratio>> = {
  okx: Ratio.from('0.0005'),
  gate: Ratio.from('0.00075'),
  bitget: Ratio.from('0.0006'),
  kucoin: Ratio.from('0.0006'),
  blofin: Ratio.from('0.0006'),
  mexc: Ratio.from('0.0006'),
};

/** The maintenance rate in venues' own records, as a fraction. */
const RATE_OF: Readonly<Record<string, (info: VenueRecord) => Ratio | undefined>> = {
  gate: (info) => info.present('average_maintenance_rate') ?? info.present('maintenance_rate'),
  kucoin: (info) => info.present('maintMarginReq'),
  bitget: (info) => info.present('keepMarginRate'),
  coinex: (info) => info.present('maintenance_margin_rate'),
  htx: (info) => quotient(info.present('adjust_factor'), info.present('lever_rate')),
  hyperliquid: (info) => quotient(Ratio.of(1n, 2n), hyperliquid(info).present('maxLeverage')),
  // Two keys that a user adds: what the venue's answer about the market says.
  bybit: (info) => info.present('maintenanceMargin'),
  dydx: (info) => info.present('maintenanceMarginFraction'),
};

/** The rate of every market of Hyperliquid in 2023, whose records do not show it: half of the rate at 50x. */
const HYPERLIQUID_2023 = Ratio.from('0.01');

const hyperliquid = ({ object }: VenueRecord): ExchangeRecord<'maxLeverage'> =>
  ExchangeRecord.read(hyperliquidPosition, 'position', innerObject(object, 'position'), []);

function quotient(value: Ratio | undefined, by: Ratio | undefined): Ratio | undefined {
  return value && by?.sign() === 1 ? value.over(by) : undefined;
}

/** Figures closer than this, as a share of the larger, count as equal. */
const SAME = Ratio.from('0.001');

function areSame(a: Ratio, b: Ratio, within = SAME): boolean {
  return !a.minus(b).abs().isAbove(a.abs().max(b.abs()).times(within));
}

/** The rates of a record; `undefined` if it does not contain them. */
export function recordRates(of: RatedRecord): RecordRates | undefined {
  return HELD_RATES[of.rule ?? of.venue]?.(of) ?? plainRates(of);
}

/** Rates of rules under which a record's maintenance is more, or other, than rate x value at the mark. */
const HELD_RATES: Readonly<Record<string, (of: RatedRecord) => RecordRates | undefined>> = {
  bybit: bybitRates,
  'bybit-2024': bybitRates,
  'kucoin-2024': kucoin2024Rates,
  'hyperliquid-2023': () => ({ ...heldRates(HYPERLIQUID_2023, 'dated'), fee: undefined }),
};

const heldRates = (rate: Ratio, basis: RateBasis): RecordRates => ({
  fields: { mmr: rate.percent().toText(30) },
  rate,
  basis,
  fee: Ratio.ZERO,
  isFeeAssumed: false,
  maintenance: undefined,
});

/**
 * KuCoin until 2025-05-22 held `posMaint`: rate, frozen fee and one funding payment, all of the entry. Over the value
 * at entry it is a rate whose maintenance is the same amount, without any other fee.
 */
function kucoin2024Rates(of: RatedRecord): RecordRates | undefined {
  const [held, value] = [of.info.present('posMaint'), valueAt(of, of.entry)];
  return held && value && of.isIsolated ? { ...heldRates(held.over(value), 'entry'), maintenance: held } : undefined;
}

/** Taker fees of Bybit: of today, and until 2023. */
const BYBIT_FEES = [Ratio.from('0.00055'), Ratio.from('0.0006')] as const;

/** Bybit writes its maintenance margin with 8 decimals: a rate that gives it up to this share is the rate. */
const BYBIT_ROUNDING = Ratio.from('0.000005');

/**
 * Bybit's `positionMM` includes the fee to close at the bankruptcy price of the leverage. The fee is the one with which
 * the rate has at most four decimals, else today's. In isolated margin the fee is not maintenance.
 */
function bybitRates(of: RatedRecord): RecordRates | undefined {
  const { record, info, venue, side, contract, size, entry, rule = venue } = of;
  const maintenance = info.text('positionMM') === undefined ? undefined : record.present('maintenanceMargin');
  const value = valueAt(of, rule === venue ? of.mark : entry);
  const [lev, cross] = [record.present('leverage'), venues['bybit']?.cross];
  if (!maintenance || !value || !entry || !lev || !cross || 'refused' in cross) return undefined;
  const leg = { side, contract: contracts[contract], size, entry };
  const tried = BYBIT_FEES.map((feeRate) => {
    const closing = cross.fixed?.({ leg, lev, feeRate }) ?? Ratio.ZERO;
    const rate = maintenance.minus(closing).over(value);
    const short = rate.rounded(4);
    const isShort = short.sign() === 1 && areSame(short.times(value).plus(closing), maintenance, BYBIT_ROUNDING);
    return { feeRate, closing, rate: isShort ? short : rate, isShort };
  });
  const found = tried.find(({ isShort }) => isShort) ?? tried[0];
  if (found?.rate.sign() !== 1) return undefined;
  const { mmr } = heldRates(found.rate.rounded(24), 'maintenance').fields;
  return {
    ...heldRates(found.rate, 'closing'),
    fields: { ...(mmr !== undefined && { mmr }), ...(found.isShort && { taker: found.feeRate.percent().toText(30) }) },
    fee: undefined,
    maintenance: of.isIsolated ? maintenance.minus(found.closing) : maintenance,
  };
}

function plainRates(of: RatedRecord): RecordRates | undefined {
  const { record, venue } = of;
  const maintenance = record.present('maintenanceMargin');
  const value = valueAtMark(of);
  const written = venue === 'okx' && maintenance && value ? undefined : (RATE_OF[venue]?.(of.info) ?? unifiedRate(of));
  // The rate with few decimals that gives the maintenance as written, else the quotient.
  const derived = maintenance && value?.sign() === 1 ? priceOfValue(maintenance, value).rounded(24) : undefined;
  const rate = written ?? derived ?? rateOfPrices(of);
  if (!rate) return undefined;
  const gap = written && gapAtMark(of, written);
  const fee = gap?.sign() === 1 && value ? roundFee(gap.over(value)) : feeBeside(of, rate, written !== undefined);
  const isInMaintenance = gap?.sign() === 1;
  const beside = fee && value && !isInMaintenance ? fee.times(value) : Ratio.ZERO;
  return {
    fields: {
      mmr: rate.percent().toText(30),
      ...(gap?.sign() === -1 && { cum: quotientText(gap.negated()) }),
    },
    rate,
    basis: written ? 'rate' : derived ? 'maintenance' : 'prices',
    fee,
    isFeeAssumed: fee !== undefined && !isInMaintenance && feeByRatio(of, rate) === undefined,
    maintenance: maintenance?.plus(beside),
  };
}

/**
 * The distance between the liquidation price and the bankruptcy price, over the entry. It is the rate of a linear
 * position whose maintenance margin is valued at its entry.
 */
function rateOfPrices({ record, info, venue, contract, entry }: RatedRecord): Ratio | undefined {
  if (venue !== 'delta' || contract === 'inverse') return undefined;
  const [price, ruin] = [record.present('liquidationPrice'), info.present('bankruptcy_price')];
  return price && ruin && quotient(price.minus(ruin).abs(), entry);
}

function valueAt({ contract, size }: RatedRecord, price: Ratio | undefined): Ratio | undefined {
  return price && size.times(contracts[contract].coordinate(price));
}

function valueAtMark(of: RatedRecord): Ratio | undefined {
  return valueAt(of, of.mark);
}

/**
 * ccxt's `maintenanceMarginPercentage`: a fraction, or a percentage if it is a hundred times maintenance / notional.
 */
function unifiedRate({ record, venue }: RatedRecord): Ratio | undefined {
  const rate = record.present('maintenanceMarginPercentage');
  if (!rate) return undefined;
  const [maintenance, notional] = [record.present('maintenanceMargin'), record.present('notional')];
  const effective = maintenance && notional && maintenance.over(notional.abs());
  const isPercent = effective ? areSame(rate, effective.percent(), PERCENT_MARGIN) : venue === 'deribit';
  return isPercent ? rate.over(Ratio.HUNDRED) : rate;
}

/** Maintenance and rate of a record may be of different times; percent and fraction differ by more than this. */
const PERCENT_MARGIN = Ratio.from('0.2');

/**
 * The difference between the maintenance margin and rate x value, both at the mark: above is a fee, below is an amount.
 *
 * Some venues value notional or maintenance at the entry: a difference that comes only from entry and mark is ignored.
 */
function gapAtMark(of: RatedRecord, rate: Ratio): Ratio | undefined {
  const { record, entry } = of;
  const [notional, maintenance] = [record.present('notional'), record.present('maintenanceMargin')];
  const [value, atEntry] = [valueAtMark(of), valueAt(of, entry)];
  if (!maintenance || !notional || !value || !record.present('markPrice')) return undefined;
  if (!areSame(notional.abs(), value) || areSame(maintenance, rate.times(value))) return undefined;
  if (atEntry && areSame(maintenance, rate.times(atEntry))) return undefined;
  return maintenance.minus(rate.times(value));
}

/** The fee that a venue adds to the maintenance of its record: from the margin ratio, else the usual fee. */
function feeBeside(of: RatedRecord, rate: Ratio, isRateWritten: boolean): Ratio | undefined {
  // A rate derived from the maintenance includes the fee, except for OKX.
  if (!isRateWritten && of.venue !== 'okx') return undefined;
  return feeByRatio(of, rate) ?? USUAL_FEES[of.venue];
}

const MOST_FEE = Ratio.from('0.002');

/** The fee from an isolated position's margin ratio: OKX writes equity / maintenance, Bitget maintenance / equity. */
function feeByRatio(of: RatedRecord, rate: Ratio): Ratio | undefined {
  const { info, venue, margin, record } = of;
  const profit = record.decimal('unrealizedPnl');
  const ratio =
    venue === 'okx' ? info.present('mgnRatio') : venue === 'bitget' ? info.present('marginRatio') : undefined;
  const value = valueAtMark(of);
  if (!margin || !profit || ratio?.sign() !== 1 || value?.sign() !== 1) return undefined;
  const equity = margin.plus(profit);
  const maintenance = venue === 'okx' ? equity.over(ratio) : equity.times(ratio);
  const fee = maintenance.over(value).minus(rate);
  return fee.sign() >= 0 && !fee.isAbove(MOST_FEE) ? roundFee(fee) : undefined;
}
