import { listed } from './names.js';
import { plainSpelling } from './number-spelling.js';

/** The details of each kind of problem, besides its field. */
interface Details {
  MALFORMED_NUMBER: { value: string };
  TOO_MANY_DIGITS: { value: string };
  OUT_OF_RANGE: { value: string };
  NOT_POSITIVE: { value: string };
  NEGATIVE: { value: string };
  ABOVE_MAXIMUM: { value: string; maximum: string };
  NOT_A_CHOICE: { value: string; choices: readonly string[]; suggestion?: string | undefined };
  NOT_A_VALUE: { value: string; advice?: string | undefined };
  EMPTY: object;
  MISSING: {
    what: string;
    give: readonly string[];
    because?: string;
    /** What else some of these fields need. */
    with?: Readonly<Record<string, string>>;
  };
  CONFLICT: { with: string; why: string };
  MISSING_OPERAND: { what: string; usage: string; explained?: string | undefined };
  NEEDS: { other: string; why: string; countedIn?: string };
  UNKNOWN_KEY: { suggestion?: string | undefined; why?: string };
  UNKNOWN_RESULT: { value: string; suggestion?: string | undefined; known: readonly string[] };
  NO_VALUE_TAKEN: object;
  UNEXPECTED: { value: string };
  DUPLICATE_KEY: { other: string };
  RATES_TOO_HIGH: { total: string };
  LOW_RATE: { value: string; percent: string };
  WALLET_NOT_POSITIVE: { wallet: string };
  NOT_REMOVABLE: { value: string; most: string };
  FORMULA_REFUSES: { formula: string; why: string };
  /** Without a reason, the venue has no rule. */
  VENUE_REFUSES: { venue: string; why?: string };
  CONTRADICTS_SYMBOL: { symbol: string; value: string; table: string };
  UNKNOWN_SYMBOL: {
    symbol: string;
    known: readonly string[];
    suggestion?: string | undefined;
    give?: string;
    /** The command that imports its table. */
    tables?: string | undefined;
    /** What to do with that command, if it does not fetch the table itself. */
    how?: string | undefined;
    /** The venue of the position, and its own name of the market. */
    market?: { readonly venue: string; readonly name: string } | undefined;
    /** The venue of the position, if there is no table of it at all. */
    without?: string | undefined;
    /** Another venue that has a table of the symbol. */
    elsewhere?: string | undefined;
    /** Set for a position in one word. */
    isWord?: true;
    /** Set if a maintenance rate cannot take the place of the table. */
    isTableOnly?: true;
  };
  LOOKS_COIN_MARGINED: {
    symbol: string;
    venue: string;
    /** The usual value of one contract at the venue. */
    multiplier?: string | undefined;
    /** Set if only the value of one contract is missing. */
    isInverse?: true;
    /** Set for a position in one word. */
    isWord?: true;
  };
  NOTIONAL_OUTSIDE_BRACKETS: { symbol: string; notional: string; cap: string };
  WRONG_SIDE: {
    value: string;
    must: string;
    /** What the value is the sum of, if it is not an input itself. */
    sumOf?: string;
  };
  TICK_TOO_COARSE: { tick: string; price: string; reference: string };
  INVALID_BRACKETS: { table: string; fault: string };
  REPEATED_POSITION: { side: string; symbol: string; first: string };
  MIXED_POOL: { what: string; values: readonly string[]; of?: string };
  HEDGE_DIFFERS: { what: string; symbol: string; value: string; first: string; other: string };
  BETA_OF_INVERSE: { value: string };
  NOT_A_POSITION: { value: string };
  NOT_AN_ACCOUNT: { value: string; want: string };
  REFUSED: { why: string };
  UNAVAILABLE: {
    why: string;
    /** The status of the HTTP answer. */
    status?: number | undefined;
    /** The exchange's own code, for example -1003. */
    exchangeCode?: string | undefined;
    /** When to ask again, milliseconds from now. */
    retryAfterMs?: number | undefined;
  };
  NO_KEY: { why: string; exchangeCode?: string | undefined };
  BAD_CONFIG: { why: string };
}

/** A code for each kind of problem. A new code compiles only once it has its words below. */
export type ProblemCode = keyof Details;

/** One problem: its code, its input field, and the values that its message shows. */
export type Problem = {
  [C in ProblemCode]: {
    /** What kind of problem it is. */
    readonly code: C;
    /** The input that it is about; empty for the whole. */
    readonly field: string;
    /** The values that its message shows. */
    readonly details: Details[C];
  };
}[ProblemCode];

