import { defineFormat, type Content, type Format, type FormatWriters } from '../format.js';
import type { DrawnContent } from '../report.js';
import { json, ndjson } from './json.js';
import { text } from './text.js';

/**
 * Every output format. To add one, add a file here and a line below. Most calls print text or JSON, whose code is part
 * of the program; the code of the others is loaded when it is used.
 */
export const formats = {
  text: defineFormat({
    writes: ['reports', 'tables', 'records', 'nested'],
    readBy: 'people',
    load: () => Promise.resolve(text),
  }),
  json: defineFormat({
    writes: ['reports', 'tables', 'records', 'nested'],
    readBy: 'programs',
    load: () => Promise.resolve(json),
  }),
  ndjson: defineFormat({
    writes: ['reports', 'tables', 'records', 'nested'],
    readBy: 'programs',
    load: () => Promise.resolve(ndjson),
  }),
  csv: defineFormat({
    writes: ['reports', 'tables', 'records', 'nested'],
    readBy: 'programs',
    load: async () => (await import('./csv.js')).csv,
  }),
  markdown: defineFormat({
    writes: ['reports', 'tables', 'records', 'nested'],
    readBy: 'people',
    load: async () => (await import('./markdown.js')).markdown,
  }),
  'vega-lite': defineFormat({
    writes: ['charts'],
    readBy: 'programs',
    load: async () => (await import('./vega-lite.js')).vegaLite,
  }),
  html: defineFormat({ writes: ['pages'], readBy: 'people', load: async () => (await import('./html.js')).html }),
  svg: defineFormat({ writes: ['pictures'], readBy: 'people', load: async () => (await import('./svg.js')).svg }),
} as const;

type Formats = typeof formats;

/** The name of a format. */
export type FormatName = keyof Formats;

/** The names of the formats that write a kind of output. */
export type FormatFor<C extends Content> = {
  [N in FormatName]: C extends Formats[N]['writes'][number] ? N : never;
}[FormatName];

const NAMES = Object.keys(formats) as readonly FormatName[];

/** Whether a format writes a kind of output. */
export function canWrite<C extends Content>(name: FormatName, content: C): name is FormatFor<C> {
  const { writes }: { readonly writes: readonly Content[] } = formats[name];
  return writes.includes(content);
}

/** The names of the formats that write a kind of output, in order. */
export function formatsFor<C extends Content>(content: C): readonly FormatFor<C>[] {
  return NAMES.filter((name) => canWrite(name, content));
}

const DRAWN = ['charts', 'pictures', 'pages'] as const satisfies readonly (keyof DrawnContent)[];

/** The kind of output that a format draws, if it does not write figures. */
export function drawnBy(name: FormatName): keyof DrawnContent | undefined {
  return DRAWN.find((kind) => canWrite(name, kind));
}

/** The formats of answers that are drawn in some ways. */
export function formatsDrawing<K extends keyof DrawnContent>(
  kinds: Readonly<Partial<Record<K, unknown>>>,
): readonly FormatFor<K>[] {
  return DRAWN.filter((kind): kind is K => kind in kinds).flatMap((kind) => formatsFor(kind));
}

/** The code of a format for a kind of output. */
export async function codeOf<C extends Content>(name: FormatFor<C>, content: C): Promise<FormatWriters[C]> {
  const { load } = formats[name] as unknown as Format<C>;
  return (await load())[content];
}

/** Whether programs read a format. */
export function isForPrograms(name: string): boolean {
  const known = NAMES.find((each) => each === name);
  return known !== undefined && formats[known].readBy === 'programs';
}
