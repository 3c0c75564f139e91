import { problemWords, type FieldName, type Problem } from '../core/errors.js';

/** Problems in words as stderr shows them: one on its line, several below their number. */
export function problemList(problems: readonly Problem[], name?: FieldName): string {
  const words = problems.map((each) => problemWords(each, name));
  return words.length > 1 ? `${words.length} problems\n  ${words.join('\n  ')}` : words.join('');
}
