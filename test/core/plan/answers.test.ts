import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/core/assessment.js';
import { bracketsFrom, type BracketTable } from '../../../src/core/brackets.js';
import { isLiqcalcError, type Problem } from '../../../src/core/errors.js';
import { contracts } from '../../../src/core/contracts/index.js';
import { average } from '../../../src/core/plan/average.js';
import { compare } from '../../../src/core/plan/compare.js';
import { pastFunding, steadyFunding, type Funding } from '../../../src/core/plan/funding.js';
import { maxOpen } from '../../../src/core/plan/max-open.js';
import { size, type SizeQuestion } from '../../../src/core/plan/size.js';
import { solve, solveAll, solveProblems, targetPrice, type Solution } from '../../../src/core/plan/solve.js';
import { marketStop, stopRoom, stopWarnings, trailingStop } from '../../../src/core/plan/stop.js';
import { maxLeverage, pricedRows, sweep } from '../../../src/core/plan/sweep.js';
import { exitPrice } from '../../../src/core/plan/target.js';
import { positionFrom, type Position, type Terms } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';

const r = (text: string): Ratio => Ratio.from(text);
const text = (ratio: Ratio | undefined): string | undefined => ratio?.toText(8);
/** 30000 long at 10x and 0.5 %. */
const LONG: Terms = { side: 'long', entry: r('30000'), lev: r('10'), mmr: r('0.005') };
const SIZED: Terms = { ...LONG, qty: Ratio.ONE };
const UNLEVERED: Terms = { side: 'long', entry: r('30000'), mmr: r('0.005'), qty: Ratio.ONE };

function table(...rows: readonly (readonly [cap: string | undefined, rate: string, most?: string])[]): BracketTable {
  const floors = rows.map((_, index) => (index === 0 ? '0' : (rows[index - 1]?.[0] ?? '')));
  const read = rows.map(([cap, rate, maxLeverage], index) => ({
    floor: floors[index] ?? '',
    cap,
    rate,
    amount: undefined,
    maxLeverage,
  }));
  return {
    venue: 'test',
    symbol: 'TEST',
    contract: 'linear',
    multiplier: Ratio.ONE,
    asOf: '2026-11-22',
    confidence: 'A',
    source: 'test',
    brackets: bracketsFrom(read, 'TEST'),
  };
}

function refused(work: () => unknown): readonly Problem[] {
  try {
    work();
  } catch (error) {
    if (isLiqcalcError(error)) return error.problems;
    throw error;
  }
  return [];
}

