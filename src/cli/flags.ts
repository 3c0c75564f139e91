import { problem, type Problem } from '../core/errors.js';
import { closest } from '../core/names.js';
import { VENUE_NAMES, type VenueName } from '../core/venue-names.js';
import { FIELD_LIST, FIELDS, type Field } from '../formats/fields.js';
import { fieldOfKey, type RawRecord } from '../formats/record.js';
import { kebab, type Input } from '../schema/input.js';
import { choicesOf } from '../schema/value.js';

/** What a value is that is no word of a few: files, symbols of tables, results in a comma-separated list, help topics. */
export type Takes = 'file' | 'symbol' | 'results' | 'rule' | 'topic';

/** One flag: everything that parsing, help and completion need of it. */
export interface Flag {
  /** Its long name without dashes. */
  readonly name: string;
  /** One letter, where it has a short form. */
  readonly short?: string | undefined;
  /** What its value is called in help; a flag without one takes no value. */
  readonly placeholder?: string;
  readonly meaning: string;
  readonly heading: string;
  readonly choices?: readonly string[] | undefined;
  readonly takes?: Takes | undefined;
  /** Whether it may be given several times; its values are then a list. */
  readonly repeats?: boolean | undefined;
}

/** A positional argument. */
export interface Operand {
  /** `[symbol]` where it may be left out, `<name>` where not, `[file...]` for several. */
  readonly usage: string;
  readonly meaning: string;
  readonly choices?: readonly string[];
  readonly takes?: Takes;
}

/** What a command does by the name of an action, its first operand. */
export interface Action {
  readonly meaning: string;
  /** What its own operands are. */
  readonly takes: readonly Takes[];
}

/** What a command takes: the one definition that its parsing, help and completion are made from. */
export interface Usage {
  readonly operands: readonly Operand[];
  readonly flags: readonly Flag[];
  readonly actions?: Readonly<Record<string, Action>>;
}

