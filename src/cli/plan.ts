import { command as position } from '../commands/position.js';
import type { Command, Context } from '../commands/shared/command.js';
import type { Side } from '../core/leg.js';
import type { Input } from '../schema/input.js';
import { isLiqcalcError, LiqcalcError, type Problem } from '../core/errors.js';
import { FIELDS, type Field } from '../formats/fields.js';
import { fieldOfKey } from '../formats/record.js';
import { dictionaryOf, keysNamed, type Dictionary } from '../report/dictionary.js';
import { formatsFor } from '../report/writers/index.js';
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
import { headingOf, readQuestion, reportingSymbol, SYMBOL, usageOf, type ReadQuestion } from './read-question.js';
import { tablesFor } from './tables.js';

/** The module that runs a command that answers a question. */
export function planModule(command: Command): CommandModule {
  const formats = [...formatsFor('reports'), ...(command.hasChart ? formatsFor('charts') : [])];
  return {
    usage: usageOf(command, withFormats(command.hasPositions ? COMMON_FLAGS : UNALARMED_FLAGS, formats)),
    run: (invocation) => answerQuestion(command, formats, invocation),
  };
}

/** `liqcalc long` or `liqcalc short`: the name of the command is the side, and its help lists the position first. */
export function positionModule(side: Side): CommandModule {
  const { inputs, switches = {} } = position;
  const questions = Object.entries<Input>(inputs).map(([key, input]) => inputFlag(key, input, headingOf(position)));
  const more = Object.entries(switches).map(([name, meaning]): Flag => ({ name, meaning, heading: 'Answer' }));
  return {
    usage: { operands: [SYMBOL], flags: [...POSITION_FLAGS, ...questions, ...more, ...RESULT_FLAGS] },
    run: (invocation) =>
      answerQuestion(position, formatsFor('reports'), { ...invocation, operands: [side, ...invocation.operands] }),
  };
}

async function answerQuestion(
  command: Command,
  formats: readonly AnswerFormat[],
  invocation: Invocation,
): Promise<number> {
  const { io, options } = invocation;
  const problems: Problem[] = [];
  const common = readCommonOptions(options, problems, formats);
  const only = common.only && keysNamed(common.only, namesOf(command), problems);
  const read = (): ReadQuestion => readQuestion(invocation, command, problems);
  const { terms, values, inputs, entryDecimals } = await reportingSymbol(invocation, command, read);
  const switches = Object.keys(command.switches ?? {}).map((key) => [key, options[key] === true] as const);
  // A file of tables that is named must be valid, even if no table is needed.
  if (options['brackets'] !== undefined) await tablesFor(io, options);
  const { decimals, slips, isQuiet } = common;
  const question = { ...values, ...Object.fromEntries(switches), terms };
  const setting = { context: contextOf(invocation), inputs, entryDecimals, decimals, slips, isQuiet };
  const report = await namingOwnInputs(command, () => command.report(question, setting));
  return printReport(io, { ...common, only }, report);
}

/** The result of `work`. A problem names no input if the command does not have that input. */
async function namingOwnInputs<T>({ position, inputs }: Command, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    const isForeign = (field: string): boolean => {
      const key = fieldOfKey(field);
      return key !== undefined && !position.includes(key) && !Object.hasOwn(inputs, key);
    };
    throw new LiqcalcError(error.problems.map((each) => (isForeign(each.field) ? { ...each, field: '' } : each)));
  }
}

/** Every name that can request a value of a command. */
function namesOf({ position, inputs, figures, list }: Command): Dictionary {
  const fields = position.map((key): readonly [string, Field] => [key, FIELDS[key]]);
  const keys = [...Object.keys(figures), ...Object.keys(list?.figures ?? {})];
  return dictionaryOf([...fields, ...Object.entries(inputs)], keys);
}

/** The part of the environment that a command may use. */
export function contextOf({ io, options }: Pick<Invocation, 'io' | 'options'>): Context {
  return {
    today: io.now(),
    tables: () => tablesFor(io, options),
    readFile: (path) => fileText(io, path),
  };
}
