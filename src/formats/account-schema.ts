import { FIELD_LIST, type FieldKey } from './fields.js';
import { DIALECT } from './figure-schemas.js';
import { RISK_MEMBERS } from './risk-account.js';
import { jsonSchemaOf } from '../schema/json-schema.js';
import { objectOf } from '../schema/object.js';
import { anyCase, fieldPattern, numberBounds } from '../schema/text-patterns.js';

type Shape = Parameters<typeof fieldPattern>[0];

const NULL = { type: 'null' };
const orNull = (...schemas: readonly object[]): object => ({ anyOf: [...schemas, NULL] });
const described = (description: string, schema: object): object => ({ description, ...schema });

function decimal(shape: Shape): readonly object[] {
  return [
    { type: 'string', pattern: fieldPattern(shape) },
    { type: 'number', ...numberBounds(shape) },
  ];
}

/** That a key is there with a value. */
const given = (key: string): object => ({ required: [key], properties: { [key]: { not: NULL } } });
const anyGiven = (keys: readonly string[]): object => ({ anyOf: keys.map(given) });
/** That of several keys not two are there at once. */
function notTwo(keys: readonly string[]): object[] {
  return keys.flatMap((key, index) =>
    keys.slice(index + 1).map((other) => ({ not: { allOf: [given(key), given(other)] } })),
  );
}

function spellingsOf(...keys: readonly FieldKey[]): readonly string[] {
  return FIELD_LIST.flatMap(([key, { aliases }]) => (keys.includes(key) ? [key, ...aliases] : []));
}
const anyField = (...keys: readonly FieldKey[]): object => anyGiven(spellingsOf(...keys));

const ISOLATED = {
  required: ['mode'],
  properties: { mode: { type: 'string', pattern: `^${anyCase(['isolated'])}$` } },
};

/** What no single field of a position knows: what is missing, and what does not go together. */
const TOGETHER: readonly object[] = [
  anyField('side'),
  anyField('symbol'),
  anyField('entry'),
  ...FIELD_LIST.flatMap(([key]) => notTwo(spellingsOf(key))),
  { not: { allOf: [anyField('qty'), anyField('notional')] } },
  { if: anyField('cum'), then: anyField('mmr') },
  { if: anyGiven(['fundingTimes']), then: anyGiven(['funding']) },
  {
    if: ISOLATED,
    then: {
      allOf: [
        anyField('lev', 'margin'),
        // The size may be left out where it cancels.
        {
          if: { allOf: [anyField('mmr'), { not: anyField('margin', 'addMargin', 'cum') }] },
          else: anyField('qty', 'notional'),
        },
      ],
    },
    else: {
      allOf: [anyField('mark'), anyField('qty', 'notional'), { not: anyField('margin', 'addMargin') }],
      properties: { formula: orNull({ type: 'string', pattern: `^${anyCase(['exact'])}$` }) },
    },
  },
];

const ONE_WALLET = described('the account has one wallet, and its positions are the others', NULL);

/**
 * The JSON Schema of an account, as `liqcalc check` reads it: what the program refuses and a schema can say.
 *
 * @param fields - the schemas of a position's fields, by every spelling.
 */
export function accountSchema(fields: Readonly<Record<string, unknown>>): object {
  const any = decimal({ range: 'any' });
  const data = jsonSchemaOf(objectOf(RISK_MEMBERS.position));
  const position = {
    type: 'object',
    properties: {
      ...fields,
      wallet: ONE_WALLET,
      othersMm: ONE_WALLET,
      othersPnl: ONE_WALLET,
      mode: described(
        'cross (default) or isolated, with its margin',
        orNull({ type: 'string', pattern: `^${anyCase(['cross', 'isolated'])}$` }),
      ),
      beta: described('share in the market move, default 1; linear accounts only', orNull(...any)),
      reported: described("the exchange's own liquidation price, to compare", orNull(...any)),
      ...data.properties,
    },
    allOf: [...TOGETHER, ...(data['allOf'] as readonly object[])],
  };
  return {
    $schema: DIALECT,
    type: 'object',
    properties: {
      ...jsonSchemaOf(objectOf(RISK_MEMBERS.account)).properties,
      wallet: described(
        'cross wallet, margin asset: no isolated wallets, no unrealised PnL; needed unless every position is isolated',
        orNull(...any),
      ),
      positions: { type: 'array', items: position },
    },
    required: ['positions'],
    anyOf: [given('wallet'), { properties: { positions: { items: ISOLATED, minItems: 1 } } }],
  };
}
