import { describe, expect, it } from 'vitest';
import {
  ageInDays,
  assess,
  bracketInForce,
  reasonWithoutPrice,
  STALE_AFTER_DAYS,
  warningsOf,
  warningWords,
} from '../../src/core/assessment.js';
import { bracketsFrom, type BracketTable } from '../../src/core/brackets.js';
import { isLiqcalcError } from '../../src/core/errors.js';
import type { FormulaName } from '../../src/core/formulas/index.js';
import type { Terms } from '../../src/core/position.js';
import { Ratio } from '../../src/core/ratio.js';

const r = (text: string): Ratio => Ratio.from(text);
const LONG: Terms = { side: 'long', entry: r('100'), lev: r('10') };
const OWN: Terms = { ...LONG, mmr: r('0.005') };

const ROWS = [
  { floor: '0', cap: '500', rate: '0.01', amount: undefined, maxLeverage: '20' },
  { floor: '500', cap: '2000', rate: '0.02', amount: undefined, maxLeverage: '10' },
];
const TABLE: BracketTable = {
  venue: 'test',
  symbol: 'TEST',
  contract: 'linear',
  multiplier: Ratio.ONE,
  asOf: '2026-11-22',
  confidence: 'B',
  source: 'copies',
  brackets: bracketsFrom(ROWS, 'TEST'),
};
const tabled = (terms: Partial<Terms>, table: Partial<BracketTable> = {}) =>
  assess({ ...LONG, symbol: 'TEST', ...terms }, { ...TABLE, ...table });

function refusals(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (isLiqcalcError(error)) return error.problems.map(({ code, field }) => `${code} ${field}`);
    throw error;
  }
  return [];
}

