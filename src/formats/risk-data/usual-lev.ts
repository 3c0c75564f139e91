import { decimal } from '../../schema/leaves.js';
import { datum } from '../risk-datum.js';

const LEVERAGE = { range: 'positive', suffix: 'x' } as const;

/** The user's usual leverage. */
export const usualLev = datum({
  of: 'account',
  schema: () => decimal(LEVERAGE),
  inputs: {
    usualLev: { kind: 'decimal', ...LEVERAGE, placeholder: 'X', meaning: 'your usual leverage' },
  },
  meaning: 'your usual leverage',
});
