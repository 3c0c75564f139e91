import { checkedAccount, type SharedData } from './commands/shared/checked-account.js';
import type { Side } from './core/leg.js';
import { LiqcalcError, problem, type Problem } from './core/errors.js';
import { ATR_SEEDS, type AtrSeed } from './core/plan/atr-seeds.js';
import { verdicts } from './core/risk/report.js';
import { rules as registry, type RuleId } from './core/risk/rules/index.js';
import type { Datum, Severity, Unit } from './core/risk/rule.js';
import type { RawAccount } from './formats/raw-account.js';
import type { ExchangeName } from './formats/exchange-names.js';
import { FIELDS } from './formats/fields.js';
import { RISK_DATA } from './formats/risk-data/index.js';
import { jsonOf } from './formats/risk-datum.js';
import { reportJson } from './report/text/risk/report-rows.js';
import { rawAccountOf, rawAccountsOf, questionOf } from './library/account.js';
import type { Account, AccountOptions, AccountPosition, PositionError, Source } from './library/account-types.js';
import { numberOf } from './library/numbers.js';
import { SHARED } from './schema/shared-inputs.js';
import { valueOf } from './library/answer.js';
import { readChoice } from './library/choice.js';
import type { Decimal } from './library/decimal.js';
import { contentOf, shown, type Numeric } from './library/given.js';
import { optionsOf } from './library/options.js';
import { configurationOf, type RuleOptions } from './library/rule-options.js';

export { isLiqcalcError, LiqcalcError, type ErrorCode } from './core/errors.js';
export { Decimal } from './library/decimal.js';
export type { RuleId, Severity };

/** What a rule found. */
export interface Finding {
  /** The rule that is broken. */
  readonly rule: RuleId;
  /** How bad it is: `error`, `warn` or `info`. */
  readonly severity: Severity;
  /** `null` for an account as a whole. */
  readonly symbol: string | null;
  /** The side of the position; `null` for an account as a whole. */
  readonly side: Side | null;
  /** The position, counted from 0; `null` for an account as a whole. */
  readonly position: number | null;
  /** The figure in the rule's unit; `null` if the rule has only yes or no. */
  readonly value: Decimal | null;
  /** The limit that the figure breaks; `null` if the rule has only yes or no. */
  readonly limit: Decimal | null;
  /** The unit of `value` and `limit`. */
  readonly unit: Unit;
  /** The finding in words, with its figures. */
  readonly message: string;
  /** What to do, with the figure for it. */
  readonly advice: string;
}

/** A rule that was checked without a finding. */
export type Pass = Pick<Finding, 'rule' | 'symbol' | 'position' | 'value' | 'unit'>;

/** The findings of the rules, what passed, and what could not be checked. */
export interface CheckResults {
  /** The margin asset of an account in an exchange's answer. */
  readonly asset?: string;
  /** What breaks a rule, in the order of positions and rules. */
  readonly findings: readonly Finding[];
  /** What was checked and breaks no rule. */
  readonly ok: readonly Pass[];
  /** Rules without the data that they need, for all positions or for some. */
  readonly skipped: readonly {
    /** The rule that was not checked. */
    readonly rule: RuleId;
    /** The data that it needs, by the names of inputs. */
    readonly lacks: readonly Datum[];
  }[];
  /** Positions without a price, which no rule checked: with them, no findings are not an all-clear. */
  readonly failed?: readonly {
    /** Counted from 0. */
    readonly position: number;
    /** As given; `null` if it is missing. */
    readonly symbol: string | null;
    /** As given. */
    readonly side: Side;
    /** Why it has no price. */
    readonly error: PositionError;
  }[];
  /** Rules that the configuration turns off. */
  readonly off?: readonly RuleId[];
  /** How many there are of each kind. */
  readonly summary: {
    /** Findings of severity `error`. */
    readonly errors: number;
    /** Findings of severity `warn`. */
    readonly warnings: number;
    /** Findings of severity `info`. */
    readonly infos: number;
    /** Checks without a finding. */
    readonly ok: number;
    /** Rules without the data that they need. */
    readonly skipped: number;
  };
}

/** A position with data that rules judge: see `docs/rules.md` for their keys and forms. */
export interface CheckedPosition extends AccountPosition {
  /** Stop price, or the open orders of the exchange. */
  readonly [datum: string]: unknown;
}

/** An account to check: its positions may have the data that rules judge. */
export interface CheckedAccount extends Omit<Account, 'positions'> {
  /** With the data that rules judge. */
  readonly positions: readonly CheckedPosition[];
  readonly [datum: string]: unknown;
}

