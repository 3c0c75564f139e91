import * as z from 'zod/mini';
import { problem, type Problem } from '../core/errors.js';
import { closest } from '../core/names.js';
import { keyIssue } from './issues.js';
import type { JsonSchema } from './json-notes.js';
import { JsonArray, JsonObject, shownValue, type JsonValue } from './json-value.js';

/** A declared member of an object. */
export interface Member<T = unknown, Presence extends 'needed' | 'optional' = 'needed' | 'optional'> {
  readonly schema: z.ZodMiniType<T>;
  readonly presence: Presence;
  /** Other spellings of its key. */
  readonly also: readonly string[];
  /** Its name in the message that it is missing; its key by default. */
  readonly what?: string;
  readonly meaning?: string;
  /** Whether `null` is a valid value; for other members `null` counts as absent. */
  readonly takesNull?: true;
}

type MemberWords = Partial<Pick<Member, 'also' | 'meaning' | 'what'>>;

/** A member that must be there. */
export function needed<T>(schema: z.ZodMiniType<T>, words: MemberWords = {}): Member<T, 'needed'> {
  return { schema, presence: 'needed', also: [], ...words };
}

/** A member that may be absent or `null`. */
export function optional<T>(
  schema: z.ZodMiniType<T>,
  words: MemberWords & Pick<Member, 'takesNull'> = {},
): Member<T, 'optional'> {
  return { schema, presence: 'optional', also: [], ...words };
}

/** Members by key. */
export type Members = Readonly<Record<string, Member>>;

/** The result of reading an object: the values of its members under their own keys. */
export type ObjectOf<M extends Members> = {
  readonly [K in keyof M]: M[K] extends Member<infer T, 'needed'> ? T : MemberValue<M[K]> | undefined;
};
type MemberValue<M> = M extends Member<infer T> ? T : never;

/** Rules for an object as a whole. */
export interface ObjectRules {
  /** What to write instead of any other value. */
  readonly advice?: string;
  /** What to write if a needed member is missing; without it, each missing member is reported. */
  readonly incomplete?: string;
  /** Unknown keys: accepted, accepted unless they look like a misspelling of a missing key, or refused. */
  readonly unknown?: 'passed' | 'slipsRefused' | 'refused';
  /**
   * Requirements between its members, as JSON Schema, if they depend on more than its keys; readers check these
   * themselves.
   */
  readonly together?: () => readonly JsonSchema[];
  /** Unknown keys that are not misspellings. */
  readonly isPassed?: (key: string) => boolean;
}

/** A declared object. */
export interface DeclaredObject extends ObjectRules {
  readonly members: Members;
}

const DECLARED = new WeakMap<object, DeclaredObject>();

/** The declaration of an object schema; `undefined` for a schema that `objectOf` did not create. */
export function declaredObject(schema: object): DeclaredObject | undefined {
  return DECLARED.get(schema);
}

/** Every spelling of a member, its own key first. */
export const spellingsOf = (key: string, { also }: Member): readonly string[] => [key, ...also];

const JSON_OBJECT = 'write an object';
const JSON_ARRAY = 'write an array';

/**
 * An object of untrusted JSON. Its keys are checked first (given twice, unknown, missing), then zod reads its values;
 * all problems are reported at once.
 */
export function objectOf<M extends Members>(members: M, rules: ObjectRules = {}): z.ZodMiniType<ObjectOf<M>> {
  const entries = Object.entries<Member>(members);
  const values = z.object(
    Object.fromEntries(
      entries.flatMap(([key, member]) => spellingsOf(key, member).map((name) => [name, valueOf(member)] as const)),
    ),
  );
  const declared = { ...rules, members };
  DECLARED.set(values, declared);
  const settled = z.transform((value: unknown, context): unknown => {
    if (value instanceof JsonObject)
      return settledValues(declared, value, (of) => void context.issues.push(keyIssue(of)));
    context.issues.push({
      code: 'invalid_type',
      expected: 'object',
      input: value,
      message: rules.advice ?? JSON_OBJECT,
    });
    return z.NEVER;
  });
  const own = z.transform((given: Readonly<Record<string, unknown>>) => ownValues(entries, given) as ObjectOf<M>);
  return z.pipe(z.pipe(settled, values), own);
}

function valueOf({ schema, presence, also, takesNull, meaning }: Member): z.ZodMiniType {
  const isAlways = presence === 'needed' && also.length === 0;
  const value = isAlways ? schema : takesNull ? z.optional(schema) : z.nullish(schema);
  return meaning === undefined ? value : value.check(z.describe(meaning));
}

/** Reports a problem. */
export type Report = (of: Problem) => void;

/** The values of an object's members, each under its spelling; reports problems of its keys. */
function settledValues(
  declared: DeclaredObject,
  object: JsonObject,
  report: Report,
): Readonly<Record<string, JsonValue>> {
  const given = valuesByKey(object, report);
  const values = Object.create(null) as Record<string, JsonValue>;
  const missing = new Map<string, Member>();
  for (const [key, member] of Object.entries(declared.members)) {
    const [first, second] = givenSpellings(key, member, given);
    if (first === undefined) {
      if (member.presence === 'needed') missing.set(key, member);
      continue;
    }
    if (second !== undefined) report(problem('DUPLICATE_KEY', second, { other: first }));
    values[first] = given.get(first) as JsonValue;
  }
  // A misspelled key explains why that key is missing.
  for (const suggestion of unknownKeys(declared, given, report)) missing.delete(suggestion);
  if (missing.size > 0 && declared.incomplete !== undefined) {
    report(problem('NOT_A_VALUE', '', { value: shownValue(object), advice: declared.incomplete }));
    return values;
  }
  for (const [key, { what = key }] of missing) report(problem('MISSING', '', { what, give: [key] }));
  return values;
}

