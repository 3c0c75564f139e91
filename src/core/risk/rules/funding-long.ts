import { lastingFunding } from '../funding.js';
import { reducingRisk } from '../rule.js';

/** A long that has paid much funding for a while. */
export const fundingLong = lastingFunding('long', {
  title: 'a long while the last three funding rates are all high',
  reason:
    'Three high rates in a row are no accident: longs crowd, and pay for it. What they pay leaves their margin and brings ' +
    'liquidation nearer. The figure is the lowest of the three, per 8 hours: rate x 8 / interval.',
  source: reducingRisk('funding 2'),
  settings: { warn: { default: '0.05' } },
});