describe('warnings', () => {
  const words = (assessment: ReturnType<typeof assess>, today?: number): string[] =>
    warningsOf(assessment, today).map((warning) => `${warning.code}: ${warningWords(warning)}`);

  it('a plain position has no warning', () => {
    expect(words(assess(OWN))).toEqual([]);
    expect(words(assess({ ...OWN, mmr: r('0.001') }))).toEqual([]);
  });

  it('a rate below 0.1 % is very low', () => {
    const low = ['LOW_RATE: a maintenance rate of 0.005 % is very low: did you mean 0.5?'];
    expect(words(assess({ ...OWN, mmr: r('0.00005') }))).toEqual(low);
    expect(words(assess({ ...OWN, mmr: r('0.00099') }))).toHaveLength(1);
    // 9 % would be a strange maintenance rate: no advice.
    expect(words(assess({ ...OWN, mmr: Ratio.from('0.0009') }))).toEqual([
      'LOW_RATE: a maintenance rate of 0.09 % is very low',
    ]);
    expect(words(assess({ ...OWN, mmr: Ratio.from('0.0005') }))).toEqual([
      'LOW_RATE: a maintenance rate of 0.05 % is very low: did you mean 5?',
    ]);
    expect(words(assess({ ...OWN, mmr: Ratio.ZERO }))).toEqual(['LOW_RATE: a maintenance rate of 0 % is very low']);
  });

  it('the article formula says what is wrong with it', () => {
    const warnings = warningsOf(assess(OWN, undefined, 'article'));
    expect(warnings.map(({ code }) => code)).toEqual(['ARTICLE_FORMULA']);
    expect(warningWords(warnings[0] as (typeof warnings)[0])).toContain('do not trade with it');
    expect(warningsOf(assess(OWN, undefined, 'simple'))).toEqual([]);
  });

  it('a leverage above the bracket of the notional at entry', () => {
    expect(words(tabled({ qty: r('5'), lev: r('20') }))).toEqual([]);
    expect(words(tabled({ qty: r('5.01'), lev: r('10') }))).toEqual([]);
    expect(words(tabled({ qty: r('5.01'), lev: r('20') }))).toEqual([
      'LEVERAGE_ABOVE_BRACKET: leverage 20x is above 10x, the maximum of TEST at this size',
    ]);
    expect(words(tabled({ qty: r('5.01'), lev: r('20'), mmr: r('0.01') }))).toHaveLength(1);
    const rows = ROWS.map((row) => ({ ...row, maxLeverage: undefined }));
    expect(words(tabled({ qty: r('5'), lev: r('21') }, { brackets: bracketsFrom(rows, 'TEST') }))).toEqual([]);
    const { lev, ...unlevered } = LONG;
    expect(lev).toBeDefined();
    expect(words(assess({ ...unlevered, margin: r('50'), qty: r('5'), symbol: 'TEST' }, TABLE))).toEqual([]);
  });

  it('a short that outgrows the last bracket', () => {
    expect(words(tabled({ side: 'short', qty: r('19') }))).toEqual([
      'ABOVE_LAST_BRACKET: the value of the position exceeds the last bracket of TEST (2000) before liquidation; the last bracket was extended',
    ]);
    expect(words(tabled({ side: 'short', qty: r('15') }))).toEqual([]);
    expect(words(tabled({ side: 'short', qty: r('19'), mmr: r('0.02') }))).toEqual([]);
    expect(words(tabled({ side: 'long', qty: r('19') }))).toEqual([]);
  });

  it('tables that are unverified or old, where the rate is theirs', () => {
    const qty = r('1');
    const day = 86_400_000;
    const issued = Date.UTC(2026, 10, 22);
    expect(words(tabled({ qty }, { confidence: 'C' }))).toEqual([
      'UNVERIFIED_BRACKETS: the brackets of TEST (2026-11-22) are unverified: copies',
    ]);
    expect(words(tabled({ qty, mmr: r('0.01') }, { confidence: 'C' }))).toEqual([]);
    expect(words(tabled({ qty }), issued + (STALE_AFTER_DAYS + 1) * day)).toEqual([
      'STALE_BRACKETS: the brackets of TEST are dated 2026-11-22, more than 180 days old; import newer ones: liqcalc brackets import FILE --venue test',
    ]);
    expect(words(tabled({ qty }), issued + STALE_AFTER_DAYS * day)).toEqual([]);
    expect(words(tabled({ qty }))).toEqual([]);
  });

  it('tables whose amounts were rebuilt or repaired, where the rate is theirs', () => {
    const notes = ['AMOUNTS_REBUILT', 'AMOUNTS_REPAIRED'] as const;
    expect(words(tabled({ qty: r('1') }, { notes }))).toEqual([
      'AMOUNTS_REBUILT: the brackets of TEST have no maintenance amounts; liqcalc computed them so that the maintenance margin does not jump between brackets',
      'AMOUNTS_REPAIRED: maintenance amounts of TEST were wrong by less than a millionth; liqcalc corrected them so that the maintenance margin does not jump between brackets',
    ]);
    expect(words(tabled({ qty: r('1'), mmr: r('0.01') }, { notes }))).toEqual([]);
  });

  it('what the record of an exchange says of its own maintenance, and which of both is taken', () => {
    const rated = { symbol: 'BTC', venue: 'hyperliquid' };
    expect(warningWords({ code: 'OWN_RATES', details: { ...rated, basis: 'rate' } })).toBe(
      'the rate of BTC (hyperliquid) is taken from its record; other tiers that the price may reach are not counted',
    );
    expect(warningWords({ code: 'OWN_RATES', details: { ...rated, basis: 'maintenance' } })).toBe(
      'the rate of BTC (hyperliquid) is the maintenance in its record divided by the value at the mark; other tiers that the price may reach are not counted',
    );
    const both = { symbol: 'BTC', reported: '2', ours: '1' };
    expect(warningWords({ code: 'MAINTENANCE_DIFFERS', details: { ...both, taken: 'ours' } })).toBe(
      'maintenance of BTC at the mark: the exchange reports 2, the rates here give 1; the price uses the rates here',
    );
    expect(warningWords({ code: 'MAINTENANCE_DIFFERS', details: { ...both, taken: 'reported' } })).toBe(
      "maintenance of BTC at the mark: the exchange reports 2, the rates here give 1; the price uses the exchange's value",
    );
  });

  it('the age of a table whose date is only known in part', () => {
    const today = Date.UTC(2026, 10, 22);
    expect(ageInDays('2026-11-21', today)).toBe(1);
    expect(ageInDays('2026-11-21', today - 1)).toBe(0);
    expect(ageInDays('2026-10', today)).toBe(52);
    expect(ageInDays('2026', today)).toBe(325);
  });
});

it.each([
  [
    { code: 'ALLOCATION_ABOVE_BAND', details: { percent: '12', highest: '10' } },
    'the margin is 12 % of equity; one trade should have at most 10 %',
  ],
  [
    { code: 'FEES_NOT_COUNTED', details: { percent: '0.05', amount: '29.95' } },
    'trading fees are not included: 0.05 % at entry and exit would add 29.95 to the loss at the stop; give --taker',
  ],
  [
    { code: 'SIZE_CUT', details: { qty: '0.5', lev: '10', cost: '3000', equity: '1000' } },
    'a size of 0.5 needs 3000 at 10x (initial margin, and the opening fee if there is one), more than the equity of 1000; it was reduced to the largest size that the equity allows',
  ],
  [
    { code: 'CALLBACK_OUT_OF_RANGE', details: { percent: '12', sent: '10' } },
    'a callback rate of 12 % is outside the range of 0.1 to 10 % that the exchange accepts; the nearest is 10 %',
  ],
  [
    { code: 'STOP_BEYOND_LIQUIDATION', details: { stop: '89', liquidation: '90.5' } },
    'the stop at 89 is beyond the liquidation price 90.5: it is never reached',
  ],
] as const)('the warning %j reads: %s', (warning, words) => {
  expect(warningWords(warning)).toBe(words);
});

