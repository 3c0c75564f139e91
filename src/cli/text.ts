import { asciiGlyphs, noPaint, toAscii, unicodeGlyphs, type Style } from '../report/style.js';
import type { Io } from './io.js';
import { colorLevel, isUtf8, textWidth } from './terminal.js';
import type { CommonOptions } from './options.js';
import { printableColumns } from '../report/printable.js';

/** Prints text for people: in colour if the output can show it, ASCII if the locale is not UTF-8. */
export async function printText(
  io: Io,
  { color }: Pick<CommonOptions, 'color'>,
  render: (style: Style) => Promise<string>,
): Promise<void> {
  io.stdout.write(printableText(io, await render(await styleFor(io, color))));
}

/** The style of text for people on standard output. */
export async function styleFor({ env, stdout }: Io, color: CommonOptions['color']): Promise<Style> {
  const level = colorLevel(color, env, stdout.isTerminal);
  const paint = level === 0 ? noPaint : (await import('../report/paint.js')).createPaint(level);
  const glyphs = isUtf8(env) ? unicodeGlyphs : asciiGlyphs;
  return { paint, glyphs, width: textWidth(env, stdout.columns) };
}

/**
 * Text for people as standard output can show it: ASCII if the locale is not UTF-8, without control characters from the
 * input.
 */
export function printableText({ env }: Io, text: string): string {
  return printableColumns(isUtf8(env) ? text : toAscii(text));
}
