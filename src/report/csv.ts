/** A CSV cell: quoted if the text has the delimiter, a quote or a line end. */
export function csvCell(text: string, delimiter = ','): string {
  const plain = !text.includes(delimiter) && !/["\r\n]/.test(text);
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}

/** One CSV line with its newline. */
export function csvLine(cells: readonly string[], delimiter = ','): string {
  return `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\n`;
}

/**
 * The start of a cell that a spreadsheet would read as a formula, after blanks. The full-width signs count as text and
 * as their bytes.
 */
const FORMULA = /^[ ]*(?:[\t\r]+[^\t\r ]|[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|\u00EF\u00BC[\u009D\u008B\u008D\u00A0])/;
const NUMBER = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?%?\s*$/;

/**
 * CSV in which no text cell is a formula for a spreadsheet: an apostrophe is put before any cell that would be one.
 * Numbers stay unchanged, signs included.
 */
export function safeCsv(text: string, delimiter = ','): string {
  const cells = new RegExp(`(^|[${delimiter}\\n])([ \\t]*"[^"]*(?:""[^"]*)*"[ \\t\\r]*|[^${delimiter}\\n]*)`, 'g');
  return text.replace(cells, (_, before: string, cell: string) => before + safeCell(cell));
}

function safeCell(cell: string): string {
  const [, opening = '', quoted] = /^([ \t]*")([\s\S]*)"[ \t\r]*$/.exec(cell) ?? [];
  const text = quoted ?? cell;
  if (!FORMULA.test(text) || NUMBER.test(text)) return cell;
  return `${opening}'${cell.slice(opening.length)}`;
}
