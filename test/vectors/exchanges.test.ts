import { describe, expect, it } from 'vitest';
import { bracketsFrom, flatBrackets } from '../../src/core/brackets.js';
import { linear } from '../../src/core/contracts/linear.js';
import { safeRange, type SafeRange } from '../../src/core/liquidation.js';
import type { Leg, Side } from '../../src/core/leg.js';
import { Ratio } from '../../src/core/ratio.js';
import { assess, liquidationPrice } from '../../src/index.js';
import { state, type Given } from '../oracle/position.js';
import { AMOUNTS, HEDGES, LEFT_OUT, REBRACKETED, VECTORS } from './exchanges.js';

/** Decimals that a figure is printed with. */
const printedPlaces = (text: string): number => (text.split('.')[1] ?? '').length;

describe('what exchanges printed', () => {
  it.each(VECTORS)('$id: $result $expected', ({ inputs, result, expected }) => {
    const results = assess(inputs, { decimals: expected === null ? 8 : printedPlaces(expected) });
    if (expected === null) {
      expect([results.outcome, results.liquidationPrice]).toEqual(['never', null]);
    } else {
      expect(results[result]?.toFixed(printedPlaces(expected))).toBe(expected);
    }
  });

  it.each(VECTORS)('$id: the oracle finds the same', ({ inputs: { formula, ...given }, result, expected }) => {
    const places = expected === null ? 8 : printedPlaces(expected);
    const answer = state(given, undefined, places, formula ?? 'exact').answers[result];
    expect(answer).toBe(expected?.includes('.') ? expected.replace(/\.?0+$/, '') : expected);
  });

  it.each(REBRACKETED)('$id: $expected, $note', ({ inputs, wrong, bracket, expected }) => {
    const results = assess(inputs, { decimals: 2 });
    expect([results.liquidationPrice?.toFixed(2), results.bracket]).toEqual([expected, bracket]);
    const { mmr, cum } = wrong;
    expect(liquidationPrice({ ...inputs, mmr, cum }, { decimals: 2 })?.toFixed(2)).toBe(wrong.price);
  });

  it.each(AMOUNTS)('$id: $expected', ({ floor, rate, rateBefore, amountBefore, first, expected }) => {
    const rows = [
      { floor: '0', cap: first.cap, rate: first.rate, amount: '0' },
      { floor: first.cap, cap: floor, rate: rateBefore, amount: amountBefore },
      { floor, cap: undefined, rate, amount: undefined },
    ];
    expect(bracketsFrom(rows, 'printed')[2]?.amount.toText(30)).toBe(expected);
  });
});

const leg = (side: Side, qty: string, entry: string, brackets: Leg['brackets']): Leg => ({
  side,
  contract: linear,
  size: Ratio.from(qty),
  entry: Ratio.from(entry),
  brackets,
  fee: Ratio.ZERO,
  fixed: Ratio.ZERO,
});

function hedgeRange(wallet: string, legs: readonly Leg[]): readonly [string | null, string | null] {
  const range: SafeRange = safeRange({ legs, equity: Ratio.from(wallet), maintenance: Ratio.ZERO });
  if (range.kind === 'nowhere') throw new Error('no price is safe');
  return [range.below?.toFixed(2) ?? null, range.above?.toFixed(2) ?? null];
}

describe('both legs of a symbol in hedge mode', () => {
  const onePercent = flatBrackets(Ratio.from('0.01'), Ratio.ZERO);

  it.each(HEDGES)('$id: $note', ({ long, short, below, above }) => {
    const legs = [leg('long', long.qty, long.entry, onePercent), leg('short', short.qty, short.entry, onePercent)];
    expect(hedgeRange('50', legs)).toEqual([below, above]);
    expect(hedgeRange('50', legs.toReversed())).toEqual([below, above]);
  });

  it('has two prices where maintenance outgrows the net position: 4000/97 and 1880', () => {
    const rows = [
      { floor: '0', cap: '1000', rate: '0.01', amount: '0' },
      { floor: '1000', cap: undefined, rate: '0.5', amount: '490' },
    ];
    const steep = bracketsFrom(rows, 'steep');
    const legs = [leg('long', '2', '100', steep), leg('short', '1', '110', steep)];
    const range = safeRange({ legs, equity: Ratio.from('50'), maintenance: Ratio.ZERO });
    if (range.kind === 'nowhere') throw new Error('no price is safe');
    expect(range.below?.compare(Ratio.of(4000n, 97n))).toBe(0);
    expect(range.above?.compare(Ratio.of(1880n))).toBe(0);
  });

  it('is past saving where no price is safe: long 1 @ 110, short 1 @ 100, wallet 5', () => {
    const legs = [leg('long', '1', '110', onePercent), leg('short', '1', '100', onePercent)];
    expect(safeRange({ legs, equity: Ratio.from('5'), maintenance: Ratio.ZERO })).toEqual({ kind: 'nowhere' });
  });
});