/** How a message names an input field: `entry` in a record, `--entry` on a command line. */
export type FieldName = (field: string) => string;

/** Messages cut values and keys that are longer than this. */
const MOST_SHOWN = 60;

const MOST_NAME = 120;

function cut(text: string, most = MOST_SHOWN): string {
  return text.length > most ? `${text.slice(0, most - 3)}...` : text;
}
const shown = (value: string): string => JSON.stringify(cut(value));

const hint = (suggestion: string | undefined): string => (suggestion ? `; did you mean ${suggestion}?` : '');

/** The words of a problem that its finder writes. */
const inOwnWords = ({ why }: { readonly why: string }): string => why;

type Words = { [C in ProblemCode]: (details: Details[C], name: FieldName) => string };

const WORDS: Words = {
  MALFORMED_NUMBER: ({ value }) => `${shown(value)} is not a plain decimal; ${plainSpelling(value)}`,
  TOO_MANY_DIGITS: ({ value }) => `${shown(value)} has more than 40 significant digits; write fewer`,
  OUT_OF_RANGE: ({ value }) => `${shown(value)} is outside 1e-30 to 1e30; write a number in this range`,
  NOT_POSITIVE: ({ value }) => `${shown(value)} must be greater than 0`,
  NEGATIVE: ({ value }) => `${shown(value)} must not be negative; write it without a sign`,
  ABOVE_MAXIMUM: ({ value, maximum }) => `${shown(value)} must not be above ${maximum}`,
  NOT_A_CHOICE: ({ value, choices, suggestion }) =>
    `unknown value ${shown(value)}: write ${listed(choices)}${hint(suggestion)}`,
  NOT_A_VALUE: ({ value, advice = 'write a number or a text' }) => `${shown(value)} is invalid; ${advice}`,
  EMPTY: () => 'the value is empty; give a value, or omit the input',
  MISSING: ({ what, give, because, with: others = {} }, name) => {
    const fields = give.map((field) => [field, others[field] ?? []].flat().map(name).join(' with '));
    return (
      `${what} is missing${because ? ` (${because})` : ''}` + (fields.length > 0 ? `; give ${listed(fields)}` : '')
    );
  },
  CONFLICT: ({ with: other, why }, name) => `this input conflicts with ${name(other)}: ${why}; give only one of them`,
  NEEDS: ({ other, why, countedIn }, name) =>
    `this input needs ${name(other)}: ${why}${countedIn === undefined ? '' : `; ${name('qty')} then counts ${countedIn}`}`,
  MISSING_OPERAND: ({ what, usage, explained = `${what} is missing` }) => `${explained}; write ${usage}`,
  UNKNOWN_KEY: ({ suggestion, why = 'unknown name' }, name) => `${why}${hint(suggestion && name(suggestion))}`,
  UNKNOWN_RESULT: ({ value, suggestion, known }) =>
    `${shown(value)} is not a field${hint(suggestion)}${known.length > 0 ? ` (the fields are ${listed(known, 'and')})` : ''}`,
  NO_VALUE_TAKEN: () => 'this flag does not accept a value; remove = and the text after it',
  UNEXPECTED: ({ value }) => `${shown(value)} is an unexpected argument; remove it`,
  DUPLICATE_KEY: ({ other }) =>
    other === ''
      ? 'this key is given twice; give it once'
      : `this input is also given as ${other}; give only one of them`,
  LOW_RATE: ({ value, percent }) =>
    `${shown(value)} is very low for a percentage; write ${value}% if it is a percentage, ${percent} if it is a fraction`,
  RATES_TOO_HIGH: ({ total }) => `maintenance rate and fee are ${total} % together; their sum must be below 100 %`,
  WALLET_NOT_POSITIVE: ({ wallet }) => `the margin of the position would be ${wallet}; it must be greater than 0`,
  NOT_REMOVABLE: ({ value, most }) =>
    `${shown(value)} removes too much margin; at most ${most} can be removed, because the rest must cover the initial and the maintenance margin`,
  FORMULA_REFUSES: ({ formula, why }) => `the ${formula} formula ${why}`,
  VENUE_REFUSES: ({ venue, why }, name) =>
    why === undefined
      ? `${shown(venue)} has no rule here; omit ${name('venue')}, and give ${name('mmr')} and ${name('mmFee')}`
      : `${shown(venue)} cannot price this position: ${why}`,
  CONTRADICTS_SYMBOL: ({ symbol, value, table }) => `${shown(value)} contradicts ${symbol}, which is ${table}; omit it`,
  UNKNOWN_SYMBOL: (details, name) => {
    const why = details.without === undefined ? '' : ` (tables of ${details.without} are not built in)`;
    return `no bracket table for ${shown(details.symbol)}${why}; ${symbolAdvice(details, name)}`;
  },
  LOOKS_COIN_MARGINED: ({ symbol, venue, multiplier = 'USD', isInverse, isWord }, name) => {
    const set = (key: string, value: string): string => (isWord ? `${key}=${value}` : `${name(key)} ${value}`);
    const both = [set('contract', 'inverse'), set('multiplier', multiplier)].join(isWord ? ',' : ' ');
    return isInverse
      ? `no bracket table says what one contract of ${shown(symbol)} is worth; give ${both}, the ${multiplier === 'USD' ? '' : 'usual '}value at ${venue}`
      : `${shown(symbol)} looks coin-margined; give ${both}, or ${set('contract', 'linear')}`;
  },
  NOTIONAL_OUTSIDE_BRACKETS: ({ symbol, notional, cap }) =>
    `the position is worth ${notional} at entry, above the last bracket of ${symbol} (${cap}); the exchange does not allow such a position`,
  WRONG_SIDE: ({ value, must, sumOf }) =>
    sumOf === undefined
      ? `${shown(value)} must be ${must}`
      : `${sumOf} must add up to ${must}; they add up to ${value}`,
  TICK_TOO_COARSE: ({ tick, price, reference }) =>
    `the tick ${tick} is too coarse for the liquidation price ${price} at the present price ${reference}; give a smaller tick`,
  INVALID_BRACKETS: ({ table, fault }) => `brackets of ${table}: ${fault}`,
  REPEATED_POSITION: ({ side, symbol, first }) =>
    `${side} ${cut(symbol)} occurs twice, first as ${first}; merge the two into one position`,
  MIXED_POOL: ({ what, values, of = 'positions' }) =>
    `${listed(values, 'and')} cannot be in one account: its ${of} must have one ${what}; make a separate account for each`,
  HEDGE_DIFFERS: ({ what, symbol, value, first, other }) =>
    `${shown(value)} differs from the ${what} of ${first} (${cut(other)}): both legs of ${cut(symbol)} must have the same ${what}`,
  BETA_OF_INVERSE: ({ value }) =>
    `${shown(value)} is not possible: all positions of an inverse account have a beta of 1; omit it`,
  NOT_A_POSITION: ({ value }) => `${shown(value)} is not a position; write an object`,
  NOT_AN_ACCOUNT: ({ value, want }) => `${shown(value)} is not an account; ${want}`,
  REFUSED: inOwnWords,
  UNAVAILABLE: inOwnWords,
  NO_KEY: inOwnWords,
  BAD_CONFIG: inOwnWords,
};

