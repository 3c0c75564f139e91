import { assess, type Assessment } from '../assessment.js';
import { bracketOf, flatBrackets, type Bracket, type BracketTable } from '../brackets.js';
import { problemWords } from '../errors.js';
import { formulas, type Formula, type FormulaName } from '../formulas/index.js';
import { bankruptcy } from '../health.js';
import { tickedPrice, type Outcome } from '../liquidation.js';
import { valueAt } from '../leg.js';
import type { Position, Terms } from '../position.js';
import { Ratio } from '../ratio.js';
import { tierValue } from '../venues/ruled-leg.js';

/** A price by another formula in common use, compared with the exact one. */
export interface Rival {
  readonly name: FormulaName | 'entry-bracket' | 'bankruptcy';
  /** Who uses it, and what is wrong with it. */
  readonly meaning: string;
  /** Quote per base; absent if it gives no price. */
  readonly price?: Ratio;
  /** The same on the tick, as an exchange would show it; the error is that of the exact price. */
  readonly shown?: Ratio;
  /** Its price minus the exact one, quote per base; absent if either is missing. */
  readonly error?: Ratio;
  /** The error over the exact price, a fraction. */
  readonly errorRate?: Ratio;
  /**
   * `too optimistic` promises more room than there is: a long's price too low, a short's too high. `past already` is a
   * price that the reference (mark, else entry) is past, though the position is safe there.
   */
  readonly judgement?: 'right' | 'too optimistic' | 'too cautious' | 'past already';
  /** Why it gives no price. */
  readonly reason?: string;
}

const NAMES = Object.keys(formulas) as readonly FormulaName[];
const isFlawed = (name: FormulaName): boolean => formulas[name].flaw !== undefined;
/** The formulas besides the exact one, those with a flaw last. */
const OTHERS = NAMES.filter((name) => name !== 'exact').toSorted((a, b) => Number(isFlawed(a)) - Number(isFlawed(b)));

/** Every rival in order. */
export const RIVAL_NAMES: readonly Rival['name'][] = ['exact', 'entry-bracket', ...OTHERS, 'bankruptcy'];

const ENTRY_BRACKET = 'the bracket of the value at entry instead of the value at liquidation, as in many scripts';
const BANKRUPTCY = 'the price where equity is zero, which some calculators call the liquidation price';

/**
 * The exact price of a position and the prices by other formulas.
 *
 * @returns the exact assessment, and the rivals in the order of `RIVAL_NAMES`.
 */
export function compare(
  terms: Terms,
  table: BracketTable | undefined,
): { readonly exact: Assessment; readonly rivals: readonly Rival[] } {
  const exact = assess(terms, table);
  return { exact, rivals: RIVAL_NAMES.map((name) => rivalOf(name, exact)) };
}

function rivalOf(name: Rival['name'], exact: Assessment): Rival {
  const { position } = exact;
  if (name === 'entry-bracket') {
    return rival(name, ENTRY_BRACKET, formulas.exact.outcome(atEntryBracket(position)), exact);
  }
  return name === 'bankruptcy'
    ? rival(name, BANKRUPTCY, bankruptcy(position), exact)
    : formulaRival(name, formulas[name], exact);
}

/** The position with the one bracket of its value at entry. */
function atEntryBracket(position: Position): Position {
  const { rate, amount } = bracketOf(position.brackets, valueAt(position, position.entry));
  return { ...position, brackets: flatBrackets(rate, amount) };
}

/** The bracket of a position at its entry, before the rule of its venue. */
function entryTier({ rates, table, ratesFromTable, venue, ...leg }: Position): Bracket {
  if (!table || !ratesFromTable) return rates[0] as Bracket;
  const found = bracketOf(rates, tierValue(table, leg, leg.entry));
  return venue.tiers.apply === 'whole' ? { ...found, amount: Ratio.ZERO } : found;
}

function rival(name: Rival['name'], meaning: string, outcome: Outcome, exact: Assessment): Rival {
  const price = outcome.bound?.price;
  if (!price) return { name, meaning, reason: 'the formula gives no positive price' };
  const { tick } = exact.terms;
  const shown = (tick && name !== 'bankruptcy' ? tickedPrice(outcome, exact.reference, tick) : undefined) ?? price;
  if (!exact.price) return { name, meaning, price, shown };
  const error = price.minus(exact.price);
  return {
    name,
    meaning,
    price,
    shown,
    error,
    errorRate: error.over(exact.price),
    judgement: judged(price, exact.price, exact),
  };
}

function judged(
  price: Ratio,
  right: Ratio,
  { position, outcome, reference }: Assessment,
): NonNullable<Rival['judgement']> {
  const isLong = position.side === 'long';
  const order = price.compare(right);
  if (order === 0) return 'right';
  if (outcome.kind === 'at' && (isLong ? !price.isBelow(reference) : !price.isAbove(reference))) return 'past already';
  return order < 0 === isLong ? 'too optimistic' : 'too cautious';
}

/**
 * The price by a formula. A formula that refuses the position is applied to its leverage and its rate at entry alone,
 * which is how it is used.
 */
function formulaRival(name: FormulaName, { meaning, outcome, refuses }: Formula, exact: Assessment): Rival {
  const { position, terms } = exact;
  const contract = position.contract.name;
  if (refuses(terms, contract).length === 0) return rival(name, meaning, outcome(position), exact);
  // Formulas do not depend on the venue, so the rule of another venue is left out. Its tier still counts: tiers may
  // count contracts, or apply to the whole position.
  const { venue, ...anywhere } = terms;
  const { rate, amount } = entryTier(position);
  if (venue !== undefined && refuses(anywhere, contract).length === 0) {
    const rated: Terms = { ...anywhere, mmr: rate, cum: amount };
    return rival(name, meaning, assess(rated, position.table, name).outcome, exact);
  }
  const plain: Terms = { side: terms.side, entry: terms.entry, mmr: rate, ...(terms.lev && { lev: terms.lev }) };
  const refused = refuses(plain, contract);
  if (refused.length === 0) return rival(name, meaning, assess(plain, undefined, name).outcome, exact);
  return { name, meaning, reason: refused.map((each) => problemWords(each)).join('; ') };
}
