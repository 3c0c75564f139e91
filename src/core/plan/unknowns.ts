/** The quantities to solve for, by flag name. */
export const UNKNOWNS = ['lev', 'add-margin', 'qty'] as const;
export type Unknown = (typeof UNKNOWNS)[number];
