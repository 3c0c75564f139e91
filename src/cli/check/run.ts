import { isLiqcalcError, LiqcalcError, type Problem } from '../../core/errors.js';
import { warningsOf, warningWords } from '../../core/assessment.js';
import type { Configuration } from '../../core/risk/configuration.js';
import { verdicts, type Summary } from '../../core/risk/report.js';
import type { RiskInput } from '../../core/risk/input.js';
import { SEVERITIES } from '../../core/risk/rule.js';
import type { JsonField } from '../../formats/account.js';
import type { Checked } from '../../report/text/risk/report-rows.js';
import { Alerts } from '../alert.js';
import type { CheckPrinter } from './printer.js';
import type { Gate } from './options.js';
import { reportNoRecords } from '../no-records.js';
import { exitCode } from '../ending.js';
import { FailedAccounts } from '../account/failed.js';
import type { Io } from '../io.js';
import type { CommonOptions } from '../options.js';

/** The settings of a run: how it judges, and how it ends. */
export interface CheckSettings {
  readonly configuration: Configuration;
  /** The file that configures the rules. */
  readonly config: string | undefined;
  readonly gate: Gate;
  /** How messages name the input. */
  readonly input: string;
  readonly common: Pick<CommonOptions<string>, 'alert' | 'isQuiet'>;
}

/** Judges accounts or positions one by one, prints the findings, and counts them for the exit code. */
export class CheckRun {
  #records = 0;
  #isNo = false;
  #warnings = 0;
  readonly #alerts: Alerts;
  readonly #failed: FailedAccounts;
  readonly #warned = new Set<string>();

  constructor(
    private readonly io: Io,
    private readonly settings: CheckSettings,
    private readonly printer: CheckPrinter,
  ) {
    this.#alerts = new Alerts(settings.common.alert);
    this.#failed = new FailedAccounts(io.stderr);
  }

  /**
   * @param echo - fields of an account that are repeated in its report.
   * @param place - the place and the owner of the account; empty for flags.
   */
  async judge(input: RiskInput, echo: readonly JsonField[], place = (): string => ''): Promise<void> {
    const { configuration, config } = this.settings;
    this.#records++;
    const checked: Checked = { input, verdicts: () => verdicts(input, configuration), echo, config };
    const { summary } = await this.printer.report(checked);
    this.#warn(input);
    this.#note(summary);
    this.#alert(input, place);
  }

  /** Reports an account that cannot be judged. If flags gave it, it ends the run. */
  fail(error: unknown, { at, text }: { readonly at: string; readonly text: string }): void {
    if (!isLiqcalcError(error)) throw error;
    const once = new LiqcalcError(distinct(error.problems));
    this.#failed.add(once, at);
    this.#records++;
    this.printer.failure(once, text);
  }

  /** Ends the output and returns the exit code. */
  end(): number {
    this.printer.end();
    const { gate } = this.settings;
    this.#alerts.report(this.io, this.settings.common.isQuiet);
    if (this.#records === 0) reportNoRecords(this.io, this.settings.input, 'needed', this.settings.common.isQuiet);
    const isPartial = this.#failed.told(this.#records) || this.#records === 0;
    const isTooMany = gate.maxWarnings !== undefined && BigInt(this.#warnings) > gate.maxWarnings;
    return exitCode({ kind: 'answered', isPartial, isNo: this.#isNo || isTooMany || this.#alerts.isReached });
  }

  #note({ errors, warnings, infos }: Summary): void {
    const { failOn } = this.settings.gate;
    const counts = { info: infos, warn: warnings, error: errors };
    this.#warnings += warnings;
    if (failOn === undefined) return;
    const failing = SEVERITIES.slice(SEVERITIES.indexOf(failOn));
    if (failing.some((severity) => counts[severity] > 0)) this.#isNo = true;
  }

  #alert({ account, positions }: RiskInput, place: () => string): void {
    if (account) this.#alerts.account(account, place);
    else for (const { assessed } of positions) this.#alerts.position(assessed, place);
  }

  /** Prints the other warnings. Leverage above a bracket's limit is left to its rule. */
  #warn({ positions }: RiskInput): void {
    if (this.settings.common.isQuiet) return;
    const warnings = positions.flatMap(({ assessed }) => warningsOf(assessed, this.io.now()));
    for (const warning of warnings) {
      const words = warningWords(warning);
      if (warning.code === 'LEVERAGE_ABOVE_BRACKET' || this.#warned.has(words)) continue;
      this.#warned.add(words);
      this.io.stderr.write(`liqcalc: warning: ${words}\n`);
    }
  }
}

function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((each) => [JSON.stringify(each), each] as const)).values()];
}
