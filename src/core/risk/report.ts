import { Ratio } from '../ratio.js';
import { settingsOf, type Configuration } from './configuration.js';
import { byLimits } from './limits.js';
import { RULE_IDS, rules, type Rule, type RuleId } from './rules/index.js';
import type { Datum, Comparison, Judgement, Outcome, Severity, SettingValues, Unit } from './rule.js';
import type { RiskPosition, RiskInput } from './input.js';

/** The subject of a result: `position` is an index (from 0); without it the account, or its cross positions together. */
interface ReportEntry {
  readonly rule: RuleId;
  readonly position?: number | undefined;
  readonly symbol?: string | undefined;
}

/** A rule that fired. */
export interface Finding extends ReportEntry {
  readonly severity: Severity;
  /** In the rule's unit; `undefined` if the rule has only yes or no, or if the figure is unbounded. */
  readonly value?: Ratio | undefined;
  readonly limit?: Ratio | undefined;
  readonly unit: Unit;
  /** How the value compares with the limit. */
  readonly comparison: Comparison;
  readonly message: string;
  readonly advice: string;
}

/** A rule that was checked without a finding. */
export interface Pass extends ReportEntry {
  readonly value?: Ratio | undefined;
  readonly unit: Unit;
}

/** A rule that lacked data, for all positions or for some. */
export interface Skipped {
  readonly rule: RuleId;
  readonly lacks: readonly Datum[];
}

/** The number of findings of each severity, of passes, and of rules that lacked data. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly ok: number;
  readonly notChecked: number;
}

/** The results for the position at an index; without an index, for the account and its cross positions together. */
export interface Verdict {
  readonly position?: number | undefined;
  /** In the order of the rules. */
  readonly findings: readonly Finding[];
  readonly passes: readonly Pass[];
}

/** What is known after everything was checked. */
export interface Conclusion {
  /** In the order of the rules. */
  readonly skipped: readonly Skipped[];
  /** Rules that the configuration turns off. */
  readonly off: readonly RuleId[];
  readonly summary: Summary;
}

/** Verdicts one by one: for each position in input order, then for the account. */
export type Verdicts = Generator<Verdict, Conclusion, undefined>;

/** All results for an account or a position; findings and passes in the order of the verdicts. */
export interface Report extends Conclusion {
  readonly findings: readonly Finding[];
  readonly passes: readonly Pass[];
}

/** A rule that is on, with its settings. */
interface Judge {
  readonly id: RuleId;
  readonly rule: Rule;
  readonly settings: SettingValues;
  /** Replaces the rule's own. */
  readonly severity?: Severity | undefined;
  /** The highest limit of the rule `allocation`: no other rule advises more margin than it allows. */
  readonly marginShare?: Ratio | undefined;
}

function judgesBy(configuration: Configuration): readonly Judge[] {
  const judges = RULE_IDS.filter((id) => configuration[id]?.kind !== 'off').map((id) => {
    const set = configuration[id];
    const severity = set?.kind === 'severity' ? set.severity : undefined;
    return { id, rule: rules[id], settings: settingsOf(id, configuration), severity };
  });
  const marginShare = marginShareOf(judges);
  return judges.map((each) => ({ ...each, marginShare }));
}

/**
 * Checks the rules, one position after another. After its verdict, only its part of the conclusion is kept.
 *
 * @param input - an account or a position, with its data.
 * @param configuration - valid by `configured`; missing rules have their defaults.
 */
export function* verdicts(input: RiskInput, configuration: Configuration = {}): Verdicts {
  const judges = judgesBy(configuration);
  const tally = new Tally();
  for (const [place, position] of input.positions.entries()) {
    const about = { position: place, symbol: position.terms.symbol };
    yield tally.verdict(judges, about, (judge) => ofPosition(judge, input, position));
  }
  const isAny = isPool(input);
  yield tally.verdict(judges, {}, (judge) => ofAccount(judge, input, isAny));
  return tally.conclusion(RULE_IDS.filter((id) => configuration[id]?.kind === 'off'));
}

/** Checks all rules and returns one report. */
export function judge(input: RiskInput, configuration: Configuration = {}): Report {
  return judged(verdicts(input, configuration));
}

/** Verdicts as one report. */
export function judged(of: Verdicts): Report {
  const [findings, passes]: [Finding[], Pass[]] = [[], []];
  let step = of.next();
  for (; step.done !== true; step = of.next()) {
    findings.push(...step.value.findings);
    passes.push(...step.value.passes);
  }
  return { findings, passes, ...step.value };
}

/**
 * The length of the longest name among the rules that find something, for tables that are written while findings are
 * made. Only rules with longer names than the longest so far are judged.
 */
