import { innerObject } from './exchange-venue.js';
import type { ContractName } from '../core/contracts/index.js';
import { Ratio } from '../core/ratio.js';
import { usualFee } from '../core/reconcile-reasons.js';
import type { VenueKey } from '../schema/exchanges.js';
import { priceOfValue, quotientText, type UnifiedRecord, type VenueRecord } from './exchange-record.js';

/** A position of ccxt with its size and the venue's own record of it. */
export interface SizedRecord {
  readonly record: UnifiedRecord;
  readonly info: VenueRecord;
  readonly venue: string;
  readonly contract: ContractName;
  /** Base units (linear), quote value of all contracts (inverse). */
  readonly size: Ratio;
  /** When the venue answered, milliseconds since 1970, if the answer says so. */
  readonly answered?: Ratio | undefined;
}

/** The side: some venues and older versions of ccxt write `buy` and `sell`. */
export function sideOf({ record }: Pick<SizedRecord, 'record'>): string | undefined {
  const written = record.text('side')?.toLowerCase();
  return written === 'buy' ? 'long' : written === 'sell' ? 'short' : written;
}

/** The keys of the mark in venues' own records. */
const MARK_KEYS: Readonly<Record<string, VenueKey>> = {
  okx: 'markPx',
  gate: 'mark_price',
  delta: 'mark_price',
  bybit: 'markPrice',
  bitget: 'markPrice',
  kucoin: 'markPrice',
};

/** The mark: as written, else from a notional that is not at the entry, else from entry and profit. */
export function markOf(of: SizedRecord): string | undefined {
  const { record, info, venue, contract, size } = of;
  const written = record.presentText('markPrice') ?? info.presentText(MARK_KEYS[venue] ?? 'markPrice');
  if (written !== undefined) return written;
  const [notional, entry] = [record.present('notional'), record.present('entryPrice')];
  const profit = record.present('unrealizedPnl');
  const isOfEntry = notional && entry && profit && notional.abs().compare(size.times(entry)) === 0;
  if (notional && contract === 'linear' && !isOfEntry) return quotientText(priceOfValue(notional.abs(), size));
  const side = sideOf(of);
  if (!entry || !profit || (side !== 'long' && side !== 'short')) return undefined;
  const gain = side === 'long' ? profit : profit.negated();
  const mark =
    contract === 'linear'
      ? entry.plus(gain.over(size))
      : positive(size.over(entry).minus(gain), (value) => size.over(value));
  return mark?.sign() === 1 ? quotientText(mark) : undefined;
}

function positive(value: Ratio, then: (value: Ratio) => Ratio): Ratio | undefined {
  return value.sign() === 1 ? then(value) : undefined;
}

/** The margin modes of Bybit's `tradeMode`, by its number. In records of unified accounts 0 has no meaning. */
const BYBIT_MODES: Readonly<Record<string, string>> = { '0': 'cross', '1': 'isolated' };

/** The margin mode of the record, from ccxt's present or earlier keys, else from the venue's. */
export function modeOf({ record, info, venue }: SizedRecord): string | undefined {
  const unified = record.text('marginMode') ?? record.text('marginType');
  if (unified !== undefined) return unified.toLowerCase();
  if (venue === 'bybit') {
    const mode = BYBIT_MODES[info.text('tradeMode') ?? ''];
    return mode === 'cross' && info.text('positionMM') !== undefined ? undefined : mode;
  }
  return venue === 'delta' ? info.text('margin_mode')?.toLowerCase() : undefined;
}

/** Venues whose positions all share one collateral. */
export const CROSS_ONLY: ReadonlySet<string> = new Set(['deribit', 'dydx']);

/** The keys of the isolated margin without profit in venues' own records. */
const MARGIN_KEYS: Readonly<Record<string, VenueKey>> = {
  binance: 'isolatedWallet',
  okx: 'margin',
  gate: 'margin',
  kucoin: 'posMargin',
  bitget: 'marginSize',
  htx: 'margin_static',
  delta: 'margin',
};

