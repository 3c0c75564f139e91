import * as z from 'zod/mini';
import { problem, type Problem } from '../../core/errors.js';
import { Ratio } from '../../core/ratio.js';
import type { FundingRate } from '../../core/risk/input.js';
import { readJson } from '../../schema/issues.js';
import { JsonArray, type JsonObject } from '../../schema/json-value.js';
import { decimal, milliseconds } from '../../schema/leaves.js';
import { SHARED } from '../../schema/shared-inputs.js';
import { listOf, needed, objectOf, optional } from '../../schema/object.js';
import { readFundingRates } from '../funding-rates.js';
import { wholeOrder } from '../rows.js';
import { datum, jsonList, readOwn, symbolMember, type Datum } from '../risk-datum.js';
import { lazily } from '../../schema/lazily.js';

/** A rate as a fraction: `0.0001` as the exchange writes it, or `0.01%`. */
const RATE = lazily(() => decimal({ range: 'any', suffix: '%', bare: 'fraction' }));

/** A rate: a number, or an object of the exchange's fundingRate response. */
const STAMP = lazily(() =>
  z.union(
    [
      z.pipe(
        RATE(),
        z.transform((rate): FundingRate => ({ rate, time: undefined })),
      ),
      z.pipe(
        objectOf(
          { fundingRate: needed(RATE()), fundingTime: optional(milliseconds()), symbol: symbolMember() },
          { incomplete: 'write a rate, or an object with fundingRate' },
        ),
        z.transform(({ fundingRate, fundingTime }): FundingRate => ({ rate: fundingRate, time: fundingTime })),
      ),
    ],
    'write a number',
  ),
);

const STAMPS = lazily(() =>
  listOf(
    STAMP(),
    'write an array of rates, oldest first: ["0.0001", "0.01%"]; without % a rate is a fraction: 0.0001 is 0.01 %',
  ),
);

/** Past funding rates. */
export const funding: Datum<readonly FundingRate[]> = {
  of: 'position',
  schema: STAMPS,
  meaning: 'past funding rates, oldest first: fractions, or percentages with %',
  read: readOwn(STAMPS),
  inputs: {
    funding: {
      kind: 'text',
      placeholder: 'R,R,...',
      meaning: 'past funding rates, oldest first, in percent with the % sign: 0.01%,-0.02%',
      read: ([text = ''], problems) => {
        const rates = jsonList(text);
        problems.push(...unitProblems(rates));
        return readJson(STAMPS(), rates, '--funding', problems);
      },
    },
    rates: SHARED.rates,
  },
  files: { rates: ([text = ''], { owner }) => readFundingRates(text, owner.symbol) },
  excludes: [['funding', 'rates', 'both give the funding rates']],
};

/** Funding rates on a command line are percentages and need the `%` sign: without it they were fractions before. */
function unitProblems({ items }: JsonArray): readonly Problem[] {
  return items.flatMap((rate) => {
    const bare = typeof rate === 'string' ? Ratio.parse(rate) : undefined;
    if (typeof rate !== 'string' || bare?.kind !== 'decimal') return [];
    const percent = bare.value.percent().toText(30);
    const why = `${JSON.stringify(rate)} has no unit; write ${rate}% if it is a percentage, or ${percent}% if it is a fraction`;
    return [problem('REFUSED', '--funding', { why })];
  });
}

/** The times of funding rates. */
export const fundingTimes = datum({
  of: 'position',
  schema: lazily(() => listOf(milliseconds(), 'write an array of times in milliseconds')),
  givenBy: '--rates',
  meaning: 'times of the funding rates, milliseconds since 1970',
});

/** Problems of times of rates: there are no rates, or not one time for each rate. */
export function timesProblems(object: JsonObject): readonly Problem[] {
  const [rates, times] = [object.value('funding') ?? null, object.value('fundingTimes') ?? null];
  if (times === null) return [];
  if (rates === null)
    return [problem('NEEDS', 'fundingTimes', { other: 'funding', why: 'the times belong to the funding rates' })];
  if (!(rates instanceof JsonArray && times instanceof JsonArray)) return [];
  const [count, given] = [rates.items.length, times.items.length];
  if (count === given) return [];
  return [
    problem('REFUSED', 'fundingTimes', {
      why: `there are ${given} times for ${count} rates; give one time for each rate`,
    }),
  ];
}

/** Rates with their times, oldest first. */
export function timedRates(rates: readonly FundingRate[], times: readonly bigint[] = []): readonly FundingRate[] {
  return byTime(rates.map(({ rate, time }, index) => ({ rate, time: time ?? times[index] })));
}

/** Oldest first if all times are known, else in input order. */
function byTime(rates: readonly FundingRate[]): readonly FundingRate[] {
  const timed = rates.flatMap(({ rate, time }) => (time === undefined ? [] : [{ rate, time }]));
  return timed.length < rates.length ? rates : timed.sort((a, b) => wholeOrder(a.time, b.time));
}
