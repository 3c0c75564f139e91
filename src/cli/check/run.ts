import { warningsOf, type Warning } from '../../core/assessment.js';
import { verdicts, type Verdicts } from '../../core/risk/report.js';
import type { RiskInput } from '../../core/risk/input.js';
import type { Datum } from '../../core/risk/rule.js';
import type { Failure } from '../../report/failure.js';
import type { Checked } from '../../report/text/risk/report-rows.js';
import type { FindingFormat } from './options.js';
import type { Io } from '../io.js';
import type { CommonOptions } from '../options.js';
import { RecordReport } from '../record-report.js';
import { placeOf, runRecords, titleOf, type Count, type InputRecord } from '../run-records.js';
import { checkForms } from './forms.js';
import { isViolated, type FoundConfig, type Gate } from './options.js';

/** An account or a position to check. */
export interface CheckInput extends Pick<Checked, 'input' | 'echo'> {
  /** Warnings outside positions: likely mistakes, and how an account was read. */
  readonly slips?: readonly Warning[];
  /** Why positions have no price. */
  readonly failures?: readonly Failure[];
}

/** What a run checks, by which rules, and how it ends. */
export interface CheckSettings<T extends InputRecord> extends FoundConfig {
  readonly gate: Gate;
  /** How messages name the input. */
  readonly input: string;
  readonly common: CommonOptions<FindingFormat>;
  /** How the user can give a datum. */
  readonly give: (datum: Datum) => string;
  /** @throws {LiqcalcError} for a record that cannot be checked. */
  readonly read: (record: T, number: number, count: Count) => CheckInput;
  /** Whether it matters to `read` how many records there are. */
  readonly isCounted?: boolean;
  /** Reports what is known after the last record. */
  readonly end?: (report: RecordReport) => void;
}

/** Checks accounts or positions one by one, prints the findings, and returns the exit code. */
export function checkRecords<T extends InputRecord>(
  io: Io,
  records: AsyncGenerator<T>,
  { configuration, path: config, gate, input, common, give, read, end, isCounted = false }: CheckSettings<T>,
): Promise<number> {
  const { only, alert, isQuiet, isVerbose } = common;
  const report = new RecordReport(io, { alert, isQuiet, isGate: true });
  const counts = { info: 0, warn: 0, error: 0 };
  function* counted(of: RiskInput): Verdicts {
    const conclusion = yield* verdicts(of, configuration);
    const { infos, warnings, errors } = conclusion.summary;
    counts.info += infos;
    counts.warn += warnings;
    counts.error += errors;
    return conclusion;
  }
  return runRecords(io, records, report, {
    input,
    common,
    forms: () => {
      if (only && config !== undefined && !only.includes('config')) report.note(`rules: ${config}`);
      return checkForms(give, isVerbose ? 'full' : 'brief');
    },
    areNamesCounted: isCounted,
    answer: (record, number, count) => {
      const found = read(record, number, count);
      const title = count === 'several' && { title: titleOf(record, found.echo) };
      return { ...found, ...title, verdicts: () => counted(found.input), config };
    },
    note: ({ input: { account, positions }, echo, slips = [], failures = [] }, record) => {
      report.failedPositions(record.at, failures);
      const place = (): string => placeOf(record, echo);
      report.warn([...positions.flatMap(({ assessed }) => warningsOf(assessed, io.now())).filter(isNoRule), ...slips]);
      if (account) report.alerts.account(account, place);
      else for (const { assessed } of positions) report.alerts.position(assessed, place);
      if (isViolated(gate, counts)) report.answerNo();
    },
    ...(end && { end: () => end(report) }),
  });
}

/** Whether no rule reports a warning. Leverage above a bracket's limit has its own. */
const isNoRule = ({ code }: Warning): boolean => code !== 'LEVERAGE_ABOVE_BRACKET';
