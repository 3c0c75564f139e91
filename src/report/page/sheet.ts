import type { BracketTable } from '../../core/brackets.js';
import type { Picture } from '../plot/picture.js';
import type { ToneName } from '../style.js';

/** A page of a report before it is written: every text in it may come from strangers. */
export interface Sheet {
  readonly title: string;
  /** The main words below the title. */
  readonly lead?: string | undefined;
  /** The figures at the top. */
  readonly facts: readonly Fact[];
  readonly pictures: readonly Picture[];
  readonly tables: readonly SheetTable[];
  readonly notes: readonly Notes[];
}

/** A figure with its name. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly tone?: ToneName;
}

/** A table of texts. */
export interface SheetTable {
  readonly heading: string;
  readonly columns: readonly { readonly heading: string; readonly align?: 'left' | 'right' }[];
  readonly rows: readonly SheetRow[];
}

/** A row of texts, and the part of a bar below its room to liquidation, from 0 to 1. */
export interface SheetRow {
  readonly cells: readonly string[];
  readonly tone: ToneName;
  readonly bar?: number | undefined;
}

/** A list of sentences under a heading. */
export interface Notes {
  readonly heading: string;
  readonly items: readonly string[];
}

/** The list, if it has sentences. */
export const noted = (heading: string, items: readonly string[]): readonly Notes[] =>
  items.length > 0 ? [{ heading, items }] : [];

const CONFIDENCE_WORDS = {
  A: 'read from the venue itself',
  B: 'a copy; several copies agree',
  C: 'unverified',
} as const;

/** The bracket tables that rates come from, with their dates and their confidence. */
export function tableNotes(tables: readonly BracketTable[]): readonly Notes[] {
  const lines = tables.map(
    ({ symbol, venue, asOf, confidence }) =>
      `${symbol} of ${venue}, dated ${asOf}: confidence ${confidence} (${CONFIDENCE_WORDS[confidence]})`,
  );
  return noted('Bracket tables', [...new Set(lines)]);
}

/** What no figure contains. */
export const LEFT_OUT: Notes = {
  heading: 'Not included',
  items: [
    'Future funding payments.',
    'Moves of other positions: each liquidation price applies if no other mark moves.',
    'The last price: the mark price decides.',
  ],
};

/** The heading of the column that has the bars. */
export const ROOM = 'ROOM';

/** The room that fills a bar: a longer one would hide how near the others are. */
const FULL = 0.2;

/** How the bars are read. */
export const BAR_WORDS = 'A bar shows the room up to 20 %.';

/** The share of a bar that a room fills. Pixels may be inexact. */
export const barOf = (room: number | undefined): number | undefined =>
  room === undefined ? undefined : Math.max(0.02, Math.min(1, room / FULL));
