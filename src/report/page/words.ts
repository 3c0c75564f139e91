import type { Sheet } from './sheet.js';

/** A sheet with words only. */
export const wordsSheet = (title: string, lead: string): Sheet => ({
  title,
  lead,
  facts: [],
  pictures: [],
  tables: [],
  notes: [],
});
