import * as z from 'zod/mini';
import { problem } from '../../core/errors.js';
import type { MarginChange } from '../../core/risk/input.js';
import { readJson } from '../../schema/issues.js';
import { anyText, decimal, milliseconds } from '../../schema/leaves.js';
import { listOf, needed, objectOf, optional } from '../../schema/object.js';
import { jsonOf, type Datum } from '../risk-datum.js';
import { lazily } from '../../schema/lazily.js';

const NEITHER = 'a change has an amount of margin or a leverage; write one of them';

/**
 * A move of margin, as the exchange's positionMargin/history gives it, or a new leverage of a symbol.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Get-Position-Margin-Change-History
 */
const CHANGE = lazily(() =>
  z.pipe(
    objectOf(
      {
        symbol: needed(anyText()),
        time: needed(milliseconds()),
        amount: optional(decimal({ range: 'any' }), { meaning: 'margin that was moved' }),
        leverage: optional(decimal({ range: 'positive', suffix: 'x' }), { also: ['lev'], meaning: 'new leverage' }),
      },
      {
        advice: 'write {"symbol", "time", "amount"} or {"symbol", "time", "leverage"}',
        together: () => [
          {
            anyOf: ['amount', 'leverage', 'lev'].map((key) => ({
              required: [key],
              properties: { [key]: { not: { type: 'null' } } },
            })),
          },
        ],
      },
    ),
    z.transform(({ symbol, time, amount, leverage }, context): MarginChange => {
      if (!amount && !leverage) {
        context.issues.push({
          code: 'custom',
          input: undefined,
          params: { problem: problem('REFUSED', '', { why: NEITHER }) },
        });
      }
      return { symbol, time, leverage };
    }),
  ),
);

const LOG = lazily(() => listOf(CHANGE(), 'write an array of changes, [] for no changes'));

/** Past changes of margin and leverage, in any order. */
export const marginLog: Datum<readonly MarginChange[]> = {
  of: 'account',
  schema: LOG,
  inputs: {
    marginLog: {
      kind: 'text',
      placeholder: 'FILE',
      meaning: "changes of margin and leverage as JSON: the exchange's positionMargin/history, of all symbols",
    },
  },
  files: { marginLog: ([text = ''], { name, problems }) => readJson(LOG(), jsonOf(text), name, problems) },
  meaning: "changes of margin and leverage: the exchange's positionMargin/history, or symbol, time and leverage",
  read: (value, { name, problems }) => readJson(LOG(), value, name, problems),
};
