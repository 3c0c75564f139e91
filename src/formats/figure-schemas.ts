/** The dialect of all our JSON Schemas. */
export const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
