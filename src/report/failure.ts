import { errorCode, problemsInWords, type Problem } from '../core/errors.js';
import { isJson, jsonKind, jsonMembers, jsonScalar } from '../formats/json.js';
import { ID_KEYS } from '../formats/record.js';

/** Why a record has no answer. */
export interface Failure {
  /** As that of `LiqcalcError`. */
  readonly code: string;
  /** What is wrong, and what to do. */
  readonly message: string;
  /** The input that it is about. */
  readonly field?: string;
}

/** The key and the column that errors are written under. */
export const ERROR_KEY = 'error';

/** The failure of a record with some problems. */
export function failureOf(problems: readonly Problem[]): Failure {
  const field = problems[0]?.field ?? '';
  const failure = { code: errorCode(problems), message: problemsInWords(problems).join('; ') };
  return field === '' ? failure : { ...failure, field };
}

/** A failure as a JSON member. */
export function failureMember({ code, message, field }: Failure): string {
  return `"${ERROR_KEY}":${JSON.stringify({ code, message, ...(field !== undefined && { field }) })}`;
}

/** A text that is not an object, with its failure: `{"input":...,"error":...}`. */
export const failedText = (text: string, failure: Failure): string =>
  `{"input":${JSON.stringify(text)},${failureMember(failure)}}`;

/** A record that failed as JSON on one line: its own fields and the error. */
export function failedJson(failure: Failure, text: string): string {
  const trimmed = text.trim();
  if (!isJson(trimmed) || jsonKind(trimmed) !== 'object') return failedText(trimmed, failure);
  const own = trimmed
    .slice(1, -1)
    .replace(/[\r\n]+\s*/g, ' ')
    .trim();
  return `{${own}${own === '' ? '' : ','}${failureMember(failure)}}`;
}

/** The name of a record by its own keys; `undefined` without one. */
export function ownName(own: readonly (readonly [key: string, json: string])[]): string | undefined {
  const members = new Map(own);
  const names = ID_KEYS.map((key) => jsonScalar(members.get(key) ?? 'null'));
  return names.find((name) => name !== undefined && name !== '');
}

/** The same for a record that failed, as it was read. */
export function nameInText(text: string): string | undefined {
  const trimmed = text.trim();
  if (!isJson(trimmed) || jsonKind(trimmed) !== 'object') return undefined;
  return ownName(jsonMembers(trimmed).map(({ key, json }) => [key, json]));
}
