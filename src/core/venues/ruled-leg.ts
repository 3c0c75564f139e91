import { bracketIndex, bracketOf, flatBrackets, type Bracket, type BracketTable } from '../brackets.js';
import { fail } from '../errors.js';
import { valueAt, type Leg } from '../leg.js';
import { tiersOf } from './index.js';
import { Ratio } from '../ratio.js';
import type { FeeRule, MarginRule, TierRule, Venue, VenueLeg } from './venue.js';

/** A position as far as a venue's rule needs it. */
export interface RuledTerms {
  readonly leg: VenueLeg['leg'];
  /** Brackets of a table, or the one of a rate. */
  readonly brackets: readonly Bracket[];
  readonly lev: Ratio | undefined;
  /** Present mark price, quote per base; the entry stands in for it. */
  readonly mark: Ratio | undefined;
  /** Value of one contract on the contract's axis: base units (linear), quote (inverse). */
  readonly contractValue: Ratio;
  /** The fee in maintenance, if the user gave it; a fraction. */
  readonly mmFee: Ratio | undefined;
  readonly taker: Ratio | undefined;
  readonly liqFee: Ratio | undefined;
}

/**
 * The rule of a venue in a margin mode.
 *
 * @throws {LiqcalcError} `VENUE_REFUSES` for a mode whose prices cannot be computed.
 */
export function marginRule(venue: Venue, mode: 'isolated' | 'cross'): MarginRule {
  const rule = venue[mode];
  return 'refused' in rule ? fail('VENUE_REFUSES', 'venue', { venue: venue.name, why: rule.refused }) : rule;
}

/**
 * The fee of a rule whose usual rate is taken because none is given; `undefined` if one is given, or if no fee counts.
 *
 * @param of - the rates that were given, and the added margin.
 */
export function assumedFee(
  { fee, feeIn = 'value', fixed }: MarginRule,
  of: { readonly [F in 'mmFee' | 'taker' | 'liqFee' | 'addMargin']?: Ratio | undefined },
): FeeRule | undefined {
  const counts = feeIn === 'value' || fixed !== undefined || of.addMargin !== undefined;
  return fee && counts && !of.mmFee && !of[fee.of] ? fee : undefined;
}

function feeRateOf({ fee }: MarginRule, of: RuledTerms): Ratio {
  return of.mmFee ?? (fee && (of[fee.of] ?? Ratio.from(fee.usual))) ?? Ratio.ZERO;
}

/** The inputs of a leg that a rule's own terms use. */
export function venueLeg(rule: MarginRule, of: RuledTerms): VenueLeg {
  return { leg: of.leg, lev: of.lev, feeRate: feeRateOf(rule, of) };
}

/**
 * A leg under a venue's rule: the brackets that count at every price, the fee in them, and what no price changes.
 *
 * @throws {LiqcalcError} `NEEDS` for a rule that needs the leverage.
 */
export function ruledLeg(venue: Venue, rule: MarginRule, of: RuledTerms): Leg {
  const { leg } = of;
  const own = venueLeg(rule, of);
  const fee = feeInValue(rule, of) ? own.feeRate : Ratio.ZERO;
  const brackets = venue.tiers.apply === 'whole' ? wholeBracket(venue, of) : of.brackets;
  const constant = rule.fixed ? fixedOf(rule.fixed, venue, own) : Ratio.ZERO;
  if (rule.valued === 'price') return { ...leg, brackets, fee, fixed: constant };
  const value = valueAt(leg, rule.valued === 'entry' ? leg.entry : (of.mark ?? leg.entry));
  const { rate, amount } = bracketOf(brackets, value);
  const held = rate.plus(fee).times(value).minus(amount);
  return { ...leg, brackets: flatBrackets(Ratio.ZERO, Ratio.ZERO), fee: Ratio.ZERO, fixed: constant.plus(held) };
}

/** Whether the fee counts as a share of the value. A fee that the user gives for maintenance does, at every venue. */
export function feeInValue({ feeIn = 'value' }: MarginRule, { mmFee }: Pick<RuledTerms, 'mmFee'>): boolean {
  return feeIn === 'value' || mmFee !== undefined;
}

function fixedOf(fixed: NonNullable<MarginRule['fixed']>, venue: Venue, own: VenueLeg): Ratio {
  const why = `the fee in the maintenance of ${venue.name} depends on it`;
  return fixed(own) ?? fail('NEEDS', 'venue', { other: 'lev', why });
}

/**
 * The one bracket that applies to a whole position: by its size, or by its value at the mark. Only the first tier can
 * have an amount, if a rate was given with one: amounts of a table belong to marginal tiers.
 */
function wholeBracket({ tiers }: Venue, { leg, brackets, mark, contractValue }: RuledTerms): readonly Bracket[] {
  const index = bracketIndex(brackets, countedInTier(tiers, { leg, mark, contractValue }));
  const { rate, amount } = brackets[index] as Bracket;
  return flatBrackets(rate, index === 0 ? amount : Ratio.ZERO);
}

/** What the limits of tiers are compared with if one tier applies to the whole position: its value is that at the mark. */
export function countedInTier(
  tiers: TierRule,
  { leg, mark, contractValue }: Pick<RuledTerms, 'leg' | 'mark' | 'contractValue'>,
): Ratio {
  return counted(tiers, leg, mark ?? leg.entry, contractValue);
}

function counted({ by }: TierRule, leg: VenueLeg['leg'], price: Ratio, contractValue: Ratio): Ratio {
  return by === 'value' ? valueAt(leg, price) : by === 'contracts' ? leg.size.over(contractValue) : leg.size;
}

/** What the limits of a table's tiers are compared with: the value at a price, the number of contracts, the size. */
export function tierValue({ venue, multiplier }: BracketTable, leg: VenueLeg['leg'], price: Ratio): Ratio {
  return counted(tiersOf(venue), leg, price, multiplier);
}
