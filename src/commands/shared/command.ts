import { unreportedSlips, type Assessment, type Warning } from '../../core/assessment.js';
import type { TableSource } from '../../core/brackets.js';
import { isLiqcalcError, LiqcalcError } from '../../core/errors.js';
import { fieldOfKey } from '../../formats/record.js';
import type { Slip } from '../../core/slips.js';
import type { FieldKey } from '../../formats/fields.js';
import type { Terms } from '../../core/position.js';
import type { CardOptions } from '../../report/text/card.js';
import { decimalsFor } from '../../report/figures.js';
import { answerTitle, warningLines, type TitleParts } from '../../report/text/plan/words.js';
import type { Drawn, Member, Report } from '../../report/report.js';
import { drawnStyle } from '../../report/style.js';
import { written, type Figure, type Figures, type FigureShape, type Rounding } from '../../schema/figure.js';
import type { Inputs } from '../../schema/input.js';
import type { QuestionInputs, Choice, Question, Requirement } from './question.js';

/** The part of the environment that a command may use. */
export interface Context {
  /** Milliseconds since 1970; without it nothing is known about the age of tables. */
  readonly today: number | undefined;
  /** The tables of the position's symbol; not read without a symbol. */
  readonly tables: TableSource;
  /** The text of a file. */
  readonly readFile: (path: string) => string;
}

/** How a question was written, and how to write its answer. */
export interface Setting {
  readonly context: Context;
  /** The inputs as they were typed. */
  readonly inputs: readonly Member[];
  /** The number of decimals that the entry was written with. */
  readonly entryDecimals: number;
  /** Decimals asked for. */
  readonly decimals: number | undefined;
  /** The inputs that look like a mistake. */
  readonly slips: readonly Slip[];
  /** Whether text contains only the answer. */
  readonly isQuiet: boolean;
  /** The keys of the figures that are wanted; all by default. */
  readonly only?: ReadonlySet<string> | undefined;
  /** Code that only some questions need, loaded by who asks. */
  readonly code?: unknown;
}

/** The settings for the text of an answer. */
export interface Page extends CardOptions {
  /** The first line: the given part of the position, and the question. */
  readonly title: (question: string, parts?: Partial<TitleParts>) => string;
  /** The warnings as lines, without and with a blank line before them; empty if text contains only the answer. */
  readonly warnings: readonly string[];
  readonly warningBlock: readonly string[];
}

/** What the types of the library need to know of a figure: its kind, and whether every answer has it. */
type Kinds = Readonly<Record<string, Omit<FigureShape, never>>>;

/** A command that answers a question about a position: its whole definition in one place. */
interface Declaration<
  P extends FieldKey,
  Q extends Inputs,
  S extends string,
  K extends string,
  R extends readonly Requirement[],
  A,
  F,
  W,
  L,
  C,
> extends QuestionInputs {
  readonly position: readonly P[];
  readonly inputs: Q;
  readonly switches?: Readonly<Record<S, string>>;
  readonly choice?: Choice<K>;
  readonly requires?: R;
  readonly answer: (question: Question<Q, S, K, R>, context: Context, code: C) => A;
  readonly figures: F & Figures<A>;
  /** Rows of figures, if there are several answers; `undefined` for a single answer. */
  readonly list?: {
    readonly key: string;
    /** Set if an answer without rows has the same figures as one with rows. */
    readonly isOptional?: true;
    /** Figures of the whole answer, which would mislead in a row: JSON has them beside the rows, tables leave them out. */
    readonly besideRows?: ReadonlySet<string>;
    readonly rows: (answer: A) => readonly W[] | undefined;
    readonly figures: L & Figures<W>;
  };
  /** The answer for reading, as lines. */
  readonly text: (answer: A, page: Page, question: Question<Q, S, K, R>) => readonly string[];
  /** What is drawn of the answer, by the kind of output. */
  readonly draws?: Draws<A>;
  readonly warnings?: (answer: A, today: number | undefined) => readonly Warning[];
  /** Warnings that the lines of the text contain already. */
  readonly shownInText?: readonly Warning['code'][];
  /** The positions that `--alert` judges. */
  readonly positions?: (answer: A) => readonly Assessment[];
  /** Whether the answer is "no". */
  readonly isNo?: (answer: A) => boolean;
  /** Inputs that the answer found, as written after the given inputs. */
  readonly found?: (answer: A) => readonly Member[];
  /** The notes that `--verbose` prints. */
  readonly notes?: (answer: A, rounding: Rounding) => readonly string[];
  /** The number of decimals that prices were written with, if it does not come from the entry. */
  readonly priceDecimals?: (answer: A) => number;
}

/** What a command draws of its answers. */
type Draws<A> = { readonly [C in keyof Drawn]?: (answer: A, page: DrawnPage) => ReturnType<NonNullable<Drawn[C]>> };

/** The settings of what is drawn. */
export type DrawnPage = CardOptions & { readonly rounding: Rounding };

/** A command for the command line, the schema and the documents. */
export interface Command extends QuestionInputs {
  readonly figures: Readonly<Record<string, FigureShape>>;
  readonly list?: {
    readonly key: string;
    readonly isOptional?: true;
    readonly figures: Readonly<Record<string, FigureShape>>;
  };
  /** The kinds of output that are drawn of its answers. */
  readonly draws: Readonly<Partial<Record<keyof Drawn, unknown>>>;
  /** Whether it has positions that `--alert` judges. */
  readonly hasPositions: boolean;
  /**
   * @param question - read and checked, as `Question` describes.
   * @throws {LiqcalcError} whose problems name only inputs that the command has.
   */
  readonly report: (question: unknown, setting: Setting) => Report;
}

