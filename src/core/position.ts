import { bracketOf, flatBrackets, lastCap, type Bracket, type BracketTable } from './brackets.js';
import { contracts, type Contract, type ContractName } from './contracts/index.js';
import { fail, LiqcalcError, problem, type Problem } from './errors.js';
import { Ratio } from './ratio.js';
import { looksCoinMargined } from './settlement.js';

/** The direction of a position: a `long` earns when the price rises. */
export type Side = 'long' | 'short';

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
  readonly contract?: ContractName;
  /** Quote value of one inverse contract. */
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

/** What backs a position, in the margin asset. */
export type Collateral =
  | { readonly kind: 'isolated'; readonly wallet: Ratio }
  | { readonly kind: 'cross'; readonly wallet: Ratio; readonly othersPnl: Ratio; readonly othersMm: Ratio };

/** What the solver needs of a position: a line of profit, and a schedule of maintenance. */
export interface Leg {
  readonly side: Side;
  readonly contract: Contract;
  /** Size on the contract's axis, > 0: base units (linear), quote value of all contracts (inverse). */
  readonly size: Ratio;
  /** Entry price, quote per base. */
  readonly entry: Ratio;
  readonly brackets: readonly Bracket[];
  /** Fee included in maintenance, a fraction of value. */
  readonly fee: Ratio;
}