describe('the trailing stop of a market', () => {
  /** True ranges of 20 and 30: the second reaches from 125 down to the close of 100 before it, less 5. */
  const candles = [
    { high: r('110'), low: r('90'), close: r('100') },
    { high: r('125'), low: r('95'), close: r('120') },
  ];

  it('goes from the last close without a mark, by 1.5 ranges', () => {
    const stop = marketStop(candles, { side: 'long', period: r('2') });
    expect([stop.atr, stop.distance, stop.reference, stop.stopPrice, stop.activationPrice].map(text)).toEqual([
      '25',
      '37.5',
      '120',
      '82.5',
      '157.5',
    ]);
    expect([stop.origin, stop.candleCount]).toEqual(['last close', 2]);
  });

  it('goes from the mark, by the requested multiple and seed', () => {
    const stop = marketStop(candles, {
      side: 'short',
      mark: r('200'),
      period: Ratio.ONE,
      multiple: r('2'),
      seed: 'second-bar',
    });
    expect([stop.atr, stop.reference, stop.stopPrice].map(text)).toEqual(['30', '200', '260']);
    expect([stop.origin, stop.candleCount]).toEqual(['mark', 2]);
  });

  it('takes the last of many', () => {
    const flat = { high: r('120'), low: r('120'), close: r('120') };
    expect(text(marketStop([...candles, flat], { side: 'long', period: r('2') }).reference)).toBe('120');
    expect(text(marketStop([flat, flat, ...candles], { side: 'long', period: r('2') }).reference)).toBe('120');
    expect(text(marketStop([...candles, candles[0] ?? flat], { side: 'long', period: r('2') }).reference)).toBe('100');
  });

  it('needs its candles', () => {
    expect(refused(() => marketStop([], { side: 'long' }))[0]?.details).toMatchObject({ value: '0 candles' });
    const advice = 'an ATR of 14 with first-bar needs 14 candles';
    expect(refused(() => marketStop(candles, { side: 'long' }))).toEqual([
      { code: 'NOT_A_VALUE', field: 'candles', details: { value: '2 candles', advice } },
    ]);
    const later = { side: 'long', seed: 'second-bar', period: r('2') } as const;
    expect(refused(() => marketStop(candles, later))[0]?.details).toMatchObject({
      advice: 'an ATR of 2 with second-bar needs 3 candles',
    });
  });

  it('is warned about outside of what the exchange takes, not at its ends', () => {
    const warned = (atr: string) =>
      trailingStop({ side: 'short', atr: r(atr), multiple: Ratio.ONE, reference: r('1000') }).warnings;
    expect(warned('1')).toEqual([]);
    expect(warned('100')).toEqual([]);
    expect(warned('100.1')).toEqual([{ code: 'CALLBACK_OUT_OF_RANGE', details: { percent: '10.01', sent: '10' } }]);
    expect(warned('0.5')).toEqual([{ code: 'CALLBACK_OUT_OF_RANGE', details: { percent: '0.05', sent: '0.1' } }]);
    const whole = trailingStop({ side: 'short', atr: r('1000'), multiple: Ratio.ONE, reference: r('1000') });
    expect(whole).not.toHaveProperty('activationPrice');
    const down = trailingStop({ side: 'long', atr: r('1000'), multiple: Ratio.ONE, reference: r('1000') });
    expect(down).not.toHaveProperty('stopPrice');
  });

  it('is warned about where liquidation comes first', () => {
    const long = assess({ ...LONG, mmr: Ratio.ZERO });
    expect(stopWarnings(r('27000.5'), long)).toEqual([]);
    expect(stopWarnings(r('27000'), long)).toEqual([
      { code: 'STOP_BEYOND_LIQUIDATION', details: { stop: '27000', liquidation: '27000' } },
    ]);
    expect(stopWarnings(r('1'), assess({ ...LONG, lev: Ratio.ONE }))).toEqual([]);
    const lost = assess({ ...UNLEVERED, side: 'short', entry: r('100'), wallet: r('-101') });
    expect(stopRoom(r('101'), lost)).toEqual({ isBefore: false });
  });
});

describe('funding at one rate', () => {
  const position = (terms: Partial<Terms> = {}): Position => assess({ ...LONG, ...terms }).position;
  const summary = ({ steps, payment, intervals, reason, leftOut }: Funding): unknown[] => [
    steps.length,
    text(payment),
    text(intervals),
    reason,
    text(leftOut),
  ];

  it('goes on until it liquidates, of very many payments the first thousand', () => {
    // 2850 of room; payments of 3 and of 0.3.
    expect(summary(steadyFunding(position(), r('0.0001'), undefined))).toEqual([950, '3', '950', undefined, '0']);
    expect(summary(steadyFunding(position(), r('0.00001'), undefined))).toEqual([
      1000,
      '0.3',
      '9500',
      undefined,
      '8500',
    ]);
    expect(summary(steadyFunding(position(), r('0.00001'), 3))).toEqual([3, '0.3', '9500', undefined, '0']);
  });

  it('takes one step where the position receives, or is liquidated already', () => {
    const reason = 'the position does not pay funding at this rate';
    expect(summary(steadyFunding(position({ side: 'short' }), r('0.0001'), undefined))).toEqual([
      1,
      '-3',
      undefined,
      reason,
      '0',
    ]);
    expect(summary(steadyFunding(position({ mark: r('20000') }), r('0.0001'), undefined))).toEqual([
      1,
      '2',
      '0',
      undefined,
      '0',
    ]);
    // 3135 - 3000 = 0.5 % of 27000.
    const edge = position({ mark: r('27000'), margin: r('3135'), qty: Ratio.ONE });
    expect(text(steadyFunding(edge, r('0.0001'), undefined).intervals)).toBe('0');
    expect(text(steadyFunding(edge, r('-0.0001'), undefined).intervals)).toBe('0');
  });

  it('of the past says whether it liquidated', () => {
    const stamps = [{ rate: r('0.05') }, { rate: r('0.05') }, { rate: r('0.05') }];
    expect(summary(pastFunding(position(), stamps))).toEqual([2, undefined, '2', undefined, '0']);
    // 1200 three times are more than 2850.
    const three = [{ rate: r('0.04') }, { rate: r('0.04') }, { rate: r('0.04') }, { rate: r('0.04') }];
    expect(summary(pastFunding(position(), three))).toEqual([3, undefined, '3', undefined, '0']);
    expect(summary(pastFunding(position(), stamps.slice(1, 2)))).toEqual([
      1,
      undefined,
      undefined,
      'the payments of the file (1) do not liquidate the position',
      '0',
    ]);
    expect(summary(pastFunding(position(), []))[3]).toBe('the payments of the file (0) do not liquidate the position');
  });
});

