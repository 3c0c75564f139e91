import {
  bracketIndex,
  bracketOf,
  DEFAULT_VENUE,
  lastCap,
  type Bracket,
  type BracketTable,
  type Confidence,
} from './brackets.js';
import { LiqcalcError } from './errors.js';
import { formulas, type Formula, type FormulaName } from './formulas/index.js';
import type { Outcome } from './liquidation.js';
import { listed } from './names.js';
import { contractOf, positionFrom, referencePrice, type Position, type Terms } from './position.js';
import { Ratio } from './ratio.js';
import { importOf } from './venues/index.js';
import { assumedFee, tierValue } from './venues/ruled-leg.js';
import {
  farFromEntryWords,
  groupOrPointWords,
  lowRateWords,
  slipsOf,
  type FarFromEntry,
  type GroupOrPoint,
  type LowRate,
  type Slip,
} from './slips.js';

/** A position and its liquidation: every result is computed from it. */
export interface Assessment {
  readonly terms: Terms;
  readonly position: Position;
  readonly formula: Formula;
  readonly outcome: Outcome;
  /** Mark, else entry. */
  readonly reference: Ratio;
  /** The liquidation price, quote per base, exact; `undefined` if no price liquidates it, or every price does. */
  readonly price?: Ratio | undefined;
  /** Warnings about where the terms come from. */
  readonly notes?: readonly Warning[];
  /** Whether it is one of the positions of an account: messages then name its keys, because it has no flags. */
  readonly isOfAccount?: true;
}

/**
 * The position that terms describe and where it is liquidated.
 *
 * @param terms - complete by `requirementProblems`.
 * @param table - the bracket table of the symbol, if there is one.
 * @param formulaName - `exact` by default.
 * @throws {LiqcalcError} as `positionFrom`, and `INVALID_INPUT` for terms that the formula refuses.
 */
export function assess(terms: Terms, table?: BracketTable, formulaName: FormulaName = 'exact'): Assessment {
  const formula: Formula = formulas[formulaName];
  const contract = contractOf(terms, table);
  const refused = formula.refuses(terms, contract.name);
  if (refused.length > 0) throw new LiqcalcError(refused);
  const position = positionFrom(terms, table);
  const outcome = formula.outcome(position);
  return { terms, position, formula, outcome, reference: referencePrice(position), price: outcome.bound?.price };
}

/** Why there is no liquidation price, in words; `undefined` if there is one. */
export function reasonWithoutPrice({ outcome, formula, price }: Assessment): string | undefined {
  if (price) return undefined;
  return outcome.kind === 'never' ? formula.neverBecause : 'equity is at or below maintenance at every positive price';
}

/**
 * The bracket in force at the liquidation price, and its number from 1 if it comes from a table. Where one tier applies
 * to the whole position, or maintenance is held, it is the same at every price.
 */
export function bracketInForce({ position, price }: Assessment): { bracket: Bracket; number?: number } | undefined {
  const { table, venue, rule, rates, ratesFromTable, entry } = position;
  if (!ratesFromTable || !table) return { bracket: rates[0] as Bracket };
  if (!price) return undefined;
  const reference = referencePrice(position);
  const isWhole = venue.tiers.apply === 'whole';
  const valued = { price: isWhole ? reference : price, entry, mark: reference }[rule.valued];
  const index = bracketIndex(rates, tierValue(table, position, valued));
  const bracket = rates[index] as Bracket;
  return { bracket: isWhole ? { ...bracket, amount: Ratio.ZERO } : bracket, number: index + 1 };
}

/** What the rate of a venue's record is derived from. */
export type RateBasis = 'rate' | 'maintenance' | 'entry' | 'closing' | 'prices' | 'dated';

const BASIS_WORDS: Readonly<Record<RateBasis, string>> = {
  rate: 'is taken from its record',
  maintenance: 'is the maintenance in its record divided by the value at the mark',
  entry: 'is the maintenance in its record divided by the value at the entry',
  closing: 'is the maintenance in its record without the fee to close, divided by the value',
  prices: 'is derived from the liquidation price and the bankruptcy price in its record',
  dated: 'is the one that all markets had at that time',
};

/** The figures of a response that a missing wallet is calculated from. */
export type WalletBasis = 'marginRatio' | 'accountValue' | 'bankruptcyPrice';

const WALLET_WORDS: Readonly<Record<WalletBasis, string>> = {
  marginRatio: 'the margin ratio and the maintenance margin',
  accountValue: 'the account value',
  bankruptcyPrice: 'the bankruptcy prices',
};

const FEE_WORDS = { taker: 'taker fee', liqFee: 'liquidation fee' } as const;

