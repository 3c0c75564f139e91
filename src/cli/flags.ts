import { choice } from '../core/choice.js';
import type { HelpNotes, QuestionInputs } from '../commands/shared/question.js';
import type { Problem } from '../core/errors.js';
import { VENUE_NAMES, type VenueName } from '../core/venue-names.js';
import { FIELD_LIST, type Field } from '../formats/fields.js';
import type { RawRecord } from '../formats/record.js';
import { formatsFor, type FormatFor } from '../report/writers/index.js';
import { kebab, type Input } from '../schema/input.js';
import { OUTPUT_SHAPES } from '../schema/output-shapes.js';
import { choicesOf } from '../schema/value.js';

/**
 * The kind of a value that is not one of a fixed list: files, symbols of tables, results in a comma-separated list,
 * rules, help topics.
 */
export type Takes = 'file' | 'symbol' | 'results' | 'rule' | 'topic';

/** One flag: everything that parsing, help and completion need. */
export interface Flag {
  /** Its long name without dashes. */
  readonly name: string;
  /** One letter, if it has a short form. */
  readonly short?: string | undefined;
  /** The name of its value in help; a flag without a placeholder has no value. */
  readonly placeholder?: string;
  /** The first clause, up to a colon or semicolon, is a whole text: `-h` prints only that. */
  readonly meaning: string;
  readonly heading: string;
  readonly choices?: readonly string[] | undefined;
  readonly takes?: Takes | undefined;
  /** Whether it may be repeated; its values are then a list. */
  readonly repeats?: boolean | undefined;
  /** Whether it is accepted without an effect. Help, completion and manual do not list it. */
  readonly isIdle?: true;
}

/** A positional argument. */
export interface Operand {
  /** `[symbol]` if it is optional, `<name>` if it is required, `[file...]` for several. */
  readonly usage: string;
  readonly meaning: string;
  readonly choices?: readonly string[];
  readonly takes?: Takes;
}

/** One action of a command: its first operand names the action. */
export interface Action {
  readonly meaning: string;
  /** The kinds of its own operands. */
  readonly takes: readonly Takes[];
}

/** The arguments of a command: its parsing, help and completion are made from this one definition. */
export interface Usage {
  readonly operands: readonly Operand[];
  readonly flags: readonly Flag[];
  readonly actions?: Readonly<Record<string, Action>>;
  /** The question that it asks: help shows what a question requires. */
  readonly question?: QuestionInputs;
  /** The arguments of each way to call it, if its operands and its question do not show them. */
  readonly forms?: readonly string[];
  readonly help?: HelpNotes;
  /** Whether a call has no use for a default although the command has its flag. */
  readonly leavesDefault?: (key: string, parsed: Parsed) => boolean;
}

