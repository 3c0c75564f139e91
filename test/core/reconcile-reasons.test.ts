import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessAccount, type AccountAssessment, type AccountPosition } from '../../src/core/account.js';
import type { Terms } from '../../src/core/position.js';
import { Ratio } from '../../src/core/ratio.js';
import { discrepancies, type Discrepancy, type ReportedPosition } from '../../src/core/reconcile.js';
import type { Reason, ReportedValue } from '../../src/core/reconcile-reasons.js';
import { ratioOf, statements, totalProfit, type Habit, type Holding, type Statement } from '../oracle/exchange.js';
import { add, order, rounded, subtract, type Rational } from '../oracle/rational.js';

const exact = ({ n, d }: Rational): Ratio => Ratio.of(n, d);

/** Our view of an account with some holdings. */
function assessed(wallet: Rational, holdings: readonly Holding[]): AccountAssessment {
  const positions = holdings.map((each): AccountPosition => {
    const { symbol, side, qty, entry, mark, rate } = each;
    const numbers = { qty, entry, mark, mmr: rate };
    const values = Object.entries(numbers).map(([key, value]) => [key, exact(value)]);
    const terms = { side, symbol, wallet: Ratio.ZERO, ...Object.fromEntries(values) } as unknown as Terms;
    return { name: symbol, terms, mode: 'cross', formula: 'exact', beta: Ratio.ONE };
  });
  return assessAccount({ wallet: exact(wallet), positions });
}

/** A figure as an exchange prints it, with eight decimals. */
function printed(value: Rational): ReportedValue {
  return { value: Ratio.from(rounded(value, 8)), decimals: 8 };
}

function reported({ price, maintenance, profit }: Statement): ReportedPosition {
  return {
    price: price ? printed(price) : 'none',
    maintenance: printed(maintenance),
    profit: printed(profit),
  };
}

/** What is found between our account and the statements of an exchange, by symbol. */
function compared(
  wallet: Rational,
  holdings: readonly Holding[],
  said: ReadonlyMap<string, Statement>,
  change: (of: ReportedPosition, statement: Statement) => ReportedPosition = (each) => each,
): ReadonlyMap<string, Discrepancy> {
  const of = assessed(wallet, holdings);
  const positions = holdings.map(({ symbol }) => {
    const statement = said.get(symbol) as Statement;
    return change(reported(statement), statement);
  });
  const found = discrepancies(of, { positions });
  return new Map(found.map((each) => [holdings[each.index ?? -1]?.symbol ?? 'account', each]));
}

/** A holding on a symbol: 0.3 to 3 % of maintenance, a mark within a tenth of the entry. */
const holdingOf = (symbol: string): fc.Arbitrary<Holding> =>
  fc
    .record({
      side: fc.constantFrom('long' as const, 'short' as const),
      qty: fc.integer({ min: 100, max: 900 }),
      entry: fc.integer({ min: 10_000, max: 90_000 }),
      move: fc.integer({ min: -100, max: 100 }).filter((move) => Math.abs(move) > 20),
      rate: fc.integer({ min: 30, max: 300 }),
    })
    .map(({ side, qty, entry, move, rate }) => ({
      symbol,
      side,
      qty: ratioOf(qty, 100),
      entry: ratioOf(entry, 100),
      mark: ratioOf(entry * (1000 + move), 100_000),
      rate: ratioOf(rate, 10_000),
    }));

/** One to four holdings with a wallet of 400 to 900, less than any of them is worth at first but enough to live. */
const accounts = (least = 1): fc.Arbitrary<{ readonly wallet: Rational; readonly holdings: readonly Holding[] }> =>
  fc.record({
    wallet: fc.integer({ min: 4000, max: 9000 }).map((tenths) => ratioOf(tenths, 10)),
    holdings: fc
      .integer({ min: least, max: 4 })
      .chain((count) => fc.tuple(...['A', 'B', 'C', 'D'].slice(0, count).map(holdingOf))),
  });

const kinds = ({ reasons }: Discrepancy): readonly string[] => reasons.map(({ kind }) => kind);
const reasonOf = <K extends Reason['kind']>(of: Discrepancy, kind: K): Extract<Reason, { kind: K }> =>
  of.reasons.find((each) => each.kind === kind) as Extract<Reason, { kind: K }>;
const near = (one: Ratio, other: Ratio): boolean =>
  !one
    .minus(other)
    .abs()
    .isAbove(other.abs().times(Ratio.from('0.002')));
/** Those whose price differs, and that the exchange has a price of. */
const priced = (found: ReadonlyMap<string, Discrepancy>): readonly Discrepancy[] =>
  [...found.values()].filter(({ differences: [first] }) => first?.figure === 'liquidationPrice' && first.reported);

