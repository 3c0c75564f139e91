import { fromBinary, shownBinary, toBinary } from '../stream/binary-text.js';
import { warningKind, warningsOf, type Assessment } from '../core/assessment.js';
import type { Observer, Origin, Tally } from '../stream/stream.js';
import { requirementProblems } from '../core/requirements.js';
import { commandWords } from '../formats/other-input.js';
import { fieldOfKey, type RawRecord } from '../formats/record.js';
import { recordPlace } from './alert.js';
import type { Input, Io, Output } from './io.js';
import type { CommonOptions } from './options.js';
import { RecordReport } from './record-report.js';

/** The most keys of the first record that are named if every record failed. */
const NAMED_KEYS = 8;
const PROGRESS_AFTER_MS = 1000;
const PROGRESS_EVERY_MS = 200;

/** The report of a stream of positions, with its progress while it runs. */
export class BatchReport extends RecordReport implements Observer {
  readonly #started: number;
  #strangeKeys: readonly string[] = [];
  /** Whether a record was refused with the command that reads it. */
  #isOtherInput = false;
  #shownAt: number;
  #shownWidth = 0;

  constructor(io: Io, { alert, isQuiet, isVerbose }: CommonOptions<string>) {
    super(io, { alert, isQuiet, isVerbose, isGate: alert !== undefined, kindOf: warningKind });
    this.#started = this.#shownAt = io.now();
  }

  /** Explains to a person at the keyboard what the program waits for. */
  waitsFor(stdin: Input): void {
    if (stdin.isTerminal()) this.note('reading positions from the terminal; press Ctrl-D to end the input');
  }

  /**
   * Keeps the keys of the first record (one character per byte) if it lacks several fields and has keys that are not
   * fields: the input may have another shape.
   */
  onFirstRecord(keys: readonly string[], defaults: RawRecord): void {
    const fields = [...keys, ...defaults.map(([name]) => name)].map((name) => fieldOfKey(name));
    const isStrange = keys.some((key) => fieldOfKey(key) === undefined);
    const lacking = requirementProblems(new Set(fields.filter((field) => field !== undefined)));
    if (isStrange && lacking.length > 1) this.#strangeKeys = keys;
  }

  answered(assessment: Assessment, { source, line, record }: Origin): void {
    this.alerts.position(assessment, () =>
      recordPlace(`${source}:${line}`, (key) => fromBinary(record.bare(toBinary(key)))),
    );
    if (!this.settings.isQuiet) this.warn(warningsOf(assessment, this.#started));
  }

  /** The bytes of a stream do not depend on the name of its file, but stderr can show the command to copy. */
  override failed(at: string, message: string): void {
    const [, what = '', args] = /^(it is [^;]+; )run: liqcalc (.+) FILE$/.exec(message) ?? [];
    if (args === undefined) {
      super.failed(at, message);
      return;
    }
    this.#isOtherInput = true;
    const file = at.replace(/:\d+$/, '');
    super.failed(at, what + commandWords(args, file === '<stdin>' ? '-' : file));
  }

  alertBelow(): number | undefined {
    return this.alerts.below;
  }

  progressed({ records, failed }: Tally): void {
    if (this.settings.isQuiet) return;
    const now = this.io.now();
    if (now - this.#started < PROGRESS_AFTER_MS || now - this.#shownAt < PROGRESS_EVERY_MS) return;
    if (!this.io.stderr.isTerminal()) return;
    this.#shownAt = now;
    const rate = Math.round((1000 * records) / (now - this.#started));
    const text = `${records} records, ${rate} records/s, ${failed} failed`;
    this.io.stderr.write(`\r${text.padEnd(this.#shownWidth)}`);
    this.#shownWidth = text.length;
  }

  /** Writes to stdout. If stdout is a terminal too, the progress line is removed first. */
  async around(stdout: Output, bytes: Uint8Array): Promise<void> {
    if (this.#shownWidth > 0 && stdout.isTerminal()) this.clear();
    await stdout.writeBytes(bytes);
  }

  /** Removes the progress line. */
  clear(): void {
    if (this.#shownWidth > 0) this.io.stderr.write(`\r${' '.repeat(this.#shownWidth)}\r`);
    this.#shownWidth = 0;
  }

  override ended(tally: Tally): number {
    this.clear();
    if (tally.failed > 0 && tally.failed === tally.records) this.#nameStrangeKeys();
    return super.ended(tally);
  }

  protected override print(words: string): void {
    this.clear();
    super.print(words);
  }

  /** If no record is valid, the keys of the first one show what the input is instead. */
  #nameStrangeKeys(): void {
    const keys = this.#strangeKeys;
    if (keys.length === 0 || this.#isOtherInput) return;
    const named = keys.slice(0, NAMED_KEYS).map((key) => JSON.stringify(fromBinary(shownBinary(key))));
    const more = keys.length > NAMED_KEYS ? ` and ${keys.length - NAMED_KEYS} more` : '';
    this.note(`no record is valid; the first record has the keys ${named.join(', ')}${more}`);
  }
}
