import * as z from 'zod/mini';
import type { Ratio } from '../../core/ratio.js';
import { decimal, readBy } from '../../schema/leaves.js';
import { SHARED } from '../../schema/shared-inputs.js';
import { anyCase } from '../../schema/text-patterns.js';
import { datum } from '../risk-datum.js';
import { lazily } from '../../schema/lazily.js';

const NONE = lazily(() =>
  readBy(
    (value) => (value === null || (typeof value === 'string' && value.toLowerCase() === 'none') ? 'none' : undefined),
    'write none',
    () => ({ anyOf: [{ type: 'null' }, { type: 'string', pattern: `^${anyCase(['none'])}$` }] }),
  ),
);

/** The price of a stop, or `none` if there is no stop. */
export const stop = datum<Ratio | 'none'>({
  of: 'position',
  schema: lazily(() => z.union([NONE(), decimal({ range: 'positive' })], 'write a number')),
  takesNull: true,
  none: { json: 'null', value: 'none' },
  inputs: { stop: SHARED.stop },
  switches: { 'no-stop': 'there is no stop' },
  meaning: 'stop price; null: there is no stop',
});
