import type { Style } from '../../report/style.js';

/** A page of `liqcalc help`, made from a registry. */
export interface Topic {
  readonly text: (style: Style) => string;
}
