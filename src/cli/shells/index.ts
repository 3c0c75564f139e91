import type { Completion } from '../completion.js';
import { bash } from './bash.js';
import { fish } from './fish.js';
import { powershell } from './powershell.js';
import { zsh } from './zsh.js';

/** The shells that `liqcalc completion` supports. To add one, add a file here and a line below. */
export const shells = { bash, zsh, fish, powershell } as const satisfies Record<
  string,
  (completion: Completion) => string
>;
