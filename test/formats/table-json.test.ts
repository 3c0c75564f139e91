import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bracketsFrom, figureText, type BracketTable } from '../../src/core/brackets.js';
import { Ratio } from '../../src/core/ratio.js';
import { tablesJson } from '../../src/formats/table-json.js';
import { readBracketFile } from '../../src/formats/venues/index.js';

const decimal = (places: number): fc.Arbitrary<string> =>
  fc.bigInt({ min: 1n, max: 10n ** 12n }).map((digits) => Ratio.of(digits, 10n ** BigInt(places)).toText(places));

/** Steps that make a table: how much a cap lies above the one before, and how much a rate is above the one before. */
const steps = fc.array(
  fc.record({
    width: fc.integer({ min: 0, max: 8 }).chain(decimal),
    rise: fc.integer({ min: 0, max: 40 }).map((thousandths) => Ratio.of(BigInt(thousandths), 1000n)),
    third: fc.boolean(),
    maxLeverage: fc.option(fc.integer({ min: 1, max: 2 }).map(String), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 8 },
);

const table = fc
  .record({
    steps,
    isUnlimited: fc.boolean(),
    venue: fc.constantFrom('binance', 'okx', 'mine'),
    source: fc.string(),
    contract: fc.constantFrom('linear' as const, 'inverse' as const),
    multiplier: decimal(3),
    asOf: fc.constantFrom('2021', '2024-02', '2024-02-29'),
    confidence: fc.constantFrom('A' as const, 'B' as const, 'C' as const),
    note: fc.constantFrom('AMOUNTS_REBUILT' as const, 'AMOUNTS_REPAIRED' as const, undefined),
  })
  .map(({ steps: each, isUnlimited, note, multiplier, venue, source, ...head }): BracketTable => {
    let [cap, rate] = [Ratio.ZERO, Ratio.ZERO];
    const rows = each.map(({ width, rise, third, maxLeverage }, index) => {
      const floor = cap;
      cap = cap.plus(Ratio.from(width));
      rate = rate.plus(rise).plus(third ? Ratio.of(1n, 3000n) : Ratio.ZERO);
      const isLast = isUnlimited && index === each.length - 1;
      return {
        floor: floor.toText(20),
        cap: isLast ? undefined : cap.toText(20),
        rate: figureText(rate),
        amount: undefined,
        maxLeverage,
      };
    });
    return {
      ...head,
      symbol: 'ABCUSDT',
      venue,
      source: plain(source),
      multiplier: Ratio.from(multiplier),
      ...(note && venue !== 'okx' && { notes: [note] }),
      brackets: bracketsFrom(rows, 'test', venue === 'okx' ? 'whole' : 'marginal'),
    };
  });

/** Words as tables keep them: control characters and blanks at the ends are lost when a file is read. */
function plain(words: string): string {
  return words.replace(/[^a-z "\\/{}:,]/gi, '').trim();
}

const comparable = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each: unknown) => (each instanceof Ratio ? figureText(each) : each)));

it('our JSON out and in again gives the same table', () => {
  fc.assert(
    fc.property(table, (original) => {
      const origin = { name: 'never', asOf: () => 'never', dating: 'never' };
      const file = readBracketFile(tablesJson([original]), origin);
      expect(file.kind === 'tables' && file.tables.map(({ read }) => comparable(read()))).toEqual([
        comparable(original),
      ]);
    }),
    { numRuns: 500 },
  );
});

it('a file has one table a line', () => {
  const [first, second] = fc.sample(table, { numRuns: 2 });
  if (!first || !second) throw new Error('no tables');
  expect(tablesJson([first, { ...second, symbol: 'DEFUSDT' }]).split('\n')).toHaveLength(5);
  expect(tablesJson([])).toBe('{"tables":[]}\n');
});
