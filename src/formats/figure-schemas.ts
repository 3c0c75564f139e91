/** The dialect that all our JSON Schemas are written in. */
export const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
