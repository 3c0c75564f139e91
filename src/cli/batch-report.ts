import { fromBinary, shownBinary, toBinary } from '../stream/binary-text.js';
import { warningKind, warningsOf, warningWords, type Assessment, type Warning } from '../core/assessment.js';
import type { Observer, Origin, Tally } from '../stream/stream.js';
import { requirementProblems } from '../core/position.js';
import { fieldOfKey, type RawRecord } from '../formats/record.js';
import { Alerts, recordPlace } from './alert.js';
import { exitCode } from './ending.js';
import { reportNoRecords } from './no-records.js';
import { NAMED_FAILURES } from './account/failed.js';
import type { Input, Io, Output } from './io.js';
import type { CommonOptions } from './options.js';
import { printableLine } from '../report/printable.js';

/** The most keys of the first record that are named if every record failed. */
const NAMED_KEYS = 8;
const PROGRESS_AFTER_MS = 1000;
const PROGRESS_EVERY_MS = 200;

/** Prints the messages of a stream to stderr while it runs, and decides its exit code. */
export class BatchReport implements Observer {
  readonly #io: Io;
  readonly #isAlerting: boolean;
  readonly #alerts: Alerts;
  readonly #isQuiet: boolean;
  readonly #isVerbose: boolean;
  readonly #started: number;
  readonly #warned = new Set<string>();
  #named = 0;
  /** Whether an input without a record was not checked. */
  #isUnchecked = false;
  #strangeKeys: readonly string[] = [];
  #shownAt: number;
  #shownWidth = 0;

  constructor(io: Io, { alert, isQuiet, isVerbose }: CommonOptions) {
    this.#io = io;
    this.#isAlerting = alert !== undefined;
    this.#alerts = new Alerts(alert);
    this.#isQuiet = isQuiet;
    this.#isVerbose = isVerbose;
    this.#started = this.#shownAt = io.now();
  }

  /** Explains to a person at the keyboard what the program waits for. */
  waitsFor(stdin: Input): void {
    if (stdin.isTerminal() && !this.#isQuiet)
      this.#say('liqcalc: reading positions from the terminal; Ctrl-D ends them');
  }

  /**
   * Keeps the keys of the first record (one character per byte) if it lacks several fields and has keys that are not
   * fields: the input may have another shape.
   */
  onFirstRecord(keys: readonly string[], defaults: RawRecord): void {
    const given = [...keys, ...defaults.map(([name]) => name)].map((name) => fieldOfKey(name));
    const isStrange = keys.some((key) => fieldOfKey(key) === undefined);
    const lacking = requirementProblems(new Set(given.filter((field) => field !== undefined)));
    if (isStrange && lacking.length > 1) this.#strangeKeys = keys;
  }

  answered(assessment: Assessment, { source, line, record }: Origin): void {
    this.#alerts.position(assessment, () =>
      recordPlace(`${source}:${line}`, (key) => fromBinary(record.bare(toBinary(key)))),
    );
    if (!this.#isQuiet) this.warn(warningsOf(assessment, this.#started));
  }

  alertBelow(): number | undefined {
    return this.#alerts.below;
  }

  failed(source: string, line: number, message: string): void {
    if (this.#named++ < NAMED_FAILURES || this.#isVerbose) this.#say(`${source}:${line}: ${message}`);
  }

  empty(source: string): void {
    this.clear();
    reportNoRecords(this.#io, source, this.#isAlerting ? 'needed' : 'optional', this.#isQuiet);
    if (this.#isAlerting) this.#isUnchecked = true;
  }

  progressed({ records, failed }: Tally): void {
    if (this.#isQuiet) return;
    const now = this.#io.now();
    if (now - this.#started < PROGRESS_AFTER_MS || now - this.#shownAt < PROGRESS_EVERY_MS) return;
    if (!this.#io.stderr.isTerminal()) return;
    this.#shownAt = now;
    const rate = Math.round((1000 * records) / (now - this.#started));
    const text = `${records} records, ${rate} records/s, ${failed} failed`;
    this.#io.stderr.write(`\r${text.padEnd(this.#shownWidth)}`);
    this.#shownWidth = text.length;
  }

  /** Writes to stdout. If stdout is a terminal too, the progress line is removed first. */
  async around(stdout: Output, bytes: Uint8Array): Promise<void> {
    if (this.#shownWidth > 0 && stdout.isTerminal()) this.clear();
    await stdout.writeBytes(bytes);
  }

  /** Removes the progress line. */
  clear(): void {
    if (this.#shownWidth > 0) this.#io.stderr.write(`\r${' '.repeat(this.#shownWidth)}\r`);
    this.#shownWidth = 0;
  }

  /** Reports how the run ended, and returns the exit code. */
  ended({ records, failed }: Tally): number {
    this.clear();
    this.#alerts.report(this.#io, this.#isQuiet);
    if (failed > 0 && failed === records) this.#nameStrangeKeys();
    if (failed > 0 || this.#isVerbose) this.#say(`liqcalc: ${failed} of ${records} records failed`);
    return exitCode({ kind: 'answered', isPartial: failed > 0 || this.#isUnchecked, isNo: this.#alerts.isReached });
  }

  /** If no record is valid, the keys of the first one show what the input is instead. */
  #nameStrangeKeys(): void {
    const keys = this.#strangeKeys;
    if (keys.length === 0 || this.#isQuiet) return;
    const named = keys.slice(0, NAMED_KEYS).map((key) => JSON.stringify(fromBinary(shownBinary(key))));
    const more = keys.length > NAMED_KEYS ? ` and ${keys.length - NAMED_KEYS} more` : '';
    this.#say(`liqcalc: the first record has the keys ${named.join(', ')}${more}`);
  }

  /** Prints each kind of warning once. */
  warn(warnings: readonly Warning[]): void {
    if (this.#isQuiet) return;
    for (const warning of warnings) {
      const kind = warningKind(warning);
      if (this.#warned.has(kind)) continue;
      this.#warned.add(kind);
      this.#say(`liqcalc: warning: ${warningWords(warning)}`);
    }
  }

  #say(words: string): void {
    this.clear();
    this.#io.stderr.write(`${printableLine(words)}\n`);
  }
}
