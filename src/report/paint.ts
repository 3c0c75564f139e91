import { Chalk, type ColorSupportLevel } from 'chalk';
import type { Paint } from './style.js';

/** The colours of a terminal that can show them. The caller decides the level, because chalk ignores NO_COLOR. */
export function createPaint(level: ColorSupportLevel): Paint {
  const chalk = new Chalk({ level });
  return { strong: chalk.bold, faint: chalk.dim, good: chalk.green, warn: chalk.yellow, bad: chalk.red };
}
