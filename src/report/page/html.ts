import { markup, styles, type Markup } from '../markup.js';
import { svgOf } from '../svg/picture.js';
import { BAR_WORDS, ROOM, type Fact, type Notes, type Sheet, type SheetRow, type SheetTable } from './sheet.js';
import { PAGE_STYLE } from './style.js';

/** The beginning of a page, up to its sections. */
export const headOf = (title: string): string =>
  `<!doctype html>\n${
    markup`<html lang="en"><head><meta charset="utf-8"/><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"/><meta name="viewport" content="width=device-width, initial-scale=1"/><title>${title}</title><style>${styles(PAGE_STYLE)}</style></head>`
      .source
  }<body><main>`;

/** The end of a page. */
export const TAIL = '<footer>Made by liqcalc. Every number is exact and rounded once.</footer></main></body></html>\n';

/**
 * A sheet as a section of a page.
 *
 * @param number - the number of the section, from 1.
 */
export function sectionOf({ title, lead, facts, pictures, tables, notes }: Sheet, number: number): string {
  return markup`<section><h1>${title}</h1>${lead === undefined ? '' : markup`<p class="lead">${lead}</p>`}${factList(facts)}${tables.map(tableOf)}${pictures.map((picture, index) => markup`<div class="picture" tabindex="0" role="region" aria-label="${picture.title}">${svgOf(picture, `${number}-${index}`).content}</div>`)}${notes.map(notesOf)}</section>`
    .source;
}

function factList(facts: readonly Fact[]): Markup | '' {
  if (facts.length === 0) return '';
  const each = facts.map(
    ({ label, value, tone = 'plain' }) => markup`<div><dt>${label}</dt><dd class="${tone}">${value}</dd></div>`,
  );
  return markup`<dl>${each}</dl>`;
}

function tableOf({ heading, columns, rows }: SheetTable): Markup {
  const head = columns.map(
    ({ heading: name, align }) => markup`<th scope="col" class="${align === 'right' ? 'r' : 't'}">${name}</th>`,
  );
  const body = rows.map((row) => rowOf(row, columns));
  const isProse = rows.some(({ cells }) => cells.some(isWide));
  const bars = rows.some(({ bar }) => bar !== undefined) ? markup`<p class="soft">${BAR_WORDS}</p>` : '';
  return markup`<h2>${heading}</h2><div class="scroll${isProse ? ' prose' : ''}" tabindex="0" role="region" aria-label="${heading}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>${bars}`;
}

/** Whether a text gets a wide column, and lines of its own. */
const isWide = (text: string): boolean => text.length > 24;

function rowOf({ cells, tone, bar }: SheetRow, columns: SheetTable['columns']): Markup {
  const drawn =
    bar === undefined ? '' : markup`<span class="bar"><i style="width:${Math.round(bar * 100)}%"></i></span>`;
  const all = cells.map((cell, index) => {
    const { align, heading } = columns[index] ?? {};
    const kind = align === 'right' ? 'r' : isWide(cell) ? 'w' : 't';
    return markup`<td class="${kind} ${tone}">${cell}${heading === ROOM ? drawn : ''}</td>`;
  });
  return markup`<tr class="${tone}">${all}</tr>`;
}

const notesOf = ({ heading, items }: Notes): Markup =>
  markup`<h2>${heading}</h2><ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`;