describe('the bracket in force', () => {
  it('is that at the liquidation price, numbered from 1', () => {
    expect(bracketInForce(tabled({ qty: r('5') }))?.number).toBe(1);
    expect(bracketInForce(tabled({ side: 'short', qty: r('5') }))?.number).toBe(2);
    expect(bracketInForce(tabled({ qty: r('15') }))?.bracket).toBe(TABLE.brackets[1]);
  });

  it('is the own rate without a number, also where there is no price', () => {
    const own = bracketInForce(assess({ ...OWN, lev: Ratio.ONE }));
    expect([own?.bracket.rate.toText(9), own?.number]).toEqual(['0.005', undefined]);
    expect(bracketInForce(tabled({ qty: r('5'), lev: Ratio.ONE }))).toBeUndefined();
  });
});

describe('why there is no price', () => {
  it('is said for each outcome and formula', () => {
    expect(reasonWithoutPrice(assess(OWN))).toBeUndefined();
    expect(reasonWithoutPrice(assess({ ...OWN, lev: Ratio.ONE }))).toBe(
      'the margin covers the position at every positive price',
    );
    expect(reasonWithoutPrice(assess({ ...OWN, lev: Ratio.ONE }, undefined, 'article'))).toBe(
      'the formula has no price for a long at leverage 1 or less',
    );
    expect(reasonWithoutPrice(assess({ ...OWN, lev: r('0.9') }, undefined, 'simple'))).toBe(
      'the formula gives no positive price',
    );
    const past = { ...OWN, side: 'short', qty: r('1'), wallet: r('-101') } as const;
    expect(reasonWithoutPrice(assess(past))).toBe('equity is at or below maintenance at every positive price');
  });
});

