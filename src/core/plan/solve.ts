import { assess, type Assessment } from '../assessment.js';
import type { Bracket, BracketTable } from '../brackets.js';
import { isLiqcalcError, LiqcalcError, problem, problemWords, type Problem } from '../errors.js';
import { walletLiquidatedAt } from '../liquidation.js';
import { initialMargin, profitAt } from '../leg.js';
import {
  collateralEquity,
  countedMargin,
  fixedNeedsLeverage,
  ruledFrom,
  othersMaintenance,
  positionFrom,
  unitSize,
  without,
  type RuledInputs,
  type Terms,
} from '../position.js';
import { requirementProblems } from '../requirements.js';
import { Ratio } from '../ratio.js';
import { countedInTier, feeOfValue, fixedMaintenance } from '../venues/ruled-leg.js';
import { UNKNOWNS, type Unknown } from './unknowns.js';

/** The wanted liquidation: at a price, or at a distance from the reference (mark, else entry). */
export type Target =
  | { readonly kind: 'price'; readonly price: Ratio }
  /** @see distance - a fraction of the reference. */
  | { readonly kind: 'distance'; readonly distance: Ratio };

/** The value that puts liquidation at the target or on its safe side, or why no value does. */
export type Solution = { readonly for: Unknown; readonly target: Ratio } & (
  | { readonly kind: 'found'; readonly value: Ratio; readonly assessment: Assessment }
  | {
      readonly kind: 'unreachable';
      readonly reason: string;
      /** The problems of inputs that are the reason, if they are. */
      readonly problems?: readonly Problem[];
    }
);

const DEFAULT_STEPS: Readonly<Record<Unknown, Ratio>> = {
  lev: Ratio.ONE,
  'add-margin': Ratio.from('1e-8'),
  qty: Ratio.from('1e-8'),
};

/** The exact quantity, and the terms for a value of it; or why no quantity reaches the target. */
type Finding =
  | { readonly kind: 'exact'; readonly exact: Ratio; readonly termsWith: (value: Ratio) => Terms }
  | { readonly kind: 'none'; readonly reason: string };

const none = (reason: string): Finding => ({ kind: 'none', reason });

/** The target as a price, quote per base. */
export function targetPrice({ side, entry, mark }: Terms, target: Target): Ratio {
  if (target.kind === 'price') return target.price;
  const reference = mark ?? entry;
  const move = reference.times(target.distance);
  return side === 'long' ? reference.minus(move) : reference.plus(move);
}

/** Why liquidation cannot be there, with any value of any quantity. */
function unreachable({ side, entry, mark, wallet }: Terms, target: Ratio): string | undefined {
  const past = (price: Ratio): boolean => (side === 'long' ? !target.isBelow(price) : !target.isAbove(price));
  const safely = side === 'long' ? 'below' : 'above';
  if (target.sign() <= 0) return 'the target is not a positive price';
  if (mark && past(mark))
    return `the mark is at or past the target; the target of a ${side} must be ${safely} the mark`;
  if (!wallet && past(entry))
    return `the target is at or beyond the entry; the target of a ${side} must be ${safely} it`;
  if (wallet && !mark && past(entry)) return `the target is beyond the entry, and no mark is given`;
  return undefined;
}

function findLeverage(terms: Terms, table: BracketTable | undefined, target: Ratio): Finding {
  if (terms.wallet) return none('in cross margin the leverage does not change the liquidation price');
  if (terms.margin) return none('the margin is given, so the leverage does not change the liquidation price');
  const why = fixedNeedsLeverage(terms);
  if (why !== undefined) return none(why);
  const { leg, rule, inputs } = ruledFrom(terms, table);
  const added = terms.addMargin ? countedMargin(terms.addMargin, rule, inputs) : Ratio.ZERO;
  const wallet = walletLiquidatedAt(leg, target).minus(added);
  if (wallet.sign() <= 0) return none('with the added margin, liquidation is beyond the target at any leverage');
  return { kind: 'exact', exact: initialMargin(leg, Ratio.ONE).over(wallet), termsWith: (lev) => ({ ...terms, lev }) };
}

