import { yesOrNo } from '../../schema/leaves.js';
import { datum } from '../risk-datum.js';

/** Whether the exchange adds margin automatically. */
export const autoMargin = datum({
  of: 'position',
  schema: yesOrNo,
  also: ['isAutoAddMargin'],
  switches: {
    'auto-margin': 'the exchange adds margin automatically',
    'no-auto-margin': 'the exchange does not add margin automatically',
  },
  meaning: 'whether the exchange adds margin automatically',
});