/** Checks every random account; some must have differed, or nothing was tried. */
function always<T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => number): void {
  let tried = 0;
  fc.assert(
    fc.property(arbitrary, (value) => {
      tried += check(value);
    }),
    { numRuns: 60 },
  );
  expect(tried).toBeGreaterThan(20);
}

describe('an exchange that counts', () => {
  it('as we do agrees', () => {
    always(accounts(), ({ wallet, holdings }) => {
      expect([...compared(wallet, holdings, statements(holdings, { wallet }))]).toEqual([]);
      return 1;
    });
  });

  it('by another table is known by its maintenance, which is named', () => {
    const factors = fc.integer({ min: 105, max: 250 }).map((percent) => ratioOf(percent, 100));
    always(fc.tuple(accounts(), factors), ([{ wallet, holdings }, rateFactor]) => {
      const said = statements(holdings, { wallet, rateFactor });
      const found = compared(wallet, holdings, said);
      expect([...found.keys()]).toEqual(holdings.map(({ symbol }) => symbol));
      for (const [symbol, each] of found) {
        expect(kinds(each)[0]).toBe('brackets');
        const { maintenance } = reasonOf(each, 'brackets');
        expect(maintenance?.toText(8)).toBe(rounded((said.get(symbol) as Statement).maintenance, 8));
      }
      return found.size;
    });
  });

  it('with the maintenance of the mark at every price is known by its prices', () => {
    always(accounts(), ({ wallet, holdings }) => {
      const found = priced(compared(wallet, holdings, statements(holdings, { wallet, isHeld: true })));
      for (const each of found) expect(kinds(each)[0]).toBe('heldAtMark');
      return found.length;
    });
  });

  it('with a fee in the maintenance is known by its prices, whether it prints the fee or not', () => {
    const fees = fc.constantFrom(35, 50, 60, 75, 100).map((millionths) => ratioOf(millionths, 100_000));
    always(fc.tuple(accounts(), fees), ([{ wallet, holdings }, fee]) => {
      const said = statements(holdings, { wallet, fee });
      const hidden = compared(wallet, holdings, said, ({ price }) => ({ price }) as ReportedPosition);
      for (const [symbol, each] of hidden) {
        if (!priced(new Map([[symbol, each]])).length) continue;
        // By chance the same price may also be that of a maintenance fixed at the mark.
        expect(kinds(each)).toContain('fee');
        expect(reasonOf(each, 'fee').fee.compare(exact(fee))).toBe(0);
      }
      const kept = compared(wallet, holdings, said);
      for (const each of kept.values()) {
        expect(kinds(each)[0]).toBe('brackets');
        expect(kinds(each)).toContain('fee');
        expect(reasonOf(each, 'fee').fee.compare(exact(fee))).toBe(0);
      }
      return priced(hidden).length;
    });
  });

  it('profit in another way is known by its prices: within the wallet, or not at all', () => {
    always(fc.tuple(accounts(), fc.boolean()), ([{ wallet, holdings }, isWithin]) => {
      const profit = totalProfit(holdings);
      const theirs = isWithin ? subtract(wallet, profit) : add(wallet, profit);
      const found = priced(compared(wallet, holdings, statements(holdings, { wallet: theirs })));
      for (const each of found) {
        expect(kinds(each)).toContain('pnlInCollateral');
        const { profit: counted, wallet: fitting } = reasonOf(each, 'pnlInCollateral');
        expect([counted.compare(exact(profit)), fitting.compare(exact(theirs))]).toEqual([0, 0]);
      }
      return found.length;
    });
  });

  it('a leg that we do not have is known by the symbol that stands apart', () => {
    const legs = fc.record({ share: fc.integer({ min: 20, max: 60 }), move: fc.integer({ min: 3, max: 9 }) });
    always(fc.tuple(accounts(4), legs), ([{ wallet, holdings }, { share, move }]) => {
      const [first] = holdings as readonly [Holding];
      const { qty, mark } = first;
      const leg: Holding = {
        ...first,
        side: first.side === 'long' ? 'short' : 'long',
        qty: { n: qty.n * BigInt(share), d: qty.d * 100n },
        entry: { n: mark.n * BigInt(100 + move), d: mark.d * 100n },
      };
      const found = compared(wallet, holdings, statements([...holdings, leg], { wallet }));
      const others = priced(new Map([...found].filter(([symbol]) => symbol !== 'A')));
      const own = found.get('A');
      // The others show it if their prices differ by more than the ticks that they are rounded to.
      if (others.length < 3 || !own || priced(new Map([['A', own]])).length === 0) return 0;
      for (const each of others) expect(kinds(each)).toContain('wallet');
      // If another wallet explains its price, too, it does not stand apart.
      if (kinds(own).includes('wallet')) return 0;
      expect(kinds(own)).toContain('leg');
      return 1;
    });
  });

  it('another wallet is named', () => {
    const gaps = fc.integer({ min: -2500, max: 2500 }).filter((gap) => Math.abs(gap) > 300);
    always(fc.tuple(accounts(), gaps), ([{ wallet, holdings }, gap]) => {
      const theirs = add(wallet, ratioOf(gap, 10));
      const found = priced(compared(wallet, holdings, statements(holdings, { wallet: theirs })));
      for (const each of found) {
        expect(kinds(each)).toContain('wallet');
        expect(near(reasonOf(each, 'wallet').wallet, exact(theirs))).toBe(true);
      }
      return found.length;
    });
  });
});