/** The details of each kind of warning. */
interface WarningDetails {
  ARTICLE_FORMULA: { flaw: string };
  LOW_RATE: LowRate;
  FAR_FROM_ENTRY: FarFromEntry;
  GROUP_OR_POINT: GroupOrPoint;
  NO_BRACKETS: { symbol: string; lacks: string };
  LEVERAGE_ABOVE_BRACKET: { lev: string; maximum: string; symbol: string };
  HIGH_LEVERAGE: { lev: string; usual: string };
  ABOVE_LAST_BRACKET: { symbol: string; cap: string };
  UNVERIFIED_BRACKETS: { symbol: string; asOf: string; source: string };
  STALE_BRACKETS: { symbol: string; asOf: string; command: string; how?: string | undefined };
  AMOUNTS_REBUILT: { symbol: string };
  AMOUNTS_REPAIRED: { symbol: string };
  ALLOCATION_ABOVE_BAND: { percent: string; highest: string };
  FEES_NOT_COUNTED: { percent: string; amount: string };
  SIZE_CUT: { qty: string; lev: string; cost: string; equity: string };
  CALLBACK_OUT_OF_RANGE: { percent: string; sent: string };
  VENUE_UNKNOWN: { symbol: string };
  MARK_ASSUMED: { symbol: string; mark: string };
  MODE_ASSUMED: { symbol: string };
  COLLATERAL_HELD: object;
  OWN_RATES: { symbol: string; venue: string; basis: RateBasis };
  FEE_ASSUMED: { symbol: string; venue: string; percent: string };
  MAINTENANCE_DIFFERS: { symbol: string; reported: string; ours: string; taken: 'ours' | 'reported' };
  WALLET_INFERRED: { wallet: string; basis: WalletBasis };
  WALLET_DIFFERS: { given: string; inferred: string; basis: WalletBasis };
  STOP_BEYOND_LIQUIDATION: { stop: string; liquidation: string };
  VENUE_FEE_ASSUMED: { venue: string; percent: string; fee: string; isOfAccount?: true };
  VENUE_UNPROVEN: { venue: string; from: string; confidence: Confidence; doubt: string };
  TIER_AT_MARK: { symbol: string; venue: string };
  ORDER_COST_UNKNOWN: { venue: string; assumed?: string };
  POOL_INCOMPLETE: { symbols: readonly string[] };
  /** Without `most`, it is unknown. */
  WITHDRAWAL_LIMIT: { amount: string; most?: string };
}

/** Something to know before trusting a result. */
export type Warning = {
  [C in keyof WarningDetails]: { readonly code: C; readonly details: WarningDetails[C] };
}[keyof WarningDetails];

/** Bracket tables older than this many days are warned about. */
export const STALE_AFTER_DAYS = 180;

/** What a command does that fetches the table of an old one itself. */
export const RENEWAL = 'import newer ones';