export function longestFinding(input: RiskInput, configuration: Configuration = {}): number {
  let longer = judgesBy(configuration).toSorted((one, other) => other.id.length - one.id.length);
  let longest = 0;
  const ask = (judgementOf: (judge: Judge) => Judgement): void => {
    const isFinding = (judge: Judge): boolean =>
      byLimits(judgementOf(judge), judge.rule, judge.settings).kind === 'finding';
    longest = longer.find(isFinding)?.id.length ?? longest;
    longer = longer.filter(({ id }) => id.length > longest);
  };
  for (const position of input.positions) ask((judge) => ofPosition(judge, input, position));
  ask((judge) => ofAccount(judge, input, isPool(input)));
  return longest;
}

const isPool = (input: RiskInput): boolean => input.positions.some((position) => isShared(position, input));

/** Whether a position is checked together with the others that share its wallet. */
function isShared({ mode }: RiskPosition, { account }: RiskInput): boolean {
  return account !== undefined && mode === 'cross';
}

function ofPosition({ rule, settings, marginShare }: Judge, input: RiskInput, position: RiskPosition): Judgement {
  if (rule.scope === 'account' || (rule.scope === 'pool' && isShared(position, input))) return { kind: 'idle' };
  return rule.judge({ input, settings, position, marginShare });
}

/** The highest limit of the rule `allocation`: no other rule advises more margin than it allows. */
function marginShareOf(judges: readonly Judge[]): Ratio | undefined {
  const settings = judges.find(({ id }) => id === 'allocation')?.settings ?? {};
  return Object.values(settings).reduce<Ratio | undefined>((most, value) => {
    if (!(value instanceof Ratio)) return most;
    return most ? most.max(value) : value;
  }, undefined);
}

function ofAccount({ rule, settings }: Judge, input: RiskInput, isPool: boolean): Judgement {
  const { account, failed = [] } = input;
  if (rule.scope === 'position' || (rule.scope === 'pool' && !isPool)) return { kind: 'idle' };
  // The totals of all positions are unknown if one of them has no rate.
  const unknown = rule.scope === 'pool' ? account?.lacking : failed;
  if (unknown && unknown.length > 0) return { kind: 'lacks', data: ['mmr'] };
  if (rule.scope === 'pool') return rule.judge({ input, settings });
  return account ? rule.judge({ input, settings, account }) : { kind: 'lacks', data: ['account'] };
}

type About = Pick<Verdict, 'position'> & { readonly symbol?: string | undefined };

/** Counts results and collects missing data. */
class Tally {
  readonly #counts: Record<Severity, number> = { info: 0, warn: 0, error: 0 };
  readonly #lacks = new Map<RuleId, Set<Datum>>();
  #passes = 0;

  verdict(judges: readonly Judge[], about: About, judgementOf: (judge: Judge) => Judgement): Verdict {
    const [findings, passes]: [Finding[], Pass[]] = [[], []];
    for (const judge of judges) {
      const judgement = byLimits(judgementOf(judge), judge.rule, judge.settings);
      if (judgement.kind === 'finding') findings.push(findingOf(judge, about, judgement));
      else if (judgement.kind === 'ok') passes.push(passOf(judge, about, judgement.value));
      else if (judgement.kind === 'lacks') this.#note(judge.id, judgement.data);
    }
    for (const { severity } of findings) this.#counts[severity]++;
    this.#passes += passes.length;
    return { position: about.position, findings, passes };
  }

  #note(id: RuleId, data: readonly Datum[]): void {
    const lacks = this.#lacks.get(id);
    if (lacks) for (const datum of data) lacks.add(datum);
    else this.#lacks.set(id, new Set(data));
  }

  conclusion(off: readonly RuleId[]): Conclusion {
    const skipped = RULE_IDS.flatMap((rule) => {
      const lacks = this.#lacks.get(rule);
      return lacks ? [{ rule, lacks: [...lacks] }] : [];
    });
    const { info: infos, warn: warnings, error: errors } = this.#counts;
    return { skipped, off, summary: { errors, warnings, infos, ok: this.#passes, notChecked: skipped.length } };
  }
}

function findingOf(
  { id, rule, severity: set }: Judge,
  about: About,
  judgement: Extract<Outcome, { kind: 'finding' }>,
): Finding {
  const { value, limit, message, advice } = judgement;
  const { unit, comparison, settings } = rule;
  const severity = set ?? judgement.severity;
  return {
    rule: id,
    position: about.position,
    symbol: judgement.symbol ?? about.symbol,
    severity,
    value,
    limit,
    unit,
    comparison: settings[severity]?.comparison ?? comparison,
    message,
    advice,
  };
}

function passOf({ id, rule }: Judge, { position, symbol }: About, value: Pass['value']): Pass {
  return { rule: id, position, symbol, value, unit: rule.unit };
}
