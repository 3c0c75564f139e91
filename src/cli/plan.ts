import type { Command, Context } from '../commands/shared/command.js';
import type { Problem } from '../core/errors.js';
import { FIELDS, type Field } from '../formats/fields.js';
import { dictionaryOf, keysNamed, type Dictionary } from '../report/dictionary.js';
import type { WriterName } from '../report/writers/index.js';
import type { CommandModule, Invocation } from './command.js';
import { fileText } from './files.js';
import { COMMON_FLAGS, FORMATS, type Flag } from './flags.js';
import { readCommonOptions } from './options.js';
import { printReport } from './print-report.js';
import { readQuestion, usageOf } from './read-question.js';
import { tablesFor } from './tables.js';

/** A command that answers a question, as the program runs it. */
export function planModule(command: Command): CommandModule {
  const formats: readonly WriterName[] = command.hasChart ? [...FORMATS, 'vega-lite'] : FORMATS;
  const withFormats = (flag: Flag): Flag => (flag.name === 'format' ? { ...flag, choices: formats } : flag);
  return {
    usage: usageOf(command, COMMON_FLAGS.map(withFormats)),
    run: (invocation) => answerQuestion(command, formats, invocation),
  };
}

async function answerQuestion(
  command: Command,
  formats: readonly WriterName[],
  invocation: Invocation,
): Promise<number> {
  const { io, options } = invocation;
  const problems: Problem[] = [];
  const common = readCommonOptions(options, problems, formats);
  const only = common.only && keysNamed(common.only, namesOf(command), problems);
  const { terms, values, given, entryDecimals } = readQuestion(invocation, command, problems);
  const switches = Object.keys(command.switches ?? {}).map((key) => [key, options[key] === true] as const);
  // A file of tables that was named must be right, whether or not a table is looked for.
  if (options['brackets'] !== undefined) await tablesFor(io, options);
  const { decimals, slips, isQuiet } = common;
  const report = await command.report(
    { ...values, ...Object.fromEntries(switches), terms },
    { context: contextOf(invocation), given, entryDecimals, decimals, slips, isQuiet },
  );
  return printReport(io, { ...common, only }, report);
}

/** Every name that a value of a command can be asked by. */
function namesOf({ position, inputs, figures, list }: Command): Dictionary {
  const fields = position.map((key): readonly [string, Field] => [key, FIELDS[key]]);
  const keys = [...Object.keys(figures), ...Object.keys(list?.figures ?? {})];
  return dictionaryOf([...fields, ...Object.entries(inputs)], keys);
}

/** The surroundings that a command may use. */
export function contextOf({ io, options }: Pick<Invocation, 'io' | 'options'>): Context {
  return {
    today: io.now(),
    tables: () => tablesFor(io, options),
    readFile: (path) => fileText(io, path),
  };
}