/** The parsed arguments of a command. */
export interface Parsed {
  /** The positional arguments. */
  readonly operands: readonly string[];
  /** Unknown flags, and the arguments that followed them. */
  readonly unknown: readonly string[];
  /** Values by option key (`addMargin` for `--add-margin`); `true` for flags without a value. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The key of a flag's value: `addMargin` for `add-margin`. */
export function optionKey(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The flag of a field, if it has one. */
function flagsOf(key: string, field: Field): Flag[] {
  const { flag, short, placeholder, meaning, heading } = field;
  if (flag === undefined) return [];
  const choices = field.kind === 'choice' ? choicesOf(field) : undefined;
  const takes = key === 'symbol' ? 'symbol' : undefined;
  return [{ name: flag, short, placeholder, meaning, heading, choices, takes }];
}

/** The flag of an input, under a heading of help. */
export function inputFlag(key: string, input: Input, heading: string): Flag {
  const { placeholder, meaning, repeats } = input;
  const choices = input.kind === 'choice' ? choicesOf(input) : undefined;
  const takes = placeholder === 'FILE' ? 'file' : undefined;
  return { name: kebab(key), placeholder, meaning, heading: input.heading ?? heading, choices, takes, repeats };
}

/** The flag that names a venue. */
export const VENUE_FLAG: Flag = {
  name: 'venue',
  placeholder: 'NAME',
  meaning: 'venue of the tables',
  heading: 'Tables',
  choices: VENUE_NAMES,
};

/** The venue that `--venue` names; an unknown name is a problem. */
export function venueOf(options: Parsed['options'], problems: Problem[]): VenueName | undefined {
  const value = options['venue'];
  return typeof value === 'string' ? choice('venue', value, VENUE_NAMES, problems) : undefined;
}

/** The flag of every command that prices. */
export const BRACKETS_FLAG: Flag = {
  name: 'brackets',
  placeholder: 'FILE',
  meaning: 'a file of bracket tables; they replace the imported and built-in ones of their symbols',
  heading: 'Maintenance',
  takes: 'file',
};

/** The flags of a position, made from the list of fields, and the flags of its bracket tables. */
export const POSITION_FLAGS: readonly Flag[] = [
  ...FIELD_LIST.flatMap(([key, field]) => flagsOf(key, field)),
  BRACKETS_FLAG,
];

/** A format of reports. */
export type Format = FormatFor<'reports'>;

/** The flags of the file of defaults. */
const CONFIG_FLAGS: readonly Flag[] = [
  {
    name: 'config',
    placeholder: 'FILE',
    takes: 'file',
    meaning: 'defaults and rules from a file, instead of .liqcalc.json',
    heading: 'Output',
  },
  { name: 'no-config', meaning: 'do not read .liqcalc.json', heading: 'Output' },
];

/** The flags of every command. */
export const COMMON_FLAGS: readonly Flag[] = [
  { name: 'format', placeholder: 'F', meaning: 'output format', heading: 'Output', choices: formatsFor('reports') },
  { name: 'json', meaning: 'the same as --format json', heading: 'Output' },
  {
    name: 'only',
    placeholder: 'FIELDS',
    meaning: 'print only the values of these comma-separated fields, with tabs between',
    heading: 'Output',
  },
  { name: 'dp', placeholder: 'N', meaning: 'decimals of prices and amounts, 0 to 30', heading: 'Output' },
  {
    name: 'alert',
    placeholder: 'PERCENT',
    meaning: 'exit 1 if a distance to liquidation is at or below this percentage; stderr names the nearest',
    heading: 'Output',
  },
  {
    name: 'csv-safe',
    meaning: 'put an apostrophe before CSV text that a spreadsheet would run as a formula',
    heading: 'Output',
  },
  {
    name: 'color',
    placeholder: 'WHEN',
    meaning: 'when to use colour',
    heading: 'Output',
    choices: OUTPUT_SHAPES.color.choices,
  },
  { name: 'no-color', meaning: 'the same as --color never', heading: 'Output' },
  ...CONFIG_FLAGS,
  {
    name: 'quiet',
    short: 'q',
    meaning: 'hide warnings, notes and the names of alerts; errors, results and exit codes stay',
    heading: 'Output',
  },
  { name: 'verbose', short: 'v', meaning: 'print more details to stderr', heading: 'Output' },
  { name: 'help', short: 'h', meaning: 'show this help', heading: 'Output' },
  { name: 'version', short: 'V', meaning: 'show the version', heading: 'Output' },
];

/** The same flags where some have no effect. */
export function withIdle(flags: readonly Flag[], ...names: readonly string[]): readonly Flag[] {
  return flags.map((flag) => (names.includes(flag.name) ? { ...flag, isIdle: true } : flag));
}

/** The same flags where the output can have other formats. */
export function withFormats(flags: readonly Flag[], formats: readonly string[]): readonly Flag[] {
  return flags.map((flag) => (flag.name === 'format' ? { ...flag, choices: formats } : flag));
}

/**
 * The common flags for commands that judge no position. They have no `--alert`: it would report that all is well
 * although nothing was checked.
 */
export const UNALARMED_FLAGS: readonly Flag[] = COMMON_FLAGS.filter(({ name }) => name !== 'alert');

const FORMATTED: ReadonlySet<string> = new Set(['format', 'json', 'only', 'dp', 'csv-safe']);

/** The common flags for commands whose output has one form. */
export const PLAIN_FLAGS: readonly Flag[] = UNALARMED_FLAGS.filter(({ name }) => !FORMATTED.has(name));

/** The same for commands that compute nothing, which read no defaults. */
export const BARE_FLAGS: readonly Flag[] = withIdle(PLAIN_FLAGS, 'config', 'no-config');

/** Shows only positions near their liquidation, in streams and accounts. */
export const WITHIN_FLAG: Flag = {
  name: 'within',
  placeholder: 'PERCENT',
  meaning: 'only records at or below this distance to liquidation, and failed records',
  heading: 'Stream',
};

/** Chooses and orders records in streams, and positions in accounts. */
export const ORDER_FLAGS: readonly Flag[] = [
  {
    name: 'sort',
    placeholder: 'FIELDS',
    meaning: 'order by these comma-separated fields; - before a field reverses it; absent values come last',
    heading: 'Stream',
    takes: 'results',
  },
  {
    name: 'top',
    placeholder: 'N',
    meaning: 'only the first N of the order; without --sort the N nearest to liquidation',
    heading: 'Stream',
  },
];

/** The same flag for commands that judge whole accounts, where `--alert` compares other values. */
export function ofAccounts(flag: Flag): Flag {
  if (flag.name !== 'alert') return flag;
  return {
    ...flag,
    meaning:
      'exit 1 if a distance to liquidation or the market move is at or below this percentage; stderr names the nearest',
  };
}

/** The common flags for commands whose records have the results of one position: `--only` accepts these. */
export const RESULT_FLAGS: readonly Flag[] = COMMON_FLAGS.map((flag) =>
  flag.name === 'only' ? { ...flag, takes: 'results' } : flag,
);

/** The flags of a position as a record: keys and the typed text, in the order of the fields. */
export function recordOfOptions(options: Parsed['options']): RawRecord {
  return FIELD_LIST.flatMap(([key]) => {
    const value = options[key];
    return typeof value === 'string' ? [[key, value] as const] : [];
  });
}
