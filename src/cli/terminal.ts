import { LINE_WIDTH } from '../report/text/lines.js';
import type { Io, Output } from './io.js';

/** When to use colour. */
export type ColorChoice = 'auto' | 'always' | 'never';

/**
 * The colour level of an output (0 none, 1 to 3): `--color`, then `NO_COLOR`, then `FORCE_COLOR`, then whether it is a
 * terminal.
 */
export function colorLevel(choice: ColorChoice, env: Io['env'], isTerminal: () => boolean): 0 | 1 | 2 | 3 {
  if (choice === 'never') return 0;
  if (choice === 'always') return 1;
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return 0;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force === '0' || force === 'false' ? 0 : force === '2' ? 2 : force === '3' ? 3 : 1;
  return isTerminal() && env['TERM'] !== 'dumb' ? 1 : 0;
}

/** The least and the most characters of a line of text, on any terminal. */
const WIDTHS = { least: 40, most: 200 } as const;

/** The width of text for people: `COLUMNS`, then the width of the terminal, else 80. Only this function decides it. */
export function textWidth(env: Io['env'], columns: Output['columns']): number {
  const asked = /^\d+$/.test(env['COLUMNS'] ?? '') ? Number(env['COLUMNS']) : 0;
  const found = asked || columns() || LINE_WIDTH;
  return Math.min(WIDTHS.most, Math.max(WIDTHS.least, found));
}

/** Whether the locale allows UTF-8 text. */
export function isUtf8(env: Io['env']): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return locale !== undefined && /utf-?8/i.test(locale);
}