/** The worked examples of the documents of exchanges and of the model, one figure each. */
const EXAMPLES: readonly (readonly [name: string, inputs: Given, places: number, price: string | null])[] = [
  ['long 30000, 10x, 0.5 %', { side: 'long', entry: '30000', lev: '10', mmr: '0.5' }, 12, '27135.678391959799'],
  ['short 30000, 10x, 0.5 %', { side: 'short', entry: '30000', lev: '10', mmr: '0.5' }, 12, '32835.820895522388'],
  ['a tie at 8 decimals goes to even', { side: 'long', entry: '1.0003', lev: '64', mmr: '2' }, 8, '1.00476562'],
  ['the same with a decimal more', { side: 'long', entry: '1.0003', lev: '64', mmr: '2' }, 9, '1.004765625'],
  ['the same with a decimal less', { side: 'long', entry: '1.0003', lev: '64', mmr: '2' }, 7, '1.0047656'],
  [
    'a long that its margin covers',
    { side: 'long', entry: '100', qty: '2', margin: '190', mmr: '1', cum: '10' },
    8,
    null,
  ],
  [
    'a short always has a price',
    { side: 'short', entry: '100', qty: '1', margin: '1000000', mmr: '1' },
    8,
    '990198.01980198',
  ],
  ['a long at 1x is not liquidated', { side: 'long', entry: '30000', lev: '1', mmr: '0.5' }, 8, null],
  [
    'an inverse short at 1x is not',
    { side: 'short', contract: 'inverse', entry: '30000', lev: '1', mmr: '0.5' },
    8,
    null,
  ],
  ['an inverse long at 1x is', { side: 'long', contract: 'inverse', entry: '30000', lev: '1', mmr: '0.5' }, 8, '15075'],
  ['lev x mmr of 100 %', { side: 'long', entry: '30000', lev: '200', mmr: '0.5' }, 8, '30000'],
  ['lev x mmr above 100 %', { side: 'long', entry: '30000', lev: '250', mmr: '0.5' }, 8, '30030.15075377'],
  [
    'BTC beside a short that loses 4,000',
    { side: 'long', entry: '60000', qty: '1', mmr: '0.4', wallet: '10000', othersPnl: '-4000', othersMm: '220' },
    8,
    '54437.75100402',
  ],
];

describe('worked examples', () => {
  it.each(EXAMPLES)('%s', (_name, inputs, decimals, price) => {
    expect(liquidationPrice(inputs, { decimals })?.toFixed() ?? null).toBe(price);
  });

  it('margin call of 30000, 10x, 0.5 % at 80 %: 27169.81', () => {
    const inputs = { side: 'long', entry: '30000', lev: '10', mmr: '0.5' } as const;
    expect(assess(inputs, { decimals: 2 }).marginCallPrice?.toFixed(2)).toBe('27169.81');
    expect(assess({ ...inputs, callRatio: '80' }, { decimals: 2 }).marginCallPrice?.toFixed(2)).toBe('27169.81');
  });

  it('simple: 27150 and 32850; article: 33316.67 and 27286.36', () => {
    const priced = (side: Side, formula: 'simple' | 'article'): string | undefined =>
      liquidationPrice({ side, entry: '30000', lev: '10', mmr: '0.5', formula }, { decimals: 2 })?.toFixed(2);
    expect([priced('long', 'simple'), priced('short', 'simple')]).toEqual(['27150.00', '32850.00']);
    expect([priced('long', 'article'), priced('short', 'article')]).toEqual(['33316.67', '27286.36']);
    expect(assess({ side: 'long', entry: '30000', lev: '1', mmr: '0.5', formula: 'article' }).outcome).toBe('never');
  });

  it('already: judged at the mark, not clamped to the entry', () => {
    const position = { side: 'long', qty: '1', entry: '1000', mmr: '1' } as const;
    const inputs = { ...position, wallet: '1000', othersMm: '40', othersPnl: '-990' };
    expect(assess({ ...inputs, mark: '1050' }).outcome).toBe('at');
    expect(assess({ ...inputs, mark: '1000' }).outcome).toBe('already');
    expect(assess({ ...inputs, mark: '1000' }, { decimals: 2 }).liquidationPrice?.toFixed(2)).toBe('1040.40');
    expect(assess({ side: 'long', entry: '30000', lev: '200', mmr: '0.5' }).outcome).toBe('already');
    expect(assess({ side: 'long', entry: '30000', lev: '199', mmr: '0.5' }).outcome).toBe('at');
  });

  it('the amount is added to the collateral', () => {
    const inputs = { side: 'long', entry: '100', qty: '1', margin: '10', mmr: '50' } as const;
    expect(liquidationPrice(inputs)?.toFixed()).toBe('180');
    expect(liquidationPrice({ ...inputs, cum: '1' })?.toFixed()).toBe('178');
  });

  it('funding that was paid leaves the wallet: a payment of 3 moves a long by 3 / 0.995, a short by 3 / 1.005', () => {
    const priced = (side: Side, margin: string): string | undefined =>
      liquidationPrice({ side, entry: '30000', qty: '1', mmr: '0.5', margin })?.toFixed();
    expect([priced('long', '3000'), priced('long', '2997')]).toEqual(['27135.67839196', '27138.69346734']);
    expect([priced('short', '3000'), priced('short', '2997')]).toEqual(['32835.82089552', '32832.8358209']);
  });

  it('no digit passes through a float', () => {
    const inputs = { side: 'long', entry: '482000.0000000001', lev: '10', mmr: '0' } as const;
    expect(liquidationPrice(inputs, { decimals: 12 })?.toFixed()).toBe('433800.00000000009');
  });
});

it('knows every example of the collection, or says why not', () => {
  const known = [...VECTORS, ...REBRACKETED, ...AMOUNTS, ...HEDGES].map(({ id }) => id);
  expect(new Set([...known, ...Object.keys(LEFT_OUT)]).size).toBe(33);
  expect(known.filter((id) => id in LEFT_OUT)).toEqual([]);
});
