import { DEFAULT_VENUE, flatBrackets, lastCap, type Bracket, type BracketTable } from './brackets.js';
import { contracts, type Contract, type ContractName } from './contracts/index.js';
import { fail, LiqcalcError, problem, type Problem } from './errors.js';
import { initialMargin, maintenanceAt, profitAt, valueAt, type Leg, type Side } from './leg.js';
import { Ratio } from './ratio.js';
import { looksCoinMargined } from './settlement.js';
import { venues, type MarginRule, type Venue } from './venues/index.js';
import { feeOfValue, marginRule, ruledLeg, tierValue, venueLeg, type FeeTerms } from './venues/ruled-leg.js';
import type { RuledTerms } from './venues/venue.js';

/** The inputs of one position, exact, by the names of the input fields. Rates are fractions here. */
export interface Terms {
  readonly side: Side;
  /** Entry price, quote per base. */
  readonly entry: Ratio;
  /** Leverage: initial margin is the value at entry over it. */
  readonly lev?: Ratio;
  /** Isolated wallet, margin asset. */
  readonly margin?: Ratio;
  /** Maintenance margin rate, a fraction. */
  readonly mmr?: Ratio;
  /** Maintenance amount that belongs to `mmr`, margin asset. */
  readonly cum?: Ratio;
  /** Size without sign: base units (linear), contracts (inverse). */
  readonly qty?: Ratio;
  /** Size as quote value at entry. */
  readonly notional?: Ratio;
  /** Margin added to the isolated wallet; negative removes margin. */
  readonly addMargin?: Ratio;
  readonly symbol?: string;
  /** The venue whose rule applies: a name of `venues`, `binance` by default. */
  readonly venue?: string;
  readonly contract?: ContractName;
  /** Value of one contract: quote (inverse), base units (linear). */
  readonly multiplier?: Ratio;
  /** Present mark price, quote per base. */
  readonly mark?: Ratio;
  /** Cross wallet, margin asset: cross instead of isolated. */
  readonly wallet?: Ratio;
  /** Maintenance margin of the other cross positions, margin asset. */
  readonly othersMm?: Ratio;
  /** Unrealised profit of the other cross positions, margin asset. */
  readonly othersPnl?: Ratio;
  /** Fee that the venue includes in maintenance, a fraction of value. */
  readonly mmFee?: Ratio;
  /** Liquidation fee, a fraction of the value liquidated. */
  readonly liqFee?: Ratio;
  /** Trading fee, a fraction of value. */
  readonly taker?: Ratio;
  /** Margin ratio of the margin call, a fraction. */
  readonly callRatio?: Ratio;
  /** Tick to which liquidation and margin-call prices are rounded. */
  readonly tick?: Ratio;
}

/** Terms without some of their fields. */
export function without(terms: Terms, ...keys: readonly (keyof Terms)[]): Terms {
  const dropped: readonly string[] = keys;
  return Object.fromEntries(Object.entries(terms).filter(([key]) => !dropped.includes(key))) as unknown as Terms;
}

/** The collateral of a position, in the margin asset. */
export type Collateral =
  | { readonly kind: 'isolated'; readonly wallet: Ratio }
  | { readonly kind: 'cross'; readonly wallet: Ratio; readonly othersPnl: Ratio; readonly othersMm: Ratio };

/** One complete position: everything that its liquidation depends on. */
export interface Position extends Leg {
  /** The venue whose rule applies. */
  readonly venue: Venue;
  /** The rule of the venue for the margin mode of the position. */
  readonly rule: MarginRule;
  readonly collateral: Collateral;
  /** The other leg of the symbol in hedge mode, if it shares the collateral. */
  readonly partner?: Leg | undefined;
  readonly lev?: Ratio | undefined;
  readonly mark?: Ratio | undefined;
  /** Margin ratio of the margin call, a fraction. */
  readonly callRatio: Ratio;
  /** Liquidation fee, a fraction of value. */
  readonly liqFee?: Ratio | undefined;
  /** The brackets of the table, or the one bracket of the given rate, before the venue's rule changes them. */
  readonly rates: readonly Bracket[];
  /** The table of the symbol, if there is one. */
  readonly table?: BracketTable | undefined;
  /** Whether rate and amount come from the table (else from the input). */
  readonly ratesFromTable: boolean;
  /** Whether no size was given: amounts are for a size of one. */
  readonly perUnit: boolean;
}

/** The default margin ratio of the margin call: 80 %. */
export const DEFAULT_CALL_RATIO = Ratio.from('0.8');

/** The price that distances and present amounts refer to: the mark, else the entry. */
export function referencePrice({ mark, entry }: Pick<Position, 'mark' | 'entry'>): Ratio {
  return mark ?? entry;
}

