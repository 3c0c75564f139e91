import type { Io } from './io.js';

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

/** Whether the locale allows UTF-8 text. */
export function isUtf8(env: Io['env']): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return locale !== undefined && /utf-?8/i.test(locale);
}
