import { decimal } from '../../schema/leaves.js';
import { datum } from '../risk-datum.js';

/** The equity that margins are measured by. */
export const equity = datum({
  of: 'account',
  schema: decimal({ range: 'any' }),
  meaning: "equity that rules measure margins by; by default the account's own",
});