/** One complete position: everything that its liquidation depends on. */
export interface Position extends Leg {
  readonly collateral: Collateral;
  /** The other leg of the symbol in hedge mode, if it shares the collateral. */
  readonly partner?: Leg | undefined;
  readonly lev?: Ratio | undefined;
  readonly mark?: Ratio | undefined;
  /** Margin ratio of the margin call, a fraction. */
  readonly callRatio: Ratio;
  /** Liquidation fee, a fraction of value. */
  readonly liqFee?: Ratio | undefined;
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

/** The value of a leg at a price, in the margin asset. */
export function valueAt(leg: Pick<Leg, 'contract' | 'size'>, price: Ratio): Ratio {
  return leg.size.times(leg.contract.coordinate(price));
}

/** Profit of a leg at a price, margin asset; losses are negative. */
export function profitAt(leg: Leg, price: Ratio): Ratio {
  const { coordinate } = leg.contract;
  const gain = leg.size.times(coordinate(price).minus(coordinate(leg.entry)));
  return axisSign(leg) === 1 ? gain : gain.negated();
}

/** Maintenance margin of a leg at a price, margin asset, by the bracket of its value there. */
export function maintenanceAt(leg: Leg, price: Ratio): Ratio {
  const value = valueAt(leg, price);
  const { rate, amount } = bracketOf(leg.brackets, value);
  return rate.plus(leg.fee).times(value).minus(amount);
}

/** +1 if the leg earns along its contract's axis, -1 if it loses. */
export function axisSign({ side, contract }: Pick<Leg, 'side' | 'contract'>): 1 | -1 {
  return (side === 'long') === (contract.longSlope === 1) ? 1 : -1;
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

/** What every position needs: one of each of these groups of fields. */
export const NEEDED: readonly { readonly what: string; readonly oneOf: readonly (keyof Terms)[] }[] = [
  { what: 'side', oneOf: ['side'] },
  { what: 'entry price', oneOf: ['entry'] },
  { what: 'what backs the position', oneOf: ['lev', 'margin', 'wallet'] },
  { what: 'maintenance rate', oneOf: ['mmr', 'symbol'] },
];

/** The fields that give a size. Each field in `SIZED` needs one of them: the result then depends on the size. */
export const SIZES = ['qty', 'notional'] as const satisfies readonly (keyof Terms)[];
export const SIZED = ['margin', 'cum', 'addMargin', 'wallet', 'symbol'] as const satisfies readonly (keyof Terms)[];

/** Two fields of a position, and why they exclude each other or the first needs the other. */
interface Pair {
  readonly field: keyof Terms;
  readonly other: keyof Terms;
  readonly why: string;
}

/** Fields that exclude each other. */
export const CONFLICTS: readonly Pair[] = [
  { field: 'notional', other: 'qty', why: 'both give the size' },
  { field: 'margin', other: 'wallet', why: 'margin is isolated, wallet is cross' },
  { field: 'addMargin', other: 'wallet', why: 'margin is added to isolated positions only' },
];

/** Fields that need another. */
export const NEEDS: readonly Pair[] = [
  { field: 'othersMm', other: 'wallet', why: 'other positions count in cross margin only' },
  { field: 'othersPnl', other: 'wallet', why: 'other positions count in cross margin only' },
  { field: 'cum', other: 'mmr', why: 'the amount belongs to that rate' },
];

/**
 * All missing and conflicting fields of a position, each with what to give.
 *
 * @param given - the fields that are present, valid or not.
 */
export function requirementProblems(given: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  const has = (field: string): boolean => given.has(field);
  for (const { what, oneOf } of NEEDED) {
    if (!oneOf.some(has)) problems.push(problem('MISSING', '', { what, give: oneOf }));
  }
  const needing = SIZED.find((field) => has(field) && (field !== 'symbol' || !has('mmr')));
  if (needing !== undefined && !SIZES.some(has)) {
    const because = `the answer depends on it with ${needing}`;
    problems.push(problem('MISSING', '', { what: 'size', give: SIZES, because }));
  }
  for (const { field, other, why } of CONFLICTS) {
    if (has(field) && has(other)) problems.push(problem('CONFLICT', field, { with: other, why }));
  }
  for (const { field, other, why } of NEEDS) {
    if (has(field) && !has(other)) problems.push(problem('NEEDS', field, { other, why }));
  }
  return problems;
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
  const leg = legFrom(terms, table);
  return positionOf(leg, { terms, table, collateral: collateralOf(terms, leg) });
}

/** The value of an inverse contract that a message suggests: usually 100 USD of bitcoin, 10 USD of other coins. */
const usualMultiplier = (symbol: string): string => (/^(?:[PF]I_)?(?:BTC|XBT)/i.test(symbol.trim()) ? '100' : '10');

/**
 * The contract of a symbol: its table's, else the one given, else linear.
 *
 * @throws {LiqcalcError} `INVALID_INPUT` for a symbol that looks coin-margined if neither gives the contract.
 */
export function contractOf({ contract, symbol }: Pick<Terms, 'contract' | 'symbol'>, table?: BracketTable): Contract {
  const known = table?.contract ?? contract;
  if (known) return contracts[known];
  if (symbol !== undefined && looksCoinMargined(symbol)) {
    fail('LOOKS_COIN_MARGINED', 'symbol', { symbol, multiplier: usualMultiplier(symbol) });
  }
  return contracts.linear;
}

/** The size of a quantity of one on the axis of a contract: one, or the quote value of a contract. */
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
 * @throws {LiqcalcError} as `positionFrom`, except for problems of the wallet.
 */
export function legFrom(terms: Terms, table?: BracketTable): Leg {
  const contradictions = table ? contradictionsWith(table, terms) : multiplierProblems(terms);
  if (contradictions.length > 0) throw new LiqcalcError(contradictions);
  const contract = contractOf(terms, table);
  const multiplier = table?.multiplier ?? terms.multiplier ?? Ratio.ONE;
  const quantity =
    terms.qty ?? (terms.notional ? contract.quantityOf(terms.notional, terms.entry, multiplier) : Ratio.ONE);
  const leg: Leg = {
    side: terms.side,
    contract,
    size: contract.sizeOf(quantity, multiplier),
    entry: terms.entry,
    brackets: scheduleOf(terms, table),
    fee: terms.mmFee ?? Ratio.ZERO,
  };
  checkRates(leg);
  if (table) checkNotional(leg, table);
  return leg;
}

/** A leg with its collateral and the rest of its terms. */
export function positionOf(
  { side, contract, size, entry, brackets, fee }: Leg,
  of: { readonly terms: Terms; readonly table?: BracketTable | undefined; readonly collateral: Collateral },
): Position {
  const { terms, table, collateral } = of;
  return {
    side,
    contract,
    size,
    entry,
    brackets,
    fee,
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

function multiplierProblems({ contract, multiplier }: Terms): Problem[] {
  const isCounted = (name: ContractName): boolean => contracts[name].sizeUnit === 'contracts';
  if (!multiplier || multiplier.compare(Ratio.ONE) === 0 || isCounted(contract ?? 'linear')) return [];
  const counted = (Object.keys(contracts) as ContractName[]).filter(isCounted);
  const why = `only ${counted.join(' and ')} contracts have a multiplier other than 1`;
  return [problem('NEEDS', 'multiplier', { other: 'contract', why })];
}

function checkRates({ brackets, fee }: Leg): void {
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
  const value = valueAt(leg, leg.entry);
  const cap = lastCap(leg.brackets);
  if (!cap || !value.isAbove(cap)) return;
  const { symbol } = table;
  fail('NOTIONAL_OUTSIDE_BRACKETS', 'qty', { symbol, notional: value.toText(8), cap: cap.toText(8) });
}

function collateralOf(terms: Terms, leg: Leg): Collateral {
  if (terms.wallet) {
    const [othersPnl, othersMm] = [terms.othersPnl ?? Ratio.ZERO, terms.othersMm ?? Ratio.ZERO];
    return { kind: 'cross', wallet: terms.wallet, othersPnl, othersMm };
  }
  const initial = terms.lev ? initialMargin(leg, terms.lev) : Ratio.ZERO;
  const before = terms.margin ?? initial;
  const wallet = terms.addMargin ? before.plus(terms.addMargin) : before;
  if (terms.addMargin) checkRemoval(terms, terms.addMargin, before, leg);
  if (wallet.sign() <= 0)
    fail('WALLET_NOT_POSITIVE', terms.margin ? 'margin' : 'addMargin', { wallet: wallet.toText(8) });
  return { kind: 'isolated', wallet };
}

/** Suggested amounts are rounded down to this, so that the suggested value is accepted. */
const SHOWN_STEP = Ratio.from('1e-8');

function checkRemoval(terms: Terms, change: Ratio, wallet: Ratio, leg: Leg): void {
  const price = terms.mark ?? terms.entry;
  const most = removable({ leg, wallet, price, lev: terms.lev });
  if (!change.negated().isAbove(most)) return;
  fail('NOT_REMOVABLE', 'addMargin', { value: change.toText(30), most: most.floorTo(SHOWN_STEP).toText(8) });
}

/** Initial margin at a leverage: the value at entry over the leverage, margin asset. */
export function initialMargin(leg: Leg, lev: Ratio): Ratio {
  return valueAt(leg, leg.entry).over(lev);
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