/**
 * The isolated margin without profit: from the venue, else the collateral minus the profit. Only OKX's collateral does
 * not include the profit.
 */
export function marginOf(of: SizedRecord): string | undefined {
  const { record, info, venue } = of;
  const written = venue === 'bybit' ? bybitMargin(of) : info.presentText(MARGIN_KEYS[venue] ?? 'isolatedWallet');
  if (written !== undefined) return written;
  if (venue === 'okx') return record.presentText('collateral');
  const [collateral, profit] = [record.present('collateral'), profitOf(of)];
  return collateral && profit && quotientText(collateral.minus(profit));
}

/**
 * Bybit's `positionBalance` is the margin with the fee to close at the bankruptcy price. If that fee explains the
 * excess over the initial margin, no margin was added. Else the margin comes from the bankruptcy price, which is
 * rounded to its tick.
 */
function bybitMargin(of: SizedRecord): string | undefined {
  const { record, info, contract, size } = of;
  const [balance, entry] = [info.present('positionBalance'), record.present('entryPrice')];
  const lev = record.present('leverage');
  if (!balance || !entry || contract === 'inverse') return undefined;
  const ruin = info.present('bustPrice');
  const byRuin = ruin && size.times(sideOf(of) === 'long' ? entry.minus(ruin) : ruin.minus(entry));
  const initial = lev && size.times(entry).over(lev);
  if (initial && ruin && usualFee(balance.minus(initial).over(size.times(ruin)))) return quotientText(initial);
  return byRuin?.sign() === 1 ? quotientText(byRuin) : undefined;
}

/** The unrealised profit, from ccxt or the venue. */
export function profitOf({ record, info }: Pick<SizedRecord, 'record' | 'info'>): Ratio | undefined {
  return record.decimal('unrealizedPnl') ?? info.decimal('unrealized_pnl');
}

/** A rule that ended on a day: records before it follow it. */
interface Ended {
  readonly rule: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** When a record was written, milliseconds since 1970. */
  readonly written: (of: Pick<SizedRecord, 'info' | 'answered'>) => Ratio | undefined;
}

const ENDED: Readonly<Record<string, Ended>> = {
  // "The New Margin Calculation", Bybit's help, 2025-09-18.
  bybit: {
    rule: 'bybit-2024',
    until: Date.UTC(2025, 8, 2),
    written: ({ info, answered }) => answered ?? info.present('updatedTime'),
  },
  // KuCoin's announcement of 2025-05-20.
  kucoin: {
    rule: 'kucoin-2024',
    until: Date.UTC(2025, 4, 22),
    written: ({ info }) => info.present('currentTimestamp'),
  },
  // Bitget's support 12560603841952: positions keep the rule of the day on which they were opened.
  bitget: {
    rule: 'bitget-2024',
    until: Date.UTC(2025, 10, 10, 8),
    written: ({ info }) => info.present('cTime') ?? info.present('createdTime'),
  },
};

/** The rule of the venue when the record was written, if it is not the present one. */
export function datedRule(of: Pick<SizedRecord, 'info' | 'venue' | 'answered'>): string | undefined {
  if (of.venue === 'hyperliquid') return isHyperliquidOf2023(of.info) ? 'hyperliquid-2023' : undefined;
  const ended = ENDED[of.venue];
  return ended?.written(of)?.isBelow(Ratio.of(BigInt(ended.until))) === true ? ended.rule : undefined;
}

/** Whether a record of Hyperliquid is of 2023: it names what could be traded, and no maximum leverage. */
export function isHyperliquidOf2023({ object }: Pick<VenueRecord, 'object'>): boolean {
  const position = innerObject(object, 'position');
  return position.has('maxTradeSzs') && !position.has('maxLeverage');
}

/** Whether a venue without a rule of its own values maintenance at the entry: Delta, by an answer of 2026-01-14. */
export function isMaintainedAtEntry({ venue, contract }: Pick<SizedRecord, 'venue' | 'contract'>): boolean {
  return venue === 'delta' && contract === 'linear';
}
