import type { Problem } from '../core/errors.js';
import type { Ratio } from '../core/ratio.js';
import { readValue, type Shape } from './value.js';

/**
 * One input, declared once: its flag, help, completion, reader, JSON key and schema are derived from it and its key.
 */
export interface Input extends Shape {
  readonly placeholder: string;
  readonly meaning: string;
  /** Its heading in help, if it differs from that of the command's own inputs. */
  readonly heading?: string;
  /** Other spellings of the key. */
  readonly aliases?: readonly string[];
  /** Several comma-separated values. */
  readonly list?: true;
  /** Whether it may be given several times. */
  readonly repeats?: true;
  /** Its name in the message that it is missing. Without this, the input is optional. */
  readonly needed?: string;
  /** Reads all its texts, if no shape describes them; adds to `problems`. */
  readonly read?: (texts: readonly string[], problems: Problem[]) => unknown;
}

/** Inputs by key. */
export type Inputs = Readonly<Record<string, Input>>;

type Single<I extends Input> = I extends { readonly choices: readonly (infer C)[] }
  ? C
  : I['kind'] extends 'decimal'
    ? Ratio
    : string;

type Several = { readonly list: true } | { readonly repeats: true };

/** The type of an input's value: exact numbers, words, lists of them, or the result of its own reader. */
type ValueOf<I extends Input> = I extends { readonly read: (texts: readonly string[], problems: Problem[]) => infer V }
  ? V
  : I extends Several
    ? readonly Single<I>[]
    : Single<I>;

type Needed<Q extends Inputs> = {
  [K in keyof Q]: Q[K] extends { readonly needed: string } ? K : never;
}[keyof Q];

/** Values of inputs; the needed ones are always present. */
export type ValuesOf<Q extends Inputs> = { readonly [K in Needed<Q>]: ValueOf<Q[K]> } & {
  readonly [K in Exclude<keyof Q, Needed<Q>>]?: ValueOf<Q[K]> | undefined;
};

/** The flag of a key without dashes: `add-margin` for `addMargin`. */
export function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Reads the texts of an input: its value (a list if it takes several). Adds to `problems`. */
export function readInput(key: string, input: Input, texts: readonly string[], problems: Problem[]): unknown {
  if (input.read) return input.read(texts, problems);
  const parts = input.list ? texts.flatMap((text) => text.split(',').map((part) => part.trim())) : texts;
  const values = parts.flatMap((text) => {
    const read = readValue(input, key, text);
    if ('value' in read) return [read.value];
    problems.push(read.problem);
    return [];
  });
  return input.list || input.repeats ? values : values[0];
}
