import { decimal } from '../../schema/leaves.js';
import { SHARED } from '../../schema/shared-inputs.js';
import { datum } from '../risk-datum.js';

/** The equity for comparison with margins. */
export const equity = datum({
  of: 'account',
  schema: () => decimal({ range: 'any' }),
  inputs: { equity: SHARED.equity },
  meaning: 'equity that rules compare margins with; by default the equity of the account',
});