/** What to do about a symbol without a table: a name that has one, a rate, or the import of its table. */
function symbolAdvice(details: Details['UNKNOWN_SYMBOL'], name: FieldName): string {
  const {
    symbol,
    suggestion,
    give = 'mmr',
    tables,
    how = 'import its table',
    market,
    elsewhere,
    isTableOnly,
    isWord,
  } = details;
  const rate = isTableOnly ? [] : [`give ${name(give)}`];
  const ways = [...rate, ...(tables === undefined ? [] : [`${how}: ${tables}`])].join(', or ');
  if (market) {
    const more = ways === '' ? '' : tables === undefined ? `, or ${ways}` : `; then ${ways}`;
    return `${market.venue} calls this market ${market.name}: write that name${more}`;
  }
  const set = isWord ? 'venue=' : `${name('venue')} `;
  const other = elsewhere === undefined ? [] : [`${cut(symbol)} of ${elsewhere} (${set}${elsewhere})`];
  const meant = [...(suggestion === undefined ? [] : [suggestion]), ...other];
  if (meant.length === 0) return ways === '' ? 'import one with liqcalc brackets import' : ways;
  return `did you mean ${listed(meant)}?${ways === '' ? '' : ` If not, ${ways}`}`;
}

/**
 * The message of a problem: what is wrong, the value, and what to do.
 *
 * @param name - how fields are named; by default as record keys.
 */