describe('solving', () => {
  const at = (price: string) => ({ kind: 'price', price: r(price) }) as const;
  const shown = (solution: Solution): string =>
    solution.kind === 'found' ? solution.value.toText(8) : solution.reason;
  const solved = (terms: Terms, unknown: Solution['for'], price: string, tableOf?: BracketTable): string =>
    shown(solve(terms, tableOf, { for: unknown, target: at(price) }));

  it('for everything at once says what each would be', () => {
    const all = solveAll(SIZED, undefined, at('27000'));
    expect(all.map((each) => [each.for, shown(each), text(each.target)])).toEqual([
      ['lev', '9', '27000'],
      ['add-margin', '135', '27000'],
      ['qty', '0.95693779', '27000'],
    ]);
  });

  it('for everything at once needs what all of them need', () => {
    const bare = { side: 'long', mmr: r('0.005') } as Terms;
    expect(refused(() => solveAll(bare, undefined, at('27000')))).toEqual([
      { code: 'MISSING', field: '', details: { what: 'entry price', give: ['entry'] } },
    ]);
    const { lev, ...backed } = LONG;
    expect(lev).toBeDefined();
    const answers = solveAll({ ...backed, margin: r('3000') }, undefined, at('27000')).map(shown);
    expect(answers).toEqual([
      'size is missing (with margin, the result depends on the size); give qty or notional',
      'size is missing (with margin, the result depends on the size); give qty or notional',
      '0.95693779',
    ]);
  });

  it('does not miss what it finds, nor a size that it replaces', () => {
    expect(solveProblems(UNLEVERED, 'lev')).toEqual([]);
    expect(solveProblems(UNLEVERED, 'add-margin')).toHaveLength(1);
    expect(solveProblems({ ...LONG, notional: r('30000') }, 'qty')).toEqual([]);
    expect(solveProblems({ ...LONG, notional: r('30000'), qty: Ratio.ONE }, 'lev')).toHaveLength(1);
    expect(solved({ ...LONG, notional: r('30000') }, 'qty', '27000')).toBe('0.95693779');
  });

  it('wants a target between zero and the mark', () => {
    expect(text(targetPrice(LONG, { kind: 'distance', distance: r('0.1') }))).toBe('27000');
    expect(text(targetPrice({ ...LONG, side: 'short' }, { kind: 'distance', distance: r('0.1') }))).toBe('33000');
    expect(text(targetPrice({ ...LONG, mark: r('31000') }, { kind: 'distance', distance: r('0.1') }))).toBe('27900');
    expect(solved(SIZED, 'lev', '0')).toBe('the target is not a positive price');
    expect(shown(solve(SIZED, undefined, { for: 'lev', target: { kind: 'distance', distance: Ratio.ONE } }))).toBe(
      'the target is not a positive price',
    );
    expect(solved(SIZED, 'lev', '30000')).toBe(
      'the target is at or beyond the entry; the target of a long must be below it',
    );
    const short: Terms = { ...SIZED, side: 'short' };
    expect(solved(short, 'lev', '30000')).toBe(
      'the target is at or beyond the entry; the target of a short must be above it',
    );
    expect(solved({ ...SIZED, mark: r('27000') }, 'lev', '27000')).toBe(
      'the mark is at or past the target; the target of a long must be below the mark',
    );
    expect(solved({ ...short, mark: r('33000') }, 'lev', '33000')).toBe(
      'the mark is at or past the target; the target of a short must be above the mark',
    );
    const cross: Terms = { ...UNLEVERED, wallet: r('3000') };
    expect(solved(cross, 'add-margin', '30000')).toBe('the target is beyond the entry, and no mark is given');
    // In cross a long may be liquidated above its entry where the mark is higher still: 150 - 3000 of maintenance and loss.
    expect(solved({ ...cross, mark: r('31000') }, 'add-margin', '30000')).toBe('-2850');
  });

  it('says in words why nothing does it', () => {
    expect(solved({ ...UNLEVERED, wallet: r('3000') }, 'lev', '27000')).toBe(
      'in cross margin the leverage does not change the liquidation price',
    );
    expect(solved({ ...UNLEVERED, margin: r('3000') }, 'lev', '27000')).toBe(
      'the margin is given, so the leverage does not change the liquidation price',
    );
    // 3135 is the wallet that is liquidated there.
    const added = (margin: string): string => solved({ ...SIZED, addMargin: r(margin) }, 'lev', '27000');
    const enough = 'with the added margin, liquidation is beyond the target at any leverage';
    expect([added('3135'), added('3136')]).toEqual([enough, enough]);
    expect(solved(LONG, 'qty', '27000')).toBe(
      'margin is missing (the size for a margin is solved for); give margin, wallet or lev with qty',
    );
    const cross: Terms = { ...UNLEVERED, wallet: r('3000'), othersMm: r('3000') };
    expect(solved(cross, 'qty', '27000')).toBe('there is no collateral for any size');
    expect(solved({ ...cross, othersMm: r('2999') }, 'qty', '27000')).toBe('0.00031897');
    // Above an entry of 30000 a long earns: no size of it is liquidated at 31000.
    expect(solved({ ...cross, othersMm: Ratio.ZERO, mark: r('32000') }, 'qty', '31000')).toBe(
      'no size is liquidated at the target',
    );
    // 30000 - 40000 and a quarter of 40000 are nothing, for any size.
    expect(solved({ ...cross, mmr: r('0.25'), othersMm: Ratio.ZERO, mark: r('50000') }, 'qty', '40000')).toBe(
      'no size is liquidated at the target',
    );
    expect(solved({ ...SIZED, mark: r('29000'), lev: r('50') }, 'add-margin', '28999')).toBe('545.995');
  });

  it('rounds to the step of each, and says what a step leaves nothing of', () => {
    const step = (unknown: Solution['for'], by: string): string =>
      shown(solve(SIZED, undefined, { for: unknown, target: at('27000'), step: r(by) }));
    expect([step('lev', '0.1'), step('add-margin', '50'), step('qty', '0.5')]).toEqual(['9.5', '150', '0.5']);
    expect(step('qty', '1')).toBe('the exact value is 0.9569378, which is 0 in whole numbers');
    expect(step('lev', '10')).toBe('the exact value is 9.56937799, which is 0 in steps of 10');
    const dust: Terms = { ...UNLEVERED, margin: r('0.000000003'), qty: Ratio.ONE };
    expect(solved(dust, 'qty', '27000')).toBe(
      'the exact value is 0.000000000000956937799043062201, which is 0 in steps of 0.00000001',
    );
  });

  it('may end in a position that is never liquidated', () => {
    expect(solved(SIZED, 'add-margin', '0.000000001')).toBe('27000');
  });

  it('says all that is missing, and lets errors that are not of the input pass', () => {
    expect(solved({ side: 'long', lev: r('10') } as Terms, 'lev', '5')).toBe(
      'entry price is missing; give entry; maintenance rate is missing; give mmr or symbol',
    );
    let asked = 0;
    const broken: BracketTable = {
      ...table([undefined, '0.01']),
      get contract() {
        if (asked++ > 0) throw new RangeError('broken');
        return 'linear' as const;
      },
    };
    const terms: Terms = { side: 'long', entry: r('100'), symbol: 'TEST', qty: Ratio.ONE };
    expect(() => solved(terms, 'lev', '90', broken)).toThrow(RangeError);
    const over = { axis: 'lev', values: [r('5')], sides: ['long'] } as const;
    expect(() => sweep(terms, broken, over)).toThrow(RangeError);
  });

  it('for nothing to add is zero', () => {
    expect(solved({ ...SIZED, margin: r('3135') }, 'add-margin', '27000')).toBe('0');
  });

  it('for a size takes the bracket at the target: 3000 + 100 = (3000 + 270) q', () => {
    // 0.5 % up to 20000 and 1 % above, with an amount of 100: 3000 q + 270 q - 100.
    const steep = table(['20000', '0.005'], [undefined, '0.01']);
    const terms: Terms = { side: 'long', entry: r('30000'), symbol: 'TEST', margin: r('3000') };
    expect(solved(terms, 'qty', '27000', steep)).toBe('0.94801223');
  });

  it('counts contracts by their multiplier, and leaves the terms that it replaces out', () => {
    // 600 USD of a long from 30000 at 25000: 0.02 x 0.206 of coins with N / E = 0.02.
    const inverse: Terms = {
      ...UNLEVERED,
      contract: 'inverse',
      multiplier: r('10'),
      qty: r('60'),
      margin: r('0.00412'),
    };
    const solution = solve(inverse, undefined, { for: 'qty', target: at('25000') });
    expect(shown(solution)).toBe('60');
    const added: Terms = { ...SIZED, addMargin: r('135') };
    const more = solve(added, undefined, { for: 'qty', target: at('27000') });
    expect(more.kind === 'found' && Object.keys(more.assessment.terms).sort()).toEqual([
      'entry',
      'lev',
      'margin',
      'mmr',
      'qty',
      'side',
    ]);
    expect(shown(more)).toBe('1');
    const cross = solve({ ...UNLEVERED, wallet: r('3135') }, undefined, { for: 'qty', target: at('27000') });
    expect(cross.kind === 'found' && [shown(cross), text(cross.assessment.terms.wallet)]).toEqual(['1', '3135']);
    expect(cross.kind === 'found' && cross.assessment.terms).not.toHaveProperty('margin');
    const worth = solve({ ...LONG, notional: r('30000') }, undefined, { for: 'qty', target: at('27000') });
    expect(worth.kind === 'found' && worth.assessment.terms).not.toHaveProperty('notional');
  });
});

