import type { Datum as Missing } from '../../core/risk/rule.js';
import { FIELDS, type Field } from '../../formats/fields.js';
import { RISK_DATA } from '../../formats/risk-data/index.js';
import type { Datum } from '../../formats/risk-datum.js';
import { kebab } from '../../schema/input.js';

/** How to give an input that is not a datum itself: by a flag, and in an account. */
interface Words {
  readonly flag: string;
  readonly key: string;
}

const OTHERS = {
  brackets: { flag: 'a bracket table (--brackets)', key: 'a bracket table' },
  mode: { flag: '--mode', key: 'mode' },
  quantity: { flag: 'quantity in --orders', key: 'quantity of orders' },
  account: { flag: 'an account', key: 'an account' },
} as const satisfies Readonly<Record<string, Words>>;

function wordsOf(missing: Missing): Words {
  if (missing in OTHERS) return OTHERS[missing as keyof typeof OTHERS];
  const field = (FIELDS as Readonly<Record<string, Field>>)[missing];
  if (field) return { flag: `--${field.flag ?? ''}`, key: missing };
  const datum: Datum = RISK_DATA[missing as keyof typeof RISK_DATA];
  return { flag: flagOf(missing, datum), key: datum.none ? `${missing} (${datum.none.json} if none)` : missing };
}

/** `--stop`, or `--[no-]stop` if a flag can state that the datum does not exist. */
function flagOf(key: string, { inputs = {}, switches = {}, givenBy }: Datum): string {
  const name = kebab(Object.keys(inputs)[0] ?? key);
  return givenBy ?? `--${`no-${name}` in switches ? '[no-]' : ''}${name}`;
}

/** How to give a datum of one position by a flag. */
export const giveByFlag = (missing: Missing): string => wordsOf(missing).flag;

/** How to give a datum in an account. */
export const giveByKey = (missing: Missing): string => wordsOf(missing).key;

/** How to give a datum: by a flag, or in an account. */
export function giveEitherWay(missing: Missing): string {
  const { flag, key } = wordsOf(missing);
  return flag === OTHERS.account.flag ? key : `${flag}; in a file: ${key}`;
}
