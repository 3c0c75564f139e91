import { markup, type Markup, type Part } from '../markup.js';

/** The width of every picture. */
export const WIDTH = 760;

/** What was drawn, and its height. */
export interface Drawing<C extends Part = Part> {
  readonly height: number;
  readonly content: C;
}

/** The size of text. */
interface Type {
  readonly size: number;
  readonly isBold?: boolean;
}

/** The text of labels. */
export const LABEL: Type = { size: 13 };
export const BOLD: Type = { size: 13, isBold: true };

/** About how wide a text is. Fonts differ, so it is rather too wide than too narrow. */
export function widthOf(words: string, { size, isBold = false }: Type = LABEL): number {
  let ems = 0;
  for (const character of words) ems += emsOf(character);
  return ems * size * (isBold ? 1.1 : 1);
}

function emsOf(character: string): number {
  if (/[ .,:;!|'()ijlft]/.test(character)) return 0.4;
  if (/[a-z\d+\-]/.test(character)) return 0.64;
  return /[\x20-\x7e]/.test(character) ? 0.82 : 1.1;
}

/** A text that is not wider than a number of pixels. */
export function clipped(words: string, room: number, type: Type = LABEL): string {
  if (widthOf(words, type) <= room) return words;
  const characters = Array.from(words);
  while (characters.length > 0 && widthOf(`${characters.join('')}…`, type) > room) characters.pop();
  return `${characters.join('')}…`;
}

/** Text broken at blanks into lines that are not wider than a number of pixels. */
export function wrapped(words: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => clipped(line, room));
}

/** A number of pixels, with one decimal. */
export const pixel = (value: number): number => Math.round(value * 10) / 10;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly className: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** A line of text. */
export function text({ x, y, className, anchor = 'start' }: Place, words: string): Markup {
  return markup`<text x="${pixel(x)}" y="${pixel(y)}" class="${className}" text-anchor="${anchor}">${words}</text>`;
}

/** A straight line. */
export function line(x1: number, y1: number, x2: number, y2: number, className: string): Markup {
  return markup`<line x1="${pixel(x1)}" y1="${pixel(y1)}" x2="${pixel(x2)}" y2="${pixel(y2)}" class="${className}"/>`;
}

/** Places in rising order, moved so that each is at least `gap` after the one before, within both ends if they fit. */
export function spread(places: readonly number[], gap: number, [least, most]: readonly [number, number]): number[] {
  const moved: number[] = [];
  for (const place of places) moved.push(Math.max(place, (moved.at(-1) ?? least - gap) + gap));
  for (let index = moved.length - 1, limit = most; index >= 0; index--, limit -= gap) {
    moved[index] = Math.min(moved[index] as number, limit);
  }
  return moved;
}
