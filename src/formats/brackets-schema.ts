import { DIALECT, orNull, whole, WRITTEN_AMOUNT } from './figure-schemas.js';

const TEXT = { type: 'string' };
const COUNT = { type: 'integer', minimum: 1 };
const AMOUNT = { type: 'string', pattern: WRITTEN_AMOUNT };
/** A table of ours may say only the year. */
const DAY = { type: 'string', pattern: String.raw`^\d{4}(-\d{2}(-\d{2})?)?$` };
const CONTRACT = { enum: ['linear', 'inverse'] };
const CONFIDENCE = { description: 'A official text, B agreeing copies, C unverified', enum: ['A', 'B', 'C'] };

type Properties = Readonly<Record<string, object>>;

const BRACKET = whole(
  {
    floor: AMOUNT,
    cap: { description: 'null: it has no end', ...orNull(AMOUNT) },
    rate: { description: 'a fraction', ...AMOUNT },
    amount: AMOUNT,
    maxLeverage: AMOUNT,
  },
  ['maxLeverage'],
);

const TABLE = whole(
  {
    venue: TEXT,
    symbol: TEXT,
    contract: CONTRACT,
    multiplier: AMOUNT,
    asOf: DAY,
    confidence: CONFIDENCE,
    source: TEXT,
    notes: { type: 'array', items: TEXT },
    brackets: { type: 'array', items: BRACKET, minItems: 1 },
  },
  ['notes'],
);

/** What each action prints a row of; `show` prints tables. */
const ROWS: Properties = {
  list: whole({
    symbol: TEXT,
    venue: TEXT,
    contract: CONTRACT,
    brackets: COUNT,
    maxLeverage: orNull(AMOUNT),
    asOf: DAY,
    confidence: CONFIDENCE,
    origin: TEXT,
  }),
  validate: whole({
    symbol: TEXT,
    brackets: orNull(COUNT),
    asOf: orNull(DAY),
    verdict: { enum: ['valid', 'invalid'] },
    remark: { description: 'what is wrong, or what was repaired', ...orNull(TEXT) },
  }),
  import: whole({
    symbol: TEXT,
    brackets: COUNT,
    asOf: DAY,
    replacedOrigin: { description: 'null: there was no table', ...orNull(TEXT) },
    replacedAsOf: orNull(DAY),
  }),
  diff: whole({
    symbol: TEXT,
    change: { enum: ['added', 'removed', 'changed'] },
    bracket: { description: 'null of a table as a whole', ...orNull(COUNT) },
    what: orNull(TEXT),
    from: orNull(TEXT),
    to: orNull(TEXT),
  }),
};

/** The JSON Schema of what `liqcalc brackets` prints: for each action one in `$defs`, rows (ndjson) or all of them. */
export function bracketsSchema(): object {
  const rows = Object.entries(ROWS).map(([action, row]) => {
    const either = { anyOf: [{ type: 'array', items: row }, row] };
    return [action, { title: `liqcalc brackets ${action}`, ...either }] as const;
  });
  const files = { anyOf: [whole({ tables: { type: 'array', items: TABLE } }), TABLE] };
  const definitions = [...rows, ['show', { title: 'liqcalc brackets show', ...files }]] as const;
  return {
    $schema: DIALECT,
    anyOf: definitions.map(([action]) => ({ $ref: `#/$defs/${action}` })),
    $defs: Object.fromEntries(definitions) as object,
  };
}
