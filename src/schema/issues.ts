import * as z from 'zod/mini';
import { problem, problemOf, type Problem } from '../core/errors.js';
import { shownValue, type JsonValue } from './json-value.js';

/** A schema that reads untrusted values. */
export type Schema<T> = z.ZodMiniType<T>;

/** The parts of a zod issue that become a liqcalc problem. */
export interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message?: string;
  readonly input?: unknown;
  readonly params?: unknown;
  /** Of a union: the issues of each option. */
  readonly errors?: readonly (readonly Issue[])[];
}

/** Zod's own message, for a schema without a liqcalc message. */
const ZODS_WORDS = 'Invalid input';

/** The problem that an issue contains, under the name of its place; `undefined` for zod's own issues. */
export function problemOfIssue({ params }: Issue, field: string): Problem | undefined {
  const carried = (params as { readonly problem?: Problem } | undefined)?.problem;
  return carried && (field === '' ? carried : problemOf(field, carried));
}

/** An issue that contains a problem of its value and does not stop validation: other problems are still found. */
export function keyIssue(of: Problem): { code: 'unrecognized_keys'; keys: string[]; input: undefined; params: object } {
  // Only this code does not end a pipe: it is about keys, not about the value that the pipe passes on.
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

/** Converts the issues of a value to problems, under its name. Only this function converts zod's issues. */
export function problemsOfIssues(issues: readonly Issue[], name: string): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const field = nameOf(name, issue.path);
    const carried = problemOfIssue(issue, field);
    if (carried) return [carried];
    // A missing member is reported by its object.
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
 * @param problems - problems found are added.
 * @returns `undefined` if there are problems.
 */
export function readJson<T>(schema: Schema<T>, value: JsonValue, name: string, problems: Problem[]): T | undefined {
  const read = z.safeParse(schema, value, { reportInput: true });
  if (read.success) return read.data;
  problems.push(...problemsOfIssues(read.error.issues, name));
  return undefined;
}
