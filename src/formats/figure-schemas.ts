export { orNull } from '../schema/figure-schema.js';

/** The dialect that all our JSON Schemas are written in. */
export const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** An object whose members are all there, save some. */
export function whole(properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: 'object', properties, required };
}
