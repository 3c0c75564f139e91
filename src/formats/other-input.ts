import { JsonArray, JsonObject, type JsonValue } from '../schema/json-value.js';
import { exchangeOfAnswer } from './exchange-venue.js';

/** Input for another command. */
export interface OtherInput {
  /** What it is, with its article. */
  readonly what: string;
  /** The arguments that read it, without the file. */
  readonly args: string;
}

const isAnyIn = (object: JsonObject, keys: readonly string[]): boolean => keys.some((key) => object.has(key));
const areAllIn = (object: JsonObject, keys: readonly string[]): boolean => keys.every((key) => object.has(key));

const isTradeSide = (side: JsonValue | undefined): boolean => typeof side === 'string' && /^(?:buy|sell)$/i.test(side);

/** Input by the keys of an object, or of the first object of an array. The first that fits counts. */
const KINDS: readonly (OtherInput & { readonly fits: (object: JsonObject) => boolean })[] = [
  {
    what: 'an account',
    args: 'account',
    fits: (object) => object.value('positions') instanceof JsonArray,
  },
  {
    what: 'a list of trades',
    args: 'average --fills',
    fits: (object) =>
      areAllIn(object, ['price', 'symbol']) && isAnyIn(object, ['qty', 'amount']) && isTradeSide(object.value('side')),
  },
  {
    what: 'a list of trades',
    args: 'average --fills',
    fits: (object) => areAllIn(object, ['coin', 'px', 'sz', 'side']),
  },
  {
    what: 'a bracket table',
    args: 'brackets import',
    fits: (object) => isAnyIn(object, ['brackets', 'tables', 'maintenanceMarginRate']),
  },
  {
    what: 'a position',
    args: 'batch',
    fits: (object) => isAnyIn(object, ['side', 'entry', 'entryPrice']) && !object.has('positions'),
  },
];

/** What a JSON value is that another command reads; `undefined` if it is unknown. */
export function otherInput(value: JsonValue): OtherInput | undefined {
  const from = exchangeOfAnswer(value);
  if (from) return { what: 'the response of an exchange', args: `account --from ${from}` };
  const [first] = value instanceof JsonArray ? value.items : [value];
  return first instanceof JsonObject ? KINDS.find(({ fits }) => fits(first)) : undefined;
}

/** The sentence about input for another command: what it is, and the command to run. */
export function otherInputWords({ what, args }: OtherInput, file = 'FILE'): string {
  return `it is ${what}; ${commandWords(args, file)}`;
}

/** A path that a shell reads as one word. */
const PLAIN_PATH = /^[\p{L}\p{N}_./\\:+@-]+$/u;
/** Commands that read stdin only where `-` names it. */
const NAMES_STDIN = /^(?:average --fills|brackets import)$/;

/** A file as it can be copied to a command line; a placeholder for one with other characters. */
export const plainFile = (path: string): string => (PLAIN_PATH.test(path) ? path : 'FILE');

/** The command to run on a file, or on stdin for `-`. */
export function commandWords(args: string, file: string): string {
  if (file !== '-') return `run: liqcalc ${args} ${plainFile(file)}`;
  return `pipe it into: liqcalc ${args}${NAMES_STDIN.test(args) ? ' -' : ''}`;
}

/** Whether a text that is not JSON may begin a CSV file: a bare word at its start. */
export const looksLikeCsv = (text: string): boolean => /^"?[\p{L}_][\p{L}\p{N}_ ]*"?(?:[,;\t]|$)/u.test(text);
