/**
 * Text with one character for each byte (latin1).
 *
 * Records are handled as such text: every byte of UTF-8 is written unchanged, and strings with one byte per character
 * are the fastest. Only text for messages is decoded.
 */

/** Our own text, encoded as one character per byte. */
export function toBinary(text: string): string {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** Decodes text of one character per byte; bytes that are not UTF-8 become replacement characters. */
export function fromBinary(binary: string): string {
  return isAscii(binary) ? binary : Buffer.from(binary, 'latin1').toString('utf8');
}

/** Text of one character per byte, shortened for messages, never within a character. */
export function shownBinary(binary: string): string {
  if (binary.length <= MOST_SHOWN) return binary;
  return `${toBinary(fromBinary(binary.slice(0, MOST_SHOWN)).replace(/\uFFFD+$/, ''))}...`;
}

const MOST_SHOWN = 200;

/** Whether a text is the same in ASCII, latin1 and UTF-8. */
export function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text);
}

/** The text of a JSON string; input and output have one character per byte. Escapes are resolved, other bytes stay. */
export function unescaped(json: string): string {
  const inside = json.slice(1, -1);
  if (!inside.includes('\\')) return inside;
  return inside.replace(/(?:\\u[\da-fA-F]{4})+|\\./g, (escapes) => toBinary(JSON.parse(`"${escapes}"`) as string));
}
