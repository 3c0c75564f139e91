import { FIELD_LIST, type FieldKey } from '../formats/fields.js';

/** Fields of a position that planning commands take: all but the formula, because they ask the exchange's own rule. */
export const PLAN_FIELDS: readonly FieldKey[] = FIELD_LIST.map(([key]) => key).filter((key) => key !== 'formula');