describe('what cannot be assessed', () => {
  const withFormula = (terms: Partial<Terms>, formula: FormulaName) => () =>
    assess({ ...OWN, qty: r('1'), ...terms }, undefined, formula);

  it('the article formula takes leverage and rate, and nothing that it does not know', () => {
    expect(refusals(withFormula({}, 'article'))).toEqual([]);
    expect(refusals(withFormula({ cum: Ratio.ZERO, addMargin: Ratio.ZERO, mmFee: Ratio.ZERO }, 'article'))).toEqual([]);
    expect(refusals(withFormula({ cum: r('1') }, 'article'))).toEqual(['FORMULA_REFUSES cum']);
    expect(refusals(withFormula({ addMargin: r('-1') }, 'article'))).toEqual(['FORMULA_REFUSES addMargin']);
    expect(refusals(withFormula({ margin: r('10') }, 'article'))).toEqual(['FORMULA_REFUSES margin']);
    expect(refusals(withFormula({ margin: Ratio.ZERO }, 'article'))).toEqual(['FORMULA_REFUSES margin']);
    expect(refusals(withFormula({ mmFee: r('0.1') }, 'article'))).toEqual(['FORMULA_REFUSES mmFee']);
    expect(refusals(withFormula({ contract: 'inverse' }, 'article'))).toEqual(['FORMULA_REFUSES contract']);
    const cross = { wallet: Ratio.ZERO, othersPnl: r('1'), othersMm: r('1') };
    expect(refusals(withFormula(cross, 'article'))).toEqual([
      'FORMULA_REFUSES wallet',
      'FORMULA_REFUSES othersMm',
      'FORMULA_REFUSES othersPnl',
    ]);
    const bare = { side: 'long', entry: r('100'), margin: r('5'), qty: r('1'), symbol: 'TEST' } as const;
    expect(refusals(() => assess(bare, { ...TABLE, contract: 'inverse' }, 'article'))).toEqual([
      'FORMULA_REFUSES lev',
      'FORMULA_REFUSES mmr',
      'FORMULA_REFUSES margin',
      'FORMULA_REFUSES contract',
    ]);
    expect(refusals(withFormula({ cum: r('1'), contract: 'inverse' }, 'simple'))).toEqual([]);
  });

  it('what contradicts the table of the symbol', () => {
    expect(refusals(() => tabled({ qty: r('1'), contract: 'linear', multiplier: r('1.0') }))).toEqual([]);
    expect(refusals(() => tabled({ qty: r('1'), contract: 'inverse', multiplier: r('10') }))).toEqual([
      'CONTRADICTS_SYMBOL contract',
      'CONTRADICTS_SYMBOL multiplier',
    ]);
  });

  it('a symbol without a table and without a rate', () => {
    expect(refusals(() => assess({ ...LONG, symbol: 'NONE' }))).toEqual(['UNKNOWN_SYMBOL symbol']);
  });

  it('rates of 100 % and more, with and without the fee', () => {
    expect(refusals(() => assess({ ...OWN, mmr: r('1') }))).toEqual(['RATES_TOO_HIGH mmr']);
    expect(refusals(() => assess({ ...OWN, mmr: r('0.5'), mmFee: r('0.5') }))).toEqual(['RATES_TOO_HIGH mmFee']);
    expect(refusals(() => assess({ ...OWN, mmr: r('0.5'), mmFee: r('0.499') }))).toEqual([]);
    expect(() => assess({ ...OWN, mmr: r('0.9'), mmFee: r('0.125') })).toThrow(
      'mmFee: maintenance rate and fee are 102.5 % together; their sum must be below 100 %',
    );
    expect(refusals(() => tabled({ qty: r('1'), mmFee: r('0.98') }))).toEqual(['RATES_TOO_HIGH mmFee']);
    expect(refusals(() => tabled({ qty: r('1'), mmFee: r('0.97') }))).toEqual([]);
  });

  it('a notional at entry above the last cap, unless the rate is given', () => {
    expect(refusals(() => tabled({ qty: r('20') }))).toEqual([]);
    expect(refusals(() => tabled({ qty: r('20.0001') }))).toEqual(['NOTIONAL_OUTSIDE_BRACKETS qty']);
    expect(refusals(() => tabled({ qty: r('20.0001'), mmr: r('0.01') }))).toEqual([]);
  });

  it('a wallet that is not positive, and margin taken away that may not be', () => {
    const sized = { ...OWN, qty: r('1') };
    expect(refusals(() => assess({ ...sized, margin: Ratio.ZERO }))).toEqual(['WALLET_NOT_POSITIVE margin']);
    expect(refusals(() => assess({ ...sized, margin: r('-5'), addMargin: r('4') }))).toEqual([
      'WALLET_NOT_POSITIVE margin',
    ]);
    expect(refusals(() => assess({ ...sized, margin: r('-5'), addMargin: r('6') }))).toEqual([]);
    expect(refusals(() => assess({ ...sized, margin: r('15'), addMargin: r('-5') }))).toEqual([]);
    expect(refusals(() => assess({ ...sized, margin: r('15'), addMargin: r('-5.01') }))).toEqual([
      'NOT_REMOVABLE addMargin',
    ]);
    const unlevered = { side: 'long', entry: r('100'), mmr: r('0.005'), qty: r('1'), margin: r('15') } as const;
    expect(refusals(() => assess({ ...unlevered, addMargin: r('-14.5') }))).toEqual([]);
    expect(refusals(() => assess({ ...unlevered, addMargin: r('-14.6') }))).toEqual(['NOT_REMOVABLE addMargin']);
    // At a mark of 96 the loss of 4 is needed too: 15 - 4 - 0.48 may go.
    expect(refusals(() => assess({ ...unlevered, mark: r('96'), addMargin: r('-10.52') }))).toEqual([]);
    expect(refusals(() => assess({ ...unlevered, mark: r('96'), addMargin: r('-10.53') }))).toEqual([
      'NOT_REMOVABLE addMargin',
    ]);
    // A profit does not count: the wallet itself must cover the maintenance.
    expect(refusals(() => assess({ ...unlevered, mark: r('104'), addMargin: r('-14.49') }))).toEqual([
      'NOT_REMOVABLE addMargin',
    ]);
    expect(refusals(() => assess({ ...sized, margin: r('15'), mark: r('96'), addMargin: r('-1.4') }))).toEqual([]);
    expect(refusals(() => assess({ ...sized, margin: r('15'), mark: r('96'), addMargin: r('-1.41') }))).toEqual([
      'NOT_REMOVABLE addMargin',
    ]);
  });
});

it('the margin that may be removed is advised such that it can be typed back', () => {
  const terms = { ...OWN, entry: r('100'), lev: r('3'), margin: r('40'), qty: r('1') };
  const removing = (text: string) => () => assess({ ...terms, addMargin: r(text) });
  expect(removing('-6.66666667')).toThrow('at most 6.66666666 can be removed');
  expect(removing('-6.66666666')).not.toThrow();
});

it('says whether amounts are for one unit', () => {
  expect(assess(OWN).position.perUnit).toBe(true);
  expect(assess({ ...OWN, qty: r('1') }).position.perUnit).toBe(false);
  expect(assess({ ...OWN, notional: r('1') }).position.perUnit).toBe(false);
});
