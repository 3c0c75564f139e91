import { Decimal as AnyDecimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../share.js';
import { assess } from '../../src/core/assessment.js';
import { bracketsFrom, type Bracket, type BracketTable } from '../../src/core/brackets.js';
import { roomTo, tickedPrice, type Bound } from '../../src/core/liquidation.js';
import { maintenanceAt } from '../../src/core/leg.js';
import { equityAt, totalMaintenanceAt, type Terms } from '../../src/core/position.js';
import { Ratio } from '../../src/core/ratio.js';

const RUNS = { numRuns: runs(2000) };

/** A decimal from a whole number of units of `10^-places`. */
const units = (low: number, high: number, places: number): fc.Arbitrary<Ratio> =>
  fc.integer({ min: low, max: high }).map((count) => Ratio.of(BigInt(count), 10n ** BigInt(places)));

const plainTerms = fc.record({
  side: fc.constantFrom('long' as const, 'short' as const),
  contract: fc.constantFrom('linear' as const, 'inverse' as const),
  entry: units(1, 10_000_000, 3),
  lev: units(100, 12_500, 2),
  mmr: units(0, 3000, 5),
  qty: units(1, 100_000, 3),
});

/** Continuous tables: widths and rises of the rates. */
const tables = fc
  .array(fc.tuple(units(1, 5_000_000, 3), units(0, 800, 4)), { minLength: 1, maxLength: 8 })
  .map((steps): readonly Bracket[] => {
    let [floor, rate] = [Ratio.ZERO, Ratio.ZERO];
    const rows = steps.map(([width, rise], index) => {
      const row = { floor: floor.toText(9), amount: undefined };
      [floor, rate] = [floor.plus(width), rate.plus(rise)];
      return { ...row, cap: index === steps.length - 1 ? undefined : floor.toText(9), rate: rate.toText(9) };
    });
    return bracketsFrom(rows, 'random');
  });

function tableOf(contract: 'linear' | 'inverse', brackets: readonly Bracket[]): BracketTable {
  const origin = { venue: 'test', symbol: 'LAW', asOf: '2026-11-22', confidence: 'A', source: 'test' } as const;
  return { ...origin, contract, multiplier: Ratio.ONE, brackets };
}

const fullTerms = fc.record({ terms: plainTerms, brackets: tables });

function boundOf(terms: Terms, table?: BracketTable): Bound | undefined {
  const { outcome } = assess(terms, table);
  return outcome.kind === 'never' ? undefined : outcome.bound;
}

/** The terms with brackets in place of their own rate, and the table. */
function tabled({ side, entry, lev, qty, contract = 'linear' }: Terms, brackets: readonly Bracket[]) {
  const table = tableOf(contract, brackets);
  const own = { side, entry, contract, symbol: 'LAW', ...(lev && { lev }), ...(qty && { qty }) };
  return [own, table] as const;
}

describe('laws of one position', () => {
  it('more margin moves the price away', () => {
    let met = 0;
    const law = fc.property(fullTerms, units(1, 1_000_000, 6), ({ terms, brackets }, extra) => {
      const [own, table] = tabled(terms, brackets);
      const before = boundOf(own, table);
      const after = boundOf({ ...own, addMargin: extra }, table);
      expect(!before && after).toBeFalsy();
      if (!before || !after) return;
      met++;
      expect(roomTo(after, terms.entry).isAbove(roomTo(before, terms.entry))).toBe(true);
    });
    fc.assert(law, RUNS);
    expect(met).toBeGreaterThan(runs(1000));
  });

  it('more leverage moves it nearer', () => {
    let met = 0;
    const law = fc.property(fullTerms, units(1, 500, 2), ({ terms, brackets }, more) => {
      const [own, table] = tabled(terms, brackets);
      const before = boundOf(own, table);
      const after = boundOf({ ...own, lev: terms.lev.plus(more) }, table);
      expect(before && !after).toBeFalsy();
      if (!before || !after) return;
      met++;
      expect(roomTo(after, terms.entry).isBelow(roomTo(before, terms.entry))).toBe(true);
    });
    fc.assert(law, RUNS);
    expect(met).toBeGreaterThan(runs(1000));
  });

  it('size, margin, amounts and brackets scaled together change no price', () => {
    let met = 0;
    const law = fc.property(fullTerms, units(1, 9999, 3), units(1, 5000, 3), ({ terms, brackets }, by, margin) => {
      const [own, table] = tabled(terms, brackets);
      const larger = brackets.map((each) => ({
        ...each,
        floor: each.floor.times(by),
        amount: each.amount.times(by),
        ...(each.cap && { cap: each.cap.times(by) }),
      }));
      const one = boundOf({ ...own, margin }, table);
      const scaled = { ...own, qty: terms.qty.times(by), margin: margin.times(by) };
      const other = boundOf(scaled, { ...table, brackets: larger });
      expect(one === undefined).toBe(other === undefined);
      if (!one || !other) return;
      met++;
      expect(one.price.compare(other.price)).toBe(0);
    });
    fc.assert(law, RUNS);
    expect(met).toBeGreaterThan(runs(500));
  });

  it('without maintenance long and short mirror each other around the entry', () => {
    const law = fc.property(plainTerms, (terms) => {
      const priced = (side: 'long' | 'short'): Ratio | undefined =>
        boundOf({ ...terms, side, mmr: Ratio.ZERO, lev: terms.lev.plus(Ratio.ONE) })?.price;
      const [long, short] = [priced('long'), priced('short')];
      if (!long || !short) throw new Error('no price above leverage 1');
      const on = (price: Ratio): Ratio => (terms.contract === 'inverse' ? Ratio.ONE.over(price) : price);
      const middle = on(long).plus(on(short)).over(Ratio.of(2n));
      expect(middle.compare(on(terms.entry))).toBe(0);
    });
    fc.assert(law, RUNS);
  });

  it('an inverse position is the linear one of the other side, priced in one over the price', () => {
    let met = 0;
    const law = fc.property(fullTerms, ({ terms, brackets }) => {
      const [inverse, table] = tabled({ ...terms, contract: 'inverse' }, brackets);
      const other = terms.side === 'long' ? 'short' : 'long';
      const linear: Terms = { ...inverse, contract: 'linear', side: other, entry: Ratio.ONE.over(terms.entry) };
      const [one, dual] = [boundOf(inverse, table), boundOf(linear, { ...table, contract: 'linear' })];
      expect(one === undefined).toBe(dual === undefined);
      if (!one || !dual) return;
      met++;
      expect(one.price.times(dual.price).compare(Ratio.ONE)).toBe(0);
      expect(one.danger).not.toBe(dual.danger);
    });
    fc.assert(law, RUNS);
    expect(met).toBeGreaterThan(runs(1000));
  });

  it('the tick moves a price to the safe side, by less than a tick', () => {
    const law = fc.property(fullTerms, units(1, 5000, 3), ({ terms, brackets }, tick) => {
      const [own, table] = tabled(terms, brackets);
      const { outcome, position, reference } = assess(own, table);
      const bound = outcome.kind === 'never' ? undefined : outcome.bound;
      if (!bound) return;
      const moved = tickedPrice(outcome, reference, tick);
      if (!moved) {
        expect(tick.isAbove(outcome.kind === 'at' ? roomTo(bound, reference) : bound.price)).toBe(true);
        return;
      }
      if (outcome.kind === 'at') expect(roomTo({ ...bound, price: moved }, reference).sign()).toBe(1);
      const steps = moved.over(tick).reduced();
      expect(steps.denominator).toBe(1n);
      const way = bound.danger === 'below' ? moved.minus(bound.price) : bound.price.minus(moved);
      expect(way.sign()).toBeGreaterThanOrEqual(0);
      expect(way.isBelow(tick)).toBe(true);
      expect(equityAt(position, moved).compare(totalMaintenanceAt(position, moved))).toBe(way.sign());
    });
    fc.assert(law, RUNS);
  });
});

describe('laws of brackets', () => {
  it('maintenance does not jump at an edge', () => {
    let met = 0;
    const law = fc.property(tables, (brackets) => {
      brackets.forEach(({ cap, rate, amount }, index) => {
        const next = brackets[index + 1];
        if (!cap || !next) return;
        met++;
        const [below, above] = [rate.times(cap).minus(amount), next.rate.times(cap).minus(next.amount)];
        expect(below.compare(above)).toBe(0);
      });
    });
    fc.assert(law, RUNS);
    expect(met).toBeGreaterThan(runs(1000));
  });

  it('maintenance is the maximum over the brackets', () => {
    const law = fc.property(fullTerms, units(1, 10_000_000, 3), ({ terms, brackets }, price) => {
      const [own, table] = tabled(terms, brackets);
      const { position } = assess(own, table);
      const value = terms.contract === 'inverse' ? terms.qty.over(price) : terms.qty.times(price);
      const all = brackets.map(({ rate, amount }) => rate.times(value).minus(amount));
      const most = all.reduce((a, b) => (a.isBelow(b) ? b : a));
      expect(maintenanceAt(position, price).compare(most)).toBe(0);
    });
    fc.assert(law, RUNS);
  });
});

describe('decimal.js as a second arithmetic', () => {
  const Wide = AnyDecimal.clone({ precision: 100, rounding: AnyDecimal.ROUND_HALF_EVEN });

  it('agrees with the closed forms at any number of decimals', () => {
    let met = 0;
    const law = fc.property(plainTerms, fc.integer({ min: 0, max: 30 }), (terms, decimals) => {
      const wide = (ratio: Ratio): AnyDecimal =>
        new Wide(ratio.numerator.toString()).div(new Wide(ratio.denominator.toString()));
      const [entry, lev, rate, size] = [wide(terms.entry), wide(terms.lev), wide(terms.mmr), wide(terms.qty)];
      const isLong = terms.side === 'long';
      const signed = new Wide(isLong ? 1 : -1);
      let price: AnyDecimal;
      if (terms.contract === 'linear') {
        const top = size.times(entry).times(lev).minus(signed.times(size).times(entry));
        price = top.div(size.times(lev).times(new Wide(1).minus(signed.times(rate))));
      } else {
        const top = size
          .times(entry)
          .times(lev)
          .times(new Wide(1).plus(signed.times(rate)));
        const bottom = size.times(lev.plus(signed));
        if (bottom.lessThanOrEqualTo(0)) return;
        price = top.div(bottom);
      }
      if (price.lessThanOrEqualTo(0)) return;
      met++;
      const expected = price.toDecimalPlaces(decimals, AnyDecimal.ROUND_HALF_EVEN).toFixed();
      expect(boundOf(terms)?.price.toText(decimals)).toBe(expected);
    });
    fc.assert(law, RUNS);
    expect(met).toBeGreaterThan(runs(1500));
  });
});
