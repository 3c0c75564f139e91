import * as z from 'zod/mini';
import type { Ratio } from '../../core/ratio.js';
import { readJson } from '../../schema/issues.js';
import { decimal } from '../../schema/leaves.js';
import { needed, objectOf } from '../../schema/object.js';
import { refuseForeign, symbolMember, type Datum } from '../risk-datum.js';
import { lazily } from '../../schema/lazily.js';

const SHAPE = { range: 'notNegative' } as const;
const VOLUME = lazily(() => decimal(SHAPE));

/** The exchange's ticker/24hr of one symbol: `volume` is in the unit of a size, `quoteVolume` is not. */
const TICKER = lazily(() =>
  z.pipe(
    objectOf(
      { volume: needed(VOLUME()), symbol: symbolMember() },
      { incomplete: 'write a number, or an object with volume' },
    ),
    z.transform(({ volume }) => volume),
  ),
);

const EITHER = lazily(() => z.union([VOLUME(), TICKER()], 'write a number'));

/** The volume of a day. */
export const dailyVolume: Datum<Ratio> = {
  of: 'position',
  schema: EITHER,
  inputs: {
    dailyVolume: {
      kind: 'decimal',
      ...SHAPE,
      placeholder: 'V',
      meaning: 'volume of a day, in the unit of --qty',
    },
  },
  meaning: "volume of a day in the unit of qty, or the exchange's ticker/24hr",
  read: (value, place) => {
    refuseForeign(value, place);
    return readJson(EITHER(), value, place.name, place.problems);
  },
};
