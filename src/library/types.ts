import type { TypedCommand } from '../commands/shared/command.js';
import type { Warning } from '../core/assessment.js';
import type { ContractName } from '../core/contracts/index.js';
import type { FormulaName } from '../core/formulas/index.js';
import type { VenueName } from '../core/venue-names.js';
import type { FIELDS, FieldKey } from '../formats/fields.js';
import type { Input } from '../schema/input.js';
import type { Decimal } from './decimal.js';
import type { Numeric } from './given.js';

/** The names of the registries that a choice may come from. */
interface Registries {
  contracts: ContractName;
  formulas: FormulaName;
  venues: VenueName;
}

/** What an input with a shape accepts. */
type Accepted<S> = S extends { readonly choicesFrom: infer R extends keyof Registries }
  ? Registries[R]
  : S extends { readonly choices: infer C extends readonly string[] }
    ? C[number]
    : S extends { readonly kind: 'decimal' }
      ? Numeric
      : S extends { readonly placeholder: 'FILE' }
        ? Content
        : S extends { readonly placeholder: 'QTY@PRICE' }
          ? Fill
          : string;

/** What a file would contain: its text, or the values that an exchange's client has parsed. */
export type Content = string | readonly object[] | readonly (readonly unknown[])[];

/** A fill: `'0.5@60000'`, or its size (a minus sells) and price. */
export type Fill =
  | string
  | {
      /** The size; a minus sells. */
      readonly qty: Numeric;
      /** Quote per base. */
      readonly price: Numeric;
    };

type Several<I> = I extends { readonly list: true } | { readonly repeats: true } ? true : false;

type Given<I> = Several<I> extends true ? readonly Accepted<I>[] | Accepted<I> : Accepted<I>;

/** Fields of a position, each with its text in the editor. */
export type Fields<K extends FieldKey> = {
  readonly [F in keyof Pick<typeof FIELDS, K>]?: Accepted<(typeof FIELDS)[F]> | undefined;
};

type NeededKeys<Q> = { [K in keyof Q]: Q[K] extends { readonly needed: string } ? K : never }[keyof Q];

/** The inputs of a command: those of a position, its own, and its switches. */
export type QuestionOf<C extends TypedCommand> = Fields<Exclude<PositionOf<C>, 'side'>> & {
  /** `long` or `short`. */
  readonly side: 'long' | 'short';
} & RateOf<PositionOf<C>> &
  OwnOf<C['inputs']> & { readonly [K in keyof NonNullable<C['switches']>]?: boolean | undefined };

type PositionOf<C extends TypedCommand> = C['position'][number];

type OwnOf<Q extends Readonly<Record<string, Input>>> = {
  readonly [K in keyof Pick<Q, NeededKeys<Q>>]: Given<Q[K]>;
} & { readonly [K in keyof Pick<Q, Exclude<keyof Q, NeededKeys<Q>>>]?: Given<Q[K]> | undefined };

/** The maintenance rate as a fraction, for questions that take a rate. */
type RateOf<P> = 'mmr' extends P
  ? {
      /** The maintenance rate as a fraction (`0.005` is 0.5 %), as exchanges and ccxt publish it. With `mmr` it must agree. */
      readonly maintenanceMarginRate?: Numeric | undefined;
    }
  : unknown;

/** The code of a warning: see `docs/errors.md`. */
export type WarningCode = Warning['code'];

/** Values by the kind of their figure. */
interface Kinds {
  price: Decimal;
  amount: Decimal;
  exact: Decimal;
  percent: Decimal;
  ratio: Decimal;
  word: string;
  number: number;
  codes: readonly WarningCode[];
  flag: boolean;
}

type ValueOfKind<K> = K extends keyof Kinds ? Kinds[K] : K extends readonly (infer Word)[] ? Word : never;

type Result<F> = F extends { readonly of: (...given: never[]) => infer R } ? R : undefined;

type Value<F> = F extends { readonly kind: infer K }
  ? ValueOfKind<K> | (null extends Result<F> ? null : undefined extends Result<F> ? IfAlways<F, null, never> : never)
  : never;

type IfAlways<F, Yes, No> = F extends { readonly always: true } ? Yes : No;

type Always<F> = {
  [K in keyof F]: F[K] extends { readonly always: true } ? K : undefined extends Result<F[K]> ? never : K;
}[keyof F];

/** Figures as values: those that every answer has, and those that may be left out. Keys of `Pick` keep their comments. */
export type FiguresOf<F> = { readonly [K in keyof Pick<F, Always<F> & keyof F>]: Value<F[K]> } & {
  readonly [K in keyof Pick<F, Exclude<keyof F, Always<F>>>]?: Value<F[K]>;
};

/** A field as an answer repeats it: a choice is one of its words, anything else is text. */
type Repeated<K> = K extends FieldKey
  ? Accepted<(typeof FIELDS)[K]> extends infer A
    ? [A] extends [string]
      ? A
      : string
    : never
  : string;

/** Fields of a position as an answer repeats them. */
export type RepeatedFields<K extends FieldKey> = { readonly [F in keyof Pick<typeof FIELDS, 'side'>]: Repeated<F> } & {
  readonly [F in keyof Pick<typeof FIELDS, Exclude<K, 'side'>>]?: Repeated<F>;
};

/** The inputs of a question as an answer repeats them. */
type Echo<P extends FieldKey, Q, F> = {
  readonly [K in keyof Pick<typeof FIELDS & Q, Exclude<P | keyof Q, keyof F>>]?: K extends keyof Q
    ? string
    : Repeated<K>;
};

/** The answer of a command without its rows. */
export type AloneOf<C extends TypedCommand> = Echo<PositionOf<C>, C['inputs'], C['figures']> & FiguresOf<C['figures']>;

/** The rows of the answer of a command. */
export type RowOf<C extends TypedCommand> = FiguresOf<NonNullable<C['list']>['figures']>;
