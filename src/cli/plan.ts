import { command as position, type PositionCode } from '../commands/position.js';
import type { Command, Context } from '../commands/shared/command.js';
import { NO_TABLES } from '../core/brackets.js';
import type { Side } from '../core/leg.js';
import type { Terms } from '../core/position.js';
import type { Input } from '../schema/input.js';
import type { Problem } from '../core/errors.js';
import { FIELDS, type Field } from '../formats/fields.js';
import { dictionaryOf, keysNamed, type Dictionary } from '../report/dictionary.js';
import { drawnBy, formatsDrawing, formatsFor } from '../report/writers/index.js';
import type { CommandModule, Invocation } from './command.js';
import { fileText } from './files.js';
import {
  COMMON_FLAGS,
  inputFlag,
  POSITION_FLAGS,
  RESULT_FLAGS,
  UNALARMED_FLAGS,
  withFormats,
  type Flag,
} from './flags.js';
import { readCommonOptions } from './options.js';
import { printReport, type AnswerFormat } from './print-report.js';
import { LIVE_FLAGS } from './live/flags.js';
import type { LiveDatum } from './live/fill.js';
import type { ReadQuestion } from '../commands/shared/read-question.js';
import { headingOf, readAsked, reportingSymbol, SYMBOL, usageOf } from './read-question.js';
import { tablesFor } from './tables.js';

/** The module that runs a command that answers a question. */
export function planModule(command: Command, live?: readonly LiveDatum[]): CommandModule {
  const formats = formatsOf(command);
  return {
    usage: usageOf(command, [
      ...(live ? LIVE_FLAGS : []),
      ...withFormats(command.hasPositions ? COMMON_FLAGS : UNALARMED_FLAGS, formats),
    ]),
    run: (invocation) => answerQuestion({ command, formats, live }, invocation),
  };
}

/** The formats of a command's answers: those of reports, and those of what is drawn of them. */
function formatsOf({ draws }: Command): readonly AnswerFormat[] {
  return [...formatsFor('reports'), ...formatsDrawing(draws)];
}

/** `liqcalc long` or `liqcalc short`: the name of the command is the side, and its help lists the position first. */
export function positionModule(side: Side): CommandModule {
  const { inputs, switches = {} } = position;
  const questions = Object.entries<Input>(inputs).map(([key, input]) => inputFlag(key, input, headingOf(position)));
  const formats = formatsOf(position);
  const more = Object.entries<string>(switches).map(([name, meaning]): Flag => ({ name, meaning, heading: 'Answer' }));
  return {
    usage: {
      question: position,
      operands: [SYMBOL],
      flags: [...POSITION_FLAGS, ...questions, ...more, ...LIVE_FLAGS, ...withFormats(RESULT_FLAGS, formats)],
    },
    run: (invocation) =>
      answerQuestion(
        { command: position, formats, load: positionCode, live: [] },
        { ...invocation, operands: [side, ...invocation.operands] },
      ),
  };
}

/** The code that only some positions need. */
async function positionCode(
  { candles, explain, fill, fills, stop, take }: Readonly<Record<string, unknown>>,
  format: AnswerFormat | undefined,
): Promise<PositionCode> {
  const drawn = format && drawnBy(format);
  return {
    atrs: candles === undefined ? undefined : await import('../commands/shared/atr-room.js'),
    exits: (stop ?? take) ? await import('../commands/shared/exits.js') : undefined,
    positionOfFills: (fill ?? fills) ? (await import('../commands/shared/fills.js')).positionOfFills : undefined,
    ladder: drawn === 'pictures' ? (await import('../report/plot/ladder-picture.js')).ladderPicture : undefined,
    sheet: drawn === 'pages' ? (await import('../report/page/position.js')).positionSheet : undefined,
    explain: explain === true ? (await import('../report/text/explain.js')).explanation : undefined,
  };
}

interface Answering {
  readonly command: Command;
  /** What `--live` requests besides mark and brackets; without it, the command has no `--live`. */
  readonly live?: readonly LiveDatum[] | undefined;
  readonly formats: readonly AnswerFormat[];
  /** Loads code that only some questions need. */
  readonly load?: (question: Readonly<Record<string, unknown>>, format: AnswerFormat | undefined) => Promise<unknown>;
}

async function answerQuestion({ command, formats, load, live }: Answering, written: Invocation): Promise<number> {
  const problems: Problem[] = [];
  const given = await sided(command, written, problems);
  const invocation =
    live && given.options['live'] === true
      ? await (await import('./live/fill.js')).filled(given, { hasEntry: command === position, data: live })
      : given;
  const { io, options } = invocation;
  const common = readCommonOptions(options, problems, formats);
  const only = common.only && keysNamed(common.only, namesOf(command), problems);
  const read = (): ReadQuestion => readAsked(invocation, command, problems);
  const { terms, values, inputs, entryDecimals } = await reportingSymbol(invocation, command, read);
  const switches = Object.keys(command.switches ?? {}).map((key) => [key, options[key] === true] as const);
  const { decimals, slips, isQuiet } = common;
  const question = { ...values, ...Object.fromEntries(switches), terms };
  const setting = { context: await contextOf(invocation, terms), inputs, entryDecimals, decimals, slips, isQuiet };
  const code = await load?.(question, common.format);
  return printReport(io, { ...common, only }, command.report(question, { ...setting, code }));
}

/** A call whose first word is the side, if the question has one. */
async function sided(command: Command, call: Invocation, problems: Problem[]): Promise<Invocation> {
  const isSided = !command.position.includes('side') || /^(?:long|short|buy|sell)$/i.test(call.operands[0] ?? '');
  if (isSided) return call;
  const { withSide } = await import('./missing-side.js');
  return { ...call, operands: withSide(call, problems) };
}

/** Every name that can request a value of a command. */
function namesOf({ position, inputs, figures, list }: Command): Dictionary {
  const fields = position.map((key): readonly [string, Field] => [key, FIELDS[key]]);
  const keys = [...Object.keys(figures), ...Object.keys(list?.figures ?? {})];
  return dictionaryOf([...fields, ...Object.entries(inputs)], keys);
}

/** The part of the environment that a command may use. A file of tables that is named must be valid, even if no table is needed. */
async function contextOf({ io, options }: Invocation, { symbol }: Pick<Terms, 'symbol'>): Promise<Context> {
  const needsTables = symbol !== undefined || options['brackets'] !== undefined;
  return {
    today: io.now(),
    tables: needsTables ? await tablesFor(io, options) : NO_TABLES,
    readFile: (path) => fileText(io, path),
  };
}
