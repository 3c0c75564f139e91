import { lastingFunding } from '../funding.js';
import { reducingRisk } from '../rule.js';

/** A short that has paid much funding for a while. */
export const fundingShort = lastingFunding('short', {
  title: 'a short while the last three funding rates are all very negative',
  reason:
    'Three very negative rates in a row say that shorts crowd, and pay for it. A rise then forces them to buy, which ' +
    'lifts the price further. The figure is the highest of the three, per 8 hours: rate x 8 / interval.',
  source: reducingRisk('funding 3'),
  settings: { warn: { default: '-0.07' } },
});
