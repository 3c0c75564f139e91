import * as z from 'zod/mini';
import type { BracketRow, TableNote } from '../core/brackets.js';
import { problem } from '../core/errors.js';
import { JsonArray } from './json-value.js';
import { lazily } from './lazily.js';
import { listOf, needed, objectOf, optional, type Members, type ObjectOf } from './object.js';

/**
 * Bracket tables as in files. Figures stay the text they are written as: `bracketsFrom` converts them to numbers, and
 * its messages show them.
 */

/** A number or a text; the problem is the key followed by these words. */
const text = z.string('is neither a number nor a text');
const flag = z.boolean('is neither true nor false');

const NOT_AN_OBJECT = { advice: 'it is not an object' };

/** The problem of brackets that are not a list, or are missing. */
export const NO_LIST = 'its brackets are not an array';

/** Brackets of some shape as rows; an absent floor is reported as missing under the given name. */
function rowsOf<M extends Members>(
  members: M,
  floorKey: string,
  rowOf: (bracket: ObjectOf<M>) => Omit<BracketRow, 'floor'> & { readonly floor: string | undefined },
): z.ZodMiniType<readonly BracketRow[]> {
  const row = z.transform((bracket: ObjectOf<M>, context): BracketRow => {
    const { floor, ...others } = rowOf(bracket);
    if (floor !== undefined) return { floor, ...others };
    const missing = problem('MISSING', '', { what: floorKey, give: [floorKey] });
    context.issues.push({ code: 'custom', input: bracket, params: { problem: missing } });
    return z.NEVER;
  });
  return listOf(z.pipe(objectOf(members, NOT_AN_OBJECT), row), NO_LIST);
}

const NOTES: readonly TableNote[] = ['AMOUNTS_REBUILT', 'AMOUNTS_REPAIRED'];

/** The known notes among those of a table; others may be of any kind. */
const notes = z.pipe(
  z.unknown(),
  z.transform((value: unknown): readonly TableNote[] =>
    value instanceof JsonArray ? NOTES.filter((note) => value.items.includes(note)) : [],
  ),
);

/** A table in liqcalc's own JSON. */
export const ownTable = lazily(() =>
  objectOf(
    {
      contract: optional(text),
      multiplier: optional(text),
      asOf: optional(text),
      confidence: optional(text),
      source: optional(text),
      wholePosition: optional(flag),
      notes: optional(notes),
      brackets: needed(
        rowsOf(
          {
            floor: needed(text),
            cap: optional(text),
            rate: needed(text),
            amount: optional(text),
            maxLeverage: optional(text),
          },
          'floor',
          ({ floor, cap, rate, amount, maxLeverage }) => ({ floor, cap, rate, amount, maxLeverage }),
        ),
      ),
    },
    NOT_AN_OBJECT,
  ),
);

/** The members of a Binance bracket besides its range. */
const ratesOfBinance = { maintMarginRatio: needed(text), cum: optional(text), initialLeverage: optional(text) };

/** The range of a coin-margined bracket, in base coins; the exchange spells its floor `qtylFloor`. */
const coinRange = { qtylFloor: optional(text), qtyFloor: optional(text), qtyCap: needed(text) };
const FLOOR_IN_COINS = 'qtyFloor';

const leverageBracketsOf = (
  brackets: z.ZodMiniType<readonly BracketRow[]>,
): z.ZodMiniType<{ readonly notionalCoef: string | undefined; readonly brackets: readonly BracketRow[] }> =>
  objectOf({ notionalCoef: optional(text), brackets: needed(brackets) }, NOT_AN_OBJECT);

/** Binance's leverageBracket response for one symbol. */
export const leverageBrackets = {
  linear: lazily(() =>
    leverageBracketsOf(
      rowsOf(
        { notionalFloor: needed(text), notionalCap: needed(text), ...ratesOfBinance },
        'notionalFloor',
        ({ notionalFloor, notionalCap, maintMarginRatio, cum, initialLeverage }) => ({
          floor: notionalFloor,
          cap: notionalCap,
          rate: maintMarginRatio,
          amount: cum,
          maxLeverage: initialLeverage,
        }),
      ),
    ),
  ),
  inverse: lazily(() =>
    leverageBracketsOf(
      rowsOf(
        { ...coinRange, ...ratesOfBinance },
        FLOOR_IN_COINS,
        ({ qtylFloor, qtyFloor, qtyCap, maintMarginRatio, cum, initialLeverage }) => ({
          floor: qtylFloor ?? qtyFloor,
          cap: qtyCap,
          rate: maintMarginRatio,
          amount: cum,
          maxLeverage: initialLeverage,
        }),
      ),
    ),
  ),
};

const ratesOfTier = { maintenanceMarginRate: needed(text), maxLeverage: optional(text) };

/** The tiers of one symbol from ccxt; only `info`, the exchange's own object, has amounts. */
export const leverageTiers = {
  linear: lazily(() =>
    rowsOf(
      {
        minNotional: needed(text),
        maxNotional: optional(text),
        ...ratesOfTier,
        info: optional(objectOf({ cum: optional(text) }, NOT_AN_OBJECT)),
      },
      'minNotional',
      ({ minNotional, maxNotional, maintenanceMarginRate, maxLeverage, info }) => ({
        floor: minNotional,
        cap: maxNotional,
        rate: maintenanceMarginRate,
        amount: info?.cum,
        maxLeverage,
      }),
    ),
  ),
  // ccxt loses the floors of coin-margined brackets.
  inverse: lazily(() =>
    rowsOf(
      { ...ratesOfTier, info: needed(objectOf({ ...coinRange, cum: optional(text) }, NOT_AN_OBJECT)) },
      FLOOR_IN_COINS,
      ({ maintenanceMarginRate, maxLeverage, info }) => ({
        floor: info.qtylFloor ?? info.qtyFloor,
        cap: info.qtyCap,
        rate: maintenanceMarginRate,
        amount: info.cum,
        maxLeverage,
      }),
    ),
  ),
};
