import { article } from './article.js';
import { exact } from './exact.js';
import type { Formula } from './formula.js';
import { simple } from './simple.js';

export type { Formula } from './formula.js';

/** Every formula by name. To add one, add a file here and a line below. */
export const formulas = { exact, article, simple } as const satisfies Record<string, Formula>;

/** `exact`, `article` or `simple`. */
export type FormulaName = keyof typeof formulas;