/** Options of `check`. */
export interface CheckOptions extends AccountOptions, RuleOptions {
  /** How average true ranges begin, default `first-bar`. */
  readonly atrSeed?: AtrSeed | undefined;
  /** Equity that rules compare margins with, margin asset; for accounts that do not have it themselves. */
  readonly equity?: Numeric | undefined;
  /** Whether a scheduled event is near; for accounts that do not say it themselves. */
  readonly event?: boolean | undefined;
  /** Your usual leverage; for accounts that do not have it themselves. */
  readonly usualLev?: Numeric | undefined;
  /** Changes of margin and leverage, as JSON text or as a list; for accounts that do not have it themselves. */
  readonly marginLog?: string | object | undefined;
}

/**
 * The risk rules on an account.
 *
 * @param account - wallet and positions with their data, as an object or as JSON text. For a position alone, give an
 * account with that position.
 * @returns the command line's JSON: findings in the order of positions and rules. Nothing is printed and nothing exits.
 * The usual gate is `summary.errors > 0 || failed !== undefined`: a position in `failed` was not checked. An account
 * without positions has no findings either; treat it as an error if you expect positions.
 * @throws {LiqcalcError} with everything that is wrong at once.
 * @example
 * check({
 *   wallet: '1000',
 *   positions: [{ symbol: 'BTCUSDT', side: 'long', qty: '0.1', entry: '60000', mark: '60000', mmr: '0.4', lev: '125' }],
 * }).findings[0]?.rule // 'max-leverage'
 */
export function check(account: CheckedAccount | Account | string, options: CheckOptions = {}): CheckResults {
  const { raw, text } = rawAccountOf(account);
  return judged(raw, text, options);
}

/**
 * The risk rules on the accounts in what an exchange's API (or ccxt) returned, one for each margin asset.
 *
 * @param shape - as for `accountsFrom`.
 * @param answer - as for `accountsFrom`.
 * @throws {LiqcalcError} as `check`.
 */
export function checkFrom(
  shape: ExchangeName,
  answer: string | object,
  options: Source & CheckOptions = {},
): readonly CheckResults[] {
  const { raws, text } = rawAccountsOf(shape, answer, options);
  return raws.map((raw) => judged(raw, text, options));
}

function judged(raw: RawAccount, text: string, given: CheckOptions): CheckResults {
  const options = optionsOf(given);
  const configuration = configurationOf(options);
  const { input, echo } = checkedAccount(raw, text, questionOf(options), sharedData(options));
  const json = [...reportJson({ input, echo, config: undefined, verdicts: () => verdicts(input, configuration) })].join(
    '',
  );
  return JSON.parse(json, (key, value: unknown) =>
    NUMBERS.has(key) ? valueOf('exact', value) : value,
  ) as CheckResults;
}

/** Data for accounts that do not have it themselves, from the options of a call. */
function sharedData({ atrSeed, equity, event, usualLev, marginLog }: CheckOptions): SharedData {
  const problems: Problem[] = [];
  const shared = {
    atrSeed: readChoice('atrSeed', atrSeed, ATR_SEEDS),
    equity: numberOf('equity', SHARED.equity, equity, problems),
    event,
    usualLev: numberOf('usualLev', FIELDS.lev, usualLev, problems),
    marginLog: logOf(marginLog, problems),
  };
  if (!['undefined', 'boolean'].includes(typeof event))
    problems.push(problem('NOT_A_VALUE', 'event', { value: shown(event), advice: 'give true or false' }));
  if (problems.length > 0) throw new LiqcalcError(problems);
  return shared;
}

function logOf(log: CheckOptions['marginLog'], problems: Problem[]): SharedData['marginLog'] {
  const place = { name: 'marginLog', owner: {}, problems };
  return log === undefined ? undefined : RISK_DATA.marginLog.read(jsonOf(contentOf('marginLog', log)), place);
}

const NUMBERS: ReadonlySet<string> = new Set(['value', 'limit']);

/** A risk rule: what it checks, why, and its limits with their defaults. */
export interface RuleFacts {
  /** What it judges, in a few words. */
  readonly title: string;
  /** Why it is a rule. */
  readonly reason: string;
  /** The article that it comes from, and the section. */
  readonly source: string;
  /** The data that it needs. */
  readonly needs: readonly Datum[];
  /** The unit of its figure and its limits. */
  readonly unit: Unit;
  /** Its numbers with their defaults: the limits by severity, and others. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Every risk rule by its id, in the order of reports. */
export const rules: Readonly<Record<RuleId, RuleFacts>> = Object.fromEntries(
  Object.entries(registry).map(([id, { title, reason, source, needs, unit, settings }]) => [
    id,
    { title, reason, source, needs, unit, settings: defaultsOf(settings) },
  ]),
) as Record<RuleId, RuleFacts>;

function defaultsOf(settings: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(settings).map(([key, { default: value }]) => [key, value as string]));
}
