import { FIELDS } from '../../formats/fields.js';
import { figuresSchema } from '../../schema/figure-schema.js';
import type { FigureShape } from '../../schema/figure.js';
import type { Command } from './command.js';

/** The dialect of all our JSON Schemas. */
const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

type Shapes = Readonly<Record<string, FigureShape>>;

/** The JSON Schema of the output of planning commands: one entry in `$defs` for each command. */
export function planSchema(commands: Readonly<Record<string, Command>>): object {
  const definitions = Object.entries(commands).map(
    ([name, command]) => [name, { title: `liqcalc ${name}`, anyOf: schemasOf(command) }] as const,
  );
  return {
    $schema: DIALECT,
    anyOf: definitions.map(([name]) => ({ $ref: `#/$defs/${name}` })),
    $defs: Object.fromEntries(definitions),
  };
}

/** The shapes that an answer can have: alone, with its rows, as one record for each row. */
function schemasOf(command: Command): readonly object[] {
  const { figures, list } = command;
  const inputs = inputsSchema(command);
  const record = (described: string, shapes: Shapes, standing: 'alone' | 'beside rows'): object => {
    const { properties, required } = figuresSchema(shapes, standing);
    return { description: described, type: 'object', properties: { ...inputs, ...properties }, required };
  };
  const alone = record('inputs and answer', figures, 'alone');
  if (!list) return [alone];
  const { properties, required } = figuresSchema(figures, 'beside rows');
  const rows = { type: 'array', items: { type: 'object', ...figuresSchema(list.figures) } };
  return [
    ...(list.isOptional || Object.values(figures).some(({ always }) => always === 'alone') ? [alone] : []),
    {
      description: 'inputs, answer and its rows (json)',
      type: 'object',
      properties: { ...inputs, ...properties, [list.key]: rows },
      required: [...required, list.key],
    },
    record('inputs, answer and one row (ndjson)', { ...figures, ...list.figures }, 'beside rows'),
  ];
}

/** The schema of inputs, which the output repeats as they were typed. */
function inputsSchema({ position, inputs }: Command): Readonly<Record<string, object>> {
  const fields = position.map((key) => [key, FIELDS[key].meaning] as const);
  const own = Object.entries(inputs).map(([key, { meaning }]) => [key, meaning] as const);
  return Object.fromEntries([...fields, ...own].map(([key, description]) => [key, { type: 'string', description }]));
}
