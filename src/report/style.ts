/** What parts of a text mean; how they look is decided by `paint.ts`. Meaning never rests on it alone. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
}

const asIs = (text: string): string => text;

/** No colour at all. */
export const noPaint: Paint = { strong: asIs, faint: asIs, good: asIs, warn: asIs, bad: asIs };

/** The characters that text is drawn with. */
export interface Glyphs {
  readonly room: string;
  readonly lost: string;
  readonly rail: string;
  readonly dash: string;
}

/** For terminals that are UTF-8. */
export const unicodeGlyphs: Glyphs = { room: '━', lost: '╳', rail: '─', dash: '–' };

/** For everything else. */
export const asciiGlyphs: Glyphs = { room: '=', lost: 'x', rail: '-', dash: '-' };

/** How text is shown: its colours and its characters. */
export interface Style {
  readonly paint: Paint;
  readonly glyphs: Glyphs;
}

const PLAIN_CHARACTERS: Readonly<Record<string, string>> = { '’': "'", 'Ⓢ': '(S)', '–': '-', '×': 'x', Δ: 'd' };

/** The text with nothing but ASCII. */
export function toAscii(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, (character) => PLAIN_CHARACTERS[character] ?? '?');
}
