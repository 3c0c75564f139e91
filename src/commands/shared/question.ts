import type { Terms } from '../../core/position.js';
import type { FieldKey } from '../../formats/fields.js';
import type { Inputs, ValuesOf } from '../../schema/input.js';

/** Something that is needed: at least one of some inputs. */
export interface Need {
  readonly what: string;
  readonly give: readonly string[];
}

/** Inputs of which exactly one is given. */
export interface Choice<K extends string = string> {
  readonly what: string;
  readonly of: readonly K[];
  /** Why there cannot be two. */
  readonly why: string;
}

/** An input that needs another: at least one of some. */
export type Requirement = readonly [one: string, others: readonly string[], why: string];

/** What is asked besides and instead of a whole position. */
export interface Asking {
  /** Fields of a position that it takes. */
  readonly position: readonly FieldKey[];
  /** Inputs of its own, in the order of output. */
  readonly inputs: Inputs;
  /** Flags without a value, with their meaning. */
  readonly switches?: Readonly<Record<string, string>>;
  /** Fields of a position that it finds itself or does without, so that they need not be given. */
  readonly supplies: readonly FieldKey[] | ((given: ReadonlySet<string>) => readonly FieldKey[]);
  /** The one thing that is asked in one of several ways. */
  readonly choice?: Choice;
  readonly needs?: readonly Need[];
  /** Inputs that exclude each other, and why. */
  readonly excludes?: readonly (readonly [one: string, other: string, why: string])[];
  readonly requires?: readonly Requirement[];
}

/** What an input requires, where that is one other input. */
type Companion<R extends readonly Requirement[], K> = R[number] extends infer E
  ? E extends readonly [K, readonly [infer O], string]
    ? O
    : never
  : never;

type With<V, K> = { readonly [P in K & keyof V]: NonNullable<V[P]> };

/** Values of which one of a choice is there, together with what it requires. */
type Chosen<V, K extends string, R extends readonly Requirement[]> = [K] extends [never]
  ? V & { readonly terms: Terms }
  : {
      [P in K]: Omit<V, K> &
        With<V, P | Companion<R, P>> & { readonly [Q in Exclude<K, P>]?: undefined } & {
          readonly terms: Terms & With<Terms, Companion<R, P>>;
        };
    }[K];

/** The question that is asked, checked: `terms` is the position as far as it is given. */
export type Question<Q extends Inputs, S extends string, K extends string, R extends readonly Requirement[]> = Chosen<
  ValuesOf<Q>,
  K,
  R
> & {
  readonly [P in S]: boolean;
};