/** A command with the types of its inputs and figures, from which the types of the library follow. */
export interface TypedCommand<
  P extends FieldKey = FieldKey,
  Q extends Inputs = Inputs,
  S extends string = string,
  F extends Kinds = Kinds,
  L extends Kinds = Kinds,
> extends Command {
  readonly position: readonly P[];
  readonly inputs: Q;
  readonly switches?: Readonly<Record<S, string>>;
  readonly figures: F & {
    /** Codes of warnings about the result; left out if empty. */
    readonly warnings: typeof WARNINGS;
  };
  readonly list?: { readonly key: string; readonly isOptional?: true; readonly figures: L };
}

/** Makes a command from its declaration. */
export function defineCommand<
  P extends FieldKey,
  const Q extends Inputs,
  S extends string = never,
  const K extends string = never,
  const R extends readonly Requirement[] = readonly [],
  A = unknown,
  const F extends Kinds = Kinds,
  W = unknown,
  const L extends Kinds = Kinds,
  C = undefined,
>(declared: Declaration<P, Q, S, K, R, A, F, W, L, C>): TypedCommand<P, Q, S, F, L> {
  const { answer, figures, list } = declared;
  return {
    ...declared,
    figures: { ...figures, warnings: WARNINGS },
    ...(list && { list }),
    draws: declared.draws ?? {},
    hasPositions: declared.positions !== undefined,
    report: (input, setting) => {
      const question = input as Question<Q, S, K, R>;
      const found = namingOwnInputs(declared, () => answer(question, setting.context, setting.code as C));
      return reportOf(declared, found, question, setting);
    },
  };
}

/** The result of `work`. A problem names no input if the command does not have that input. */
function namingOwnInputs<T>({ position, inputs }: QuestionInputs, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    const isForeign = (field: string): boolean => {
      const key = fieldOfKey(field);
      return key !== undefined && !position.includes(key) && !Object.hasOwn(inputs, key);
    };
    throw new LiqcalcError(error.problems.map((each) => (isForeign(each.field) ? { ...each, field: '' } : each)));
  }
}

const WARNINGS = {
  kind: 'codes',
  meaning: 'codes of warnings about the result; left out if empty',
} as const satisfies FigureShape;

function reportOf<
  P extends FieldKey,
  Q extends Inputs,
  S extends string,
  K extends string,
  R extends readonly Requirement[],
  A,
  F,
  W,
  L,
  C,
>(
  declared: Declaration<P, Q, S, K, R, A, F, W, L, C>,
  answer: A,
  question: Question<Q, S, K, R>,
  setting: Setting,
): Report {
  const { figures, list, draws = {} } = declared;
  const { terms } = question as { readonly terms: Terms };
  const { today } = setting.context;
  const entryDecimals = declared.priceDecimals?.(answer) ?? setting.entryDecimals;
  const rounding: Rounding = { decimals: decimalsFor(entryDecimals, setting.decimals), tick: terms.tick };
  const positions = declared.positions?.(answer) ?? [];
  const warnings = declared.warnings?.(answer, today) ?? [];
  const rows = list?.rows(answer);
  const slips = unreportedSlips(setting.slips, positions);
  const page = { entryDecimals, decimals: setting.decimals, today, isQuiet: setting.isQuiet };
  const codes = [...new Set([...warnings, ...slips].map(({ code }) => code))];
  return {
    inputs: [...setting.inputs, ...(declared.found?.(answer) ?? [])],
    // Text shows its own figures. These are made only when a format for programs needs them.
    get figures() {
      const codesGiven: readonly Member[] = codes.length > 0 ? [['warnings', codes]] : [];
      const { only } = setting;
      const wanted = membersOf(figures, answer, { rounding, today, only });
      return only && !only.has('warnings') ? wanted : [...wanted, ...codesGiven];
    },
    ...(list &&
      rows && {
        list: {
          key: list.key,
          besideRows: list.besideRows,
          rows: rows.map((row) => membersOf(list.figures, row, { rounding, today })),
        },
      }),
    notes: declared.notes?.(answer, rounding) ?? [],
    warnings,
    slips,
    positions,
    isNo: declared.isNo?.(answer) ?? false,
    text: (style) => {
      const shown = setting.isQuiet ? [] : warnings.filter(({ code }) => declared.shownInText?.includes(code) !== true);
      const lines = warningLines(shown, style);
      const options = { ...style, ...page };
      const wholePage: Page = {
        ...options,
        title: (text, parts) => answerTitle({ terms, question: text, ...parts }, options),
        warnings: lines,
        warningBlock: lines.length > 0 ? ['', ...lines] : [],
      };
      return `${declared.text(answer, wholePage, question).join('\n')}\n`;
    },
    drawn: Object.fromEntries(
      Object.entries(draws).map(([kind, draw]) => [kind, () => draw(answer, { ...drawnStyle, ...page, rounding })]),
    ),
  };
}

interface MembersOptions {
  readonly rounding: Rounding;
  readonly today: number | undefined;
  readonly only?: ReadonlySet<string> | undefined;
}

function membersOf<A>(figures: Figures<A>, answer: A, { rounding, today, only }: MembersOptions): readonly Member[] {
  const members: Member[] = [];
  for (const key in figures) {
    if (only && !only.has(key)) continue;
    const { kind, always, of } = figures[key] as Figure<A>;
    const value = written(kind, of(answer, today), rounding);
    if (value !== undefined) members.push([key, value]);
    else if (always === true) members.push([key, null]);
  }
  return members;
}
