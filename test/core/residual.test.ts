import { describe, expect, it } from 'vitest';
import { assess } from '../../src/core/assessment.js';
import { bracketIndex, bracketsFrom, type BracketTable } from '../../src/core/brackets.js';
import { contracts, type Contract, type ContractName } from '../../src/core/contracts/index.js';
import { evaluate, parseExpression } from '../../src/core/expression.js';
import { bankruptcy, marginCall } from '../../src/core/health.js';
import { safeRange, type Outcome, type Pool } from '../../src/core/liquidation.js';
import { maintenanceAt, profitAt, valueAt, type Leg, type Side } from '../../src/core/leg.js';
import { equityAt, totalMaintenanceAt } from '../../src/core/position.js';
import { Ratio } from '../../src/core/ratio.js';

/** Brackets whose edges lie at values that positions of any contract may have. */
const ROWS = [
  { floor: '0', cap: '1000', rate: '0.004', amount: undefined },
  { floor: '1000', cap: '2500', rate: '0.0065', amount: undefined },
  { floor: '2500', cap: '2501', rate: '0.0333', amount: undefined },
  { floor: '2501', cap: '90000', rate: '0.0333', amount: undefined },
  { floor: '90000', cap: undefined, rate: '0.1667', amount: undefined },
] as const;
const BRACKETS = bracketsFrom(ROWS, 'edges');
const EDGES = ['1000', '2500', '2501', '90000'].map((text) => Ratio.from(text));
const NUDGES = { 'just below': '0.999999999', on: '1', 'just above': '1.000000001' } as const;
const LEVERAGES = ['1', '1.5', '2', '3', '7', '10', '20', '33.3', '50', '75', '100', '125'];
const SIDES: readonly Side[] = ['long', 'short'];
const NAMES = Object.keys(contracts) as ContractName[];

function tableOf(contract: ContractName): BracketTable {
  const origin = { venue: 'test', symbol: 'EDGES', asOf: '2026-11-22', confidence: 'A', source: 'test' } as const;
  return { ...origin, contract, multiplier: Ratio.ONE, brackets: BRACKETS };
}

/** Maintenance of a value, from the rows: the amount is what the steps below it have held back. */
function heldAt(value: Ratio): Ratio {
  return ROWS.reduce((held, { floor, cap, rate }) => {
    const top = cap === undefined ? value : value.min(Ratio.from(cap));
    const within = top.minus(Ratio.from(floor)).max(Ratio.ZERO);
    return held.plus(within.times(Ratio.from(rate)));
  }, Ratio.ZERO);
}

/**
 * The quantity whose liquidation at a leverage lies exactly where its value is `edge`: with `v` the value at entry,
 * `v / lev + way (edge - v) = maintenance(edge)`, `way` +1 where the value grows as the position earns.
 */
function quantityFor(contract: Contract, side: Side, lev: Ratio, entry: Ratio, edge: Ratio): Ratio | undefined {
  const isGrowing = (side === 'long') === (contract.longSlope === 1);
  const way = isGrowing ? Ratio.ONE : Ratio.ONE.negated();
  const share = Ratio.ONE.over(lev).minus(way);
  if (share.sign() === 0) return undefined;
  const atEntry = heldAt(edge).minus(way.times(edge)).over(share);
  const worth = valueAt({ contract, size: contract.sizeOf(Ratio.ONE, Ratio.ONE) }, entry);
  return atEntry.sign() > 0 ? atEntry.over(worth) : undefined;
}

const priceOf = (outcome: Outcome): Ratio | undefined => (outcome.kind === 'never' ? undefined : outcome.bound?.price);

