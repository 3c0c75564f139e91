import { describe, expect, it } from 'vitest';
import { warningKind, warningWords } from '../../src/core/assessment.js';
import { Ratio } from '../../src/core/ratio.js';
import { PRICES_NEAR_ENTRY, SLIP_LIMITS, slipsOf } from '../../src/core/slips.js';
import { FIELD_LIST } from '../../src/formats/fields.js';
import type { Inputs } from '../../src/schema/input.js';
import { commands } from '../../src/commands/index.js';
import { CHECK_POSITION } from '../../src/cli/check/position-flags.js';

const words = (inputs: Record<string, string>): string[] =>
  slipsOf(Object.fromEntries(Object.entries(inputs).map(([key, text]) => [key, Ratio.from(text)]))).map(warningWords);

describe('slips', () => {
  // As fractions: what a percentage of 0.01 was read into is 0.0001.
  it.each([
    ['mmr', '0.00005', 'a maintenance rate of 0.005 % is very low: did you mean 0.5?'],
    ['mmr', '0', 'a maintenance rate of 0 % is very low'],
    ['mmFee', '0.000005', 'a fee counted into maintenance of 0.0005 % is very low: did you mean 0.05?'],
    ['liqFee', '0.000125', 'a liquidation fee of 0.0125 % is very low: did you mean 1.25?'],
    ['taker', '0.000005', 'a trading fee of 0.0005 % is very low: did you mean 0.05?'],
    ['callRatio', '0.008', 'a margin-call ratio of 0.8 % is very low: did you mean 80?'],
    ['risk', '0.0001', 'a risk of 0.01 % is very low: did you mean 1?'],
    ['allocate', '0.0005', 'an allocation of 0.05 % is very low: did you mean 5?'],
    ['buffer', '0.000008', 'a buffer of 0.0008 % is very low: did you mean 0.08?'],
    ['targetDistance', '0.001', 'a target distance of 0.1 % is very low: did you mean 10?'],
    ['roi', '0.005', 'a return of 0.5 % is very low: did you mean 50?'],
    ['roi', '-0.005', 'a return of -0.5 % is very low: did you mean -50?'],
    ['rate', '0.000001', 'a funding rate of 0.0001 % is very low: did you mean 0.01?'],
    ['alert', '0.0005', 'an alert of 0.05 % is very low: did you mean 5?'],
    ['need', '0.008', 'a margin ratio of 0.8 % is very low: did you mean 80?'],
  ])('%s %s: %s', (key, value, said) => {
    expect(words({ [key]: value })).toEqual([said]);
  });

  // Figures that venues and traders use: Binance's lowest taker fee, its usual funding, a risk of a quarter of a percent.
  it.each([
    ['mmr', '0.001'],
    ['mmFee', '0.0005'],
    ['liqFee', '0.0002'],
    ['taker', '0.00017'],
    ['taker', '0'],
    ['callRatio', '0.5'],
    ['risk', '0.0025'],
    ['allocate', '0.01'],
    ['buffer', '0.005'],
    ['targetDistance', '0.005'],
    ['roi', '0.01'],
    ['roi', '0'],
    ['rate', '0.0001'],
    ['rate', '-0.00001'],
    ['alert', '0.05'],
    ['need', '0.3'],
  ])('not %s %s', (key, value) => {
    expect(words({ [key]: value })).toEqual([]);
  });

  it('of prices are those 10 times away from the entry, either way', () => {
    const apart = (what: string, price: string): string =>
      `${what} ${price} and the entry 60000 differ by a factor of 10 or more: is there a wrong digit or a misplaced decimal point?`;
    expect(words({ entry: '60000', mark: '600000' })).toEqual([apart('the mark', '600000')]);
    expect(words({ entry: '60000', mark: '6000' })).toEqual([apart('the mark', '6000')]);
    expect(words({ entry: '60000', mark: '599999.99', stop: '6000.01' })).toEqual([]);
    expect(words({ entry: '60000', exit: '1', take: '600001' })).toEqual([
      apart('the price where profit is taken', '600001'),
      apart('the exit price', '1'),
    ]);
    expect(words({ mark: '600000' })).toEqual([]);
  });

  it('are of a kind by what they are about', () => {
    const [rate, fee] = slipsOf({ mmr: Ratio.ZERO, taker: Ratio.from('1e-6') });
    expect(rate && fee && warningKind(rate) !== warningKind(fee)).toBe(true);
  });

  it('are found in every percentage of the input, and in every price of a trade', async () => {
    const modules = await Promise.all(Object.values(commands).map(({ load }) => load()));
    const asked = [...modules.map(({ command }) => command.inputs), CHECK_POSITION.inputs].flatMap((each: Inputs) =>
      Object.entries(each),
    );
    const percentages = [...FIELD_LIST, ...asked].filter(([, { suffix }]) => suffix === '%');
    expect(percentages.map(([key]) => key).filter((key) => !(key in SLIP_LIMITS))).toEqual([]);
    expect(percentages.length).toBeGreaterThan(9);
    const keys: readonly string[] = [...FIELD_LIST, ...asked].map(([key]) => key);
    expect(Object.keys(PRICES_NEAR_ENTRY).filter((key) => !keys.includes(key))).toEqual([]);
  });
});
