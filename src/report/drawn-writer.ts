import type { DrawnContent } from './report.js';
import type { Sink, Writer } from './writer.js';
import { codeOf, type FormatName } from './writers/index.js';

/** A writer of what a format draws of answers. */
export async function drawnWriter(
  name: FormatName,
  kind: keyof DrawnContent,
  sink: Sink,
): Promise<Writer<DrawnContent[keyof DrawnContent]>> {
  const code = codeOf as (name: FormatName, kind: keyof DrawnContent) => Promise<(sink: Sink) => Writer<never>>;
  return (await code(name, kind))(sink) as Writer<unknown>;
}
