import { bracketIndex, bracketOf, DEFAULT_VENUE, flatBrackets, type Bracket, type BracketTable } from '../brackets.js';
import { fail, LiqcalcError, problem, type Problem } from '../errors.js';
import { chargedValueAt, valueAt, type Leg } from '../leg.js';
import { tiersOf, venues } from './index.js';
import { Ratio } from '../ratio.js';
import type { FeeRule, MarginRule, RuledTerms, TierRule, Venue, VenueLeg } from './venue.js';

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
 * The problems of inputs with the rule of their venue that are known without rates: a margin mode whose prices cannot be
 * computed, and a missing leverage.
 */
export function ruleProblems({ venue = DEFAULT_VENUE, wallet, lev, mmFee }: RuleInputs): readonly Problem[] {
  const found = venues[venue];
  if (!found) return [];
  const rule = found[wallet ? 'cross' : 'isolated'];
  if ('refused' in rule) return [problem('VENUE_REFUSES', 'venue', { venue: found.name, why: rule.refused })];
  return rule.fixed && !lev && !mmFee ? [leverageProblem(found)] : [];
}

/** The inputs that decide whether a venue's rule can be applied. */
interface RuleInputs {
  readonly venue?: string;
  readonly wallet?: Ratio;
  readonly lev?: Ratio;
  readonly mmFee?: Ratio;
}

const leverageProblem = ({ name }: Venue): Problem =>
  problem('NEEDS', 'venue', { other: 'lev', why: `the fee in the maintenance of ${name} depends on it` });

/**
 * The fee of a rule whose usual rate is used because the input has no fee; `undefined` if one is given, or if no fee counts.
 *
 * @param of - the rates that were given, and the added margin.
 */
export function assumedFee(
  { fee, feeIn = 'value', fixed, addedMargin }: MarginRule,
  of: { readonly [F in 'mmFee' | 'taker' | 'liqFee' | 'addMargin']?: Ratio | undefined },
): FeeRule | undefined {
  const isInMaintenance = !of.mmFee && (feeIn === 'value' || fixed !== undefined);
  const counts = isInMaintenance || (addedMargin !== undefined && of.addMargin !== undefined);
  return fee && counts && !of[fee.of] ? fee : undefined;
}

/** The terms that a rule's fee depends on. */
export type FeeTerms = Pick<RuledTerms, 'leg' | 'lev' | FeeRule['of']>;

/** The inputs of a leg that a rule's own terms use. */
export function venueLeg({ fee }: MarginRule, of: FeeTerms): VenueLeg {
  const feeRate = fee ? (of[fee.of] ?? Ratio.from(fee.usual)) : Ratio.ZERO;
  return { leg: of.leg, lev: of.lev, feeRate };
}

/**
 * The fee that counts as a share of the value. One that the user gives for maintenance does at every venue, and takes
 * the place of the venue's own fee, which may be a fixed amount.
 */
export function feeOfValue(rule: MarginRule, of: RuledTerms): Ratio {
  const isShare = (rule.feeIn ?? 'value') === 'value';
  return of.mmFee ?? (isShare ? venueLeg(rule, of).feeRate : Ratio.ZERO);
}

/**
 * What a rule adds to maintenance at every price, margin asset: no fixed fee if the user gives a rate for it.
 *
 * @throws {LiqcalcError} `NEEDS` if it depends on the leverage, which is missing.
 */
export function fixedMaintenance(venue: Venue, rule: MarginRule, of: RuledTerms): Ratio {
  if (!rule.fixed || of.mmFee) return Ratio.ZERO;
  const fixed = rule.fixed(venueLeg(rule, of));
  if (!fixed) throw new LiqcalcError([leverageProblem(venue)]);
  return fixed;
}

/**
 * A leg under a venue's rule: the brackets that count at every price, the fee in them, and what no price changes.
 *
 * @throws {LiqcalcError} `NEEDS` for a rule that needs the leverage.
 */
export function ruledLeg(venue: Venue, rule: MarginRule, of: RuledTerms): Leg {
  const { side, contract, size, entry, charged, besides } = of.leg;
  // The fields are listed because legs are made for every record: a copy by spreading is several times as slow.
  const legWith = (brackets: readonly Bracket[], fee: Ratio, fixed: Ratio): Leg => ({
    side,
    contract,
    size,
    entry,
    brackets,
    fee,
    charged,
    besides,
    fixed,
  });
  const fee = feeOfValue(rule, of);
  const brackets = venue.tiers.apply === 'whole' ? wholeBracket(venue, rule, of) : of.brackets;
  const constant = fixedMaintenance(venue, rule, of);
  if (rule.valued === 'price') return legWith(brackets, fee, constant);
  const valued = rule.valued === 'entry' ? entry : (of.mark ?? entry);
  const value = chargedValueAt(of.leg, valued);
  const { rate, amount } = bracketOf(brackets, value);
  const held = rate.plus(fee).times(value).minus(amount);
  return legWith(flatBrackets(Ratio.ZERO, Ratio.ZERO), Ratio.ZERO, constant.plus(held));
}

/**
 * The one bracket that applies to a whole position: by its size, or by its value at the mark or entry. Only the first
 * tier can have an amount, if a rate was given with one: amounts of a table belong to marginal tiers.
 */
function wholeBracket({ tiers }: Venue, rule: MarginRule, of: RuledTerms): readonly Bracket[] {
  const index = bracketIndex(of.brackets, countedInTier(tiers, rule, of));
  const { rate, amount } = of.brackets[index] as Bracket;
  return flatBrackets(rate, index === 0 ? amount : Ratio.ZERO);
}

/**
 * What the limits of tiers are compared with if one tier applies to the whole position. A value is that at the mark, or
 * that at the entry if the rule values maintenance there.
 */
export function countedInTier(
  tiers: TierRule,
  { valued }: Pick<MarginRule, 'valued'>,
  { leg, mark = leg.entry, contractValue }: Pick<RuledTerms, 'leg' | 'mark' | 'contractValue'>,
): Ratio {
  return counted(tiers, leg, valued === 'entry' ? leg.entry : mark, contractValue);
}

function counted({ by }: TierRule, leg: VenueLeg['leg'], price: Ratio, contractValue: Ratio): Ratio {
  if (by === 'value') return valueAt(leg, price);
  const own = leg.size.over(contractValue);
  return leg.besides ? own.plus(leg.besides) : own;
}

/** What the limits of a table's tiers are compared with: the value at a price, the number of contracts, the size. */
export function tierValue({ venue, multiplier }: BracketTable, leg: VenueLeg['leg'], price: Ratio): Ratio {
  return counted(tiersOf(venue), leg, price, multiplier);
}