describe('the largest position', () => {
  const open = (terms: Partial<Terms>, of?: BracketTable, step?: string) => {
    const { qty, notional, margin, fee, limitedBy, bracketCap, reason } = maxOpen(
      { side: 'long', entry: r('100'), lev: r('10'), ...terms },
      of,
      { balance: r('1000'), step: step === undefined ? undefined : r(step) },
    );
    return [...[qty, notional, margin, fee, bracketCap].map(text), limitedBy, reason];
  };
  const capped = table(['5000', '0.01', '20'], ['20000', '0.02', '10']);

  it('is what the balance affords, or what brackets allow at the leverage', () => {
    expect(open({})).toEqual(['100', '10000', '1000', '0', undefined, 'balance', undefined]);
    expect(open({}, capped)).toEqual(['100', '10000', '1000', '0', '20000', 'balance', undefined]);
    expect(open({ lev: r('20') }, capped)).toEqual(['50', '5000', '250', '0', '5000', 'bracket', undefined]);
    expect(open({ lev: r('10'), taker: r('0.1') }, capped)).toEqual([
      '50',
      '5000',
      '500',
      '500',
      '20000',
      'balance',
      undefined,
    ]);
  });

  it('at exactly the cap is limited by the balance', () => {
    expect(open({ lev: r('5') }, table(['5000', '0.01', '20']))).toEqual([
      '50',
      '5000',
      '1000',
      '0',
      '5000',
      'balance',
      undefined,
    ]);
  });

  it('is not limited by a bracket without cap or maximum', () => {
    expect(open({ lev: r('50') }, table(['5000', '0.01', '20'], [undefined, '0.02']))).toEqual([
      '500',
      '50000',
      '1000',
      '0',
      undefined,
      'balance',
      undefined,
    ]);
  });

  it('is nothing above the highest leverage, and where the step is too coarse', () => {
    expect(open({ lev: r('20.5') }, capped)).toEqual([
      '0',
      '0',
      '0',
      '0',
      undefined,
      'bracket',
      'the highest leverage of TEST is 20x; at 20.5x no position can be opened',
    ]);
    expect(open({}, undefined, '150')).toEqual([
      '0',
      '0',
      '0',
      '0',
      undefined,
      'balance',
      'the exact size is 100, which is less than one step',
    ]);
  });

  it('is counted in contracts where they are inverse', () => {
    // 10000 coins at 10x are 1,000,000 USD at 100, or 100,000 contracts of 10.
    expect(open({ contract: 'inverse', multiplier: r('10') })).toEqual([
      '100000',
      '1000000',
      '1000',
      '0',
      undefined,
      'balance',
      undefined,
    ]);
    const { contract, multiplier } = { contract: 'inverse', multiplier: r('100') } as const;
    expect(open({}, { ...table([undefined, '0.01']), contract, multiplier })[0]).toBe('10000');
  });

  it('shows no cap for a bracket without one', () => {
    const asked = { side: 'long', entry: r('100'), lev: r('10') } as const;
    expect(maxOpen(asked, undefined, { balance: r('1') })).not.toHaveProperty('bracketCap');
    expect(maxOpen(asked, undefined, { balance: r('1') })).not.toHaveProperty('reason');
  });

  it('needs a leverage', () => {
    expect(refused(() => maxOpen({ side: 'long', entry: r('100') }, undefined, { balance: r('1') }))).toEqual([
      { code: 'MISSING', field: '', details: { what: 'leverage', give: ['lev'] } },
    ]);
  });
});

