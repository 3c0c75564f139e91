import * as z from 'zod/mini';
import { problem, problemOf, type Problem } from '../core/errors.js';
import { shownValue, type JsonValue } from './json-value.js';

/** A schema that untrusted values are read by. */
export type Schema<T> = z.ZodMiniType<T>;

/** An issue of zod's, as far as it becomes a problem of ours. */
export interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message?: string;
  readonly input?: unknown;
  readonly params?: unknown;
  /** Of a union: the issues of each option. */
  readonly errors?: readonly (readonly Issue[])[];
}

/** What zod says where a schema has no words of ours. */
const ZODS_WORDS = 'Invalid input';

/** The problem that an issue carries, under the name of its place; `undefined` for an issue of zod's own. */
export function problemOfIssue({ params }: Issue, field: string): Problem | undefined {
  const carried = (params as { readonly problem?: Problem } | undefined)?.problem;
  return carried && (field === '' ? carried : problemOf(field, carried));
}

/** An issue that carries a problem of the value that it is about; what else is wrong is found all the same. */
export function keyIssue(of: Problem): { code: 'unrecognized_keys'; keys: string[]; input: undefined; params: object } {
  // Of all codes only this one does not end a pipe: it is about keys, not about the value that the pipe hands on.
  return { code: 'unrecognized_keys', keys: [of.field], input: undefined, params: { problem: of } };
}

/** The name of a place within a named value: `positions[1].orders[0].side`. */
function nameOf(name: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((whole, step) => {
    if (typeof step === 'number') return `${whole}[${step}]`;
    return whole === '' ? String(step) : `${whole}.${String(step)}`;
  }, name);
}

/** Whether an issue says that the whole value is of another kind: an array for an object. */
const isOfOtherKind = ({ code, path }: Issue): boolean => code === 'invalid_type' && path.length === 0;

/** The problems that issues of a value are, under its name. The one place where zod's issues become ours. */
export function problemsOfIssues(issues: readonly Issue[], name: string): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const field = nameOf(name, issue.path);
    const carried = problemOfIssue(issue, field);
    if (carried) return [carried];
    // What lacks is told by the object that lacks it.
    if (issue.code === 'invalid_type' && issue.input === undefined) return [];
    const fitting = (issue.errors ?? []).filter((each) => !each.some(isOfOtherKind));
    const [only, ...others] = fitting;
    if (only && others.length === 0) return problemsOfIssues(only, field);
    const advice = issue.message === ZODS_WORDS ? undefined : issue.message;
    return [problem('NOT_A_VALUE', field, { value: shownValue(issue.input), advice })];
  });
}

/**
 * Reads a value of untrusted JSON.
 *
 * @param name - of the value in messages; empty for the whole.
 * @param problems - everything that is wrong is added.
 * @returns `undefined` where anything is.
 */
export function readJson<T>(schema: Schema<T>, value: JsonValue, name: string, problems: Problem[]): T | undefined {
  const read = z.safeParse(schema, value, { reportInput: true });
  if (read.success) return read.data;
  problems.push(...problemsOfIssues(read.error.issues, name));
  return undefined;
}
