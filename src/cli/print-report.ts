import { warningWords } from '../core/assessment.js';
import type { Report } from '../report/report.js';
import { canWrite, codeOf, type FormatFor } from '../report/writers/index.js';
import { reportAlerts } from './alert.js';
import { exitCode } from './ending.js';
import type { Io } from './io.js';
import type { CommonOptions } from './options.js';
import { reportSlips } from './slips.js';
import { writerFor } from './writer-for.js';

/** The formats of an answer. */
export type AnswerFormat = FormatFor<'reports' | 'charts'>;

/** Prints a report in the requested format, its notes and warnings on stderr, and returns the exit code. */
export async function printReport(io: Io, common: CommonOptions<AnswerFormat>, report: Report): Promise<number> {
  for (const note of common.isVerbose ? report.notes : []) io.stderr.write(`liqcalc: ${note}\n`);
  const writer = await writerFor(io, common, (format: AnswerFormat) =>
    canWrite(format, 'charts') ? codeOf(format, 'charts') : codeOf(format, 'reports'),
  );
  writer.record(report);
  writer.end();
  if (common.only && !common.isQuiet) {
    for (const warning of report.warnings) io.stderr.write(`liqcalc: warning: ${warningWords(warning)}\n`);
  }
  reportSlips(io, report.slips, common);
  const isAlarming = reportAlerts(io, common, report.positions);
  return exitCode({ kind: 'answered', isNo: report.isNo || isAlarming });
}
