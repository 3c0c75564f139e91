import { FIELD_LIST, type FieldKey } from './fields.js';
import { DIALECT } from './figure-schemas.js';
import { STOP_PRICES } from '../core/risk/input.js';
import { HOURS, INTERVAL_KEY } from './funding-interval.js';
import { POSITION_DATA } from './risk-data.js';
import { ORDER_SPELLINGS, ORDER_WORDS } from './risk-orders.js';
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

/** A funding rate: a fraction, or with its sign a percentage. */
const RATE = { anyOf: decimal({ range: 'any', suffix: '%' }) };
const PRICE = { anyOf: decimal({ range: 'positive' }) };
const YES_OR_NO = orNull({ type: 'boolean' }, { type: 'string', pattern: `^${anyCase(['true', 'false'])}$` });
const TIME = {
  anyOf: [
    { type: 'string', pattern: String.raw`^\d{1,20}$` },
    { type: 'integer', minimum: 0 },
  ],
};
const SYMBOL = { type: ['string', 'number', 'null'] };

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

const word = (words: readonly string[]): object => ({ type: 'string', pattern: String.raw`^\s*${anyCase(words)}\s*$` });

function orderSchema(): object {
  const price = orNull(...decimal({ range: 'notNegative' }));
  const values: Readonly<Record<keyof typeof ORDER_SPELLINGS, object>> = {
    type: word(ORDER_WORDS.type),
    side: word(ORDER_WORDS.side),
    quantity: described('counted as qty is; 0: none', price),
    trigger: described('price that sets it off; 0: none', price),
    workingType: orNull(word(ORDER_WORDS.workingType)),
    reduceOnly: YES_OR_NO,
    closePosition: YES_OR_NO,
    priceProtect: YES_OR_NO,
    timeInForce: orNull(word(ORDER_WORDS.timeInForce)),
    activation: described('price from which it trails; 0: none', price),
  };
  const entries = Object.entries(ORDER_SPELLINGS) as [keyof typeof ORDER_SPELLINGS, readonly string[]][];
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(entries.flatMap(([key, keys]) => keys.map((each) => [each, values[key]] as const))),
      executedQty: described('what is filled of origQty', price),
      symbol: SYMBOL,
      positionSide: orNull(word(ORDER_WORDS.positionSide)),
    },
    required: ['side'],
    allOf: [anyGiven(ORDER_SPELLINGS.type), ...entries.flatMap(([, keys]) => notTwo(keys))],
  };
}

const FUNDING = {
  anyOf: [
    RATE,
    {
      type: 'object',
      properties: { fundingRate: RATE, fundingTime: TIME, symbol: SYMBOL },
      required: ['fundingRate'],
    },
  ],
};

const HOURS_GIVEN = decimal(HOURS);
const FUNDING_INFO = {
  type: 'object',
  properties: { [INTERVAL_KEY]: { anyOf: HOURS_GIVEN }, symbol: SYMBOL },
  required: [INTERVAL_KEY],
};

const OPEN_INTEREST_KEYS = ['sumOpenInterest', 'openInterest'];
const HELD = decimal({ range: 'notNegative' });
const OPEN_INTEREST = {
  anyOf: [
    ...HELD,
    {
      type: 'object',
      properties: { ...Object.fromEntries(OPEN_INTEREST_KEYS.map((key) => [key, orNull(...HELD)])), symbol: SYMBOL },
      allOf: [anyGiven(OPEN_INTEREST_KEYS), ...notTwo(OPEN_INTEREST_KEYS)],
    },
  ],
};

const CANDLE = {
  anyOf: [
    { type: 'object', properties: { high: PRICE, low: PRICE, close: PRICE }, required: ['high', 'low', 'close'] },
    described("the exchange's kline: open time, open, high, low, close", {
      type: 'array',
      prefixItems: [true, true, PRICE, PRICE, PRICE],
      minItems: 5,
    }),
  ],
};

const listOf = (items: object): object => orNull({ type: 'array', items });

/** What rules judge of a position besides its terms. */
function dataProperties(): Readonly<Record<string, object>> {
  const values: Readonly<Record<keyof typeof POSITION_DATA, object>> = {
    stop: described(
      'stop price; null: there is none',
      orNull(...decimal({ range: 'positive' }), { type: 'string', pattern: `^${anyCase(['none'])}$` }),
    ),
    stopOn: described('the price that triggers stop', orNull(word(STOP_PRICES))),
    orders: described(
      "orders that stand; []: there are none. The exchange's openOrders and openAlgoOrders together",
      listOf(orderSchema()),
    ),
    autoMargin: described('whether the exchange adds margin by itself', YES_OR_NO),
    group: described(
      'positions of one label are legs of one trade',
      orNull({ type: 'string', pattern: String.raw`\S` }, { type: 'number' }),
    ),
    funding: described('funding rates paid, oldest first: fractions, or with % percentages', listOf(FUNDING)),
    fundingTimes: described('their times, milliseconds since 1970', listOf(TIME)),
    fundingInterval: described(
      "hours between payments, or the exchange's fundingInfo; without it the times say it, else 8",
      orNull(...HOURS_GIVEN, FUNDING_INFO, { type: 'array', items: { type: 'object' } }),
    ),
    candles: described('high, low and close, or klines, oldest first', listOf(CANDLE)),
    feeds: described(
      'prices of the index and of other markets by name',
      orNull({ type: 'object', additionalProperties: orNull(...decimal({ range: 'positive' })) }),
    ),
    openInterest: described('open interest, oldest first', listOf(OPEN_INTEREST)),
    illiquid: described('whether the pair is illiquid', YES_OR_NO),
  };
  const entries = Object.entries(POSITION_DATA) as [
    keyof typeof POSITION_DATA,
    (typeof POSITION_DATA)[keyof typeof POSITION_DATA],
  ][];
  return Object.fromEntries(
    entries.flatMap(([key, { spellings }]) => spellings.map((each) => [each, values[key]] as const)),
  );
}

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
  ...Object.values(POSITION_DATA).flatMap(({ spellings }) => notTwo(spellings)),
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
      ...dataProperties(),
    },
    allOf: TOGETHER,
  };
  return {
    $schema: DIALECT,
    type: 'object',
    properties: {
      equity: described("equity that rules measure margins by; by default the account's own", orNull(...any)),
      event: described('whether a scheduled event is near', YES_OR_NO),
      usualLev: described('the leverage that you usually have', orNull(...decimal({ range: 'positive', suffix: 'x' }))),
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
