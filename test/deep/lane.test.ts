import { it } from 'vitest';
import { expectNoWrongDigit } from '../stream/near-ties.js';
import { expectSameBytes } from '../stream/random-streams.js';

const HOUR = 3_600_000;

it('a million random and near-tie records have no wrong digit, with and without the lane', { timeout: HOUR }, () =>
  expectNoWrongDigit(1_000_000),
);

// 2,000 take two minutes. LIQCALC_STREAMS=40000 npm run deep is for changes of the lane.
const STREAMS = Number(process.env['LIQCALC_STREAMS'] ?? 2000);

it(`${STREAMS} random and damaged streams give the same bytes with and without the lane`, { timeout: HOUR }, () =>
  expectSameBytes(STREAMS),
);
