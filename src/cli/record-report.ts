import { warningWords, type Warning } from '../core/assessment.js';
import type { Failure } from '../report/failure.js';
import { printableLine } from '../report/printable.js';
import { staleWords, type StaleDetails } from '../report/stale-words.js';
import type { Tally } from '../stream/stream.js';
import { Alerts } from './alert.js';
import { exitCode } from './ending.js';
import type { Io } from './io.js';
import type { CommonOptions } from './options.js';

/** The most failures that stderr names. */
const NAMED_FAILURES = 10;

/** What a run reports about its records. */
export interface ReportSettings extends Pick<CommonOptions<string>, 'alert' | 'isQuiet'> {
  /**
   * Whether the exit code can report that all is well. An empty input is then an error, because a broken feed looks the
   * same.
   */
  readonly isGate: boolean;
  /** Names every failure, and prints their number even if it is 0. */
  readonly isVerbose?: boolean;
  /** Equal for warnings of which one is enough; by default their words. */
  readonly kindOf?: (warning: Warning) => string;
}

/** Prints the messages of a run over records to stderr, and decides its exit code. */
export class RecordReport {
  readonly alerts: Alerts;
  readonly #warned = new Set<string>();
  /** The old tables that were reported, or will be at the end. */
  readonly #old = new Set<string>();
  readonly #oldLater: StaleDetails[] = [];
  #named = 0;
  #failedPositions = 0;
  #isNo = false;
  #isUnchecked = false;

  constructor(
    protected readonly io: Io,
    protected readonly settings: ReportSettings,
  ) {
    this.alerts = new Alerts(settings.alert);
  }

  /** Names a record that has no answer, if not too many are named already. */
  failed(at: string, message: string): void {
    if (this.#named++ < NAMED_FAILURES || this.settings.isVerbose) this.print(`${at}: ${message}`);
  }

  /** Names the positions of a record that have no answer. */
  failedPositions(at: string, failures: readonly Failure[]): void {
    this.#failedPositions += failures.length;
    for (const { message } of failures) this.failed(at === '' ? 'liqcalc' : at, message);
  }

  /** Prints each kind of warning once; those about old tables name all symbols. */
  warn(warnings: readonly Warning[]): void {
    const { isQuiet, kindOf = warningWords } = this.settings;
    if (isQuiet) return;
    this.#warnOfOld(warnings.flatMap((each) => (each.code === 'STALE_BRACKETS' ? [each.details] : [])));
    for (const warning of warnings) {
      if (warning.code === 'STALE_BRACKETS') continue;
      const kind = kindOf(warning);
      if (this.#warned.has(kind)) continue;
      this.#warned.add(kind);
      this.note(`warning: ${warningWords(warning)}`);
    }
  }

  /** Prints a note, unless it must be quiet. */
  note(words: string): void {
    if (!this.settings.isQuiet) this.print(`liqcalc: ${words}`);
  }

  /**
   * Reports an input without a record.
   *
   * @param give - how to give one, if the input was not named.
   */
  empty(input: string, give?: string): void {
    const { isGate } = this.settings;
    const advice = give === undefined ? '' : `; ${give}`;
    if (isGate) this.print(`liqcalc: no records in ${input}: no position was checked${advice}`);
    else this.note(`no records in ${input}${advice}`);
    this.#isUnchecked ||= isGate;
  }

  /** Makes the exit code that of a partial answer. */
  doubt(): void {
    this.#isUnchecked = true;
  }

  /** Makes the answer of the run "no". */
  answerNo(): void {
    this.#isNo = true;
  }

  /** Warns of the first old tables at once, and of those of later records at the end. */
  #warnOfOld(tables: readonly StaleDetails[]): void {
    const isFirst = this.#old.size === 0;
    const keyOf = ({ symbol, asOf }: StaleDetails): string => `${symbol} ${asOf}`;
    const found = tables.filter((each) => !this.#old.has(keyOf(each)));
    for (const each of found) this.#old.add(keyOf(each));
    if (isFirst) this.#noteOld(found);
    else this.#oldLater.push(...found);
  }

  #noteOld(tables: readonly StaleDetails[]): void {
    for (const words of staleWords(tables)) this.note(`warning: ${words}`);
  }

  /** Reports how the run ended, and returns the exit code. */
  ended({ records, failed }: Tally): number {
    this.#noteOld(this.#oldLater);
    for (const words of this.alerts.words()) this.note(`alert: ${words}`);
    const positions = this.#failedPositions;
    if (positions > 0) this.print(`liqcalc: ${positions} ${positions === 1 ? 'position' : 'positions'} failed`);
    if (failed > 0 || this.settings.isVerbose) this.print(`liqcalc: ${failed} of ${records} records failed`);
    return exitCode({
      kind: 'answered',
      isPartial: failed > 0 || positions > 0 || this.#isUnchecked,
      isNo: this.#isNo || this.alerts.isReached,
    });
  }

  protected print(words: string): void {
    this.io.stderr.write(`${printableLine(words)}\n`);
  }
}
