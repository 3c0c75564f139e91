// Rows of CSV.
import { priceRecord, putAnswer } from './answer';
import { copy } from './bytes';
import { byteAt, COLUMNS, CR, LF, MOST_COLUMNS, OTHER_KEY, QUOTE, SPACE, TAB } from './memory';
import { addLines, beginOutput, endRecord, hasRoom, written } from './output';
import { addNeeds, beginTerms, readField } from './terms';

const COLUMN_BITS: usize = 3;
const NEEDS: usize = 4;
/** In place of a delimiter: every blank counts as one. */
const NONE: u32 = 0;

let columns: u32 = 0;
let delimiter: u32 = 0;

export function beginColumns(byte: u32): void {
  columns = 0;
  delimiter = byte;
}

/** Adds a column by the code and the needs of its name; false if there are too many. */
export function addColumn(code: u32, needs: u32): bool {
  if (columns == MOST_COLUMNS) return false;
  store<u32>(columnAt(columns), code);
  store<u32>(columnAt(columns), needs, NEEDS);
  columns++;
  return true;
}

function columnAt(index: u32): usize {
  return COLUMNS + ((<usize>index) << COLUMN_BITS);
}

/** Takes whole rows, blank ones among them; returns the place of the first that is left. */
export function takeRows(from: usize, to: usize): usize {
  beginOutput();
  let row = from;
  while (row < to) {
    let end = blanksEnd(row, NONE);
    if (byteAt(end) != LF) {
      end = rowEnd(row);
      if (end == 0 || !hasRoom(end - row) || !priceRecord()) return row;
      const last = byteAt(end - 1) == CR ? end - 1 : end;
      endRecord(putAnswer(copy(written, row, last)));
    }
    addLines(1);
    row = end + 1;
  }
  return row;
}

/** Reads the cells of a row; the place of its line end, or 0. */
function rowEnd(row: usize): usize {
  beginTerms();
  let at = row;
  for (let index: u32 = 0; index < columns; index++) {
    at = cellEnd(at, load<u32>(columnAt(index)), load<u32>(columnAt(index), NEEDS));
    if (at == 0 || byteAt(at) != (index + 1 == columns ? LF : delimiter)) return 0;
    at++;
  }
  return at - 1;
}

/** Reads a cell; the place after it and the blanks that follow, or 0. */
function cellEnd(cell: usize, code: u32, needs: u32): usize {
  let at = blanksEnd(cell, delimiter);
  const isQuoted = byteAt(at) == QUOTE;
  if (isQuoted) {
    // After a CR a quote is an ordinary character.
    for (let before = cell; before < at; before++) if (byteAt(before) == CR) return 0;
    at = blanksEnd(at + 1, delimiter);
    if (byteAt(at) == delimiter) return 0;
  }
  const first = byteAt(at);
  const isEmpty = isQuoted ? first == QUOTE : first == delimiter || first == LF;
  if (!isEmpty) {
    at = code == OTHER_KEY ? otherEnd(at, isQuoted) : readField(at, code, true);
    if (at == 0) return 0;
    if (code == OTHER_KEY) addNeeds(needs);
  }
  if (isQuoted) {
    at = blanksEnd(at, NONE);
    if (byteAt(at++) != QUOTE) return 0;
  }
  return blanksEnd(at, delimiter);
}

/** The place after the text of a cell that is not a field: at its delimiter, line end or closing quote; or 0. */
function otherEnd(from: usize, isQuoted: bool): usize {
  let at = from;
  if (!isQuoted) {
    while (byteAt(at) != delimiter && byteAt(at) != LF) at++;
    return at;
  }
  for (; byteAt(at) != QUOTE; at++) if (byteAt(at) == LF) return 0;
  // Two quotes are one of the text.
  return byteAt(at + 1) == QUOTE ? 0 : at;
}

/** The place of the next byte that is not a blank, or that is the delimiter. */
function blanksEnd(from: usize, stop: u32): usize {
  let at = from;
  for (; byteAt(at) <= SPACE; at++) {
    const byte = byteAt(at);
    if (byte == stop || (byte != SPACE && byte != TAB && byte != CR)) break;
  }
  return at;
}
