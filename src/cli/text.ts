import { asciiGlyphs, noPaint, toAscii, unicodeGlyphs, type Style } from '../presenters/style.js';
import { colorLevel, isUtf8, type Io, type Output } from './io.js';
import type { CommonOptions } from './options.js';

/** Prints text for people: coloured where the output can show it, ASCII where the locale is not UTF-8. */
export async function printText(
  { env, stdout }: Io,
  { color }: Pick<CommonOptions, 'color'>,
  render: (style: Style) => Promise<string>,
): Promise<void> {
  const level = colorLevel(color, env, stdout.isTerminal);
  const paint = level === 0 ? noPaint : (await import('../presenters/paint.js')).createPaint(level);
  const unicode = isUtf8(env);
  const text = await render({ paint, glyphs: unicode ? unicodeGlyphs : asciiGlyphs });
  stdout.write(printable(unicode ? text : toAscii(text)));
}

/** Control characters but line ends and our own colours: what came from the input must not steer the terminal. */
const CONTROLS = /(?!\u001b\[\d{1,3}(?:;\d{1,3})*m)[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/** Text without control characters of the input. */
export function printable(text: string): string {
  return text.replace(CONTROLS, '?');
}

/** Text with control characters shown as JSON writes them. */
export function escapeControls(text: string): string {
  return text.replace(
    /[\x00-\x1f\x7f-\x9f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** So many characters are written at once. */
const WRITTEN_AT_ONCE = 1 << 20;

/** Writes a long text that comes in pieces, without putting it together first. */
export function writePieces(output: Output, pieces: readonly string[]): void {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < WRITTEN_AT_ONCE) continue;
    output.write(text);
    text = '';
  }
  if (text !== '') output.write(text);
}
