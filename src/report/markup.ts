import { printableLine } from './printable.js';

/** Markup that is safe to write: only `markup` makes it. */
export class Markup {
  constructor(readonly source: string) {}
}

/** What may stand in markup: text is escaped, markup is not. */
export type Part = string | number | Markup | readonly Part[];

/** Markup from a template: every text in it is escaped, between elements and inside quoted attributes. */
export function markup({ raw }: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(
    raw.map((text, index) => text + (index < parts.length ? sourceOf(parts[index] as Part) : '')).join(''),
  );
}

/** Style sheets of this program as they are. */
export const styles = (css: string): Markup => new Markup(css);

function sourceOf(part: Part): string {
  if (part instanceof Markup) return part.source;
  if (typeof part === 'string') return escaped(part);
  return typeof part === 'number' ? String(part) : part.map(sourceOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is neither markup nor a character that XML forbids; control characters are shown as JSON escapes. */
function escaped(text: string): string {
  return printableLine(text)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] as string)
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd');
}
