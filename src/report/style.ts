/** The meaning of parts of a text; `paint.ts` decides how they look. Colour is never the only sign of a meaning. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
}

const asIs = (text: string): string => text;

/** No colours. */
export const noPaint: Paint = { strong: asIs, faint: asIs, good: asIs, warn: asIs, bad: asIs };

/** The characters that text is drawn with. */
export interface Glyphs {
  readonly room: string;
  /** Half a cell of room, at the right and at the left end of a bar. */
  readonly half: readonly [right: string, left: string];
  readonly lost: string;
  readonly rail: string;
  readonly dash: string;
}

/** For UTF-8 terminals. */
export const unicodeGlyphs: Glyphs = { room: '━', half: ['╸', '╺'], lost: '╳', rail: '─', dash: '–' };

/** For everything else. */
export const asciiGlyphs: Glyphs = { room: '=', half: ['-', '-'], lost: 'x', rail: '-', dash: '-' };

/** How text is shown: its colours and its characters. */
export interface Style {
  readonly paint: Paint;
  readonly glyphs: Glyphs;
  /** The most visible characters of a line. */
  readonly width: number;
}

const PLAIN_CHARACTERS: Readonly<Record<string, string>> = {
  '’': "'",
  'Ⓢ': '(S)',
  '–': '-',
  '×': 'x',
  '≈': '~',
  Δ: 'd',
};

/** The text in ASCII only. */
export function toAscii(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, (character) => PLAIN_CHARACTERS[character] ?? '?');
}

/** Text outside a terminal: in pictures and pages. */
export const drawnStyle: Style = { paint: noPaint, glyphs: unicodeGlyphs, width: 80 };

/** What a colour means where text is not painted. Colour is never the only sign of a meaning. */
export type ToneName = 'good' | 'warn' | 'bad' | 'plain';

/** Paint that names the tone of a text instead of colouring it. */
export const tonePaint: Paint = {
  strong: () => 'plain',
  faint: () => 'plain',
  good: () => 'good',
  warn: () => 'warn',
  bad: () => 'bad',
};

const TONE_NAMES: readonly ToneName[] = ['good', 'warn', 'bad'];

/** The name of what `tonePaint` paints. */
export function toneNamed(tone: (text: string) => string): ToneName {
  const name = tone('');
  return TONE_NAMES.find((each) => each === name) ?? 'plain';
}
