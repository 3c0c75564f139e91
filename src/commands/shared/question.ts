import type { Terms } from '../../core/position.js';
import type { FieldKey } from '../../formats/fields.js';
import type { Inputs, ValuesOf } from '../../schema/input.js';

/** A requirement: at least one of these inputs. */
export interface Need {
  readonly what: string;
  readonly give: readonly string[];
}

/** Inputs of which exactly one must be given. */
export interface Choice<K extends string = string> {
  readonly what: string;
  readonly of: readonly K[];
  /** Why there cannot be two. */
  readonly why: string;
}

/** An input that requires at least one of some others. */
export type Requirement = readonly [one: string, others: readonly string[], why: string];

/** What help shows of a command besides its flags. */
export interface HelpNotes {
  /** The names of the flags that most calls use, at most ten: `-h` lists these. */
  readonly usual: readonly string[];
  /** Calls that the tests run, without the name of the program. */
  readonly examples: readonly string[];
  /** When the answer is "no" (exit code 1), besides an alert. */
  readonly no?: string;
}

/** The inputs of a question, in addition to or instead of a whole position. */
export interface QuestionInputs {
  /** Fields of a position that it takes. */
  readonly position: readonly FieldKey[];
  /** The heading of its own flags in help. */
  readonly heading?: string;
  /** Its own inputs, in the order of output. */
  readonly inputs: Inputs;
  /** Flags without a value, with their meaning. */
  readonly switches?: Readonly<Record<string, string>>;
  /** Fields of a position that it finds itself or does not need, so that they are optional. */
  readonly supplies: readonly FieldKey[] | ((given: ReadonlySet<string>) => readonly FieldKey[]);
  /** Inputs of which exactly one is given: they are different ways to give the same input. */
  readonly choice?: Choice;
  readonly needs?: readonly Need[];
  /** Inputs that exclude each other, and why. */
  readonly excludes?: readonly (readonly [one: string, other: string, why: string])[];
  readonly requires?: readonly Requirement[];
  readonly help?: HelpNotes;
}

/** The input that another input requires, if it is exactly one. */
type Companion<R extends readonly Requirement[], K> = R[number] extends infer E
  ? E extends readonly [K, readonly [infer O], string]
    ? O
    : never
  : never;

type With<V, K> = { readonly [P in K & keyof V]: NonNullable<V[P]> };

/** Values with exactly one input of a choice, together with the input that it requires. */
type Chosen<V, K extends string, R extends readonly Requirement[]> = [K] extends [never]
  ? V & { readonly terms: Terms }
  : {
      [P in K]: Omit<V, K> &
        With<V, P | Companion<R, P>> & { readonly [Q in Exclude<K, P>]?: undefined } & {
          readonly terms: Terms & With<Terms, Companion<R, P>>;
        };
    }[K];

/** A checked question: `terms` is the given part of the position. */
export type Question<Q extends Inputs, S extends string, K extends string, R extends readonly Requirement[]> = Chosen<
  ValuesOf<Q>,
  K,
  R
> & {
  readonly [P in S]: boolean;
};