function findAddedMargin(terms: Terms, table: BracketTable | undefined, target: Ratio): Finding {
  const { collateral } = positionFrom(terms, table);
  const { leg, rule, inputs } = ruledFrom(terms, table);
  const needed = walletLiquidatedAt(leg, target);
  const lacking = needed.minus(collateralEquity(collateral).minus(othersMaintenance(collateral)));
  const exact = collateral.kind === 'cross' ? lacking : lacking.over(countedMargin(Ratio.ONE, rule, inputs));
  const before = terms.addMargin ?? Ratio.ZERO;
  const termsWith =
    collateral.kind === 'cross'
      ? (more: Ratio): Terms => ({ ...terms, wallet: collateral.wallet.plus(more) })
      : (more: Ratio): Terms => ({ ...terms, addMargin: before.plus(more) });
  return { kind: 'exact', exact, termsWith };
}

/**
 * The size whose liquidation is at the target with the present collateral `C`.
 *
 * With loss `L` at the target, the coordinate `x` of the price that maintenance is valued at, and fixed maintenance `k`
 * a unit, `n (L + k + (r + f) x) = C + a` in each bracket.
 */
function findQuantity(terms: Terms, table: BracketTable | undefined, target: Ratio): Finding {
  const kept = positionFrom(terms, table);
  const { collateral } = kept;
  const counted = collateralEquity(collateral).minus(othersMaintenance(collateral));
  if (counted.sign() <= 0) return none('there is no collateral for any size');
  const { contract } = kept;
  const size = sizeLiquidatedAt(ruledFrom(terms, table), { counted, target });
  if (!size) return none('no size is liquidated at the target');
  const multiplier = unitSize(contract, terms, table);
  const fixed = without(terms, 'notional', 'addMargin');
  const backed = collateral.kind === 'cross' ? fixed : { ...fixed, margin: collateral.wallet };
  return { kind: 'exact', exact: size.over(multiplier), termsWith: (qty) => ({ ...backed, qty }) };
}

/**
 * The largest size that its collateral still covers at the target. The needed margin grows with the size. With marginal
 * tiers it grows without jumps, and the smallest root counts. With tiers that apply to the whole position it jumps at
 * each tier.
 */
function sizeLiquidatedAt(
  { venue, rule, inputs: ruled }: RuledInputs,
  { counted, target }: { readonly counted: Ratio; readonly target: Ratio },
): Ratio | undefined {
  const unit = { ...ruled.leg, size: Ratio.ONE };
  const { entry, contract } = unit;
  const fee = feeOfValue(rule, ruled);
  const valued = { price: target, entry, mark: ruled.mark ?? entry }[rule.valued];
  const fixed = profitAt(unit, target)
    .negated()
    .plus(fixedMaintenance(venue, rule, { ...ruled, leg: unit }));
  const perUnit = (rate: Ratio): Ratio => fixed.plus(rate.plus(fee).times(contract.coordinate(valued)));
  const rootOf = ({ rate, amount }: Pick<Bracket, 'rate' | 'amount'>): Ratio | undefined =>
    perUnit(rate).sign() > 0 ? counted.plus(amount).over(perUnit(rate)) : undefined;
  if (venue.tiers.apply === 'marginal') {
    const [first, ...others] = ruled.brackets.flatMap((each) => rootOf(each) ?? []);
    return first && others.reduce((least, root) => least.min(root), first);
  }
  const each = countedInTier(venue.tiers, rule, { ...ruled, leg: unit });
  let size: Ratio | undefined;
  ruled.brackets.forEach(({ rate, amount, floor, cap }, index) => {
    const root = rootOf({ rate, amount: index === 0 ? amount : Ratio.ZERO });
    const [from, to] = [floor.over(each), cap?.over(each)];
    if (root?.isAbove(from)) size = to ? root.min(to) : root;
  });
  return size;
}

const FINDERS = { lev: findLeverage, 'add-margin': findAddedMargin, qty: findQuantity } as const;
/** The fields that the solver computes, so the input need not have them. */
const FOUND: Readonly<Record<Unknown, readonly string[]>> = { lev: ['lev'], 'add-margin': [], qty: ['qty'] };

