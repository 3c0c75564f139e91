import { problemsInWords, type FieldName, type Problem } from '../core/errors.js';
import { UsageError } from './command.js';

/** Problems in words for stderr: a single one on the same line, several below their count. */
export function problemList(problems: readonly Problem[], name?: FieldName): string {
  const words = problemsInWords(problems, name);
  return problems.length > 1 ? `${problems.length} problems\n  ${words.join('\n  ')}` : words.join('');
}

/** Wrong values of a call as an error that no record has. */
export function usageError(problems: readonly Problem[], name: FieldName): UsageError {
  return new UsageError(problemList(problems, name), { problems, name });
}
