/**
 * Text with one character for each byte (latin1).
 *
 * Records pass through as such text: every byte of UTF-8 leaves as it came, and strings of one byte a
 * character are the quickest. Only what is said in messages is decoded.
 */

/** Text of ours as one character a byte. */
export function toBinary(text: string): string {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** What text of one character a byte says; bytes that are no UTF-8 become replacement characters. */
export function fromBinary(binary: string): string {
  return isAscii(binary) ? binary : Buffer.from(binary, 'latin1').toString('utf8');
}

/** Text of one character a byte cut down for messages, between characters. */
export function shownBinary(binary: string): string {
  if (binary.length <= MOST_SHOWN) return binary;
  return `${toBinary(fromBinary(binary.slice(0, MOST_SHOWN)).replace(/\uFFFD+$/, ''))}...`;
}

const MOST_SHOWN = 200;

function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text);
}

/** The text of a JSON string, one character a byte in and out: escapes are resolved, other bytes stay. */
export function unescaped(json: string): string {
  const inside = json.slice(1, -1);
  if (!inside.includes('\\')) return inside;
  return inside.replace(/(?:\\u[\da-fA-F]{4})+|\\./g, (escapes) => toBinary(JSON.parse(`"${escapes}"`) as string));
}