/** Equity without this position's own profit: the part that the collateral contributes. */
export function collateralEquity(collateral: Collateral): Ratio {
  return collateral.kind === 'isolated' ? collateral.wallet : collateral.wallet.plus(collateral.othersPnl);
}

/** Maintenance of the other positions that share the collateral. */
export function othersMaintenance(collateral: Collateral): Ratio {
  return collateral.kind === 'isolated' ? Ratio.ZERO : collateral.othersMm;
}

/** The collateral counted for the position: isolated wallet, or `wallet + othersPnl - othersMm`. */
export function walletMargin({ collateral }: Pick<Position, 'collateral'>): Ratio {
  return collateralEquity(collateral).minus(othersMaintenance(collateral));
}

/**
 * Equity behind the position at a price: its collateral (in cross with the other symbols' profit), its profit, and that
 * of its partner.
 */
export function equityAt(position: Position, price: Ratio): Ratio {
  const { collateral, partner } = position;
  const alone = collateralEquity(collateral).plus(profitAt(position, price));
  return partner ? alone.plus(profitAt(partner, price)) : alone;
}

/**
 * All maintenance that the collateral must cover at a price: the position's own, its partner's, and in cross that of
 * the other symbols.
 */
export function totalMaintenanceAt(position: Position, price: Ratio): Ratio {
  const { collateral, partner } = position;
  const alone = othersMaintenance(collateral).plus(maintenanceAt(position, price));
  return partner ? alone.plus(maintenanceAt(partner, price)) : alone;
}

/**
 * The amount by which equity is below the maintenance margin at a price, margin asset. With this much more collateral,
 * the position is liquidated exactly there. Negative if equity is above it.
 */
export function missingAt(position: Position, price: Ratio): Ratio {
  return totalMaintenanceAt(position, price).minus(equityAt(position, price));
}

/**
 * The position that terms describe, with rates from them or from a bracket table.
 *
 * @param terms - complete by `requirementProblems`.
 * @param table - the bracket table of `terms.symbol`, if there is one.
 * @throws {LiqcalcError} `UNKNOWN_SYMBOL`, `NOTIONAL_OUTSIDE_BRACKETS`, or `INVALID_INPUT` for inputs that contradict
 * the table, a wallet that is not positive, margin that cannot be removed, rates of 100 % and more.
 */
export function positionFrom(terms: Terms, table?: BracketTable): Position {
  const ruled = ruledFrom(terms, table);
  return positionOf(ruled, { terms, table, collateral: collateralOf(terms, ruled) });
}

/**
 * The contract of a symbol: its table's, else the one given, else linear.
 *
 * @throws {LiqcalcError} `INVALID_INPUT` for a symbol that looks coin-margined if neither gives the contract, or the
 * value of one: 1 is a default for positions without a symbol.
 */
export function contractOf(
  { contract, symbol, multiplier, venue = DEFAULT_VENUE }: Pick<Terms, 'contract' | 'symbol' | 'multiplier' | 'venue'>,
  table?: BracketTable,
): Contract {
  const known = table?.contract ?? contract;
  const isSettled = table !== undefined || known === 'linear' || (known && multiplier);
  if (symbol !== undefined && !isSettled && looksCoinMargined(symbol)) {
    const usual = venues[venue]?.contractUsd?.(symbol);
    fail('LOOKS_COIN_MARGINED', 'symbol', { symbol, venue, multiplier: usual, ...(known && { isInverse: true }) });
  }
  return contracts[known ?? 'linear'];
}

/** The size of a quantity of one on the axis of a contract: the value of one contract, in base units or quote. */
export function unitSize(contract: Contract, { multiplier }: Pick<Terms, 'multiplier'>, table?: BracketTable): Ratio {
  return contract.sizeOf(Ratio.ONE, table?.multiplier ?? multiplier ?? Ratio.ONE);
}

/** The quantity of a position as `qty` counts it: base units, or contracts. */
export function quantityOf({ position, terms }: { readonly position: Position; readonly terms: Terms }): Ratio {
  return position.size.over(unitSize(position.contract, terms, position.table));
}

/**
 * The leg that terms describe, without its collateral.
 *
 * @param partner - the other leg of a hedge, which some venues count with it.
 * @throws {LiqcalcError} as `positionFrom`, except for problems of the wallet.
 */
export function legFrom(
  terms: Terms,
  table?: BracketTable,
  partner?: { readonly terms: Terms; readonly table?: BracketTable },
): Leg {
  return ruledFrom(terms, table, partner).leg;
}

/** A leg, and the rule of its venue. */
export interface Ruled {
  readonly venue: Venue;
  readonly rule: MarginRule;
  /** The brackets before the venue's rule changes them. */
  readonly rates: readonly Bracket[];
  readonly leg: Leg;
}