describe('the size of a trade', () => {
  const question: SizeQuestion = {
    equity: r('10000'),
    sizing: { kind: 'risk', risk: r('0.01'), stop: r('29400') },
  };
  const bare: Terms = { side: 'long', entry: r('30000'), mmr: r('0.005') };

  it('shows the highest leverage and the one that is given', () => {
    const both = size({ ...LONG, taker: Ratio.ZERO }, undefined, question);
    expect([text(both.maxLev), text(both.atMaxLev?.terms.lev), text(both.atLev?.terms.lev)]).toEqual([
      '30',
      '30',
      '10',
    ]);
    expect([text(both.margin), text(both.allocation), both.reason]).toEqual(['499.99998', '0.05', undefined]);
    expect(both.warnings).toEqual([{ code: 'ALLOCATION_ABOVE_BAND', details: { percent: '5', highest: '3' } }]);
    const alone = size(bare, undefined, question);
    expect(alone).not.toHaveProperty('atLev');
    // 0.0005 x 59400 x 0.16666666
    expect(alone.warnings).toEqual([{ code: 'FEES_NOT_COUNTED', details: { percent: '0.05', amount: '4.95' } }]);
    expect(alone).not.toHaveProperty('rewardRisk');
  });

  it('by allocation without a stop has no highest leverage, with one it has, and a loss', () => {
    const sizing = { kind: 'allocate', allocate: r('0.03'), lev: r('10') } as const;
    const plain = size(LONG, undefined, { equity: r('10000'), sizing });
    expect([text(plain.qty), text(plain.margin), plain.warnings]).toEqual(['0.1', '300', []]);
    expect(Object.keys(plain).sort()).toEqual(['allocation', 'atLev', 'margin', 'notional', 'qty', 'warnings']);
    const without = size(bare, undefined, { equity: r('10000'), sizing });
    expect([Object.keys(without).sort(), without.warnings]).toEqual([['notional', 'qty', 'warnings'], []]);
    const stopped = size({ ...LONG, taker: r('0.001') }, undefined, {
      equity: r('10000'),
      sizing: { ...sizing, stop: r('29400') },
    });
    // 0.1 x (600 + 59.4)
    expect([text(stopped.riskAmount), text(stopped.maxLev)]).toEqual(['65.94', '30']);
    const short = size({ ...LONG, side: 'short' }, undefined, {
      equity: r('10000'),
      sizing: { ...sizing, stop: r('30600') },
      take: r('28800'),
    });
    // 30600 x 1.008 = 30844.8: 844.8 + 154.224 a unit; 30000 / 999.024 = 30.03.
    expect([text(short.riskAmount), text(short.maxLev), text(short.rewardRisk)]).toEqual(['60', '30', '2']);
  });

  it('has a reason where there is no size or no leverage', () => {
    const coarse = size(bare, undefined, { ...question, step: Ratio.ONE });
    expect([text(coarse.qty), coarse.reason, coarse.warnings]).toEqual([
      '0',
      'the exact size is 0.166666666667, which is less than one step',
      [],
    ]);
    const wide = size(bare, undefined, { ...question, buffer: Ratio.ONE });
    expect([text(wide.qty), wide.reason, wide.maxLev]).toEqual([
      '0.16666666',
      'no positive price is as far beyond the stop as the buffer requires',
      undefined,
    ]);
    const far = { ...question, sizing: { ...question.sizing, stop: r('70000') } } as SizeQuestion;
    const short = size({ ...bare, side: 'short' }, undefined, far);
    expect([short.maxLev, short.margin, short.reason]).toEqual([
      undefined,
      undefined,
      'even at leverage 1 the position is liquidated before the stop; add margin or move the stop nearer to the entry',
    ]);
  });

  it('rounds the maximum of the bracket down, and does not need one', () => {
    const terms: Terms = { side: 'long', symbol: 'TEST', entry: r('30000') };
    const near: SizeQuestion = { ...question, sizing: { kind: 'risk', risk: r('0.01'), stop: r('29900') } };
    expect(text(size(terms, table([undefined, '0.005', '12.5']), near).maxLev)).toBe('12');
    // 29900 x 0.992 = 29660.8: 339.2 + 148.304 a unit; 30000 / 487.504 = 61.5.
    expect(text(size(terms, table([undefined, '0.005']), near).maxLev)).toBe('61');
  });

  it('says on which side the prices must lie', () => {
    const words = (side: 'long' | 'short', stop: string, take?: string): unknown =>
      refused(() =>
        size({ ...bare, side }, undefined, {
          ...question,
          sizing: { kind: 'risk', risk: Ratio.ONE, stop: r(stop) },
          ...(take !== undefined && { take: r(take) }),
        }),
      )[0];
    const must = (where: string, side: string): string => `${where} the entry (30000) of a ${side}`;
    const wrong = (field: string, value: string, of: string) => ({
      code: 'WRONG_SIDE',
      field,
      details: { value, must: of },
    });
    expect(words('long', '30000')).toEqual(wrong('stop', '30000', must('below', 'long')));
    expect(words('short', '30000')).toEqual(wrong('stop', '30000', must('above', 'short')));
    expect(words('long', '29000', '30000')).toEqual(wrong('take', '30000', must('above', 'long')));
    expect(words('short', '31000', '30000')).toEqual(wrong('take', '30000', must('below', 'short')));
    expect(words('short', '31000', '29000')).toBeUndefined();
  });
});

