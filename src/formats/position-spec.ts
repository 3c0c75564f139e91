import { fail } from '../core/errors.js';
import type { RawPosition } from './account.js';
import type { RawRecord } from './record.js';

/** How a position is written in one word. */
export const SPEC_GRAMMAR = 'SIDE:SYMBOL:QTY@ENTRY[,KEY=VALUE...]';

const SPEC = /^([^:@,]+):([^@,]+):([^:@,]+)@([^@,=]+)((?:,[^,=]+=[^,]*)*)$/;

/**
 * A position written in one word: `long:BTCUSDT:0.5@60000,mark=59000,mmr=0.5`. Symbols may have colons of their own.
 *
 * @param flag - the flag it was given with, for messages.
 * @throws {LiqcalcError} for a word that is not of this grammar; its values are judged like those of any record.
 */
export function positionOfSpec(spec: string, flag: string, number: number): RawPosition {
  const match = SPEC.exec(spec.trim());
  if (!match) {
    const why = `${JSON.stringify(spec)} is not ${SPEC_GRAMMAR}; write long:BTCUSDT:0.5@60000,mark=59000`;
    return fail('REFUSED', `--${flag}`, { why });
  }
  const [, side = '', symbol = '', qty = '', entry = '', rest = ''] = match;
  const others = rest
    .split(',')
    .slice(1)
    .map((part): RawRecord[number] => {
      const equals = part.indexOf('=');
      return [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
    });
  const record: RawRecord = [['side', side], ['symbol', symbol], ['qty', qty], ['entry', entry], ...others];
  return {
    name: `--${flag} no. ${number}`,
    record,
    own: () => record.map(([key, value]) => [key, JSON.stringify(value)] as const),
  };
}