/**
 * The values of an object, for members that are read one by one: by their own keys, each with its spelling.
 *
 * @param report - reports problems of its keys.
 */
export function givenMembers(
  declared: DeclaredObject,
  object: JsonObject,
  report: Report,
): readonly (readonly [key: string, spelling: string, value: JsonValue])[] {
  const values = settledValues(declared, object, report);
  return Object.entries(declared.members).flatMap(([key, member]) => {
    const spelling = spellingsOf(key, member).find((each) => values[each] !== undefined);
    return spelling === undefined ? [] : [[key, spelling, values[spelling] as JsonValue] as const];
  });
}

/** The last value of each key; reports a repeated key. */
export function valuesByKey(object: JsonObject, report: Report): ReadonlyMap<string, JsonValue> {
  for (const key of object.repeated) report(problem('DUPLICATE_KEY', key, { other: '' }));
  return object.values;
}

/** The spellings of a member that have a value in an object; usually one. */
function givenSpellings(key: string, member: Member, given: ReadonlyMap<string, JsonValue>): readonly string[] {
  const isGiven = (spelling: string): boolean => {
    const value = given.get(spelling);
    return value !== undefined && (value !== null || member.takesNull === true);
  };
  if (member.also.length === 0) return isGiven(key) ? [key] : [];
  return spellingsOf(key, member).filter(isGiven);
}

/** Reports unknown keys according to the rules; returns the keys that they seem to misspell. */
function unknownKeys(
  { members, unknown = 'passed', isPassed }: DeclaredObject,
  given: ReadonlyMap<string, JsonValue>,
  report: Report,
): readonly string[] {
  if (unknown === 'passed') return [];
  const entries = Object.entries(members);
  const known = new Set(entries.flatMap(([key, member]) => spellingsOf(key, member)));
  const lacking = entries.filter(([key, member]) => !spellingsOf(key, member).some((each) => given.has(each)));
  const candidates = (unknown === 'refused' ? entries : lacking).map(([key]) => key);
  return [...given.keys()].flatMap((key) => {
    if (known.has(key) || isPassed?.(key)) return [];
    const suggestion = closest(key, candidates);
    if (suggestion !== undefined || unknown === 'refused') report(problem('UNKNOWN_KEY', key, { suggestion }));
    return suggestion ?? [];
  });
}

/** Values under the members' own keys. */
function ownValues(
  entries: readonly (readonly [string, Member])[],
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const own: Record<string, unknown> = {};
  for (const [key, member] of entries) {
    const spelling = spellingsOf(key, member).find((each) => given[each] !== undefined);
    if (spelling !== undefined) own[key] = given[spelling];
  }
  return own;
}

/** An array of untrusted JSON, each element as one schema reads it. */
export function listOf<T>(items: z.ZodMiniType<T>, advice = JSON_ARRAY): z.ZodMiniType<readonly T[]> {
  const elements = z.transform((value: unknown, context): readonly JsonValue[] => {
    if (value instanceof JsonArray) return value.items;
    context.issues.push({ code: 'invalid_type', expected: 'array', input: value, message: advice });
    return z.NEVER;
  });
  return z.pipe(elements, z.array(items) as z.ZodMiniType<readonly T[], readonly JsonValue[]>);
}

/** The index of each member in an array. */
export type Places<M extends Members> = { readonly [K in keyof M]: number };

/** A declared array whose places have meanings. */
export interface DeclaredTuple {
  readonly members: Members;
  readonly places: Readonly<Record<string, number>>;
}

const TUPLES = new WeakMap<object, DeclaredTuple>();

/** The declaration of a `tupleOf` schema. */
export function declaredTuple(schema: object): DeclaredTuple | undefined {
  return TUPLES.get(schema);
}

/** An array of untrusted JSON whose places have meanings: its elements are read as the members of an object. */
export function tupleOf<M extends Members>(
  members: M,
  places: Places<M>,
  advice = JSON_ARRAY,
): z.ZodMiniType<ObjectOf<M>> {
  const named = z.transform((value: unknown, context): unknown => {
    if (value instanceof JsonArray) return itemsByName(value, places);
    context.issues.push({ code: 'invalid_type', expected: 'tuple', input: value, message: advice });
    return z.NEVER;
  });
  const schema = z.pipe(named, objectOf(members));
  TUPLES.set(schema, { members, places });
  return schema;
}

function itemsByName({ source, items }: JsonArray, places: Readonly<Record<string, number>>): JsonObject {
  return new JsonObject(source, () =>
    Object.entries(places).flatMap(([key, place]) => {
      const value = items[place];
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

/** An object of untrusted JSON whose keys are names: each value as one schema reads it; `null` counts as absent. */
export function namedOf<T>(
  values: z.ZodMiniType<T>,
  advice = JSON_OBJECT,
): z.ZodMiniType<Readonly<Record<string, T | null | undefined>>> {
  const entries = z.transform((value: unknown, context): Readonly<Record<string, JsonValue>> => {
    if (value instanceof JsonObject) {
      const given = valuesByKey(value, (of) => void context.issues.push(keyIssue(of)));
      return Object.fromEntries(given);
    }
    context.issues.push({ code: 'invalid_type', expected: 'object', input: value, message: advice });
    return z.NEVER;
  });
  const named = z.record(z.string(), z.nullish(values));
  return z.pipe(entries, named as z.ZodMiniType<z.infer<typeof named>, Readonly<Record<string, JsonValue>>>);
}
