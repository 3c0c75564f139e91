import { isAbsolute, join } from 'node:path';
import { isLiqcalcError } from '../core/errors.js';
import { RULE_IDS } from '../core/risk/rules/index.js';
import { changesFigures, type ConfigFile } from '../formats/config-file.js';
import { kebab } from '../schema/input.js';
import { readConfigFile } from '../formats/risk-config.js';
import { printableLine } from '../report/printable.js';
import { RunError, type Invocation } from './command.js';
import { fileFault, fileText } from './files.js';
import { optionKey, type Flag } from './flags.js';
import type { Io } from './io.js';
import { problemList } from './problem-list.js';

const MOST_CONFIG_BYTES = 1 << 20;

/** Headings of flags that name what to request or to store: a file must not choose that. */
const REQUESTS: ReadonlySet<string> = new Set(['Exchange', 'Tables']);

/**
 * A call with the defaults of a file in the place of flags that were not given, and with its rules. Prints what changes
 * figures or turns rules off, and all defaults with `--verbose`.
 *
 * @throws {RunError} for a file that cannot be read (66 if a flag names it, else 78) or is invalid (78).
 */
export function configured(invocation: Invocation, path: string): Invocation {
  const file = readFile(invocation, path);
  const defaults = Object.entries(file.defaults ?? {}).flatMap(takenBy(invocation));
  printNotes(invocation, path, defaults, file);
  const taken = defaults.map(([key, value]): Default => [
    key,
    key === 'brackets' ? besideFile(path, String(value)) : value,
  ]);
  return {
    ...invocation,
    options: { ...Object.fromEntries<string | true>(taken), ...invocation.options },
    config: { path, rules: file.rules ?? {} },
  };
}

type Default = readonly [key: string, value: string | true];

/** The defaults that a call takes: their flags have an effect and are not given. */
function takenBy(
  invocation: Invocation,
): (of: readonly [key: string, value: string | boolean | undefined]) => readonly Default[] {
  const { usage, options } = invocation;
  const takes = ({ isIdle, heading }: Flag): boolean => isIdle !== true && !REQUESTS.has(heading);
  const keys = new Set(usage.flags.filter(takes).map(({ name }) => optionKey(name)));
  return ([key, value]) => {
    if (value === undefined || value === false || options[key] !== undefined || !keys.has(key)) return [];
    return usage.leavesDefault?.(key, invocation) === true ? [] : [[key, value]];
  };
}

function printNotes(
  { io, usage, options }: Invocation,
  path: string,
  defaults: readonly Default[],
  { rules = {} }: ConfigFile,
): void {
  if (options['quiet'] === true) return;
  const isNamed = ([key]: Default): boolean => options['verbose'] === true || changesFigures(key);
  const judges = options['rules'] === true || usage.flags.some(({ name }) => name === 'rule');
  const named = defaults
    .filter(isNamed)
    .map(([key, value]) => (value === true ? kebab(key) : `${kebab(key)} ${value}`));
  const off = judges ? RULE_IDS.filter((id) => rules[id]?.kind === 'off') : [];
  for (const [what, words] of [
    ['defaults of', named],
    ['rules turned off by', off],
  ] as const) {
    if (words.length > 0) io.stderr.write(`liqcalc: ${what} ${path}: ${printableLine(words.join(', '))}\n`);
  }
}

/** A path in a file, relative to its folder. */
function besideFile(path: string, file: string): string {
  return isAbsolute(file) ? file : join(path, '..', file);
}

function readFile({ io, options }: Invocation, path: string): ConfigFile {
  const text = options['config'] === path ? fileText(io, path, MOST_CONFIG_BYTES) : foundText(io, path);
  try {
    return readConfigFile(text);
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    throw new RunError(`${path}: ${problemList(error.problems)}`, 'badConfig');
  }
}

function foundText(io: Io, path: string): string {
  try {
    return io.readFile(path, MOST_CONFIG_BYTES).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new RunError(`${path} cannot be read: ${fileFault(error)}`, 'badConfig');
  }
}
