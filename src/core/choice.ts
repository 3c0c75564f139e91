import { problem, type Problem } from './errors.js';
import { closest } from './names.js';

/** The choice that a word names, in any case; another word is a problem that suggests the nearest one. */
export function choice<C extends string>(
  field: string,
  word: string,
  choices: readonly C[],
  problems: Problem[],
): C | undefined {
  const written = word.trim().toLowerCase();
  const found = choices.find((each) => each === written);
  if (found === undefined) problems.push(notAChoice(field, word, choices));
  return found;
}

/** The problem of a word that is not one of the choices. */
export function notAChoice(field: string, value: string, choices: readonly string[]): Problem {
  return problem('NOT_A_CHOICE', field, { value, choices, suggestion: closest(value.trim().toLowerCase(), choices) });
}