/** Arguments of a command, parsed. */
export interface Parsed {
  /** Arguments that are no flags. */
  readonly operands: readonly string[];
  /** Flags that are not known, and what followed them. */
  readonly unknown: readonly string[];
  /** Values by option key (`addMargin` for `--add-margin`); `true` for flags without a value. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The key that the value of a flag is found under: `addMargin` for `add-margin`. */
export function optionKey(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The flag of a field, where it has one. */
function flagsOf(key: string, field: Field): Flag[] {
  const { flag, short, placeholder, meaning, heading } = field;
  if (flag === undefined) return [];
  const choices = field.kind === 'choice' ? choicesOf(field) : undefined;
  const takes = key === 'symbol' ? 'symbol' : undefined;
  return [{ name: flag, short, placeholder, meaning, heading, choices, takes }];
}

/** The flag of an input. */
export function inputFlag(key: string, input: Input): Flag {
  const { placeholder, meaning, repeats } = input;
  const choices = input.kind === 'choice' ? choicesOf(input) : undefined;
  const takes = placeholder === 'FILE' ? 'file' : undefined;
  return { name: kebab(key), placeholder, meaning, heading: 'Question', choices, takes, repeats };
}

/** The flag that names a venue. */
export const VENUE_FLAG: Flag = {
  name: 'venue',
  placeholder: 'NAME',
  meaning: 'the venue: its tables and rates',
  heading: 'Tables',
  choices: VENUE_NAMES,
};

/** The venue that `--venue` names; a name that is not known is a problem. */
export function venueOf(options: Parsed['options'], problems: Problem[]): VenueName | undefined {
  const value = options['venue'];
  if (typeof value !== 'string') return undefined;
  const found = VENUE_NAMES.find((name) => name === value.trim().toLowerCase());
  if (!found) {
    const suggestion = closest(value.toLowerCase(), VENUE_NAMES);
    problems.push(problem('NOT_A_CHOICE', 'venue', { value, choices: VENUE_NAMES, suggestion }));
  }
  return found;
}

/** The flag of every command that prices. */
export const BRACKETS_FLAG: Flag = {
  name: 'brackets',
  placeholder: 'FILE',
  meaning: 'bracket tables that go before the imported and the built-in ones',
  heading: 'Maintenance',
  takes: 'file',
};

/** The flags of a position, made from the list of fields, and of the tables that it is priced with. */
export const POSITION_FLAGS: readonly Flag[] = [
  ...FIELD_LIST.flatMap(([key, field]) => flagsOf(key, field)),
  BRACKETS_FLAG,
];

/** Formats that output can have. */
export const FORMATS = ['text', 'json', 'ndjson', 'csv', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** When colour is used. */
export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;

/** The flags that are everywhere. */
export const COMMON_FLAGS: readonly Flag[] = [
  { name: 'format', placeholder: 'F', meaning: 'output format', heading: 'Output', choices: FORMATS },
  { name: 'json', meaning: 'the same as --format json', heading: 'Output' },
  {
    name: 'only',
    placeholder: 'FIELDS',
    meaning: 'bare values of these fields, comma-separated, tabs between',
    heading: 'Output',
  },
  { name: 'dp', placeholder: 'N', meaning: 'decimals of prices and amounts, 0 to 30', heading: 'Output' },
  {
    name: 'alert',
    placeholder: 'PERCENT',
    meaning: 'exit 1 when a distance is at or below this percentage; stderr names the nearest',
    heading: 'Output',
  },
  {
    name: 'csv-safe',
    meaning: 'an apostrophe before CSV text that a spreadsheet would run as a formula',
    heading: 'Output',
  },
  { name: 'color', placeholder: 'WHEN', meaning: 'colour', heading: 'Output', choices: COLOR_CHOICES },
  { name: 'no-color', meaning: 'the same as --color never', heading: 'Output' },
  { name: 'quiet', short: 'q', meaning: 'errors only on stderr', heading: 'Output' },
  { name: 'verbose', short: 'v', meaning: 'say more on stderr', heading: 'Output' },
  { name: 'help', short: 'h', meaning: 'show this help', heading: 'Output' },
  { name: 'version', short: 'V', meaning: 'show the version', heading: 'Output' },
];

/** The flags that are everywhere, for commands that judge no position: there `--alert` would be an all-clear of nothing. */
export const UNALARMED_FLAGS: readonly Flag[] = COMMON_FLAGS.filter(({ name }) => name !== 'alert');

/** Only what is near its liquidation, of streams and accounts. */
export const WITHIN_FLAG: Flag = {
  name: 'within',
  placeholder: 'PERCENT',
  meaning: 'only the records at or below this distance, and those that failed',
  heading: 'Stream',
};

/** The same where whole accounts are judged: what `--alert` goes by there. */
export function ofAccounts(flag: Flag): Flag {
  if (flag.name !== 'alert') return flag;
  return {
    ...flag,
    meaning: 'exit 1 when a distance or the market move is at or below this percentage; stderr names the nearest',
  };
}

/** The same where records have the results of one position: `--only` takes them. */
export const RESULT_FLAGS: readonly Flag[] = COMMON_FLAGS.map((flag) =>
  flag.name === 'only' ? { ...flag, takes: 'results' } : flag,
);

/** The flags of a position as a record: keys and the text that was typed, in the order of the fields. */
export function recordOfOptions(options: Parsed['options']): RawRecord {
  return FIELD_LIST.flatMap(([key]) => {
    const value = options[key];
    return typeof value === 'string' ? [[key, value] as const] : [];
  });
}

/** How messages on the command line name a field: by its flag. */
export function flagName(field: string): string {
  const key = fieldOfKey(field);
  if (key === undefined) return field.startsWith('-') ? field : `--${kebab(field)}`;
  const { flag }: Field = FIELDS[key];
  return flag === undefined ? 'long or short' : `--${flag}`;
}
