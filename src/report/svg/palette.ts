/** The colours of pictures and pages: on a light and on a dark ground, where each text has a contrast of 4.5 or more. */
const PALETTE = {
  ground: ['#ffffff', '#12161c'],
  panel: ['#f5f7f9', '#1a2029'],
  line: ['#d5dbe1', '#38414d'],
  ink: ['#1b2430', '#e7ebf0'],
  soft: ['#51606f', '#a9b4c0'],
  first: ['#1d5fbf', '#82b4ff'],
  second: ['#9a4a00', '#ffb069'],
  good: ['#176b3f', '#63d49b'],
  warn: ['#8a5600', '#f2bd5b'],
  bad: ['#b3261e', '#ff8f85'],
} as const;

/** The name of a colour. */
export type Colour = keyof typeof PALETTE;

const NAMES = Object.keys(PALETTE) as readonly Colour[];

/** Classes for every colour: `f-ink` fills with it, `s-ink` strokes. */
const classes = (scheme: 0 | 1): string =>
  NAMES.map((name) => `.f-${name}{fill:${PALETTE[name][scheme]}}.s-${name}{stroke:${PALETTE[name][scheme]}}`).join('');

/** The same as variables of a page. */
export const variables = (scheme: 'light' | 'dark'): string =>
  NAMES.map((name) => `--${name}:${PALETTE[name][scheme === 'light' ? 0 : 1]}`).join(';');

/** Dark colours are for dark screens only: paper is white. */
export const DARK_SCREEN = '@media screen and (prefers-color-scheme:dark)';

/** The style sheet of pictures. Classes, not variables: not every viewer of pictures knows variables. */
export const PICTURE_STYLE = [
  '.lq{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}',
  '.lq .h{font-size:15px;font-weight:600}.lq .b{font-weight:600}',
  '.lq path,.lq line{fill:none;stroke-width:1}.lq .w{stroke-width:2.5;stroke-linejoin:round}.lq .d{stroke-dasharray:6 4}',
  classes(0),
  `${DARK_SCREEN}{${classes(1)}}`,
].join('');
