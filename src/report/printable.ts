/**
 * Characters that control a terminal or reorder what it shows: control characters except tab and line end,
 * bidirectional marks, line and paragraph separators. The colour codes of `createPaint` are not among them.
 */
const STEERING =
  /(?!\u001b\[(?:1|2|22|31|32|33|39)m)[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text that cannot control the terminal: such characters from the input are shown as JSON escapes, `\u001b`. */
export function printable(text: string): string {
  return text.replace(STEERING, escaped);
}

/** The same for text in columns, where a tab would break the alignment. */
export function printableColumns(text: string): string {
  return printable(text.replaceAll('\t', escaped));
}

/** Text of the input inside a message: printable, and without line ends, which could imitate a new message. */
export function printableLine(text: string): string {
  return printable(text.replace(/[\t\n\u001b]/g, escaped));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A symbol for people to read, always on one line. */
export function shownSymbol(symbol: string): string {
  return printableLine(symbol.toUpperCase());
}

/** The maximum number of characters of a symbol or id. */
const MOST_SHOWN = 60;

/** A symbol or id for people to read, shortened if it is long. */
export const clipped = (text: string): string => (text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text);
