import { asciiGlyphs, noPaint, toAscii, unicodeGlyphs, type Style } from '../report/style.js';
import type { Io, Output } from './io.js';
import { colorLevel, isUtf8 } from './terminal.js';
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
  return { paint, glyphs: isUtf8(env) ? unicodeGlyphs : asciiGlyphs };
}

/**
 * Text for people as standard output can show it: ASCII if the locale is not UTF-8, without control characters from the
 * input.
 */
export function printableText({ env }: Io, text: string): string {
  return printableColumns(isUtf8(env) ? text : toAscii(text));
}

/** The number of characters that are written at once. */
const WRITTEN_AT_ONCE = 1 << 20;

/** Writes a text from its pieces, many at once; returns the result that follows the last piece. */
export function writeInPieces<R>(write: (text: string) => void, pieces: Generator<string, R, undefined>): R {
  let text = '';
  let step = pieces.next();
  for (; step.done !== true; step = pieces.next()) {
    text += step.value;
    if (text.length < WRITTEN_AT_ONCE) continue;
    write(text);
    text = '';
  }
  if (text !== '') write(text);
  return step.value;
}

/** Writes a long text from its pieces, without joining all of them first. */
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
