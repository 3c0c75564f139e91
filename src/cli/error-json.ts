import { errorCode, isLiqcalcError, problemsInWords, problemWords } from '../core/errors.js';
import { flagName } from '../formats/flag-name.js';
import { UsageError } from './command.js';
import { exitName } from './ending.js';
import { optionKey } from './flags.js';

/** An error as one line of JSON: the code, the message, and each problem under the key of its input. */
export function errorJson(error: unknown, words: string): string {
  const about = aboutOf(error);
  if (!about) {
    const code = exitName({ kind: 'failed', error }).replace(/[A-Z]/g, '_$&').toUpperCase();
    return `${JSON.stringify({ error: { code, message: words, problems: [] } })}\n`;
  }
  const { problems: found, name } = about;
  const problems = found.map((each) => ({
    code: each.code,
    field: keyOfInput(each.field),
    message: problemWords(each, name),
  }));
  const message = problemsInWords(found, name).join('; ');
  return `${JSON.stringify({ error: { code: errorCode(found), message, problems } })}\n`;
}

/** The problems of an error about the input, and how they name fields. */
function aboutOf(error: unknown): UsageError['about'] {
  if (isLiqcalcError(error)) return { problems: error.problems, name: flagName };
  return error instanceof UsageError ? error.about : undefined;
}

/** The key of an input as records have it, however a problem names it: `onError` for `--on-error`. */
const keyOfInput = (field: string): string => optionKey(field.replace(/^--(no-)?([^ ]*).*$/s, '$2'));
