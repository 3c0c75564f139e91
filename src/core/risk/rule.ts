import type { AccountAssessment } from '../account.js';
import type { Ratio } from '../ratio.js';
import type { Terms } from '../position.js';
import type { RiskInput, RiskKey, RiskPosition } from './input.js';

export type { FundingRate, Level, MarginChange, Order, RiskInput, RiskPosition } from './input.js';

/** The severities of findings, from the lowest. */
export const SEVERITIES = ['info', 'warn', 'error'] as const;
/** How bad a finding is: `info`, `warn` or `error`. */
export type Severity = (typeof SEVERITIES)[number];

/**
 * Data that a rule can lack, by input name. `brackets` is a table with highest leverages, `quantity` that of orders.
 */
export type Datum =
  RiskKey | keyof Pick<Terms, 'mark' | 'lev' | 'qty' | 'symbol' | 'mmr'> | 'brackets' | 'mode' | 'quantity' | 'account';

/** The unit of a rule's figure and limits. */
export const UNITS = ['%', 'x', 'sigma', 'ATR', 'h', ''] as const;
export type Unit = (typeof UNITS)[number];

/** The comparison of a figure with a limit that means a breach. */
export type Comparison = 'above' | 'below' | 'at or above' | 'at or below' | 'where it is so';

/** A number of a rule that can be set: a limit (named by its severity) or another figure. */
export interface Setting {
  /** As it is written: `10`, percentages as percentages. */
  readonly default: string;
  readonly meaning?: string;
  /** If this limit compares otherwise than the rule's others. */
  readonly comparison?: Comparison;
}

/** The values of a rule's settings by name. A limit has the name of its severity. */
export type SettingValues = Readonly<Record<string, Ratio | 'off'>>;

/** A limit that a figure breaches. */
export interface Breach {
  readonly severity: Severity;
  /** In the rule's unit. */
  readonly limit: Ratio;
}

/** What a rule says about a finding. */
export interface FindingWords {
  /** The symbol, if an account-wide rule is about one. */
  readonly symbol?: string | undefined;
  /** The limit as it is shown, if it is not the one that is set. */
  readonly limit?: Ratio | undefined;
  /** The finding in words, with its figures. */
  readonly message: string;
  /** What to do, with the figure for it; one line. */
  readonly advice: string;
}

/** The result of a rule for one position, or for the account. */
export type Outcome =
  /** The rule lacks data and has no result. */
  | { readonly kind: 'lacks'; readonly data: readonly Datum[] }
  /** The rule does not apply: a funding rule for shorts on a long. */
  | { readonly kind: 'idle' }
  /** Checked and within its limits. */
  | { readonly kind: 'ok'; readonly value?: Ratio | undefined }
  | (FindingWords & {
      readonly kind: 'finding';
      readonly severity: Severity;
      /** In the rule's unit; `undefined` if the rule has only yes or no, or if the figure is unbounded. */
      readonly value?: Ratio | undefined;
    });

/** The figure of a rule, still to be compared with its limits. */
interface Measured {
  readonly kind: 'measured';
  /** In the rule's unit; `undefined` if it is unbounded: then every limit is breached. */
  readonly value: Ratio | undefined;
  /** What is compared with the limits, if it is not the value: a share of the highest leverage. */
  readonly compared?: Ratio | undefined;
  /** The finding about the breached limit of the highest severity. */
  readonly describe: (breach: Breach) => FindingWords;
}

/** What a rule returns. */
export type Judgement = Outcome | Measured;

/** The judgement of a rule that compares its figure with its limits. */
export function measured(value: Ratio | undefined, describe: Measured['describe']): Judgement {
  return { kind: 'measured', value, describe };
}

/** The judgement of a rule that lacks those of its data that are `undefined` or false here. */
export function lacks(data: Readonly<Partial<Record<Datum, unknown>>>): Judgement {
  return { kind: 'lacks', data: (Object.keys(data) as Datum[]).filter((name) => !data[name]) };
}

/** What a rule checks: a position, the account, or collateral. */
interface Case {
  readonly input: RiskInput;
  readonly settings: SettingValues;
  /** The largest share of the equity, in percent, that the rule `allocation` allows as margin; absent if it is off. */
  readonly marginShare?: Ratio | undefined;
}

/** One position. */
export interface PositionCase extends Case {
  readonly position: RiskPosition;
}

/** An account as a whole. */
export interface AccountCase extends Case {
  readonly account: AccountAssessment;
}

/** One collateral: a position's own, or without a position the wallet that an account's cross positions share. */
export interface PoolCase extends Case {
  readonly position?: RiskPosition | undefined;
}

interface RuleFacts {
  /** What it checks, in one line. */
  readonly title: string;
  /** Why it is a rule: a few sentences. */
  readonly reason: string;
  /** The article that it comes from, and the section. */
  readonly source: string;
  readonly needs: readonly Datum[];
  /** The least number of values of data that are lists, if one is not enough. */
  readonly least?: Readonly<Partial<Record<Datum, number>>>;
  readonly unit: Unit;
  /** The limits by severity and other numbers, with their defaults. */
  readonly settings: Readonly<Record<string, Setting>>;
  /** The severity of a rule without limits, if it is always the same. */
  readonly severity?: Severity;
  /**
   * How the severity of a rule without limits is determined, if it is not always the same: `error in cross, warn in
   * isolated`.
   */
  readonly grading?: string;
  /** How its figure compares with a limit that it breaches. */
  readonly comparison: Comparison;
}

/** A rule that checks each position. */
export interface PositionRule extends RuleFacts {
  readonly scope: 'position';
  readonly judge: (of: PositionCase) => Judgement;
}

/** A rule that checks an account as a whole; a single position lacks the `account`. */
export interface AccountRule extends RuleFacts {
  readonly scope: 'account';
  readonly judge: (of: AccountCase) => Judgement;
}

/** A rule that checks each isolated position, and all cross positions of an account together. */
export interface PoolRule extends RuleFacts {
  readonly scope: 'pool';
  readonly judge: (of: PoolCase) => Judgement;
}

/** One rule of risk discipline. */
export type Rule = PositionRule | AccountRule | PoolRule;

/** A rule without a figure: it asks of each position whether something is so. */
export function yesOrNo(rule: Omit<PositionRule, 'unit' | 'settings' | 'comparison' | 'scope'>): PositionRule {
  return { ...rule, unit: '', settings: {}, comparison: 'where it is so', scope: 'position' };
}

/** A place in the article on risk that most rules come from. */
export function reducingRisk(section: string): string {
  return `"How to reduce liquidation risk on Binance Futures?", 2026-06-29, ${section}`;
}

/** A place in the article on liquidation prices. */
export function liquidationArticle(section: string): string {
  return `"How to calculate the forced liquidation price of Binance futures? What happens if the margin is not enough?", 2025-05-17, ${section}`;
}
