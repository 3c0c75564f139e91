import { decimal } from '../../schema/leaves.js';
import { datum } from '../risk-datum.js';

/** The leverage that the user usually has. */
export const usualLev = datum({
  of: 'account',
  schema: decimal({ range: 'positive', suffix: 'x' }),
  meaning: 'the leverage that you usually have',
});
