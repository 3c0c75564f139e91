/**
 * Characters that steer a terminal or reorder what it shows: controls but tab and line end, bidirectional marks, line
 * and paragraph separators. The colours that we paint with are none of them: `createPaint` has no others.
 */
const STEERING =
  /(?!\u001b\[(?:1|2|22|31|32|33|39)m)[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text that cannot steer the terminal: what came from the input and would is shown as JSON writes it, `\u001b`. */
export function printable(text: string): string {
  return text.replace(STEERING, escaped);
}

/** The same for text that people read in columns: a tab would move them. */
export function printableColumns(text: string): string {
  return printable(text.replaceAll('\t', escaped));
}

/** Text of the input within a message: printable, and without line ends that would begin a message of its own. */
export function printableLine(text: string): string {
  return printable(text.replace(/[\t\n\u001b]/g, escaped));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A symbol as people see it, in one line whatever the input holds. */
export function shownSymbol(symbol: string): string {
  return printableLine(symbol.toUpperCase());
}
