import { warningWords } from '../core/assessment.js';
import type { Report } from '../report/report.js';
import { bareWriter, writers, type WriterName } from '../report/writers/index.js';
import type { Writer } from '../report/writer.js';
import { reportAlerts } from './alert.js';
import { exitCode } from './ending.js';
import type { Io } from './io.js';
import type { CommonOptions } from './options.js';
import { reportSlips } from './slips.js';
import { printableText, styleFor } from './text.js';

/** Prints a report in the requested format, its notes and warnings on stderr, and returns the exit code. */
export async function printReport(io: Io, common: CommonOptions<WriterName>, report: Report): Promise<number> {
  for (const note of common.isVerbose ? report.notes : []) io.stderr.write(`liqcalc: ${note}\n`);
  const writer = await writerFor(io, common);
  writer.record(report);
  writer.end();
  if (common.only && !common.isQuiet) {
    for (const warning of report.warnings) io.stderr.write(`liqcalc: warning: ${warningWords(warning)}\n`);
  }
  reportSlips(io, report.slips, common);
  const isAlarming = reportAlerts(io, common, report.positions);
  return exitCode({ kind: 'answered', isNo: report.isNo || isAlarming });
}

async function writerFor(
  io: Io,
  { format = 'text', only, color, isCsvSafe }: CommonOptions<WriterName>,
): Promise<Writer> {
  const write = (text: string): void => io.stdout.write(text);
  if (only) return bareWriter(write, only);
  const style = await styleFor(io, format === 'text' ? color : 'never');
  const sink = format === 'text' ? (text: string): void => write(printableText(io, text)) : write;
  return writers[format](sink, { style, cells: isCsvSafe ? 'safe' : 'as they are' });
}
