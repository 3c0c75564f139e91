import type { BracketTable, TableSource } from '../../core/brackets.js';
import { Ratio } from '../../core/ratio.js';
import { requirementProblems } from '../../core/requirements.js';
import { looksCoinMargined } from '../../core/settlement.js';
import { FIELD_LIST, type FieldKey } from '../../formats/fields.js';
import { tablesVenue, tiersOf } from '../../core/venues/index.js';
import type { Venue } from '../../core/venues/venue.js';
import { fieldOfKey, keyProblems, type KeyPolicy, type RawRecord } from '../../formats/record.js';
import { isRewritten } from '../echo-record.js';

/** The fields that the lane reads, by code: the same list as in `assembly/memory.ts`. */
export const LANE_FIELDS = [
  'side',
  'entry',
  'lev',
  'mmr',
  'qty',
  'margin',
  'cum',
  'mark',
  'symbol',
  'notional',
  'contract',
  'addMargin',
  'mmFee',
  'wallet',
  'othersMm',
  'othersPnl',
  'liqFee',
  'taker',
  'callRatio',
] as const satisfies readonly FieldKey[];

/** Codes besides those of fields, and the bit of `qty or notional` in a set of fields. */
const OTHER_KEY = 30;
export const REFUSED_KEY = 31;
const ANY_SIZE = 1 << 30;

const BACKSLASH_OR_CONTROL = /[\\\x00-\x1f]/;

/** What a key means to the lane: its code, and the set of fields that a record with it must have. */
export interface KeyMeaning {
  readonly code: number;
  /** If one of them is missing, the key may be a typo for it. */
  readonly needs: number;
}

const REFUSED: KeyMeaning = { code: REFUSED_KEY, needs: 0 };

/** The code of a field; `undefined` if the lane does not read it. */
export function codeOf(field: FieldKey): number | undefined {
  const code = (LANE_FIELDS as readonly FieldKey[]).indexOf(field);
  return code < 0 ? undefined : code;
}

/**
 * The meaning of a key, by the key policy of the general path, which is called with every field but one or two.
 *
 * @param name - as it is written, without its quotes.
 */
export function keyMeaning(name: string, policy: KeyPolicy): KeyMeaning {
  const field = fieldOfKey(name);
  if (field !== undefined) return { code: codeOf(field) ?? REFUSED_KEY, needs: 0 };
  const isRefusedWithout = (...absent: readonly FieldKey[]): boolean => {
    const others: RawRecord = FIELD_LIST.filter(([key]) => !absent.includes(key)).map(([key]) => [key, '']);
    return keyProblems([...others, [name, '']], policy).length > 0;
  };
  if (BACKSLASH_OR_CONTROL.test(name) || isRewritten(name) || isRefusedWithout()) return REFUSED;
  const needed = FIELD_LIST.flatMap(([key]) => (isRefusedWithout(key) ? [codeOf(key)] : []));
  if (needed.includes(undefined)) return REFUSED;
  const needs = needed.reduce<number>((set, code) => set | (1 << (code as number)), 0);
  return { code: OTHER_KEY, needs: isRefusedWithout('qty', 'notional') ? needs | ANY_SIZE : needs };
}

/** Whether a set of fields is a whole position without conflicts. */
export function isWhole(fields: number): boolean {
  const keys = LANE_FIELDS.filter((_, code) => (fields & (1 << code)) !== 0);
  return requirementProblems(new Set(keys)).length === 0;
}

/** A decimal as a whole number below 2^53 over a power of ten. */
interface LaneDecimal {
  readonly value: number;
  readonly decimals: number;
}

/** One bracket. */
export interface LaneBracket {
  readonly rate: LaneDecimal;
  readonly amount: LaneDecimal;
  /** About its highest value; infinite if there is no limit. */
  readonly cap: number;
  /** The highest leverage, a whole number; infinite if it is unknown. */
  readonly mostLeverage: number;
}

/** The brackets of a symbol; `'none'` if it has no table, `undefined` if the lane does not take it. */
export function bracketsFor(
  symbol: string,
  venue: string,
  tables: TableSource,
): readonly LaneBracket[] | 'none' | undefined {
  const table = tables.find(symbol, tablesVenue(venue));
  if (!table) return looksCoinMargined(symbol) ? undefined : 'none';
  const { apply, by } = tiersOf(table.venue);
  return apply === 'marginal' && by === 'value' ? bracketsOf(table) : undefined;
}

/** A venue's rule as the lane knows it: maintenance at the price, with a fee that is a share of the value. */
export interface LaneRule {
  /** Whether the lane takes positions under this rule. */
  readonly isTaken: boolean;
  readonly isProven: boolean;
  /** The code of the fee's field, and its usual rate, a fraction; zeros without a fee. */
  readonly feeCode: number;
  readonly usual: LaneDecimal;
}

const NO_FEE: LaneDecimal = { value: 0, decimals: 0 };

/** The rule of a venue in a margin mode. */
export function laneRule(venue: Venue, mode: 'isolated' | 'cross'): LaneRule {
  const rule = venue[mode];
  if ('refused' in rule) return { isTaken: false, isProven: false, feeCode: 0, usual: NO_FEE };
  const { valued, fee, feeIn = 'value', fixed, addedMargin, alone, doubt } = rule;
  const isPlain = valued === 'price' && feeIn === 'value' && !fixed && !addedMargin && alone === undefined;
  return {
    isTaken: isPlain && (venue.contracts ?? ['linear']).includes('linear'),
    isProven: doubt === undefined,
    feeCode: (fee && codeOf(fee.of)) ?? 0,
    usual: (fee && decimalOf(Ratio.from(fee.usual))) ?? NO_FEE,
  };
}

const MOST_DECIMALS = 15;

function bracketsOf({ contract, multiplier, lacksMultiplier, brackets }: BracketTable): LaneBracket[] | undefined {
  if (contract !== 'linear' || lacksMultiplier === true || multiplier.compare(Ratio.ONE) !== 0) return undefined;
  const read: LaneBracket[] = [];
  for (const { rate, amount, cap, maxLeverage } of brackets) {
    const [laneRate, laneAmount] = [decimalOf(rate), decimalOf(amount)];
    const most = maxLeverage && decimalOf(maxLeverage);
    if (!laneRate || !laneAmount || (maxLeverage && most?.decimals !== 0)) return undefined;
    const mostLeverage = most?.value ?? Number.POSITIVE_INFINITY;
    read.push({
      rate: laneRate,
      amount: laneAmount,
      cap: cap ? Number(cap.toText(8)) : Number.POSITIVE_INFINITY,
      mostLeverage,
    });
  }
  return read;
}

function decimalOf(value: Ratio): LaneDecimal | undefined {
  if (!value.isExactAt(MOST_DECIMALS)) return undefined;
  const [whole = '', fraction = ''] = value.toText(MOST_DECIMALS).split('.');
  const units = Number(whole + fraction);
  return units < 10 ** MOST_DECIMALS ? { value: units, decimals: fraction.length } : undefined;
}
