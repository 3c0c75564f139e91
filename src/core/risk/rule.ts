import type { AccountAssessment } from '../account.js';
import type { Ratio } from '../ratio.js';
import type { Terms } from '../position.js';
import type { RiskInput, RiskKey, RiskPosition } from './input.js';

/** How grave a finding is, from the least. */
export const SEVERITIES = ['info', 'warn', 'error'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a rule can lack, as it is given. `brackets` is a table with highest leverages, `quantity` that of orders. */
export type Datum =
  RiskKey | keyof Pick<Terms, 'mark' | 'lev' | 'qty' | 'symbol'> | 'brackets' | 'mode' | 'quantity' | 'account';

/** The unit of a rule's figure and limits. */
export const UNITS = ['%', 'x', 'sigma', 'ATR', 'h', ''] as const;
export type Unit = (typeof UNITS)[number];

/** How a figure compares with a limit that it breaches. */
export type Comparison = 'above' | 'below' | 'at or above' | 'at or below' | 'where it is so';

/** A number of a rule that can be set: a limit (named by its severity) or another figure. */
export interface Setting {
  /** As it is written: `10`, percentages as percentages. */
  readonly default: string;
  readonly meaning?: string;
  /** If this limit compares otherwise than the rule's others. */
  readonly comparison?: Comparison;
}

/** What a rule is called in configurations; the limits of a severity are called as the severity. */
export type SettingValues = Readonly<Record<string, Ratio | 'off'>>;

/** What a rule says of one position, or of the account. */
export type Judgement =
  /** Data that it lacks: it says nothing. */
  | { readonly kind: 'lacks'; readonly data: readonly Datum[] }
  /** The rule has nothing to judge here: a funding rule for shorts, of a long. */
  | { readonly kind: 'idle' }
  /** Judged and within its limits. */
  | { readonly kind: 'ok'; readonly value?: Ratio | undefined }
  | {
      readonly kind: 'finding';
      readonly severity: Severity;
      /** What it is about, where an account-wide rule means one symbol. */
      readonly symbol?: string | undefined;
      /** In the rule's unit; nothing where the rule judges yes or no, or where the figure has no bound. */
      readonly value?: Ratio | undefined;
      readonly limit?: Ratio | undefined;
      /** What is so, with its figures, in words. */
      readonly message: string;
      /** What to do, with the figure to do it; one line. */
      readonly advice: string;
    };

/** What a rule is asked about: one of positions, the account, or collateral. */
interface Case {
  readonly input: RiskInput;
  readonly settings: SettingValues;
}

/** One position. */
export interface PositionCase extends Case {
  readonly position: RiskPosition;
}

/** An account as a whole. */
export interface AccountCase extends Case {
  readonly account: AccountAssessment;
}

/** Collateral of its own: that of one position, or without one the wallet that an account's cross positions share. */
export interface PoolCase extends Case {
  readonly position?: RiskPosition | undefined;
}

interface RuleFacts {
  /** What it judges, in one line. */
  readonly title: string;
  /** Why it is a rule: a few sentences. */
  readonly reason: string;
  /** The article that it comes from, and where in it. */
  readonly source: string;
  readonly needs: readonly Datum[];
  readonly unit: Unit;
  /** The limits by severity and other numbers, with their defaults. */
  readonly settings: Readonly<Record<string, Setting>>;
  /** The severity of a rule without limits, where it is one for all. */
  readonly severity?: Severity;
  /** How the severity of a rule without limits follows, where it is not one for all: `error in cross, warn in isolated`. */
  readonly grading?: string;
  /** How its figure compares with a limit that it breaches. */
  readonly comparison: Comparison;
}

/** A rule that judges each position. */
export interface PositionRule extends RuleFacts {
  readonly scope: 'position';
  readonly judge: (of: PositionCase) => Judgement;
}

/** A rule that judges an account as one; a position alone lacks the `account`. */
export interface AccountRule extends RuleFacts {
  readonly scope: 'account';
  readonly judge: (of: AccountCase) => Judgement;
}

/** A rule that judges each isolated position, and all cross positions of an account as one. */
export interface PoolRule extends RuleFacts {
  readonly scope: 'pool';
  readonly judge: (of: PoolCase) => Judgement;
}

/** One rule of risk discipline. */
export type Rule = PositionRule | AccountRule | PoolRule;
