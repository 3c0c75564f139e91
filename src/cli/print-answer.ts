import { warningWords, type Assessment, type Warning } from '../core/assessment.js';
import { LiqcalcError, problem } from '../core/errors.js';
import { closest } from '../core/names.js';
import { ANSWER_FORMATS, answerRecords, type Answer } from '../presenters/answer.js';
import type { Style } from '../presenters/style.js';
import type { GivenInputs } from '../presenters/position-rows.js';
import { alertCode } from './alert.js';
import type { Invocation } from './command.js';
import { EXIT_CODES } from './exit-codes.js';
import { onlyLine } from './only.js';
import type { QuestionOptions } from './read-question.js';
import { printData } from './print-data.js';
import { reportSlips, untold } from './slips.js';
import { printText } from './text.js';

/** An answer to print: for programs, for people, and what goes with it. */
export interface Printable {
  readonly given: GivenInputs;
  readonly answer: Answer;
  readonly decimals: number;
  readonly common: QuestionOptions;
  readonly text: (style: Style) => string | Promise<string>;
  readonly chart?: () => string | Promise<string>;
  readonly warnings?: readonly Warning[];
  /** The positions that `--alert` judges. */
  readonly assessments?: readonly Assessment[];
  /** Whether the answer is "no". */
  readonly isNo?: boolean;
}

/** Prints an answer in the format asked for and gives the exit code. */
export async function printAnswer({ io }: Invocation, printable: Printable): Promise<number> {
  const { given, common, decimals, warnings = [] } = printable;
  const { format = 'text', only, isQuiet } = common;
  const slips = untold(common.slips, printable.assessments);
  const noted = withCodes(printable.answer, [...warnings, ...slips]);
  if (only) {
    checkOnly(only, given, noted);
    for (const record of answerRecords(given, noted, decimals)) io.stdout.write(onlyLine(only, record));
    for (const warning of isQuiet ? [] : warnings) io.stderr.write(`liqcalc: warning: ${warningWords(warning)}\n`);
  } else if (format === 'vega-lite') io.stdout.write((await printable.chart?.()) ?? '');
  else if (format === 'text') await printText(io, common, async (style) => printable.text(style));
  else printData(io, common, ANSWER_FORMATS[format](given, noted, decimals));
  reportSlips(io, slips, common);
  const code = alertCode(io, common, printable.assessments ?? []);
  return printable.isNo ? EXIT_CODES.no.code : code;
}

/** An answer with the codes of warnings, after those that it has. */
function withCodes({ figures, list }: Answer, warnings: readonly Warning[]): Answer {
  if (warnings.length === 0) return { figures, ...(list && { list }) };
  const own = figures.find(([key]) => key === 'warnings')?.[2];
  const codes = new Set([
    ...(Array.isArray(own) ? (own as readonly string[]) : []),
    ...warnings.map(({ code }) => code),
  ]);
  const others = figures.filter(([key]) => key !== 'warnings');
  return { figures: [...others, ['warnings', 'codes', [...codes]]], ...(list && { list }) };
}

/** Names asked for with `--only` that the answer does not have. */
function checkOnly(only: readonly string[], given: GivenInputs, { figures, list }: Answer): void {
  const names = new Set([...given, ...figures, ...(list ? list.rows.flat() : [])].map(([key]) => key));
  const problems = only
    .filter((name) => !names.has(name) && name !== 'warnings')
    .map((name) => {
      const suggestion = closest(name, [...names]);
      return problem('NOT_A_CHOICE', 'only', {
        value: name,
        choices: suggestion === undefined ? [...names] : [suggestion],
        suggestion,
      });
    });
  if (problems.length > 0) throw new LiqcalcError(problems);
}