const WARNING_WORDS: { [C in keyof WarningDetails]: (details: WarningDetails[C]) => string } = {
  ARTICLE_FORMULA: ({ flaw }) => flaw,
  LOW_RATE: lowRateWords,
  FAR_FROM_ENTRY: farFromEntryWords,
  GROUP_OR_POINT: groupOrPointWords,
  NO_BRACKETS: ({ symbol, lacks }) => `there is no bracket table for ${symbol}: ${lacks}`,
  LEVERAGE_ABOVE_BRACKET: ({ lev, maximum, symbol }) =>
    `leverage ${lev}x is above ${maximum}x, the maximum of ${symbol} at this size`,
  HIGH_LEVERAGE: ({ lev, usual }) => `leverage ${lev}x is above ${usual}x, the most that exchanges usually allow`,
  ABOVE_LAST_BRACKET: ({ symbol, cap }) =>
    `the value of the position exceeds the last bracket of ${symbol} (${cap}) before liquidation; the last bracket was extended`,
  UNVERIFIED_BRACKETS: ({ symbol, asOf, source }) => `the brackets of ${symbol} (${asOf}) are unverified: ${source}`,
  STALE_BRACKETS: ({ symbol, asOf, command, how = RENEWAL }) =>
    `the brackets of ${symbol} are dated ${asOf}, more than ${STALE_AFTER_DAYS} days old; ${how}: ${command}`,
  AMOUNTS_REBUILT: ({ symbol }) =>
    `the brackets of ${symbol} have no maintenance amounts; liqcalc computed them so that the maintenance margin does not jump between brackets`,
  AMOUNTS_REPAIRED: ({ symbol }) =>
    `maintenance amounts of ${symbol} were wrong by less than a millionth; liqcalc corrected them so that the maintenance margin does not jump between brackets`,
  ALLOCATION_ABOVE_BAND: ({ percent, highest }) =>
    `the margin is ${percent} % of equity; one trade should have at most ${highest} %`,
  FEES_NOT_COUNTED: ({ percent, amount }) =>
    `trading fees are not included: ${percent} % at entry and exit would add ${amount} to the loss at the stop; give --taker`,
  SIZE_CUT: ({ qty, lev, cost, equity }) =>
    `a size of ${qty} needs ${cost} at ${lev}x (initial margin, and the opening fee if there is one), more than the equity of ${equity}; it was reduced to the largest size that the equity allows`,
  CALLBACK_OUT_OF_RANGE: ({ percent, sent }) =>
    `a callback rate of ${percent} % is outside the range of 0.1 to 10 % that the exchange accepts; the nearest is ${sent} %`,
  VENUE_UNKNOWN: ({ symbol }) =>
    `the venue of ${symbol} is unknown: no bracket table is used, and a margin missing from the record is calculated as collateral minus PnL; give --venue`,
  COLLATERAL_HELD: () =>
    'the account has several collateral assets; their value in USD is assumed to stay as it is now (confidence C); compare with the exchange: --reconcile',
  MARK_ASSUMED: ({ symbol, mark }) =>
    `no mark price was given for ${symbol}: the entry ${mark} is used as its mark; give mark=PRICE`,
  MODE_ASSUMED: ({ symbol }) =>
    `the record of ${symbol} has no margin mode, so cross is assumed; if it is isolated, add "marginMode": "isolated" and its "collateral"`,
  OWN_RATES: ({ symbol, venue, basis }) =>
    `the rate of ${symbol} (${venue}) ${BASIS_WORDS[basis]}; other tiers that the price may reach are not counted`,
  FEE_ASSUMED: ({ symbol, venue, percent }) =>
    `the record of ${symbol} does not show the fee in its maintenance; the usual fee of ${venue}, ${percent} %, is assumed`,
  MAINTENANCE_DIFFERS: ({ symbol, reported, ours, taken }) =>
    `maintenance of ${symbol} at the mark: the exchange reports ${reported}, the rates here give ${ours}; the price uses ${taken === 'ours' ? 'the rates here' : "the exchange's value"}`,
  VENUE_FEE_ASSUMED: ({ venue, percent, fee, isOfAccount }) => {
    const [key, flag] = fee === FEE_WORDS.taker ? ['taker', '--taker'] : ['liqFee', '--liq-fee'];
    const give = isOfAccount ? `${key}=${percent} in --pos, or the key ${key}` : flag;
    return `the fee in the maintenance margin is assumed to be ${percent} %, the usual ${fee} of ${venue}; give ${give}`;
  },
  VENUE_UNPROVEN: ({ venue, from, confidence, doubt }) =>
    `the rule of ${venue} has confidence ${confidence}: ${doubt}; compare with a response of the exchange and report the output: liqcalc account --from ${from} --reconcile FILE`,
  TIER_AT_MARK: ({ symbol, venue }) =>
    `the tier of ${symbol} at the present price was used, but the liquidation price lies in another tier, for which ${venue} has another rate`,
  ORDER_COST_UNKNOWN: ({ venue, assumed }) =>
    `${venue} may require more for an order than the initial margin and the fees; this amount is unknown and not counted${assumed === undefined ? '' : `; the fee to close is assumed to be ${assumed} %: give --taker`}`,
  POOL_INCOMPLETE: ({ symbols }) =>
    `at best: the true liquidation price is nearer, because the maintenance margin of ${listed(symbols, 'and')} is unknown and counts as 0`,
  WALLET_INFERRED: ({ wallet, basis }) =>
    `the response does not contain the cross wallet: ${wallet} is calculated from ${WALLET_WORDS[basis]}, without the unrealised PnL; give --wallet if it is wrong`,
  WITHDRAWAL_LIMIT: ({ amount, most }) =>
    most === undefined
      ? `the exchange may not allow ${amount} to be taken out of the wallet: the initial margin of the positions is unknown; give lev`
      : `the exchange does not allow ${amount} to be taken out of the wallet, but ${most} at most: the rest is initial margin of the positions`,
  WALLET_DIFFERS: ({ given, inferred, basis }) =>
    `the wallet ${given} differs from ${inferred}, which is calculated from ${WALLET_WORDS[basis]} of the response`,
  STOP_BEYOND_LIQUIDATION: ({ stop, liquidation }) =>
    `the stop at ${stop} is beyond the liquidation price ${liquidation}: it is never reached`,
};

/** A key that is equal for warnings that say the same about the same thing. */
export function warningKind({ code, details }: Warning): string {
  return 'what' in details ? `${code} ${details.what}` : code;
}

/** A warning in words. */
export function warningWords(warning: Warning): string {
  return (WARNING_WORDS[warning.code] as (details: unknown) => string)(warning.details);
}

