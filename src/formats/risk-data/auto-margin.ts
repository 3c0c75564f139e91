import { yesOrNo } from '../../schema/leaves.js';
import { datum } from '../risk-datum.js';

/** Whether the exchange adds margin by itself. */
export const autoMargin = datum({
  of: 'position',
  schema: yesOrNo,
  also: ['isAutoAddMargin'],
  switches: { 'auto-margin': 'the exchange adds margin by itself', 'no-auto-margin': 'it does not' },
  meaning: 'whether the exchange adds margin by itself',
});
