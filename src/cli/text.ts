import { asciiGlyphs, noPaint, toAscii, unicodeGlyphs, type Style } from '../presenters/style.js';
import type { Io, Output } from './io.js';
import { colorLevel, isUtf8 } from './terminal.js';
import type { CommonOptions } from './options.js';
import { printableColumns } from '../presenters/printable.js';

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
  stdout.write(printableColumns(unicode ? text : toAscii(text)));
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
