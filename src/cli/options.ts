import { choice } from '../core/choice.js';
import { problem, type Problem } from '../core/errors.js';
import { closest, meant } from '../core/names.js';
import { Ratio } from '../core/ratio.js';
import type { Slip } from '../core/slips.js';
import { NEAREST_FIRST, sortFieldsOf, type Order } from '../formats/order.js';
import { fieldOfKey } from '../formats/record.js';
import { OUTPUT_SHAPES } from '../schema/output-shapes.js';
import { readValue, type Shape } from '../schema/value.js';
import { formatsFor } from '../report/writers/index.js';
import { flagName } from '../formats/flag-name.js';
import type { Format, Parsed, Usage } from './flags.js';
import type { ColorChoice } from './terminal.js';
import { slipsOfFlags } from './slips.js';

/** The options of every command. */
export interface CommonOptions<F extends string = Format> {
  readonly format: F | undefined;
  /** Fields of `--only`, in the requested order. */
  readonly only: readonly string[] | undefined;
  /** Decimals of prices and amounts. */
  readonly decimals: number | undefined;
  /** Percent of `--alert`. */
  readonly alert: Ratio | undefined;
  readonly color: ColorChoice;
  /** Whether CSV cells must not be formulas for a spreadsheet. */
  readonly isCsvSafe: boolean;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
  /** The flag values that look like a mistake. */
  readonly slips: readonly Slip[];
}

/** Reads the flags of every command, and adds anything invalid to the problems. */
export function readCommonOptions(options: Parsed['options'], problems: Problem[]): CommonOptions;
export function readCommonOptions<F extends string>(
  options: Parsed['options'],
  problems: Problem[],
  formats: readonly F[],
): CommonOptions<F | 'json'>;
export function readCommonOptions(
  options: Parsed['options'],
  problems: Problem[],
  formats: readonly string[] = formatsFor('reports'),
): CommonOptions<string> {
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const chosen = <T extends string>(name: string, choices: readonly T[]): T | undefined => {
    const word = text(name);
    return word === undefined ? undefined : choice(name, word, choices, problems);
  };
  const format = chosen('format', formats);
  if (options['json'] === true && format !== undefined && format !== 'json') {
    problems.push(problem('CONFLICT', 'json', { with: 'format', why: '--json is the same as --format json' }));
  }
  return {
    format: options['json'] === true ? 'json' : format,
    only: text('only')
      ?.split(',')
      .map((name) => name.trim()),
    decimals: readDecimals(text('dp'), problems),
    alert: readPercent('alert', text('alert'), problems),
    color: colorOf(options, problems),
    isCsvSafe: options['csvSafe'] === true,
    isQuiet: options['quiet'] === true,
    isVerbose: options['verbose'] === true,
    slips: slipsOfFlags(options),
  };
}

/** When to use colour. */
export function colorOf({ color }: Parsed['options'], problems: Problem[]): ColorChoice {
  if (color === false) return 'never';
  return (
    (typeof color === 'string' ? choice('color', color, OUTPUT_SHAPES.color.choices, problems) : undefined) ?? 'auto'
  );
}

const TOP = { kind: 'decimal', range: 'positive', maximum: '1000000', whole: true } as const satisfies Shape;

/** The number of a flag, read by its shape. Anything invalid is added to the problems. */
export function readNumber(
  shape: Shape & { readonly kind: 'decimal' },
  name: string,
  text: string | undefined,
  problems: Problem[],
): Ratio | undefined {
  if (text === undefined) return undefined;
  const read = readValue(shape, name, text);
  if ('problem' in read) problems.push(read.problem);
  else if (read.value instanceof Ratio) return read.value;
  return undefined;
}

function readDecimals(text: string | undefined, problems: Problem[]): number | undefined {
  const decimals = readNumber(OUTPUT_SHAPES.dp, 'dp', text, problems);
  return decimals && Number(decimals.toText(0));
}

/** A percentage that is not a field: `5` or `5%`. */
function readPercent(name: string, text: string | undefined, problems: Problem[]): Ratio | undefined {
  return readNumber(OUTPUT_SHAPES.percent, name, text, problems)?.percent();
}

/** The percentage of `--within`. */
export function readWithin(options: Parsed['options'], problems: Problem[]): Ratio | undefined {
  const text = options['within'];
  return readPercent('within', typeof text === 'string' ? text : undefined, problems);
}

/**
 * The order of `--sort` and `--top`; `undefined` without both. The names are not checked, because records may have more
 * keys.
 */
export function readOrder(options: Parsed['options'], problems: Problem[]): Order | undefined {
  const { sort, top: given } = options;
  if (typeof sort !== 'string' && typeof given !== 'string') return undefined;
  const top = readNumber(TOP, 'top', typeof given === 'string' ? given : undefined, problems);
  return {
    fields: typeof sort === 'string' ? sortFieldsOf(sort) : NEAREST_FIRST,
    ...(top && { top: Number(top.toText(0)) }),
  };
}

/** Problems of unknown flags, each with the flag that may have been meant. */
export function unknownFlagProblems(unknown: readonly string[], { flags }: Usage): Problem[] {
  const names = flags.map(({ name }) => `--${name}`);
  return unknown
    .filter((word) => word.startsWith('-') && word !== '-')
    .map((word) => {
      const flag = word.split('=')[0] as string;
      if (names.includes(flag)) return problem('NO_VALUE_TAKEN', flag, {});
      const key = fieldOfKey(flag.replace(/^-+/, ''));
      const ofKey = names.find((name) => key !== undefined && name === flagName(key));
      const suggestion = ofKey ?? closest(flag, names) ?? flagMeant(flag, flags);
      return problem('UNKNOWN_KEY', flag, { suggestion });
    });
}

/** The flag that an unknown one most likely means. */
function flagMeant(written: string, flags: Usage['flags']): string | undefined {
  const suggestion = meant(
    written.replace(/^-+/, ''),
    flags.map(({ name }) => name),
  );
  return suggestion && `--${suggestion}`;
}

/** Problems of excess arguments. */
export function excessProblems(excess: readonly string[]): Problem[] {
  return excess.map((value) => problem('UNEXPECTED', '', { value }));
}