describe('a sweep', () => {
  const over = (terms: Terms, axis: 'lev' | 'entry', values: readonly string[]) =>
    sweep(terms, undefined, { axis, values: values.map(r), sides: ['long'] });

  it('over leverages does not go with a margin or wallet', () => {
    const why = 'with a cross wallet the leverage does not change the price; vary the entry instead';
    for (const field of ['margin', 'wallet'] as const) {
      const terms = { ...UNLEVERED, [field]: r('3000') };
      expect(refused(() => over(terms, 'lev', ['5']))).toEqual([
        { code: 'CONFLICT', field, details: { with: 'levs', why } },
      ]);
      expect(over(terms, 'entry', ['30000'])).toHaveLength(1);
    }
  });

  it('keeps what it swept, and the rows that have an answer', () => {
    // Wallets of 6000 and 1500 at a maintenance of 165: of the second at most 1335 may be taken.
    const rows = over({ ...SIZED, mark: r('33000'), addMargin: r('-1400') }, 'lev', ['5', '20']);
    expect(rows.map(([row]) => [row?.kind, text(row?.value), row?.side])).toEqual([
      ['priced', '5', 'long'],
      ['refused', '20', 'long'],
    ]);
    expect(pricedRows(rows).map(({ value }) => text(value))).toEqual(['5']);
    expect(over(SIZED, 'lev', [])).toEqual([]);
    expect(rows[0]?.[0]).not.toHaveProperty('maxLev');
  });

  it('knows the most leverage of a table only', () => {
    const terms: Terms = { side: 'long', symbol: 'TEST', entry: r('100'), lev: r('2'), qty: Ratio.ONE };
    expect(text(maxLeverage(positionFrom(terms, table([undefined, '0.01', '25']))))).toBe('25');
    expect(maxLeverage(positionFrom(terms, table([undefined, '0.01'])))).toBeUndefined();
    expect(maxLeverage(positionFrom(SIZED))).toBeUndefined();
  });
});

