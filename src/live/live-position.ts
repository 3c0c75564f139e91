import { Ratio } from '../core/ratio.js';
import { looksCoinMargined, settlementAsset } from '../core/settlement.js';
import { symbolKeyOn, venues } from '../core/venues/index.js';
import type { RawPosition } from '../formats/raw-account.js';
import type { RawRecord } from '../formats/record.js';
import type { PositionFigures } from '../schema/watch.js';
import type { Leg, LiveEvent } from './venue.js';

/** What an event says about a position. */
export type PositionChange = Omit<
  Extract<LiveEvent, { kind: 'position' }>,
  'kind' | 'symbol' | 'leg' | 'time' | 'reason'
>;

/** What a position is built from: its last snapshot, what an event said since, and the leverage of its symbol. */
interface Parts {
  readonly symbol: string;
  readonly leg: Leg;
  readonly base?: RawPosition | undefined;
  readonly change?: PositionChange | undefined;
  readonly lev?: string | undefined;
}

/** A position; `undefined` if it is closed. */
export function builtPosition(venue: string, { symbol, leg, base, change, lev }: Parts): RawPosition | undefined {
  if (!change) return base && (lev === undefined ? base : withFields(base, { lev }));
  const isZero = /^[+-]?[0.]*$/.test(change.amount);
  if (isZero) return undefined;
  const { amount, entry, mode, margin } = change;
  const fields = {
    symbol,
    side: leg !== 'both' ? leg : amount.startsWith('-') ? 'short' : 'long',
    qty: amount.replace(/^[+-]/, ''),
    entry,
    lev,
    mode,
    margin: mode === 'isolated' ? margin : undefined,
  };
  // Where the base has the entry from figures, the event has it written.
  const from = base ? { ...base, isEntryDerived: false } : opened(venue, symbol);
  return withFields(from, fields);
}

/** A position on a symbol that no snapshot had. */
function opened(venue: string, symbol: string): RawPosition {
  const multiplier = looksCoinMargined(symbol) ? venues[venue]?.contractUsd?.(symbol) : undefined;
  const isInverse = multiplier !== undefined;
  const record: RawRecord = isInverse
    ? [
        ['contract', 'inverse'],
        ['multiplier', multiplier],
      ]
    : [];
  return { name: symbol, record, own: () => [], ...(venue !== 'binance' && { venue }) };
}

const FIELD_ORDER = ['symbol', 'side', 'qty', 'entry', 'mark', 'lev', 'contract', 'multiplier', 'mode', 'margin'];
const REMOVED = undefined;

/** A position with other fields; those that are `undefined` are removed if they are named. */
function withFields(from: RawPosition, fields: Readonly<Record<string, string | undefined>>): RawPosition {
  const values = new Map<string, RawRecord[number][1] | undefined>(from.record);
  for (const [key, value] of Object.entries(fields)) {
    if (value !== REMOVED) values.set(key, value);
    else if (key !== 'lev') values.delete(key);
  }
  const keys = [...FIELD_ORDER, ...[...values.keys()].filter((key) => !FIELD_ORDER.includes(key))];
  return ofRecord(
    from,
    keys.flatMap((key): RawRecord => {
      const value = values.get(key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** A position with a record of ours, as output repeats it. */
export function ofRecord(from: RawPosition, record: RawRecord): RawPosition {
  return { ...from, record, own: () => record.map(([key, value]) => [key, JSON.stringify(value)] as const) };
}

/** A position without what the venue reported at the moment of the snapshot: it would be compared with later marks. */
export function withoutReports({
  name,
  record,
  own,
  venue,
  rule,
  ownRates,
  notes,
  isEntryDerived,
}: RawPosition): RawPosition {
  return {
    name,
    record,
    own,
    ...(venue !== undefined && { venue }),
    ...(rule !== undefined && { rule }),
    ...(ownRates && { ownRates }),
    ...(notes && { notes }),
    ...(isEntryDerived !== undefined && { isEntryDerived }),
  };
}

/** The text of a field of a position. */
export function fieldOf({ record }: RawPosition, key: string): string | undefined {
  const value = record.find(([name]) => name === key)?.[1];
  return typeof value === 'string' ? value : undefined;
}

/** The side of a position, and its figures as events have them. */
export function figuresOf(
  position: RawPosition | undefined,
): { readonly side: 'long' | 'short'; readonly figures: PositionFigures } | undefined {
  if (!position) return undefined;
  const text = (key: string): string | null => fieldOf(position, key) ?? null;
  const plain = (key: string): string | null => {
    const parsed = Ratio.parse(text(key) ?? '');
    return parsed.kind === 'decimal' ? parsed.value.toText(30) : null;
  };
  return {
    side: text('side') === 'short' ? 'short' : 'long',
    figures: {
      qty: plain('qty') ?? '',
      entry: plain('entry') ?? '',
      mode: text('mode') === 'isolated' ? 'isolated' : 'cross',
      margin: plain('margin'),
      lev: plain('lev'),
    },
  };
}

/** The size of a position, negative for a short; `0` without a position. */
export function signedQty(position: RawPosition | undefined): string {
  const found = figuresOf(position);
  return found ? `${found.side === 'short' ? '-' : ''}${found.figures.qty}` : '0';
}

/** The asset that a symbol settles in; the symbol itself if its spelling does not show it. */
export function settlementOf(venue: string, symbol: string): string {
  const key = symbolKeyOn(venue, symbol);
  return settlementAsset(key, looksCoinMargined(key) ? 'inverse' : 'linear') ?? key;
}
