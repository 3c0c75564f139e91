import { lastingFunding } from '../funding.js';
import { reducingRisk } from '../rule.js';

/** A long that has paid high funding several times in a row. */
export const fundingLong = lastingFunding('long', {
  title: 'a long position while the last three funding rates are all high',
  reason:
    'Three high rates in a row are not an accident: many traders are long and pay funding. Each payment reduces ' +
    'their margin and moves liquidation nearer. The figure is the lowest of the three rates, per 8 hours: rate x 8 ' +
    '/ interval.',
  source: reducingRisk('funding 2'),
  settings: { warn: { default: '0.05' } },
});
