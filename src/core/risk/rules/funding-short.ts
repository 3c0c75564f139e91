import { lastingFunding } from '../funding.js';
import { reducingRisk } from '../rule.js';

/** A short that has paid high funding several times in a row. */
export const fundingShort = lastingFunding('short', {
  title: 'a short position while the last three funding rates are all very negative',
  reason:
    'Three very negative rates in a row mean that many traders are short and pay funding. If the price rises, they ' +
    'have to buy, and the price rises further. The figure is the highest of the three rates, per 8 hours: rate x 8 ' +
    '/ interval.',
  source: reducingRisk('funding 3'),
  settings: { warn: { default: '-0.07' } },
});
