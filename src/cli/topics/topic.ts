import type { Style } from '../../report/style.js';

/** A page of `liqcalc help`, made from the list of what it describes: fields, results, rules, venues, formats. */
export interface Topic {
  readonly text: (style: Style) => string;
}
