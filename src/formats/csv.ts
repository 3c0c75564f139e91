/** A cell as written, and its text without surrounding blanks and quotes. */
export interface Cell {
  readonly written: string;
  readonly text: string;
}

export const UNCLOSED = 'a cell opens a quote and never closes it';

const SPOILT = 'a cell has text after its closing quote';

const DELIMITERS = [',', ';', '\t'] as const;

/** The delimiter that occurs most in the header, outside of quotes. */
export function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

export function cellsOf(row: string, delimiter: string): Cell[] {
  if (!row.includes('"')) return row.split(delimiter).map((written) => ({ written, text: withoutBlanks(written) }));
  const cells: Cell[] = [];
  let start = 0;
  for (;;) {
    const end = cellEnd(row, start, delimiter).end;
    const written = row.slice(start, end);
    cells.push({ written, text: textOf(written) });
    if (end >= row.length) return cells;
    start = end + 1;
  }
}

/**
 * The rows of a text without blank rows; a quoted cell may span lines.
 *
 * A quote that is never closed affects only its own line: that line becomes a row of one cell, and `quoteFault` reports
 * it.
 */
export function rowsOf(text: string, delimiter: string): string[] {
  const rows: string[] = [];
  let start = 0;
  while (start < text.length) {
    const end = rowEnd(text, start, delimiter);
    const row = text.slice(start, end);
    if (withoutBlanks(row) !== '') rows.push(row);
    start = end + 1;
  }
  return rows;
}

/** The position of the line end that ends a row. */
function rowEnd(text: string, start: number, delimiter: string): number {
  let at = start;
  for (;;) {
    const { end, isClosed } = cellEnd(text, at, delimiter);
    if (!isClosed) return lineEnd(text, start);
    if (text[end] !== delimiter) return end;
    at = end + 1;
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/**
 * The position of the delimiter or line end after a cell, or of the text's end; and whether its quotes are closed
 * there.
 */
function cellEnd(text: string, start: number, delimiter: string): { readonly end: number; readonly isClosed: boolean } {
  let place: 'cell' | 'plain' | 'quoted' | 'afterQuote' = 'cell';
  let at = start;
  for (; at < text.length; at++) {
    const character = text[at] as string;
    if (place === 'quoted') {
      if (character === '"') place = 'afterQuote';
    } else if (character === delimiter || character === '\n') break;
    else if (character === '"' && place !== 'plain') place = 'quoted';
    else if (character !== ' ' && character !== '\t' && (place === 'cell' || character !== '\r')) place = 'plain';
  }
  return { end: at, isClosed: place !== 'quoted' };
}

const QUOTED = /^[ \t]*"[^"]*(?:""[^"]*)*"[ \t\r]*$/;

/** What is wrong with the quotes of a cell. */
export function quoteFault(written: string): string | undefined {
  const isQuoted = written.includes('"') && withoutBlanks(written).startsWith('"');
  if (!isQuoted || QUOTED.test(written)) return undefined;
  return cellEnd(written, 0, '\n').isClosed ? SPOILT : UNCLOSED;
}

function textOf(written: string): string {
  const bare = withoutBlanks(written);
  return bare.length > 1 && QUOTED.test(bare) ? bare.slice(1, -1).replaceAll('""', '"') : bare;
}

/** A text without surrounding blanks and returns. */
export function withoutBlanks(text: string): string {
  if (!isBlank(text.charCodeAt(0)) && !isBlank(text.charCodeAt(text.length - 1))) return text;
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}
