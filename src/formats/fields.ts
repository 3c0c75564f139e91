import { RISK_KEYS } from '../core/risk/input.js';
import { kebab } from '../schema/input.js';
import type { Shape } from '../schema/value.js';

/**
 * One field of a position: everything that flags, help, JSON keys, CSV columns, the JSON Schema and the README need.
 */
export interface Field extends Shape {
  /** A field has no sign of its own: the side has it. */
  readonly range?: Exclude<NonNullable<Shape['range']>, 'notZero'>;
  /** Other spellings of the key in records. */
  readonly aliases: readonly string[];
  /** The flag without dashes; absent if the field has no flag. */
  readonly flag?: string | undefined;
  readonly short?: string;
  readonly placeholder: string;
  readonly heading: 'Position' | 'Maintenance' | 'Cross margin' | 'Market and fees' | 'Answer';
  readonly meaning: string;
}

const ANY = { kind: 'decimal', range: 'any' } as const;
const POSITIVE = { kind: 'decimal', range: 'positive' } as const;
const NOT_NEGATIVE = { kind: 'decimal', range: 'notNegative' } as const;
const RATE = { ...NOT_NEGATIVE, suffix: '%', placeholder: 'R' } as const;

/** A field as it is declared; its flag has the name of its key. */
type Declared = Omit<Field, 'aliases' | 'heading' | 'flag'> & Partial<Pick<Field, 'aliases'>> & { flag?: undefined };

/** Fields with one heading. */
function under<const T extends Readonly<Record<string, Declared>>>(
  heading: Field['heading'],
  fields: T,
): { readonly [K in keyof T]: T[K] & Field } {
  const entries = Object.entries(fields).map(([key, field]) => [
    key,
    { aliases: [], flag: kebab(key), heading, ...field },
  ]);
  return Object.fromEntries(entries) as { readonly [K in keyof T]: T[K] & Field };
}

/** The only list of a position's fields, by key; their order is the order of help, tables and output. */
export const FIELDS = {
  ...under('Position', {
    side: {
      kind: 'choice',
      choices: ['long', 'short'],
      otherWords: { buy: 'long', sell: 'short' },
      placeholder: 'SIDE',
      meaning: 'long or short, any case; BUY and SELL are accepted, too',
      flag: undefined,
    },
    symbol: {
      kind: 'text',
      isTrimmed: true,
      placeholder: 'S',
      meaning: 'symbol like BTCUSDT: brackets, contract type and multiplier come from its table',
    },
    venue: {
      kind: 'choice',
      choicesFrom: 'venues',
      placeholder: 'V',
      meaning: 'venue whose rule and tables apply, default binance',
    },
    entry: {
      ...POSITIVE,
      aliases: ['entryPrice'],
      short: 'e',
      placeholder: 'P',
      meaning: 'entry price, quote per base',
    },
    lev: {
      ...POSITIVE,
      suffix: 'x',
      aliases: ['leverage'],
      short: 'l',
      placeholder: 'X',
      meaning: 'leverage, 10 or 10x: initial margin is the value at entry divided by it',
    },
    margin: {
      ...ANY,
      placeholder: 'M',
      meaning: 'isolated wallet in the margin asset, without unrealised PnL',
    },
    addMargin: {
      ...ANY,
      placeholder: 'M',
      meaning: 'margin added to the isolated wallet; negative removes margin',
    },
    qty: {
      ...POSITIVE,
      aliases: ['quantity', 'size'],
      placeholder: 'Q',
      meaning: 'size in base coin, 0.5 is 0.5 BTC; of inverse contracts, or with a multiplier, the number of contracts',
    },
    notional: {
      ...POSITIVE,
      placeholder: 'N',
      meaning: 'size as its value at entry in quote, instead of qty',
    },
    contract: {
      kind: 'choice',
      choicesFrom: 'contracts',
      placeholder: 'T',
      meaning: 'contract type, default linear',
    },
    multiplier: {
      ...POSITIVE,
      placeholder: 'V',
      meaning: 'value of one contract: in quote if it is inverse, in base units if it is linear; default 1',
    },
  }),
  ...under('Maintenance', {
    mmr: {
      ...RATE,
      meaning: 'maintenance margin rate in percent: 0.5 is 0.5 %',
    },
    cum: {
      ...NOT_NEGATIVE,
      placeholder: 'A',
      meaning: 'maintenance amount that belongs to mmr, margin asset, default 0',
    },
    mmFee: {
      ...RATE,
      meaning: 'fee in percent that the maintenance margin includes, default the fee of the venue (binance: no fee)',
    },
  }),
  ...under('Cross margin', {
    wallet: {
      ...ANY,
      placeholder: 'W',
      meaning: 'cross wallet in the margin asset; makes the position cross instead of isolated',
    },
    othersMm: {
      ...NOT_NEGATIVE,
      placeholder: 'X',
      meaning: 'maintenance margin of the other cross positions, default 0',
    },
    othersPnl: {
      ...ANY,
      placeholder: 'X',
      meaning: 'unrealised PnL of the other cross positions, default 0',
    },
  }),
  ...under('Market and fees', {
    mark: {
      ...POSITIVE,
      aliases: ['markPrice'],
      placeholder: 'P',
      meaning: 'present mark price: distances and PnL refer to it instead of the entry',
    },
    liqFee: {
      ...RATE,
      meaning:
        'liquidation fee in percent of the liquidated value: part of the loss, and at some venues of the maintenance margin',
    },
    taker: {
      ...RATE,
      meaning: 'trading fee in percent: PnL includes it, and at some venues the maintenance margin does',
    },
  }),
  ...under('Answer', {
    callRatio: {
      ...POSITIVE,
      suffix: '%',
      maximum: '100',
      placeholder: 'R',
      meaning: 'margin ratio of the margin call in percent, default 80',
    },
    formula: {
      kind: 'choice',
      choicesFrom: 'formulas',
      placeholder: 'F',
      meaning: 'formula of the liquidation price, default exact',
    },
    tick: {
      ...POSITIVE,
      placeholder: 'T',
      meaning: 'tick size: liquidation and margin-call prices are rounded to it, up for a long, down for a short',
    },
  }),
} as const satisfies Record<string, Field>;

/** The key of a field in records: `entry`, `addMargin`. */
export type FieldKey = keyof typeof FIELDS;

/** Every field with its key, in order. */
export const FIELD_LIST = Object.entries(FIELDS) as readonly (readonly [FieldKey, Field])[];

/**
 * Keys of accounts and of the data that risk rules judge: known in records, although a single position does not use
 * them.
 */
export const OTHER_KNOWN_KEYS: readonly string[] = [
  'error',
  'mode',
  'positions',
  'beta',
  'reported',
  'difference',
  'liquidationPrices',
  'marketMovePercent',
  ...RISK_KEYS,
];
