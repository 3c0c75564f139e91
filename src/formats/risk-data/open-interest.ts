import * as z from 'zod/mini';
import type { Ratio } from '../../core/ratio.js';
import { readJson } from '../../schema/issues.js';
import { decimal } from '../../schema/leaves.js';
import { listOf, needed, objectOf } from '../../schema/object.js';
import { jsonList, readOwn, symbolMember, type Datum } from '../risk-datum.js';
import { lazily } from '../../schema/lazily.js';

const HELD = lazily(() => decimal({ range: 'notNegative' }));

/** An object of the exchange's openInterestHist response. */
const ENTRY = lazily(() =>
  z.pipe(
    objectOf(
      { sumOpenInterest: needed(HELD(), { also: ['openInterest'] }), symbol: symbolMember() },
      { incomplete: 'write a number, or an object with sumOpenInterest' },
    ),
    z.transform(({ sumOpenInterest }) => sumOpenInterest),
  ),
);

const HISTORY = lazily(() =>
  listOf(z.union([HELD(), ENTRY()], 'write a number'), 'write an array of open interest, oldest first'),
);

/** Open interest by time. */
export const openInterest: Datum<readonly Ratio[]> = {
  of: 'position',
  schema: HISTORY,
  meaning: 'open interest, oldest first',
  inputs: {
    openInterest: {
      kind: 'text',
      placeholder: 'X,X,...',
      meaning: 'open interest, oldest first',
      read: ([text = ''], problems) => readJson(HISTORY(), jsonList(text), '--open-interest', problems),
    },
  },
  read: readOwn(HISTORY),
};