describe('figures without prices', () => {
  const habit: Habit = { wallet: ratioOf(500) };

  it('a different profit points to a leg', () => {
    always(accounts(), ({ wallet, holdings }) => {
      const said = statements(holdings, { ...habit, wallet });
      const found = compared(wallet, holdings, said, (_, { profit }) => ({ profit: printed(add(profit, ratioOf(7))) }));
      expect(found.size).toBe(holdings.length);
      for (const [symbol, each] of found) {
        expect(each.differences.map(({ figure }) => figure)).toEqual(['unrealizedPnl']);
        const { profit } = said.get(symbol) as Statement;
        const leg = reasonOf(each, 'leg');
        expect('profit' in leg && [leg.profit.toText(8), leg.ours.toText(8)]).toEqual([
          rounded(add(profit, ratioOf(7)), 8),
          rounded(profit, 8),
        ]);
      }
      return found.size;
    });
  });

  it('the margin ratio of the account points to profit in the collateral, or to another wallet', () => {
    always(accounts(), ({ wallet, holdings }) => {
      const of = assessed(wallet, holdings);
      const profit = totalProfit(holdings);
      const equity = add(wallet, profit);
      const maintenance = exactMaintenance(holdings);
      if (order(equity, ratioOf(0)) <= 0) return 0;
      const reasonsBy = (theirs: Rational): readonly Reason[] => {
        const marginRatio: ReportedValue = { value: exact(maintenance).over(exact(theirs)), decimals: 30 };
        const [found] = discrepancies(of, { account: { marginRatio }, positions: [] });
        expect(found?.index).toBe(undefined);
        return found?.reasons ?? [];
      };
      expect(reasonsBy(equity)).toEqual([]);
      // Less than a tenth of a percent between both would be one figure.
      const isSeen = order(multiplied(profit, 100n), equity) > 0 || order(multiplied(profit, -100n), equity) > 0;
      if (!isSeen || order(wallet, { n: 0n, d: 1n }) <= 0) return 0;
      const [first] = reasonsBy(wallet);
      expect(first?.kind).toBe('pnlInCollateral');
      expect(first?.kind === 'pnlInCollateral' && first.wallet.compare(exact(subtract(wallet, profit)))).toBe(0);
      const [last] = reasonsBy(add(equity, ratioOf(1234))).slice(-1);
      expect(last?.kind).toBe('wallet');
      expect(last?.kind === 'wallet' && near(last.wallet, exact(add(wallet, ratioOf(1234))))).toBe(true);
      return 1;
    });
  });

  it('a margin ratio is reported if ours is undefined: equity is not positive', () => {
    const qty = ratioOf(1);
    const lost = {
      symbol: 'A',
      side: 'long',
      qty,
      entry: ratioOf(100),
      mark: ratioOf(90),
      rate: ratioOf(1, 100),
    } as const;
    const marginRatio: ReportedValue = { value: Ratio.from('1.5'), decimals: 1 };
    const found = discrepancies(assessed(ratioOf(5), [lost]), { account: { marginRatio }, positions: [] });
    // 0.9 of maintenance over 1.5 is an equity of 0.6.
    expect(found).toMatchObject([{ differences: [{ figure: 'marginRatio' }], reasons: [{ kind: 'wallet' }] }]);
    expect(found[0] && reasonOf(found[0], 'wallet').wallet.toText(8)).toBe('10.6');
  });

  it('an account without cross positions has no margin ratio', () => {
    const of = assessAccount({ wallet: Ratio.ZERO, positions: [] });
    const marginRatio: ReportedValue = { value: Ratio.ONE, decimals: 0 };
    expect(discrepancies(of, { account: { marginRatio }, positions: [] })).toEqual([]);
  });
});

const multiplied = ({ n, d }: Rational, by: bigint): Rational => ({ n: n * by, d });

function exactMaintenance(holdings: readonly Holding[]): Rational {
  return holdings
    .map(({ qty, mark, rate }) => ({ n: qty.n * mark.n * rate.n, d: qty.d * mark.d * rate.d }))
    .reduce(add);
}