/** Terms under the rule of their venue. */
export interface RuledInputs extends Ruled {
  readonly inputs: RuledTerms;
}

/**
 * Terms under the rule of their venue, with the parameters and errors of `legFrom`.
 *
 * @param besides - contracts of other positions that count for its tier.
 */
export function ruledFrom(
  terms: Terms,
  table?: BracketTable,
  partner?: Parameters<typeof legFrom>[2],
  besides?: Ratio,
): RuledInputs {
  const contradictions = table ? contradictionsWith(table, terms) : [];
  if (contradictions.length > 0) throw new LiqcalcError(contradictions);
  const { venue, rule } = ruleOf(terms);
  const alone = ruledTerms(terms, table);
  const inputs = besides ? { ...alone, leg: { ...alone.leg, besides } } : alone;
  const { name } = inputs.leg.contract;
  if (venue.contracts && !venue.contracts.some((each) => each === name)) {
    fail('VENUE_REFUSES', 'contract', { venue: venue.name, why: `its contracts are ${venue.contracts.join(' and ')}` });
  }
  const hedged = partner && venue.hedge?.(inputs, ruledTerms(partner.terms, partner.table));
  const leg = ruledLeg(venue, rule, hedged ?? inputs);
  checkRates(inputs.brackets, feeOfValue(rule, inputs));
  if (table && !terms.mmr) checkNotional(leg, table);
  return { venue, rule, rates: inputs.brackets, leg, inputs };
}

/**
 * The venue of terms and its rule in their margin mode.
 *
 * @throws {LiqcalcError} `VENUE_REFUSES` for a mode whose prices cannot be computed.
 */
export function ruleOf({ venue = DEFAULT_VENUE, wallet }: Pick<Terms, 'venue' | 'wallet'>): {
  readonly venue: Venue;
  readonly rule: MarginRule;
} {
  const found = venues[venue] as Venue;
  return { venue: found, rule: marginRule(found, wallet ? 'cross' : 'isolated') };
}

/** The inputs of a venue's rule. */
function ruledTerms(terms: Terms, table: BracketTable | undefined): RuledTerms {
  const contract = contractOf(terms, table);
  const multiplier = table?.multiplier ?? terms.multiplier ?? Ratio.ONE;
  const { side, entry, notional, lev, mark, mmFee, taker, liqFee } = terms;
  const quantity = terms.qty ?? (notional ? contract.quantityOf(notional, entry, multiplier) : Ratio.ONE);
  return {
    leg: { side, contract, size: contract.sizeOf(quantity, multiplier), entry },
    brackets: scheduleOf(terms, table),
    contractValue: multiplier,
    lev,
    mark,
    mmFee,
    taker,
    liqFee,
  };
}

/** Ruled terms with their collateral and the rest of the terms. */
export function positionOf(
  { venue, rule, rates, leg }: Ruled,
  of: { readonly terms: Terms; readonly table?: BracketTable | undefined; readonly collateral: Collateral },
): Position {
  const { terms, table, collateral } = of;
  const { side, contract, size, entry, brackets, fee, charged, besides, fixed } = leg;
  return {
    side,
    contract,
    size,
    entry,
    brackets,
    fee,
    charged,
    besides,
    fixed,
    venue,
    rule,
    rates,
    collateral,
    lev: terms.lev,
    mark: terms.mark,
    callRatio: terms.callRatio ?? DEFAULT_CALL_RATIO,
    liqFee: terms.liqFee,
    table,
    ratesFromTable: !terms.mmr,
    perUnit: !terms.qty && !terms.notional,
  };
}

function scheduleOf(terms: Terms, table: BracketTable | undefined): readonly Bracket[] {
  if (terms.mmr) return flatBrackets(terms.mmr, terms.cum ?? Ratio.ZERO);
  if (table) return table.brackets;
  return fail('UNKNOWN_SYMBOL', 'symbol', { symbol: terms.symbol ?? '', known: [] });
}

function contradictionsWith(table: BracketTable, terms: Terms): Problem[] {
  const { symbol } = table;
  const problems: Problem[] = [];
  if (terms.contract && terms.contract !== table.contract) {
    problems.push(problem('CONTRADICTS_SYMBOL', 'contract', { symbol, value: terms.contract, table: table.contract }));
  }
  if (terms.multiplier && terms.multiplier.compare(table.multiplier) !== 0) {
    const [value, known] = [terms.multiplier.toText(30), table.multiplier.toText(30)];
    problems.push(problem('CONTRADICTS_SYMBOL', 'multiplier', { symbol, value, table: known }));
  }
  return problems;
}

function checkRates(brackets: readonly Bracket[], fee: Ratio): void {
  const found = ratesProblem((brackets.at(-1) as Bracket).rate, fee);
  if (found) throw new LiqcalcError([found]);
}

