import { symbolKey } from '../core/brackets.js';
import { fail, fieldOfPart, LiqcalcError, problem } from '../core/errors.js';
import { listed, meant } from '../core/names.js';
import { Ratio } from '../core/ratio.js';
import type { RawPosition } from './raw-account.js';
import { readValue } from '../schema/value.js';
import { FIELD_LIST, FIELDS } from './fields.js';
import { fieldOfKey, type RawRecord } from './record.js';

/** The form of a position in one word. */
export const SPEC_GRAMMAR = 'SIDE:SYMBOL:QTY@ENTRY[,KEY=VALUE...]';

const SPEC = /^([^:@,]+):([^@,]+):([^:@,]+)@([^@,=]+)((?:,[^,=]+=[^,]*)*)$/;

/** Keys of a position of an account, besides its fields, that have a single value. */
const MORE_KEYS = [
  'mode',
  'beta',
  'stop',
  'stopOn',
  'autoMargin',
  'group',
  'illiquid',
  'dailyVolume',
  'fundingInterval',
];

const KEYS: readonly string[] = [...FIELD_LIST.flatMap(([key, { aliases }]) => [key, ...aliases]), ...MORE_KEYS];

/**
 * A position written in one word: `long:BTCUSDT:0.5@60000,mark=59000,mmr=0.5`. Symbols may contain colons.
 *
 * @param flag - the flag it was given with, for messages.
 * @throws {LiqcalcError} for a word that does not match this grammar, and for unknown keys. Its values are validated
 * like those of any record.
 */
export function positionOfSpec(spec: string, flag: string, number: number): RawPosition {
  const match = SPEC.exec(spec.trim());
  if (!match) {
    const why = `${JSON.stringify(spec)} is not of the form ${SPEC_GRAMMAR}; write for example long:BTCUSDT:0.5@60000,mark=59000`;
    return fail('REFUSED', `--${flag}`, { why });
  }
  const [, side = '', symbol = '', qty = '', entry = '', rest = ''] = match;
  refuseSwapped(spec, { side, symbol, flag });
  const others = rest
    .split(',')
    .slice(1)
    .map((part): RawRecord[number] => {
      const equals = part.indexOf('=');
      return [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
    });
  const record: RawRecord = [['side', side], ['symbol', symbol], ['qty', qty], ['entry', entry], ...others];
  const name = `--${flag} no. ${number}`;
  refuseUnknown(name, others);
  return {
    name,
    record,
    isWord: true,
    own: () => record.map(([key, value]) => [key, JSON.stringify(value)] as const),
  };
}

/** A side after the symbol. */
function refuseSwapped(
  spec: string,
  of: { readonly side: string; readonly symbol: string; readonly flag: string },
): void {
  const words = `${of.side}:${of.symbol}`.split(':').map((word) => word.trim());
  const isSide = (word = ''): boolean => 'value' in readValue(FIELDS.side, 'side', word);
  const side = words.at(-1) ?? '';
  if (isSide(words[0]) || !isSide(side)) return;
  const head = `${of.side}:${of.symbol}`;
  const rest = spec.trim().slice(head.length);
  const why = `${JSON.stringify(spec)} has the side after the symbol; write SIDE first: ${[side, ...words.slice(0, -1)].join(':')}${rest}`;
  fail('REFUSED', `--${of.flag}`, { why });
}

/**
 * Positions with a mark for each cross position: its own, that of another position on its symbol, else the entry of the
 * first position on its symbol, which a warning reports.
 *
 * @param hasMark - whether a symbol already has a mark elsewhere.
 */
export function withMarks(
  positions: readonly RawPosition[],
  hasMark: (symbol: string) => boolean = () => false,
): readonly RawPosition[] {
  const pricesOf = (field: 'mark' | 'entry'): ReadonlyMap<string, string> =>
    new Map(
      positions.toReversed().flatMap(({ record }) => {
        const price = wordOf(record, field);
        const isPrice = price !== undefined && Ratio.parse(price).kind === 'decimal';
        return isPrice ? [[symbolKey(wordOf(record, 'symbol')), price] as const] : [];
      }),
    );
  const [marks, entries] = [pricesOf('mark'), pricesOf('entry')];
  return positions.map((each) => {
    const symbol = wordOf(each.record, 'symbol') ?? '';
    const given = marks.get(symbolKey(symbol));
    const mark = given ?? entries.get(symbolKey(symbol));
    const isMarked = wordOf(each.record, 'mark') !== undefined || wordOf(each.record, 'mode') === 'isolated';
    if (mark === undefined || isMarked || hasMark(symbol)) return each;
    return {
      ...each,
      record: [...each.record, ['mark', mark]],
      own: () => [...each.own(), ['mark', JSON.stringify(mark)]],
      ...(given === undefined && { notes: [{ code: 'MARK_ASSUMED', details: { symbol, mark } }] }),
    };
  });
}

function wordOf(record: RawRecord, key: string): string | undefined {
  const value = record.find(([name]) => (fieldOfKey(name) ?? name) === key)?.[1];
  return typeof value === 'string' ? value : undefined;
}

/** On a command line, every unknown key is refused: it is a mistake. */
function refuseUnknown(name: string, members: RawRecord): void {
  const unknown = members.filter(([key]) => fieldOfKey(key) === undefined && !MORE_KEYS.includes(key));
  if (unknown.length === 0) return;
  throw new LiqcalcError(
    unknown.map(([key]) => {
      // The keys in a word are not flags: the suggestion is the key itself.
      const suggestion = meant(key, KEYS);
      const advice = suggestion === undefined ? `the names are ${listed(KEYS, 'and')}` : `did you mean ${suggestion}?`;
      const why = `unknown name; ${advice}`;
      return problem('REFUSED', fieldOfPart(name, key), { why });
    }),
  );
}
