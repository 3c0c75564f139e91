import type { BracketsAction } from '../brackets-action.js';
import { diff } from './diff.js';
import { importFile } from './import.js';
import { list } from './list.js';
import { remove } from './remove.js';
import { show } from './show.js';
import { update } from './update.js';
import { validate } from './validate.js';

/** Every action of `liqcalc brackets`, by name. To add one, add a file here and a line below. */
export const bracketsActions: Readonly<Record<string, BracketsAction>> = {
  list,
  show,
  validate,
  import: importFile,
  remove,
  diff,
  update,
};
