import { yesOrNo } from '../../schema/leaves.js';
import { datum } from '../risk-datum.js';

/** Whether the pair is illiquid. */
export const illiquid = datum({
  of: 'position',
  schema: yesOrNo,
  meaning: 'whether the pair is illiquid',
  switches: { illiquid: 'the pair is illiquid', 'no-illiquid': 'the pair is not illiquid' },
});
