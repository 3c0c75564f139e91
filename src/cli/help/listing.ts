import type { Style } from '../../report/style.js';
import { hang, shownLength, wrap } from '../../report/text/lines.js';

/** A line of a list in help: a term, and its meaning. */
export type Item = readonly [term: string, meaning: string];

const INDENT = '  ';
/** The largest share of a line that terms take; a longer term has a line of its own. */
const TERM_SHARE = 0.36;

/** The width of the longest term that leaves enough room for meanings. */
export function termWidth(items: readonly Item[], { width }: Pick<Style, 'width'>): number {
  const most = Math.floor(width * TERM_SHARE);
  return Math.max(...items.map(([term]) => shownLength(term)).filter((length) => length <= most), 0);
}

/** Terms with their meanings beside them, or below if there is no room. */
export function listing(
  items: readonly Item[],
  style: Pick<Style, 'width'>,
  width: number = termWidth(items, style),
): string[] {
  const blank = ' '.repeat(INDENT.length + width + 2);
  return items.flatMap(([term, meaning]) => {
    const fits = shownLength(term) <= width;
    const lines = hang(fits ? `${INDENT}${term.padEnd(width)}  ` : blank, meaning, style.width);
    return fits ? lines : [`${INDENT}${term}`, ...lines];
  });
}

/** A part of help under its title; nothing if it is empty. */
export function section(title: string, lines: readonly string[], { paint }: Pick<Style, 'paint'>): string[] {
  return lines.length === 0 ? [] : ['', paint.strong(`${title}:`), ...lines];
}

/** A page with a list below an introduction. */
export function listPage(introduction: string, items: readonly Item[], style: Pick<Style, 'width'>): string {
  return page([...wrap(introduction, style.width), '', ...listing(items, style)]);
}

/** Lines as a page. */
export const page = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
