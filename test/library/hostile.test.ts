import { describe, expect, it } from 'vitest';
import { brackets, bracketTables, symbols } from '../../src/brackets.js';
import { check, checkFrom } from '../../src/check.js';
import { explain } from '../../src/explain.js';
import { account, accountsFrom, assess, Decimal, liquidationPrice, whatIf } from '../../src/index.js';
import { atr, average, pnl, solve, trailingStop } from '../../src/plan.js';
import { batch } from '../../src/stream.js';
import { said } from './said.js';

const LONG = { side: 'long', entry: '30000', lev: '10', mmr: '0.5' } as const;
const EMPTY = { wallet: '100', positions: [] } as const;

const cyclic: Record<string, unknown> = { ...LONG };
cyclic['entry'] = cyclic;

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

const throws = (): never => {
  throw new TypeError('boom');
};

/** Values that no compiler allows. */
const VALUES: Readonly<Record<string, unknown>> = {
  symbol: Symbol('x'),
  null: null,
  undefined,
  text: 'long',
  number: 5,
  function: () => 1,
  array: [1],
  sparse: new Array(2),
  'object that contains itself': cyclic,
  'getter that throws': Object.defineProperty({ ...LONG }, 'entry', { get: throws, enumerable: true }),
  'proxy that throws': new Proxy(LONG, { ownKeys: throws, get: throws, has: throws }),
  'proxy without a target': revoked(),
  'keys of the prototype': JSON.parse('{"__proto__":{"x":1},"constructor":"5","toString":"3","valueOf":1}') as unknown,
  'no prototype': Object.assign(Object.create(null) as object, { x: Symbol('y') }),
  'text that throws': { toString: throws, toJSON: throws, valueOf: throws },
  'looks like a Decimal': { toStringTag: '[object Decimal]' },
  'looks like a Decimal that throws': { constructor: Decimal, toStringTag: '[object Decimal]', toFixed: throws },
  'a date that is none': new Date(NaN),
};

/** Every place of the library where a caller gives a value. */
const PLACES: Readonly<Record<string, (value: never) => unknown>> = {
  liquidationPrice,
  assess,
  explain,
  solve,
  average,
  pnl,
  account,
  check,
  entry: (entry) => liquidationPrice({ ...LONG, entry }),
  side: (side) => assess({ ...LONG, side }),
  symbol: (symbol) => assess({ ...LONG, symbol }),
  maintenanceMarginRate: (maintenanceMarginRate) => assess({ ...LONG, mmr: undefined, maintenanceMarginRate }),
  fill: (fill) => average({ fill, lev: '10', mmr: '0.5' }),
  'one fill': (fill) => average({ fill: [fill], lev: '10', mmr: '0.5' }),
  'size of a fill': (qty) => average({ fill: { qty, price: '1' }, lev: '10', mmr: '0.5' }),
  fills: (fills) => average({ fills, lev: '10', mmr: '0.5' }),
  positions: (positions) => account({ wallet: '100', positions }),
  position: (position) => account({ wallet: '100', positions: [position] }),
  accountsFrom: (answer) => accountsFrom('binance', answer),
  shape: (shape) => accountsFrom(shape, '[]'),
  checkFrom: (answer) => checkFrom('ccxt', answer),
  'checked position': (position) => check({ wallet: '100', positions: [position] }),
  add: (add) => whatIf(EMPTY, { add }),
  'added position': (position) => whatIf(EMPTY, { add: [position] }),
  close: (close) => whatIf(EMPTY, { close }),
  'closed position': (position) => whatIf(EMPTY, { close: [position] }),
  changes: (changes) => whatIf(EMPTY, changes),
  options: (options) => assess(LONG, options),
  brackets: (tables) => assess(LONG, { brackets: tables }),
  decimals: (decimals) => assess(LONG, { decimals }),
  today: (today) => assess(LONG, { today }),
  only: (only) => assess(LONG, { only }),
  'options of an account': (options) => account(EMPTY, options),
  wallet: (wallet) => account(EMPTY, { wallet }),
  mmr: (mmr) => account(EMPTY, { mmr }),
  beta: (beta) => account(EMPTY, { beta }),
  need: (need) => account(EMPTY, { need }),
  within: (within) => account(EMPTY, { within }),
  venue: (venue) => account(EMPTY, { venue }),
  config: (config) => check(EMPTY, { config }),
  rule: (rule) => check(EMPTY, { rule }),
  'one rule': (rule) => check(EMPTY, { rule: [rule] }),
  atrSeed: (atrSeed) => check(EMPTY, { atrSeed }),
  candles: (candles) => trailingStop({ side: 'long', candles }),
  atr,
  'how of atr': (how) => atr('high,low,close\n1,1,1', how),
  bracketTables: (content) => bracketTables(content, { asOf: '2026-01-01' }),
  origin: (origin) => bracketTables('[]', origin),
  'symbol of brackets': brackets,
  'where of brackets': (where) => brackets('BTCUSDT', where),
  symbols,
  'options of batch': (options) => batch('', options),
  defaults: (defaults) => batch('', { defaults }),
  fields: (fields) => batch('', { fields }),
  format: (format) => batch('', { format }),
};

describe.each(Object.entries(PLACES))('%s', (_, ask) => {
  it.each(Object.keys(VALUES))('answers %s, or refuses it in words', (name) => {
    expect(said(() => ask(VALUES[name] as never))).toMatch(/^(no error$|[A-Z_]+ .{10})/s);
  });
});

describe('the words', () => {
  it('say what is wrong', () => {
    const getter = VALUES['getter that throws'] as never;
    expect(said(() => liquidationPrice(getter))).toBe('INVALID_INPUT "object" is invalid; it cannot be read: boom');
    expect(said(() => account(cyclic as never))).toContain('it cannot be read: Converting circular structure to JSON');
    expect(said(() => assess(LONG, null as never))).toBe(
      'INVALID_INPUT options: "null" is invalid; give an object of options',
    );
    expect(said(() => assess(LONG, { only: ['liqPrice'] as never }))).toContain(
      'only: unknown value "liqPrice": write outcome',
    );
    expect(said(() => assess(LONG, { today: new Date(NaN) }))).toBe(
      'INVALID_INPUT today: "object" is invalid; give a valid Date',
    );
    expect(said(() => liquidationPrice([1] as never))).toContain('give an object like { side, entry, lev, mmr }');
  });

  it('take a key named like the prototype as any unknown key, and nothing from the prototype', () => {
    const given = JSON.parse('{"side":"long","entry":"30000","lev":"10","mmr":"0.5","__proto__":{"x":1}}') as never;
    expect(assess(given)).toEqual(assess(LONG));
    expect(said(() => assess({ side: 'long', lev: '10', mmr: '0.5', entyr: '1' } as never))).toContain(
      'did you mean entry?',
    );
    expect(said(() => assess(Object.create(LONG) as never))).toContain('entry price is missing');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
