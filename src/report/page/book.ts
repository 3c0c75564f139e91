import { drawnStyle, toneNamed, tonePaint } from '../style.js';
import { percentText } from '../figures.js';
import { COUNT_WORDS, roomWords, toneOf, type Book, type BookRow } from '../text/book.js';
import { barOf, LEFT_OUT, noted, ROOM, tableNotes, type Sheet } from './sheet.js';

/** A stream of positions as a page: its totals, and its records in their order. */
export function bookSheet({ rows, counts, moreKeys }: Book): Sheet {
  const kinds = (Object.keys(COUNT_WORDS) as BookRow['outcome'][]).filter((kind) => counts[kind] > 0);
  const total = kinds.reduce((sum, kind) => sum + counts[kind], 0);
  const nearest = rows.find(({ outcome, room }) => outcome === 'at' && room);
  const isShort = rows.length < total;
  const failed = rows.filter(({ failure }) => failure !== undefined);
  return {
    title: 'Positions',
    lead: isShort ? `${rows.length} of ${total} records are shown; the totals count all.` : undefined,
    facts: [
      { label: 'records', value: String(total) },
      ...kinds.map((kind) => ({
        label: COUNT_WORDS[kind],
        value: String(counts[kind]),
        tone: kind === 'already' || kind === 'failed' ? ('bad' as const) : ('plain' as const),
      })),
      ...(nearest?.room
        ? [
            {
              label: `nearest: record ${nearest.name}`,
              value: `${percentText(nearest.room)}%`,
              tone: toneNamed(toneOf(nearest, { paint: tonePaint })),
            },
          ]
        : []),
    ],
    tables: rows.length === 0 ? [] : [tableOf(rows, moreKeys)],
    pictures: [],
    notes: [
      ...noted(
        'Failed',
        failed.map(({ name, failure }) => `${name}: ${failure ?? ''}`),
      ),
      ...tableNotes(rows.flatMap(({ table }) => table ?? [])),
      LEFT_OUT,
    ],
  };
}

type Column = Sheet['tables'][number]['columns'][number] & { readonly cell: (row: BookRow) => string };

function tableOf(rows: readonly BookRow[], moreKeys: readonly string[]): Sheet['tables'][number] {
  const all: readonly Column[] = [
    { heading: 'RECORD', cell: ({ name }) => name },
    { heading: 'SYMBOL', cell: ({ symbol }) => symbol },
    { heading: 'SIDE', cell: ({ side }) => side },
    { heading: 'ENTRY', align: 'right', cell: ({ entry }) => entry },
    { heading: 'MARK', align: 'right', cell: ({ mark }) => mark },
    { heading: 'LIQUIDATION', align: 'right', cell: ({ liquidation }) => liquidation },
    { heading: ROOM, align: 'right', cell: roomWords },
    ...moreKeys.map((key, index): Column => ({ heading: key, align: 'right', cell: ({ more }) => more[index] ?? '' })),
  ];
  const columns = all.filter(({ cell }) => rows.some((row) => cell(row) !== ''));
  return {
    heading: 'Records',
    columns,
    rows: rows.map((row) => ({
      cells: columns.map(({ cell }) => cell(row)),
      tone: toneNamed(toneOf(row, { ...drawnStyle, paint: tonePaint })),
      bar: row.outcome === 'at' && row.room ? barOf(Number(row.room.toFixed(6))) : undefined,
    })),
  };
}
