/** What may be solved for, by the name of its flag. */
export const UNKNOWNS = ['lev', 'add-margin', 'qty'] as const;
export type Unknown = (typeof UNKNOWNS)[number];
