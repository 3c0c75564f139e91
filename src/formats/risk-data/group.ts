import { readBy } from '../../schema/leaves.js';
import { datum } from '../risk-datum.js';
import { lazily } from '../../schema/lazily.js';

/** A label: positions with the same label are legs of one trade. */
export const group = datum({
  of: 'position',
  schema: lazily(() =>
    readBy(
      (value) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined),
      'write a label',
      () => ({ anyOf: [{ type: 'string', pattern: String.raw`\S` }, { type: 'number' }] }),
    ),
  ),
  givenBy: 'an account',
  meaning: 'positions with the same label are legs of one trade',
});
