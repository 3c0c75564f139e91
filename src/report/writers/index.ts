import { defineFormat, type Content, type Format, type FormatWriters } from '../format.js';
import { json, ndjson } from './json.js';
import { text } from './text.js';

/**
 * Every output format. To add one, add a file here and a line below. Most calls print text or JSON, whose code is part
 * of the program; the code of the others is loaded when it is used.
 */
export const formats = {
  text: defineFormat({
    writes: ['reports', 'tables', 'records'],
    readBy: 'people',
    load: () => Promise.resolve(text),
  }),
  json: defineFormat({
    writes: ['reports', 'tables', 'records'],
    readBy: 'programs',
    load: () => Promise.resolve(json),
  }),
  ndjson: defineFormat({
    writes: ['reports', 'tables', 'records'],
    readBy: 'programs',
    load: () => Promise.resolve(ndjson),
  }),
  csv: defineFormat({
    writes: ['reports', 'tables', 'records'],
    readBy: 'programs',
    load: async () => (await import('./csv.js')).csv,
  }),
  markdown: defineFormat({
    writes: ['reports', 'tables', 'records'],
    readBy: 'people',
    load: async () => (await import('./markdown.js')).markdown,
  }),
  'vega-lite': defineFormat({
    writes: ['charts'],
    readBy: 'programs',
    load: async () => (await import('./vega-lite.js')).vegaLite,
  }),
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