describe.each(NAMES)('put the price of a position back: %s', (name) => {
  const contract: Contract = contracts[name];
  const entry = Ratio.from('123.4567');

  describe.each(SIDES)('%s', (side) => {
    it.each(Object.entries(NUDGES))('%s each bracket edge, at each leverage', (_where, factor) => {
      let met = 0;
      for (const lev of LEVERAGES) {
        EDGES.forEach((edge, index) => {
          const exact = quantityFor(contract, side, Ratio.from(lev), entry, edge);
          if (!exact) return;
          const terms = { side, entry, lev: Ratio.from(lev), qty: exact.times(Ratio.from(factor)), symbol: 'EDGES' };
          const { position, price, outcome } = assess(terms, tableOf(name));
          if (!price) throw new Error(`${side} at ${lev}x has no price: ${outcome.kind}`);
          expect(equityAt(position, price).compare(totalMaintenanceAt(position, price))).toBe(0);
          expect(totalMaintenanceAt(position, price).compare(heldAt(valueAt(position, price)))).toBe(0);
          const past = Ratio.from(factor).compare(Ratio.ONE);
          expect(valueAt(position, price).compare(edge)).toBe(past);
          expect(bracketIndex(BRACKETS, valueAt(position, price))).toBe(past > 0 ? index + 1 : index);
          met++;
        });
      }
      expect(met).toBeGreaterThan(EDGES.length * (LEVERAGES.length - 3));
    });

    it('margin call and bankruptcy price too', () => {
      for (const lev of LEVERAGES.slice(1)) {
        for (const qty of ['0.01', '9', '700', '800000']) {
          const terms = { side, entry, lev: Ratio.from(lev), qty: Ratio.from(qty), callRatio: Ratio.from('0.7') };
          const { position } = assess({ ...terms, symbol: 'EDGES' }, tableOf(name));
          const call = priceOf(marginCall(position));
          const ruin = priceOf(bankruptcy(position));
          if (!call || !ruin) throw new Error(`${side} at ${lev}x has no price`);
          const part = equityAt(position, call).times(Ratio.from('0.7'));
          expect(part.compare(totalMaintenanceAt(position, call))).toBe(0);
          expect(equityAt(position, ruin).sign()).toBe(0);
          const isOrdered = side === 'long' ? call.isAbove(ruin) : call.isBelow(ruin);
          expect(isOrdered).toBe(true);
        }
      }
    });

    it('the formulas that are shown give the same price and the same two sides', () => {
      for (const [lev, rate, amount, fee] of [
        ['10', '0.005', '0', '0'],
        ['3.5', '0.02', '1.25', '0.0006'],
      ] as const) {
        const worth = valueAt({ contract, size: contract.sizeOf(Ratio.ONE, Ratio.ONE) }, entry);
        const own = {
          mmr: Ratio.from(rate),
          cum: Ratio.from(amount).times(worth),
          mmFee: Ratio.from(fee),
          contract: name,
        };
        const { position, price } = assess({ side, entry, lev: Ratio.from(lev), qty: Ratio.from('40'), ...own });
        if (!price) throw new Error('no price');
        const margin = valueAt(position, entry).over(Ratio.from(lev));
        const sign = side === 'long' ? Ratio.ONE : Ratio.ONE.negated();
        const size = { q: position.size, N: position.size };
        const rest = { E: entry, C: margin, r: own.mmr, a: own.cum, f: own.mmFee, s: sign, p: price };
        const shown = (formula: string): Ratio => {
          const value = evaluate(parseExpression(formula), { ...size, ...rest });
          if (!value) throw new Error(`${formula} divides by zero`);
          return value;
        };
        expect(shown(contract.formulas[side]).compare(price)).toBe(0);
        expect(shown(contract.formulas.equity).compare(equityAt(position, price))).toBe(0);
        expect(shown(contract.formulas.maintenance).compare(maintenanceAt(position, price))).toBe(0);
        expect(equityAt(position, price).compare(maintenanceAt(position, price))).toBe(0);
      }
    });
  });

  it('both legs of a hedge: at each end of the safe range, and between them there is room', () => {
    const leg = (side: Side, size: string, at: string): Leg => {
      const quantity = contract.sizeOf(Ratio.from(size), Ratio.ONE);
      const fee = Ratio.from('0.0005');
      return { side, contract, size: quantity, entry: Ratio.from(at), brackets: BRACKETS, fee, fixed: Ratio.ZERO };
    };
    const worth = valueAt({ contract, size: contract.sizeOf(Ratio.ONE, Ratio.ONE) }, entry);
    let ends = 0;
    for (const [long, short] of [
      ['400', '400'],
      ['400', '390'],
      ['7', '9'],
      ['6000', '1'],
    ] as const) {
      const legs = [leg('long', long, '123.4567'), leg('short', short, '130')];
      const equity = worth.times(Ratio.from('60'));
      const pool: Pool = { legs, equity, maintenance: worth.times(Ratio.from('2')) };
      const surplus = (price: Ratio): Ratio =>
        legs.reduce(
          (left, each) => left.plus(profitAt(each, price)).minus(maintenanceAt(each, price)),
          pool.equity.minus(pool.maintenance),
        );
      const range = safeRange(pool);
      if (range.kind === 'nowhere') throw new Error('no price is safe');
      for (const end of [range.below, range.above]) {
        if (!end) continue;
        expect(surplus(end).sign()).toBe(0);
        ends++;
      }
      const low = range.below ?? Ratio.ZERO;
      const high = range.above ?? low.plus(Ratio.ONE);
      expect(surplus(low.plus(high).over(Ratio.of(2n))).sign()).toBe(1);
    }
    expect(ends).toBeGreaterThan(3);
  });
});

describe.each(NAMES)('what a contract promises: %s', (name) => {
  const contract: Contract = contracts[name];
  const prices = ['0.0004', '1', '123.4567', '98765'].map((text) => Ratio.from(text));
  const [low, high] = [Ratio.from('100'), Ratio.from('101')];

  it('its coordinate leads back', () => {
    for (const price of prices) {
      expect(contract.coordinate(contract.coordinate(price)).compare(price)).toBe(0);
    }
  });

  it('a long earns when the price rises, a short when it falls', () => {
    const leg = { contract, size: Ratio.from('3'), entry: low, brackets: BRACKETS, fee: Ratio.ZERO };
    expect(profitAt({ ...leg, side: 'long' }, high).sign()).toBe(1);
    expect(profitAt({ ...leg, side: 'short' }, high).sign()).toBe(-1);
    expect(profitAt({ ...leg, side: 'long', entry: high }, low).sign()).toBe(-1);
    expect(profitAt({ ...leg, side: 'short', entry: high }, low).sign()).toBe(1);
  });

  it('value in the margin asset and notional in quote are one', () => {
    const size = contract.sizeOf(Ratio.from('8'), Ratio.from('25'));
    for (const price of prices) {
      const value = valueAt({ contract, size }, price);
      const inQuote = contract.marginAsset === 'quote' ? value : value.times(price);
      expect(inQuote.compare(contract.notional(size, price))).toBe(0);
    }
  });

  it('a quantity from a notional is worth that notional', () => {
    for (const price of prices) {
      const quantity = contract.quantityOf(Ratio.from('1234.5'), price, Ratio.from('10'));
      const size = contract.sizeOf(quantity, Ratio.from('10'));
      expect(contract.notional(size, price).compare(Ratio.from('1234.5'))).toBe(0);
    }
  });
});

it('sees every contract type', () => {
  expect(NAMES.length).toBeGreaterThanOrEqual(2);
});
