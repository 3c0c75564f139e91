import { problem, type Problem } from '../core/errors.js';
import { meant } from '../core/names.js';
import { FIELD_LIST } from '../formats/fields.js';
import { RESULT_LIST } from '../formats/results.js';
import type { Input } from '../schema/input.js';

/** Every name that can request a value, with the key of that value. */
export type Dictionary = ReadonlyMap<string, string>;

type Spelled = readonly (readonly [key: string, input: Pick<Input, 'aliases'>])[];

/**
 * The names of inputs, their aliases, and figures. If two have the same name, the figure wins.
 *
 * @param spellings - other names of figures: CSV columns, for what JSON nests.
 */
export function dictionaryOf(
  inputs: Spelled,
  figures: readonly string[],
  spellings: Readonly<Record<string, string>> = {},
): Dictionary {
  const names = [
    ...figures.map((key) => [key, key] as const),
    ...Object.entries(spellings),
    ...inputs.flatMap(([key, { aliases = [] }]) => [key, ...aliases].map((name) => [name, key] as const)),
  ];
  const dictionary = new Map<string, string>();
  for (const [name, key] of names) if (!dictionary.has(name)) dictionary.set(name, key);
  return dictionary;
}

/** The names of one position: its fields and results. */
export const POSITION_NAMES: Dictionary = dictionaryOf(
  FIELD_LIST,
  RESULT_LIST.map(([key]) => key),
);

/**
 * The keys that some names mean. An unknown name is a problem; the last such problem lists the known names.
 */
export function keysNamed(names: readonly string[], dictionary: Dictionary, problems: Problem[]): readonly string[] {
  const unknown = names.filter((name) => !dictionary.has(name));
  problems.push(...unknownNames(unknown, dictionary));
  return names.map((name) => dictionary.get(name) ?? name);
}

/** Problems of unknown names; the last one lists the known names. */
export function unknownNames(unknown: readonly string[], dictionary: Dictionary, flag = 'only'): Problem[] {
  const known = [...new Set(dictionary.values())];
  return unknown.map((value, index) =>
    problem('UNKNOWN_RESULT', flag, {
      value,
      suggestion: meant(value, [...dictionary.keys()]),
      known: index === unknown.length - 1 ? known : [],
    }),
  );
}
