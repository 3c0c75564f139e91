import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SEED } from '../seed.js';
import { caseOf, Dice, KINDS, type Case } from '../oracle/cases.js';
import { refusal, state } from '../oracle/position.js';
import { run } from './run.js';

const CASES = 12_000;

/** `max(8, four more than entry was written with)`, counted on the text. */
function decimalsOf(entry: string): number {
  const [mantissa = '', exponent = '0'] = entry.toLowerCase().split('e');
  return Math.max(8, (mantissa.split('.')[1] ?? '').length - Number(exponent) + 4);
}

/** Cases of every kind, each with a table of its own where it has brackets. */
function drawn(): readonly Case[] {
  const dice = new Dice(SEED);
  return Array.from({ length: CASES }, (_, index) => caseOf(KINDS[index % KINDS.length] ?? 'plain', dice));
}

/** Whether a table has no information: its brackets all have one rate. */
const isFlat = ({ steps }: Case): boolean =>
  steps !== undefined && new Set(steps.map(({ rate }) => rate)).size < steps.length;

it('random records of every field mix agree digit for digit with the oracle, in one batch', async () => {
  const cases = drawn().filter((each) => !isFlat(each));
  const tables = cases.flatMap(({ given: { contract = 'linear', multiplier = '1' }, steps }, index) =>
    steps
      ? [
          {
            venue: 'oracle',
            symbol: `T${index}`,
            contract,
            multiplier,
            asOf: '2026-11-22',
            confidence: 'A',
            source: 'random',
            brackets: steps,
          },
        ]
      : [],
  );
  const file = join(mkdtempSync(join(tmpdir(), 'liqcalc-oracle-')), 'tables.json');
  writeFileSync(file, JSON.stringify({ tables }));
  const records = cases.map(({ given, steps }, index) =>
    JSON.stringify({ id: index, ...given, ...(steps && { symbol: `T${index}` }) }),
  );
  const { stdout } = await run(['batch', '--fields', 'all', '--brackets', file, '-q'], {
    stdin: `${records.join('\n')}\n`,
  });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.length).toBe(cases.length);
  const met = { priced: 0, refused: 0, tables: 0 };
  cases.forEach(({ given, steps }, index) => {
    const answered = JSON.parse(lines[index] ?? '') as Record<string, unknown>;
    const told = `${records[index] ?? ''} ${JSON.stringify(steps)}`;
    expect(answered['id']).toBe(index);
    const statement = refusal(given, steps) === undefined ? state(given, steps, decimalsOf(given.entry)) : undefined;
    if (!statement || statement.isTickTooCoarse) {
      if (answered['error'] === undefined) expect.fail(`${told} is not refused`);
      met.refused++;
      return;
    }
    for (const [key, value] of Object.entries(statement.answers)) {
      if (answered[key] !== value)
        expect.fail(`${key} of ${told}: ${String(answered[key])}, the oracle says ${String(value)}`);
    }
    met.priced++;
    if (steps) met.tables++;
  });
  expect(met.priced).toBeGreaterThan(CASES / 2);
  expect(met.refused).toBeGreaterThan(100);
  expect(met.tables).toBeGreaterThan(1000);
});
