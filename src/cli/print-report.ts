import { warningWords } from '../core/assessment.js';
import type { DrawnContent, Report } from '../report/report.js';
import { codeOf, drawnBy, type FormatFor } from '../report/writers/index.js';
import { reportAlerts } from './alert.js';
import { exitCode } from './ending.js';
import type { Io } from './io.js';
import type { CommonOptions } from './options.js';
import { reportSlips } from './slips.js';
import { writerFor } from './writer-for.js';

/** The formats of an answer. */
export type AnswerFormat = FormatFor<'reports' | keyof DrawnContent>;

/** Prints a report in the requested format, its notes and warnings on stderr, and returns the exit code. */
export async function printReport(io: Io, common: CommonOptions<AnswerFormat>, report: Report): Promise<number> {
  for (const note of common.isVerbose ? report.notes : []) io.stderr.write(`liqcalc: ${note}\n`);
  await write(io, common, report);
  if (common.only && !common.isQuiet) {
    for (const warning of report.warnings) io.stderr.write(`liqcalc: warning: ${warningWords(warning)}\n`);
  }
  reportSlips(io, report.slips, common);
  const isAlarming = reportAlerts(io, common, report.positions);
  return exitCode({ kind: 'answered', isNo: report.isNo || isAlarming });
}

async function write(io: Io, common: CommonOptions<AnswerFormat>, report: Report): Promise<void> {
  const { format, only } = common;
  const kind = format && !only ? drawnBy(format) : undefined;
  if (format && kind) {
    const { drawnWriter } = await import('../report/drawn-writer.js');
    const writer = await drawnWriter(format, kind, (text) => io.stdout.write(text));
    const drawn = report.drawn[kind]?.();
    if (drawn !== undefined) writer.record(drawn);
    writer.end();
    return;
  }
  const writer = await writerFor(io, common as CommonOptions<FormatFor<'reports'>>, (each) => codeOf(each, 'reports'));
  writer.record(report);
  writer.end();
}
