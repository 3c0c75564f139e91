import { yesOrNo } from '../../schema/leaves.js';
import { datum } from '../risk-datum.js';

/** Whether a scheduled event is near. */
export const event = datum({
  of: 'account',
  schema: yesOrNo,
  meaning: 'whether a scheduled event is near',
  switches: { event: 'a scheduled event is near', 'no-event': 'no scheduled event is near' },
});