export function problemWords(problem: Problem, name: FieldName = (field) => field): string {
  const words = WORDS[problem.code] as (details: unknown, name: FieldName) => string;
  return `${problem.field ? `${cut(name(problem.field), MOST_NAME)}: ` : ''}${words(problem.details, name)}`;
}

/** The most problems of one kind that are shown, and the most in all; the others are counted. */
const MOST_ALIKE = 3;
const MOST_PROBLEMS = 20;

/** The message of a problem without values and numbers: equal for problems of one kind. */
const kindOf = (words: string): string => words.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/\d+/g, '0');

/**
 * The messages of problems, in order. Of those that differ only in values and numbers it has the first three, then a
 * count; at most twenty in all.
 */
export function problemsInWords(problems: readonly Problem[], name?: FieldName): readonly string[] {
  const kinds = new Map<string, { count: number; last: number }>();
  const messages: string[] = [];
  let counted = 0;
  for (const each of problems) {
    const words = problemWords(each, name);
    const kind = problems.length > MOST_ALIKE ? kindOf(words) : words;
    const known = kinds.get(kind) ?? { count: 0, last: -1 };
    if (known.count >= MOST_ALIKE || messages.length < MOST_PROBLEMS) {
      if (known.count++ < MOST_ALIKE) known.last = messages.push(words) - 1;
      counted++;
    }
    if (known.count > 0) kinds.set(kind, known);
  }
  for (const { count, last } of kinds.values()) {
    if (count > MOST_ALIKE) messages[last] = `${messages[last] as string} (and ${count - MOST_ALIKE} more like it)`;
  }
  return counted < problems.length ? [...messages, `and ${problems.length - counted} more problems`] : messages;
}

/** Builds a problem; the compiler checks that the details match the code. */
export function problem<C extends ProblemCode>(code: C, field: string, details: Details[C]): Problem {
  return { code, field, details } as Problem;
}

/** The code that callers see: a specific one for some kinds of problem, else `INVALID_INPUT`. */
export type ErrorCode = 'INVALID_INPUT' | (typeof OWN_CODES)[number];

const OWN_CODES = [
  'UNKNOWN_SYMBOL',
  'NOTIONAL_OUTSIDE_BRACKETS',
  'INVALID_BRACKETS',
  'LOW_RATE',
  'UNAVAILABLE',
  'NO_KEY',
  'BAD_CONFIG',
] as const satisfies readonly ProblemCode[];

/** The common code of several problems. */
export function errorCode(problems: readonly Problem[]): ErrorCode {
  const [code, ...others] = problems.map((each) => each.code);
  const own = others.length === 0 ? OWN_CODES.find((each) => each === code) : undefined;
  return own ?? 'INVALID_INPUT';
}

/** The error that liqcalc throws on purpose. It contains all problems that were found. */
export class LiqcalcError extends Error {
  /** The same in every copy of the library. */
  override readonly name = 'LiqcalcError';
  /** The code of the problem, or `INVALID_INPUT` if there are several. */
  readonly code: ErrorCode;

  constructor(
    /** Everything that is wrong, in the order in which it was found. */
    readonly problems: readonly Problem[],
  ) {
    super(problemsInWords(problems).join('; '));
    this.code = errorCode(problems);
  }
}

/** Whether an error is one of ours (it works across copies of the library, where `instanceof` does not). */
export function isLiqcalcError(error: unknown): error is LiqcalcError {
  return error instanceof Error && error.name === 'LiqcalcError' && 'problems' in error;
}

/** Throws one problem. */
export function fail<C extends ProblemCode>(code: C, field: string, details: Details[C]): never {
  throw new LiqcalcError([problem(code, field, details)]);
}

/** The name of a field of a named part: `positions[1].entry`, but `--pos no. 1: entry` for a part that has blanks. */
export function fieldOfPart(part: string, field: string): string {
  return `${part}${part.includes(' no. ') ? ': ' : '.'}${field}`;
}

/** The same problem about a field of a named part. */
export function problemOf(part: string, of: Problem): Problem {
  return { ...of, field: of.field === '' ? part : fieldOfPart(part, of.field) };
}

/** Runs work on one part of an input and adds the part's name to the problems that it throws. */
export function naming<T>(part: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    throw new LiqcalcError(error.problems.map((each) => problemOf(part, each)));
  }
}
