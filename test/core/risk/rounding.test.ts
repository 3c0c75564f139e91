import { describe, expect, it } from 'vitest';
import { Ratio } from '../../../src/core/ratio.js';
import { figure, justAbove, keepsSide, plain, roundedDown, roundedUp } from '../../../src/core/risk/words.js';

const r = (text: string): Ratio => Ratio.from(text);
const THIRD = Ratio.of(1n, 3n);
/** `digits x 10^-places`: smaller than what may be written. */
const tiny = (digits: bigint, places: bigint): Ratio => Ratio.of(digits, 10n ** places);
const LEAST = `0.${'0'.repeat(29)}1`;

describe('a figure beside its limit', () => {
  it.each([
    ['15.000000002', '15', '15.000000002'],
    ['14.999', '15', '14.999'],
    ['14.99', '15', '14.99'],
    ['14.126', '15', '14.13'],
    ['0.004', '1', '0.004'],
    ['-0.004', '1', '-0.004'],
    ['0', '0', '0'],
    ['0', '5', '0'],
  ])('%s at a limit of %s is %s', (value, limit, text) => {
    expect(figure(r(value), r(limit))).toBe(text);
  });

  it('that is the limit looks like it, however many decimals it has', () => {
    expect(figure(r('80.125'), r('80.125'))).toBe('80.125');
    expect(figure(r('0.123456789'), r('0.123456789'))).toBe('0.123456789');
    expect(figure(r('-0.0705'), r('-0.0705'))).toBe('-0.0705');
  });

  it('is never shown on the other side of the limit', () => {
    // Two decimals would say 80.12 of what is above 80.124, and 80.13 of what is below 80.127.
    expect(figure(r('80.1241'), r('80.124'))).toBe('80.1241');
    expect(figure(r('80.1269'), r('80.127'))).toBe('80.1269');
    expect(figure(r('-80.1241'), r('-80.124'))).toBe('-80.1241');
    expect(figure(r('80.126'), r('80.124'))).toBe('80.13');
  });

  it('has at least the requested decimals', () => {
    expect(figure(r('80.12412'), r('80.12411'), 4)).toBe('80.12412');
    expect(figure(THIRD, r('0.3'), 4)).toBe('0.3333');
  });

  it('has no more than thirty decimals', () => {
    expect(figure(r('0.1').plus(tiny(1n, 31n)), r('0.1'))).toBe('0.1');
    expect(figure(THIRD, r('0.333333333333333333333333333333'))).toBe('0.333333333333333333333333333333');
    expect(figure(tiny(1n, 40n))).toBe('0');
  });

  it('is shown alone if there is no limit', () => {
    expect(figure(THIRD)).toBe('0.33');
    expect(figure(r('0.00012'))).toBe('0.0001');
    expect(figure(r('12345678901234567890123'))).toBe('12345678901234567890123');
  });

  it('keeps its side or not', () => {
    expect(keepsSide(r('80.1241'), r('80.124'), 2)).toBe(false);
    expect(keepsSide(r('80.1241'), r('80.124'), 4)).toBe(true);
    expect(keepsSide(r('80.125'), r('80.125'), 2)).toBe(false);
    expect(keepsSide(r('-0.05'), r('0'), 2)).toBe(true);
    expect(keepsSide(r('5.4'), r('5'), 0)).toBe(false);
  });
});

describe('an amount', () => {
  it('is plain as long as it is short: 16 letters', () => {
    expect(plain(r('100000.123456789'))).toBe('100000.123456789');
    expect(plain(r('1000000.123456789'))).toBe('1000000.12345679');
    expect(plain(r('0.12345678901234'))).toBe('0.12345678901234');
    expect(plain(r('0.123456789012345'))).toBe('0.12345679');
    expect(plain(r('-0.00000000000123456'))).toBe('-0.000000000001235');
  });

  it('is rounded to two decimals or four digits, up or down', () => {
    expect([roundedUp(THIRD).toText(30), roundedDown(THIRD).toText(30)]).toEqual(['0.3334', '0.3333']);
    expect([roundedUp(r('123.456')).toText(30), roundedDown(r('123.456')).toText(30)]).toEqual(['123.46', '123.45']);
    expect([roundedUp(r('10')).toText(30), justAbove(r('10')).toText(30)]).toEqual(['10', '10.01']);
    expect(justAbove(r('9.99')).toText(30)).toBe('9.991');
    expect(justAbove(r('9.9901')).toText(30)).toBe('9.991');
  });

  it('never has more decimals than can be typed back', () => {
    expect(roundedUp(tiny(1n, 40n)).toText(50)).toBe(LEAST);
    expect(roundedDown(tiny(1n, 40n)).toText(50)).toBe('0');
    expect(justAbove(Ratio.ZERO).toText(50)).toBe('0.01');
  });
});
