import { symbolKeyOn } from '../../core/venues/index.js';
import { ageWords } from '../../live/duration.js';
import { LiveError } from '../../live/failure.js';
import type { MarkEvent } from '../../live/venue.js';
import type { RawRecord } from '../../formats/record.js';
import type { Parsed } from '../flags.js';
import type { Io } from '../io.js';
import { asking, connectionFor, refuseKeys } from './connect.js';
import { liveVenueOf, plainPrice, tell } from './fill.js';

/** The marks of an exchange for records that lack theirs. */
export interface Marks {
  /** The fields that fill a record; empty if the record has a mark, or its symbol is unknown. */
  readonly lacking: (record: RawRecord) => RawRecord;
  /** The positions of `--pos` and `--add`, with their marks. */
  readonly inSpecs: (options: Parsed['options']) => Readonly<Record<string, unknown>>;
}

/** Requests all marks of a venue once. */
export async function liveMarks(io: Io, options: Parsed['options'], unknown: readonly string[]): Promise<Marks> {
  refuseKeys(unknown);
  return asking(async () => {
    const connection = connectionFor(io, options, liveVenueOf(options, ''));
    const { venue, link, name } = connection;
    if (!venue.marks) throw new LiveError('usage', `--live: there are no marks of ${name} here`);
    const [, marks] = await Promise.all([link.measureClock(), venue.marks(link, [])]);
    const known = new Map(marks.map((mark) => [symbolKeyOn(venue.venue, mark.symbol), mark]));
    const oldest = marks.reduce((least, { time }) => Math.min(least, time), link.now());
    tell(io, options, `marks of ${venue.meaning} for records without one; ${ageWords(link.now(), oldest)} or less`);
    const lacking: Marks['lacking'] = (record) => lackingOf(record, known, venue.venue);
    return { lacking, inSpecs: (flags) => markedSpecs(flags, lacking) };
  });
}

/** The flags whose values are positions. */
const SPECS = ['pos', 'add'];

/** `long:BTCUSDT:0.5@60000` with `mark=` at its end, if the mark is missing. */
function markedSpecs(options: Parsed['options'], lacking: Marks['lacking']): Readonly<Record<string, unknown>> {
  const marked = (spec: string): string => {
    const [, symbol = ''] = spec.split(/[:,@]/);
    const [mark] = /,\s*mark=/i.test(spec) ? [] : lacking([['symbol', symbol]]);
    return typeof mark?.[1] === 'string' ? `${spec},mark=${mark[1]}` : spec;
  };
  return Object.fromEntries(
    SPECS.flatMap((key) => {
      const specs = options[key];
      return Array.isArray(specs) ? [[key, specs.map((spec) => marked(String(spec)))]] : [];
    }),
  );
}

function lackingOf(record: RawRecord, known: ReadonlyMap<string, MarkEvent>, venue: string): RawRecord {
  const textOf = (...keys: readonly string[]): unknown => record.find(([key]) => keys.includes(key))?.[1];
  const symbol = textOf('symbol');
  const own = textOf('venue');
  if (textOf('mark', 'markPrice') !== undefined || typeof symbol !== 'string') return [];
  if (own !== undefined && own !== venue) return [];
  const mark = known.get(symbolKeyOn(venue, symbol));
  return mark ? [['mark', plainPrice(mark.price)]] : [];
}