/** What terms lack to solve for a quantity. */
export function solveProblems(terms: Terms, unknown: Unknown): Problem[] {
  const given = Object.keys(terms).filter((key) => unknown !== 'qty' || key !== 'notional');
  const problems = requirementProblems(new Set([...given, ...FOUND[unknown]]));
  const isSized = terms.qty ?? terms.notional;
  if (unknown !== 'qty' || terms.wallet || terms.margin || (isSized && terms.lev)) return problems;
  const found = problem('MISSING', '', {
    what: 'margin',
    give: ['margin', 'wallet', 'lev'],
    because: 'the size for a margin is solved for',
    with: { lev: 'qty' },
  });
  return [found, ...problems.filter((each) => each.code !== 'MISSING' || !each.details.give.includes('lev'))];
}

/**
 * The leverage, the margin to add or the size that puts liquidation at a target.
 *
 * Solves exactly, rounds to the step on the safe side (leverage and size down, added margin up), and prices the result
 * again: the price is at the target or beyond it, and one more step would move it nearer than the target.
 *
 * @param terms - what is known; the quantity solved for may be left out. `add-margin` is added to the given margin, in
 * cross to the wallet. `qty` keeps the collateral of the terms.
 * @param step - of the value; by default 1 for leverage, else 1e-8.
 * @example 30000 long, 0.5 %, target 27000: leverage 9 (exactly 9.569...), liquidated at 26800.67001675
 */
export function solve(
  terms: Terms,
  table: BracketTable | undefined,
  question: { readonly for: Unknown; readonly target: Target; readonly step?: Ratio | undefined },
): Solution {
  const target = targetPrice(terms, question.target);
  const failed = (reason: string): Solution => ({ for: question.for, target, kind: 'unreachable', reason });
  const refused = (problems: readonly Problem[]): Solution => {
    const reason = problems.map((each) => problemWords(each)).join('; ');
    return { for: question.for, target, kind: 'unreachable', reason, problems };
  };
  const missing = solveProblems(terms, question.for);
  if (missing.length > 0) return refused(missing);
  const never = unreachable(terms, target);
  if (never !== undefined) return failed(never);
  const found = FINDERS[question.for](terms, table, target);
  if (found.kind === 'none') return failed(found.reason);
  const step = question.step ?? DEFAULT_STEPS[question.for];
  const value = question.for === 'add-margin' ? found.exact.ceilTo(step) : found.exact.floorTo(step);
  const steps = step.compare(Ratio.ONE) === 0 ? 'whole numbers' : `steps of ${step.toText(30)}`;
  if (value.sign() === 0 && found.exact.sign() !== 0) {
    return failed(
      `the exact value is ${found.exact.toText(found.exact.toText(8) === '0' ? 30 : 8)}, which is 0 in ${steps}`,
    );
  }
  try {
    const assessment = assess(found.termsWith(value.reduced()), table);
    checkHolds(assessment, target);
    return { for: question.for, target, kind: 'found', value, assessment };
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    if (error.problems.some(({ code }) => code === 'NOT_REMOVABLE')) {
      const less = value.negated().toText(30);
      return failed(`no margin has to be added: the target needs ${less} less margin, but so much cannot be removed`);
    }
    return refused(error.problems);
  }
}

/**
 * Checks a result that was priced again. A position that is liquidated before the target would be a bug; an error is
 * better than a wrong result.
 */
export function checkHolds({ outcome, position, price }: Assessment, target: Ratio): void {
  const isBefore = price && (position.side === 'long' ? price.isAbove(target) : price.isBelow(target));
  if (outcome.kind !== 'already' && isBefore !== true) return;
  throw new Error(`solved for ${target.toText(8)} and priced ${price?.toText(8) ?? 'nowhere'}`);
}

/**
 * Solves for every possible quantity.
 *
 * @throws {LiqcalcError} with what is missing, if the terms lack something for all of them.
 */
export function solveAll(terms: Terms, table: BracketTable | undefined, target: Target): readonly Solution[] {
  const missing = UNKNOWNS.map((unknown) => solveProblems(terms, unknown));
  if (missing.every((problems) => problems.length > 0)) throw new LiqcalcError(missing[0] as Problem[]);
  return UNKNOWNS.map((unknown) => solve(terms, table, { for: unknown, target }));
}
