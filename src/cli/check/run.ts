import { warningsOf, warningWords, type Warning } from '../../core/assessment.js';
import { longestFinding, verdicts, type Verdicts } from '../../core/risk/report.js';
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
  function* counted(of: RiskInput, warned: Warning[]): Verdicts {
    const conclusion = yield* noting(verdicts(of, configuration), of, warned);
    const { infos, warnings, errors } = conclusion.summary;
    counts.info += infos;
    counts.warn += warnings;
    counts.error += errors;
    return conclusion;
  }
  /** The same verdicts; the warnings about each position, which no rule reports, are added to a list, each once. */
  function* noting(of: Verdicts, { positions }: RiskInput, warned: Warning[]): Verdicts {
    const known = new Set<string>();
    let step = of.next();
    for (; step.done !== true; step = of.next()) {
      const { position } = step.value;
      const assessed = position === undefined || isQuiet ? undefined : positions[position]?.assessed;
      for (const warning of assessed ? warningsOf(assessed, io.now()).filter(isNoRule) : []) {
        const words = warningWords(warning);
        if (known.size < known.add(words).size) warned.push(warning);
      }
      yield step.value;
    }
    return step.value;
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
      const warned: Warning[] = [];
      return {
        ...found,
        ...title,
        warned,
        verdicts: () => counted(found.input, warned),
        longestFinding: () => longestFinding(found.input, configuration),
        config,
      };
    },
    note: ({ input: { account, positions }, echo, warned, slips = [], failures = [] }, record) => {
      report.failedPositions(record.at, failures);
      const place = (): string => placeOf(record, echo);
      report.warn([...warned, ...slips]);
      if (account) report.alerts.account(account, place);
      else for (const { assessed } of positions) report.alerts.position(assessed, place);
      if (isViolated(gate, counts)) report.answerNo();
    },
    ...(end && { end: () => end(report) }),
  });
}

/** Whether no rule reports a warning. Leverage above a bracket's limit has its own. */
const isNoRule = ({ code }: Warning): boolean => code !== 'LEVERAGE_ABOVE_BRACKET';
