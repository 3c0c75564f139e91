import type { Command } from '../commands/shared/command.js';
import { readQuestion } from '../commands/shared/read-question.js';
import { symbolCheckOf } from '../commands/shared/unknown-symbol.js';
import { isLiqcalcError, LiqcalcError, problem, type Problem } from '../core/errors.js';
import { closest } from '../core/names.js';
import { slipsOf } from '../core/slips.js';
import { fieldOfKey, type RawRecord, type RawValue } from '../formats/record.js';
import type { Report } from '../report/report.js';
import type { Input } from '../schema/input.js';
import { answerOf } from './answer.js';
import { contentOf, copyOf, RATE_KEY, readable, recordOf, shown, textOf, withPercentRate } from './given.js';
import { decimalsOf, optionsOf, tablesWith, todayOf, type Options } from './options.js';

/** The parts of a question that is given as an object. */
interface Parts {
  readonly record: RawRecord;
  readonly texts: Readonly<Record<string, readonly string[]>>;
  readonly switches: Readonly<Record<string, boolean>>;
}

/**
 * The answer of a command as the library gives it.
 *
 * @throws {LiqcalcError} with everything that is wrong at once.
 */
export function ask(command: Command, given: object, options: Options, more: Asking = {}): object {
  const answer = answerOf(command, reportFor(command, given, options, more), filesOf(command));
  return more.only
    ? Object.fromEntries(more.only.filter((key) => key in answer).map((key) => [key, (answer as Values)[key]]))
    : answer;
}

type Values = Readonly<Record<string, unknown>>;

/** What else a question says. */
export interface Asking {
  /** Code that only some questions need. */
  readonly code?: unknown;
  /** The figures that are wanted; all by default. */
  readonly only?: readonly string[] | undefined;
}

/** The report of a command on a question that is given as an object. */
export function reportFor(command: Command, given: object, options: Options, { code, only }: Asking = {}): Report {
  const settings = optionsOf(options);
  const decimals = decimalsOf(settings);
  const tables = tablesWith(settings);
  const problems: Problem[] = [];
  const { record, texts, switches } = partsOf(command, given, problems);
  const { terms, values, inputs, entryDecimals } = reading();
  const context = { today: todayOf(settings), tables, readFile: (content: string) => content };
  const question = { ...values, ...switches, terms };
  const slips = slipsOf({ ...values, ...terms });
  return command.report(question, {
    context,
    inputs,
    entryDecimals,
    decimals,
    slips,
    isQuiet: false,
    code,
    only: only && new Set(only),
  });

  function reading(): ReturnType<typeof readQuestion> {
    try {
      return readQuestion({ record, textsOf: (key) => texts[key] ?? [] }, command, problems);
    } catch (error) {
      if (!isLiqcalcError(error)) throw error;
      throw new LiqcalcError([...error.problems, ...(symbolCheckOf(command, record)?.(tables) ?? [])]);
    }
  }
}

/** The inputs of a command that are files on the command line: an answer does not repeat what is in them. */
function filesOf({ inputs }: Command): ReadonlySet<string> {
  return new Set(Object.entries(inputs).flatMap(([key, { placeholder }]) => (placeholder === FILE ? [key] : [])));
}

const FILE = 'FILE';

/** Sorts the keys of a question: the position, the inputs of the command, and its switches. */
function partsOf(command: Command, given: object, problems: Problem[]): Parts {
  const position: Record<string, unknown> = {};
  const texts: Record<string, readonly string[]> = {};
  const switches: Record<string, boolean> = Object.fromEntries(
    Object.keys(command.switches ?? {}).map((key) => [key, false]),
  );
  const entries = Object.entries(copyOf(given)) as [string, unknown][];
  const known = new Set(entries.map(([key]) => fieldOfKey(key) ?? key));
  for (const [key, value] of entries) {
    if (value === undefined || value === null) continue;
    const field = fieldOfKey(key);
    const input = Object.hasOwn(command.inputs, key) ? command.inputs[key] : undefined;
    if (input) texts[key] = readable(key, () => textsOf(key, input, value, problems));
    else if (Object.hasOwn(switches, key)) switches[key] = value === true;
    else if ((field !== undefined && command.position.includes(field)) || isRate(command, key)) position[key] = value;
    else if (!isOfAnswer(command, key)) problems.push(...unknownKey(command, key, field !== undefined, known));
  }
  return { record: withPercentRate(recordOf(position)), texts, switches };
}

const isRate = ({ position }: Command, key: string): boolean => key === RATE_KEY && position.includes('mmr');

/** Whether a key is of an answer that is given as a question again. */
const isOfAnswer = ({ figures, list }: Command, key: string): boolean =>
  Object.hasOwn(figures, key) || key === list?.key;

/**
 * The problem of a key that a question does not have. As in records, other keys pass, except one that looks like a
 * misspelling of an input that is not given.
 */
function unknownKey(
  { position, inputs, switches = {} }: Command,
  key: string,
  isField: boolean,
  given: ReadonlySet<string>,
): readonly Problem[] {
  if (isField) return [problem('UNKNOWN_KEY', key, { why: 'this question does not take it' })];
  const missing = [...position, ...Object.keys(inputs), ...Object.keys(switches)].filter((each) => !given.has(each));
  const suggestion = closest(key, missing);
  return suggestion === undefined ? [] : [problem('UNKNOWN_KEY', key, { suggestion })];
}

/** The texts of an input: as flags would give them. */
function textsOf(key: string, input: Input, value: unknown, problems: Problem[]): readonly string[] {
  if (input.placeholder === FILE) return [contentOf(key, value)];
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  const texts = values.flatMap((each): string[] => {
    const text = isFill(each) ? fillText(each) : textOf(each);
    if (typeof text === 'string') return [text];
    problems.push(problem('NOT_A_VALUE', key, { value: text?.notAValue ?? shown(each), advice: text?.advice }));
    return [];
  });
  return input.list && texts.length > 0 ? [texts.join(',')] : texts;
}

interface WrittenFill {
  readonly qty: unknown;
  readonly price: unknown;
}

const isFill = (value: unknown): value is WrittenFill =>
  typeof value === 'object' && value !== null && 'qty' in value && 'price' in value;

/** A fill as flags write it; the first of its values that cannot be read, if there is one. */
function fillText({ qty, price }: WrittenFill): RawValue | undefined {
  const [size, at] = [textOf(qty), textOf(price)];
  if (typeof size !== 'string') return size;
  return typeof at === 'string' ? `${size}@${at}` : at;
}