it('an exit that the fee eats up does not exist', () => {
  const leg = positionFrom({ ...SIZED, mmr: Ratio.ZERO });
  const goal = { kind: 'roi', roi: Ratio.ONE, lev: r('10') } as const;
  expect(exitPrice(leg, goal, Ratio.ONE)).toBeUndefined();
  expect(text(exitPrice(leg, goal, r('0.5')))).toBe('96000');
  // -100 % of a margin of 30000 is a price of 0.
  expect(exitPrice(leg, { kind: 'pnl', pnl: r('-30000') })).toBeUndefined();
  expect(text(exitPrice(leg, { kind: 'pnl', pnl: r('-29999') }))).toBe('1');
});

describe('a rival', () => {
  const judgements = (terms: Terms) =>
    compare(terms, undefined).rivals.map(({ name, judgement, reason }) => `${name}: ${judgement ?? reason ?? '-'}`);

  it('has meanings', () => {
    expect(compare(SIZED, undefined).rivals.map(({ meaning }) => meaning)).toEqual([
      'the exchange’s rule: the price where equity equals maintenance margin, with the bracket at that price',
      'the bracket of the value at entry instead of the value at liquidation, as in many scripts',
      'maintenance margin valued at entry, as in web calculators and older Bybit contracts',
      'the popular article’s formula, which is wrong',
      'the price where equity is zero, which some calculators call the liquidation price',
    ]);
  });

  it('is judged by the exact price, not by a mark that is past both', () => {
    expect(judgements({ ...SIZED, mark: r('20000') })).toEqual([
      'exact: right',
      'entry-bracket: right',
      'simple: too cautious',
      'article: too cautious',
      'bankruptcy: too optimistic',
    ]);
    // A mark at the price itself is past it.
    expect(judgements({ ...SIZED, mark: r('27150') })[2]).toBe('simple: past already');
    expect(judgements({ ...SIZED, side: 'short', mark: r('27286.3'), lev: r('10') })[3]).toBe('article: too cautious');
  });

  it('may be refused for more than one reason', () => {
    const coin: Terms = { ...UNLEVERED, contract: 'inverse', margin: r('0.00001') };
    expect(judgements(coin)[3]).toBe(
      'article: lev: the article formula needs lev; contract: the article formula is for linear contracts only',
    );
  });

  it('has no error where there is no exact price', () => {
    // 105 of collateral are more than a long of 100 can lose; maintenance of 50 valued at entry: 100 - 105 + 50 = 45.
    const { exact, rivals } = compare(
      { side: 'long', entry: r('100'), mmr: r('0.5'), wallet: r('110'), qty: Ratio.ONE, othersMm: r('5') },
      undefined,
    );
    expect(exact.outcome.kind).toBe('never');
    expect(rivals.map(({ name, price, error }) => [name, text(price), text(error)])).toEqual([
      ['exact', undefined, undefined],
      ['entry-bracket', undefined, undefined],
      ['simple', '45', undefined],
      ['article', undefined, undefined],
      ['bankruptcy', undefined, undefined],
    ]);
  });
});

it('fills leave an open position, or none', () => {
  const fill = (qty: string, price: string) => ({ qty: r(qty), price: r(price) });
  expect(average([fill('-1', '100'), fill('-1', '200')], contracts.linear).holding).toMatchObject({
    kind: 'open',
    side: 'short',
  });
  expect(average([fill('-1', '100'), fill('1', '200')], contracts.linear).holding).toEqual({ kind: 'flat' });
});
