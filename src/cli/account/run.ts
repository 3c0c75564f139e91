import { symbolKey } from '../../core/brackets.js';
import { isLiqcalcError } from '../../core/errors.js';
import { answerAccount, type AnsweredAccount } from './answer.js';
import type { AccountOptions } from './options.js';
import { accountPrinter, type AccountPrinter } from './printer.js';
import { inputName, type AccountRecord } from './records.js';
import { Alerts, recordPlace } from '../alert.js';
import { areAllFar } from '../../report/text/account-rows.js';
import type { JsonField } from '../../formats/account.js';
import { jsonScalar } from '../../formats/json.js';
import { UsageError } from '../command.js';
import { flagName } from '../flags.js';
import { accountOnlyProblems, areKnownOfAccounts } from './only.js';
import { exitCode } from '../ending.js';
import { FailedAccounts } from './failed.js';
import { reportNoRecords } from '../no-records.js';
import type { Io } from '../io.js';
import { problemList } from '../problem-list.js';
import { reportSlips } from '../slips.js';

/** Answers accounts one by one, in order, and returns the exit code. */
export async function answerAccounts(
  io: Io,
  options: AccountOptions,
  records: AsyncGenerator<AccountRecord>,
): Promise<number> {
  const { format: asked, only } = options.common;
  reportSlips(io, options.common.slips, options.common);
  const ahead = [await records.next()];
  // If the number of accounts decides nothing, the first answer does not wait for the second account.
  const isCounted = only ? !areKnownOfAccounts(only) : asked === undefined || asked === 'json';
  if (isCounted) ahead.push(await records.next());
  const first = ahead.flatMap((each) => (each.done ? [] : [each.value]));
  const count = first.length === 1 ? 'one' : 'several';
  const format = asked ?? (count === 'one' ? 'text' : 'ndjson');
  const isStream = only !== undefined || format === 'ndjson' || (format === 'json' && count === 'several');
  const run = new AccountRun(io, options, accountPrinter(io, options, format, count), count, isStream);
  for (const record of first) await run.take(record);
  for await (const record of records) await run.take(record);
  return run.end();
}

/** The place of an account in the input, and its owner according to its own keys. */
export function placeOfAccount(at: string, own: readonly JsonField[]): string {
  const members = new Map(own);
  return recordPlace(at, (key) => jsonScalar(members.get(key) ?? 'null'));
}

class AccountRun {
  #records = 0;
  readonly #alerts: Alerts;
  readonly #failed: FailedAccounts;
  readonly #unmatchedBetas: Set<string>;

  constructor(
    private readonly io: Io,
    private readonly options: AccountOptions,
    private readonly printer: AccountPrinter,
    private readonly count: 'one' | 'several',
    /** Whether each account is a line, or an element of an array. */
    private readonly isStream: boolean,
  ) {
    this.#alerts = new Alerts(options.common.alert);
    this.#failed = new FailedAccounts(io.stderr);
    this.#unmatchedBetas = new Set(options.betas.keys());
  }

  async take(record: AccountRecord): Promise<void> {
    this.#records++;
    try {
      const answered = answerAccount(record.account, this.options);
      this.#refuseUnknownNames(answered);
      if (!this.#isLeftOut(answered)) await this.printer.answer(answered);
      this.#note(answered, record.at);
    } catch (error) {
      if (!isLiqcalcError(error)) throw error;
      this.#failed.add(error, record.at);
      this.printer.failure(error, record.text);
    }
  }

  /** Whether no position is within the requested distance. A stream of answers leaves out such an account. */
  #isLeftOut({ after }: AnsweredAccount): boolean {
    return this.isStream && areAllFar(after);
  }

  /** @throws {UsageError} before anything is printed, for unknown names in `--only`. */
  #refuseUnknownNames({ after: { input } }: AnsweredAccount): void {
    const { only } = this.options.common;
    if (!only || this.#records > 1) return;
    const problems = accountOnlyProblems(only, input, this.count);
    if (problems.length > 0) throw new UsageError(problemList(problems, flagName));
  }

  #note({ after: { assessment, input } }: AnsweredAccount, at: string): void {
    this.#alerts.account(assessment, () => placeOfAccount(at, input.own));
    if (this.#unmatchedBetas.size === 0) return;
    for (const { terms } of assessment.account.positions) this.#unmatchedBetas.delete(symbolKey(terms.symbol));
  }

  /** Whether there was no account to check against `--alert`. If so, reports it. */
  #isUnchecked(): boolean {
    if (this.#records > 0) return false;
    const { alert, isQuiet } = this.options.common;
    reportNoRecords(this.io, inputName(this.options), alert ? 'needed' : 'optional', isQuiet);
    return alert !== undefined;
  }

  /** Ends the output and returns the exit code. */
  end(): number {
    this.printer.end();
    for (const symbol of this.options.common.isQuiet ? [] : this.#unmatchedBetas) {
      this.io.stderr.write(`liqcalc: warning: --beta ${symbol}: no account has a position on it\n`);
    }
    this.#alerts.report(this.io, this.options.common.isQuiet);
    const isPartial = this.#failed.told(this.#records) || this.#isUnchecked();
    return exitCode({ kind: 'answered', isPartial, isNo: this.#alerts.isReached });
  }
}
