import { RISK_KEYS } from '../core/risk/input.js';
import type { Shape } from '../schema/value.js';

/**
 * One field of a position: everything that flags, help, JSON keys, CSV columns, the JSON Schema and the README need.
 */
export interface Field extends Shape {
  /** Other spellings of the key in records. */
  readonly aliases: readonly string[];
  /** The flag without dashes; absent if the field has no flag. */
  readonly flag?: string;
  readonly short?: string;
  readonly placeholder: string;
  readonly heading: 'Question' | 'Position' | 'Maintenance' | 'Cross margin' | 'Market and fees' | 'Answer';
  readonly meaning: string;
}

/** The only list of a position's fields, by key; their order is the order of help, tables and output. */
export const FIELDS = {
  side: {
    kind: 'choice',
    choices: ['long', 'short'],
    aliases: [],
    placeholder: 'SIDE',
    heading: 'Position',
    meaning: 'long or short, any case',
  },
  symbol: {
    kind: 'text',
    aliases: [],
    flag: 'symbol',
    placeholder: 'S',
    heading: 'Position',
    meaning: 'symbol like BTCUSDT: brackets, contract type and multiplier come from its table',
  },
  entry: {
    kind: 'decimal',
    range: 'positive',
    aliases: ['entryPrice'],
    flag: 'entry',
    short: 'e',
    placeholder: 'P',
    heading: 'Position',
    meaning: 'entry price, quote per base',
  },
  lev: {
    kind: 'decimal',
    range: 'positive',
    suffix: 'x',
    aliases: ['leverage'],
    flag: 'lev',
    short: 'l',
    placeholder: 'X',
    heading: 'Position',
    meaning: 'leverage, 10 or 10x: initial margin is the value at entry over it',
  },
  margin: {
    kind: 'decimal',
    range: 'any',
    aliases: [],
    flag: 'margin',
    placeholder: 'M',
    heading: 'Position',
    meaning: 'isolated wallet in the margin asset, without unrealised PnL',
  },
  addMargin: {
    kind: 'decimal',
    range: 'any',
    aliases: [],
    flag: 'add-margin',
    placeholder: 'M',
    heading: 'Position',
    meaning: 'margin put on top; negative takes away what may be removed',
  },
  qty: {
    kind: 'decimal',
    range: 'positive',
    aliases: ['quantity', 'size'],
    flag: 'qty',
    placeholder: 'Q',
    heading: 'Position',
    meaning: 'size: base units (linear) or contracts (inverse)',
  },
  notional: {
    kind: 'decimal',
    range: 'positive',
    aliases: [],
    flag: 'notional',
    placeholder: 'N',
    heading: 'Position',
    meaning: 'size as quote value at entry, instead of qty',
  },
  contract: {
    kind: 'choice',
    choicesFrom: 'contracts',
    aliases: [],
    flag: 'contract',
    placeholder: 'T',
    heading: 'Position',
    meaning: 'contract type, default linear',
  },
  multiplier: {
    kind: 'decimal',
    range: 'positive',
    aliases: [],
    flag: 'multiplier',
    placeholder: 'V',
    heading: 'Position',
    meaning: 'quote value of one inverse contract, default 1',
  },
  mmr: {
    kind: 'decimal',
    range: 'notNegative',
    suffix: '%',
    aliases: [],
    flag: 'mmr',
    placeholder: 'R',
    heading: 'Maintenance',
    meaning: 'maintenance margin rate in percent: 0.5 is 0.5 %',
  },
  cum: {
    kind: 'decimal',
    range: 'notNegative',
    aliases: [],
    flag: 'cum',
    placeholder: 'A',
    heading: 'Maintenance',
    meaning: 'maintenance amount that belongs to mmr, margin asset, default 0',
  },
  mmFee: {
    kind: 'decimal',
    range: 'notNegative',
    suffix: '%',
    aliases: [],
    flag: 'mm-fee',
    placeholder: 'R',
    heading: 'Maintenance',
    meaning: 'fee in percent that the venue counts into maintenance (OKX, Gate, Bitget), default 0',
  },
  wallet: {
    kind: 'decimal',
    range: 'any',
    aliases: [],
    flag: 'wallet',
    placeholder: 'W',
    heading: 'Cross margin',
    meaning: 'cross instead of isolated: cross wallet in the margin asset',
  },
  othersMm: {
    kind: 'decimal',
    range: 'notNegative',
    aliases: [],
    flag: 'others-mm',
    placeholder: 'X',
    heading: 'Cross margin',
    meaning: 'maintenance margin of the other cross positions, default 0',
  },
  othersPnl: {
    kind: 'decimal',
    range: 'any',
    aliases: [],
    flag: 'others-pnl',
    placeholder: 'X',
    heading: 'Cross margin',
    meaning: 'unrealised PnL of the other cross positions, default 0',
  },
  mark: {
    kind: 'decimal',
    range: 'positive',
    aliases: ['markPrice'],
    flag: 'mark',
    placeholder: 'P',
    heading: 'Market and fees',
    meaning: 'present mark price: distances and PnL refer to it instead of the entry',
  },
  liqFee: {
    kind: 'decimal',
    range: 'notNegative',
    suffix: '%',
    aliases: [],
    flag: 'liq-fee',
    placeholder: 'R',
    heading: 'Market and fees',
    meaning: 'liquidation fee in percent of what is liquidated; in the loss, never in the price',
  },
  taker: {
    kind: 'decimal',
    range: 'notNegative',
    suffix: '%',
    aliases: [],
    flag: 'taker',
    placeholder: 'R',
    heading: 'Market and fees',
    meaning: 'trading fee in percent, for PnL where a command says so; never in the price',
  },
  callRatio: {
    kind: 'decimal',
    range: 'positive',
    suffix: '%',
    maximum: '100',
    aliases: [],
    flag: 'call-ratio',
    placeholder: 'R',
    heading: 'Answer',
    meaning: 'margin ratio in percent of the margin-call price, default 80',
  },
  formula: {
    kind: 'choice',
    choicesFrom: 'formulas',
    aliases: [],
    flag: 'formula',
    placeholder: 'F',
    heading: 'Answer',
    meaning: 'rule of the price, default exact',
  },
  tick: {
    kind: 'decimal',
    range: 'positive',
    aliases: [],
    flag: 'tick',
    placeholder: 'T',
    heading: 'Answer',
    meaning: 'tick size: liquidation and margin-call prices move to it, to the safe side',
  },
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
  'venue',
  'positions',
  'beta',
  'reported',
  'difference',
  'liquidationPrices',
  'marketMovePercent',
  ...RISK_KEYS,
];