/**
 * The warnings about an assessment.
 *
 * @param today - milliseconds since 1970, for the age of bracket tables. Without it there is no warning about age.
 */
export function warningsOf(assessment: Assessment, today?: number): Warning[] {
  const { terms, position, formula } = assessment;
  const warnings: Warning[] = [];
  if (formula.flaw !== undefined) warnings.push({ code: 'ARTICLE_FORMULA', details: { flaw: formula.flaw } });
  warnings.push(...slipsOf(terms), ...venueWarnings(assessment));
  warnings.push(...leverageWarnings(position));
  if (position.table && position.ratesFromTable) {
    warnings.push(...tableWarnings(assessment, position.table, today));
  }
  warnings.push(...(assessment.notes ?? []));
  return warnings;
}

/** The slips of inputs that the warnings of the positions do not report already. */
export function unreportedSlips(slips: readonly Slip[], assessments: readonly Assessment[]): readonly Slip[] {
  const reported = new Set(assessments.flatMap(({ terms }) => slipsOf(terms).map(warningWords)));
  return slips.filter((slip) => !reported.has(warningWords(slip)));
}

/** The warnings about the rule of a venue. */
function venueWarnings({ terms, position, price, reference, isOfAccount }: Assessment): Warning[] {
  const { venue, rule, table, ratesFromTable } = position;
  if (venue.name === DEFAULT_VENUE) return [];
  const warnings: Warning[] = [];
  const fee = assumedFee(rule, terms);
  if (fee) {
    const details = {
      venue: venue.name,
      percent: percentOf(fee.usual),
      fee: FEE_WORDS[fee.of],
      ...(isOfAccount && { isOfAccount }),
    };
    warnings.push({ code: 'VENUE_FEE_ASSUMED', details });
  }
  if (rule.doubt !== undefined) {
    const { confidence, doubt } = rule;
    warnings.push({ code: 'VENUE_UNPROVEN', details: { venue: venue.name, from: venue.venue, confidence, doubt } });
  }
  const isByValue = venue.tiers.apply === 'whole' && venue.tiers.by === 'value' && rule.valued === 'price';
  if (table && ratesFromTable && isByValue && price) {
    const tierAt = (at: Ratio): number => bracketIndex(table.brackets, tierValue(table, position, at));
    const details = { symbol: table.symbol, venue: venue.name };
    if (tierAt(price) !== tierAt(reference)) warnings.push({ code: 'TIER_AT_MARK', details });
  }
  return warnings;
}

const percentOf = (fraction: string): string => Ratio.from(fraction).percent().toText(30);

/** A leverage above this one is probably mistyped. The lane has the same number (`price.ts`). */
const USUAL_LEVERAGE = Ratio.from('200');

function leverageWarnings(position: Position): Warning[] {
  const { lev, table, entry } = position;
  if (!lev) return [];
  const bracket = table && bracketOf(table.brackets, tierValue(table, position, entry));
  if (table && bracket?.maxLeverage && lev.isAbove(bracket.maxLeverage)) {
    const details = { lev: lev.toText(8), maximum: bracket.maxLeverage.toText(8), symbol: table.symbol };
    return [{ code: 'LEVERAGE_ABOVE_BRACKET', details }];
  }
  if (!lev.isAbove(USUAL_LEVERAGE)) return [];
  return [{ code: 'HIGH_LEVERAGE', details: { lev: lev.toText(8), usual: USUAL_LEVERAGE.toText(0) } }];
}

function tableWarnings({ position, price }: Assessment, table: BracketTable, today?: number): Warning[] {
  const warnings: Warning[] = [];
  const { symbol, asOf, source } = table;
  const cap = lastCap(table.brackets);
  if (price && cap && tierValue(table, position, price).isAbove(cap)) {
    warnings.push({ code: 'ABOVE_LAST_BRACKET', details: { symbol, cap: cap.toText(8) } });
  }
  if (table.confidence === 'C') warnings.push({ code: 'UNVERIFIED_BRACKETS', details: { symbol, asOf, source } });
  for (const code of table.notes ?? []) warnings.push({ code, details: { symbol } });
  if (today !== undefined && ageInDays(asOf, today) > STALE_AFTER_DAYS) {
    const { tables: command, how } = importOf(table.venue, symbol);
    warnings.push({ code: 'STALE_BRACKETS', details: { symbol, asOf, command, how } });
  }
  return warnings;
}

/** Whole days between a date (`2025-08-19`, `2021-02` or `2021`) and a moment in milliseconds since 1970. */
export function ageInDays(date: string, today: number): number {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return Math.floor((today - Date.UTC(year, month - 1, day)) / 86_400_000);
}
