import type { Problem } from '../core/errors.js';
import type { Ratio } from '../core/ratio.js';
import { readValue, type Shape } from './value.js';

/** One input, declared once: its flag, help, completion, reading, JSON key and schema follow from it and its key. */
export interface Input extends Shape {
  readonly placeholder: string;
  readonly meaning: string;
  /** Other spellings of the key. */
  readonly aliases?: readonly string[];
  /** Several values with commas between. */
  readonly list?: true;
  /** Whether it may be given several times. */
  readonly repeats?: true;
  /** What messages call it where it is missing; an input without it may be left out. */
  readonly needed?: string;
  /** Reads all its texts, where no shape describes them; problems are added to those given. */
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

/** What an input is read into: exact numbers, words, lists of them, or what its own reader makes of it. */
type ValueOf<I extends Input> = I extends { readonly read: (texts: readonly string[], problems: Problem[]) => infer V }
  ? V
  : I extends Several
    ? readonly Single<I>[]
    : Single<I>;

type Needed<Q extends Inputs> = {
  [K in keyof Q]: Q[K] extends { readonly needed: string } ? K : never;
}[keyof Q];

/** Values of inputs: those that are needed are there. */
export type ValuesOf<Q extends Inputs> = { readonly [K in Needed<Q>]: ValueOf<Q[K]> } & {
  readonly [K in Exclude<keyof Q, Needed<Q>>]?: ValueOf<Q[K]> | undefined;
};

/** The flag of a key without dashes: `add-margin` for `addMargin`. */
export function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Reads the texts of an input: its value (a list where it takes several); problems are added to those given. */
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