/** The problem of a maintenance rate and a fee whose sum is 100 % or more; both are fractions. */
export function ratesProblem(rate: Ratio, fee: Ratio): Problem | undefined {
  const total = rate.plus(fee);
  if (total.isBelow(Ratio.ONE)) return undefined;
  return problem('RATES_TOO_HIGH', fee.sign() > 0 ? 'mmFee' : 'mmr', { total: total.percent().toText(4) });
}

function checkNotional(leg: Leg, table: BracketTable): void {
  const value = tierValue(table, leg, leg.entry);
  const cap = lastCap(table.brackets);
  if (!cap || !value.isAbove(cap)) return;
  const { symbol } = table;
  fail('NOTIONAL_OUTSIDE_BRACKETS', 'qty', { symbol, notional: value.toText(8), cap: cap.toText(8) });
}

/** Why no leverage can be solved for in isolated margin: maintenance depends on it; `undefined` if one can. */
export function fixedNeedsLeverage(terms: Pick<Terms, 'venue' | 'wallet' | 'mmFee'>): string | undefined {
  const { venue, rule } = ruleOf(terms);
  return rule.fixed && !terms.mmFee
    ? `${venue.name} counts the leverage in its maintenance, so the leverage must be given`
    : undefined;
}

function collateralOf(terms: Terms, { venue, rule, inputs, leg }: RuledInputs): Collateral {
  if (terms.wallet) {
    const [othersPnl, othersMm] = [terms.othersPnl ?? Ratio.ZERO, terms.othersMm ?? Ratio.ZERO];
    if (rule.alone !== undefined && (othersPnl.sign() !== 0 || othersMm.sign() !== 0)) {
      fail('VENUE_REFUSES', othersMm.sign() === 0 ? 'othersPnl' : 'othersMm', { venue: venue.name, why: rule.alone });
    }
    return { kind: 'cross', wallet: terms.wallet, othersPnl, othersMm };
  }
  const initial = terms.lev ? initialMargin(leg, terms.lev) : Ratio.ZERO;
  const before = terms.margin ?? initial;
  const wallet = terms.addMargin ? before.plus(countedMargin(terms.addMargin, rule, inputs)) : before;
  if (terms.addMargin) checkRemoval(terms, terms.addMargin, before, leg);
  if (wallet.sign() <= 0)
    fail('WALLET_NOT_POSITIVE', terms.margin ? 'margin' : 'addMargin', { wallet: wallet.toText(8) });
  return { kind: 'isolated', wallet };
}

/**
 * What the initial margin of a quantity of one contains besides `value / lev` in isolated margin, margin asset: zero at
 * most venues.
 */
export function initialFee(terms: Terms, table?: BracketTable): Ratio {
  const { rule } = ruleOf(terms);
  if (!rule.initialFee) return Ratio.ZERO;
  const unit = ruledTerms({ ...terms, qty: Ratio.ONE, mmr: Ratio.ZERO }, table);
  return rule.initialFee(venueLeg(rule, unit)) ?? Ratio.ZERO;
}

/** The amount that added margin counts for under the rule of its venue. */
export function countedMargin(added: Ratio, rule: MarginRule, inputs: FeeTerms): Ratio {
  return rule.addedMargin ? rule.addedMargin(added, venueLeg(rule, inputs)) : added;
}

/** Suggested amounts are rounded down to this, so that the suggested value is accepted. */
const SHOWN_STEP = Ratio.from('1e-8');

function checkRemoval(terms: Terms, change: Ratio, wallet: Ratio, leg: Leg): void {
  const price = terms.mark ?? terms.entry;
  const most = removable({ leg, wallet, price, lev: terms.lev });
  if (!change.negated().isAbove(most)) return;
  fail('NOT_REMOVABLE', 'addMargin', { value: change.toText(30), most: most.floorTo(SHOWN_STEP).toText(8) });
}

/**
 * The most margin that can be taken out of an isolated wallet, margin asset; never negative.
 *
 * `min(wallet - maintenance, wallet + profit - value / lev)`, all at the price; without a leverage the maintenance
 * replaces `value / lev`.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures (Modify isolated position margin)
 */
export function removable(of: { leg: Leg; wallet: Ratio; price: Ratio; lev: Ratio | undefined }): Ratio {
  const { leg, wallet, price, lev } = of;
  const aboveMaintenance = wallet.minus(maintenanceAt(leg, price));
  const needed = lev ? valueAt(leg, price).over(lev) : maintenanceAt(leg, price);
  const aboveInitial = wallet.plus(profitAt(leg, price)).minus(needed);
  return aboveMaintenance.min(aboveInitial).max(Ratio.ZERO);
}
