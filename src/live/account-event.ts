import { jsonObject } from '../report/json.js';
import {
  accountMembers,
  eachPosition,
  failedMembers,
  positionMembers,
  type AccountRendering,
} from '../report/text/account-rows.js';
import type { JsonField } from '../formats/raw-account.js';
import { ageOf, type Freshness } from './freshness.js';
import type { Pool } from './pools.js';
import type { Instant } from './state.js';

/** The members of an account event: the answer of `liqcalc account --json`, and the age of each mark. */
export function accountEventMembers(
  pool: Pool & { readonly answer: NonNullable<Pool['answer']> },
  freshness: Freshness,
  now: Instant,
  rendering: AccountRendering,
): readonly JsonField[] {
  let index = -1;
  const fresh = (): readonly JsonField[] => {
    index++;
    const mark = pool.marks[index];
    return [
      ['markAgeMs', mark ? String(Math.round(ageOf(mark, now))) : 'null'],
      ['stale', String(freshness.isTouched(pool, index))],
    ];
  };
  const positions = eachPosition(
    pool.answer,
    (each) => jsonObject([...positionMembers(each, rendering), ...fresh()]),
    (each) => jsonObject([...failedMembers(each), ...fresh()]),
  );
  return [
    ...accountMembers(pool.answer, rendering),
    ['positions', `[${positions.join(',')}]`],
    ['bracketAsOf', JSON.stringify(bracketDate(pool))],
    ['stale', String(freshness.isPoolTouched(pool))],
  ];
}

/** The day of the oldest table that prices a position. */
function bracketDate({ answer }: Pool): string | null {
  const days = (answer?.assessment.account.positions ?? []).flatMap(({ table, terms }) =>
    table && !terms.mmr ? [table.asOf] : [],
  );
  return days.sort()[0] ?? null;
}
