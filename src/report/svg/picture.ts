import { markup, styles, type Markup } from '../markup.js';
import type { Picture } from '../plot/picture.js';
import { drawLadder } from './ladder.js';
import { PICTURE_STYLE } from './palette.js';
import { drawPlot } from './plot.js';
import { clipped, text, WIDTH, wrapped, type Drawing } from './shapes.js';

/** The height of the title, and of each line below it. */
const [TITLE, LINE] = [34, 19];
const MARGIN = 16;
const ROOM = WIDTH - 2 * MARGIN;

/**
 * A picture as an SVG element.
 *
 * @param id - distinguishes its parts from those of other pictures in the same document.
 */
export function svgOf(picture: Picture, id: string, more: Markup | '' = ''): Drawing<Markup> {
  const lines = wrapped(picture.summary, ROOM);
  const top = TITLE + lines.length * LINE;
  const { height, content } = drawingOf(picture);
  const all = top + height + MARGIN;
  const head = [
    text({ x: MARGIN, y: 26, className: 'h f-ink' }, clipped(picture.title, ROOM, { size: 15, isBold: true })),
    ...lines.map((line, index) => text({ x: MARGIN, y: TITLE + 13 + index * LINE, className: 'f-soft' }, line)),
  ];
  const drawn = markup`<svg xmlns="http://www.w3.org/2000/svg" class="lq" viewBox="0 0 ${WIDTH} ${all}" width="${WIDTH}" height="${all}" role="img" aria-labelledby="t${id} d${id}"><title id="t${id}">${picture.title}</title><desc id="d${id}">${picture.summary}</desc>${more}<rect class="f-ground" width="${WIDTH}" height="${all}"/>${head}<g transform="translate(0 ${top})">${content}</g></svg>`;
  return { height: all, content: drawn };
}

/** Pictures below each other as one SVG document. */
export function svgDocument(pictures: readonly Picture[]): string {
  const style = markup`<style>${styles(PICTURE_STYLE)}</style>`;
  const [only, ...others] = pictures;
  if (only && others.length === 0) return `${svgOf(only, '', style).content.source}\n`;
  let y = 0;
  const parts = pictures.map((picture, index) => {
    const { height, content } = svgOf(picture, String(index + 1));
    const placed = markup`<g transform="translate(0 ${y})">${content}</g>`;
    y += height;
    return placed;
  });
  return `${markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}">${style}${parts}</svg>`.source}\n`;
}

function drawingOf(picture: Picture): Drawing {
  switch (picture.kind) {
    case 'plot':
      return drawPlot(picture);
    case 'ladder':
      return drawLadder(picture);
    case 'words':
      return { height: 0, content: [] };
  }
}
