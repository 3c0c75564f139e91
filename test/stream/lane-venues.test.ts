import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runForBytes } from '../cli/run.js';

/** Records of every venue, each with and without its own. */
const own = readFileSync('test/fuzz/corpus/batch/venues.ndjson', 'utf8');
const without = own.replaceAll(/"venue":"[^"]*",/g, '');

it.each([
  ['of the records', own, []],
  ['of the records before a flag', own, ['--venue', 'gate']],
  ...['okx', 'bybit', 'bitget', 'kucoin', 'hyperliquid-2023'].map(
    (venue) => [`of a flag: ${venue}`, without, ['--venue', venue]] as const,
  ),
] as const)('the fast lane writes the same bytes for the venue %s', async (_, stdin, flags) => {
  const written = async (lane: string): Promise<readonly unknown[]> => {
    const env = { LANG: 'C.UTF-8', LIQCALC_LANE: lane };
    const { stdout, stderr, code } = await runForBytes(['batch', '--fields', 'all', ...flags], { stdin, env });
    return [stdout.toString(), stderr, code];
  };
  const [on, off] = [await written('on'), await written('off')];
  expect(on).toEqual(off);
  expect(String(on[0])).toContain('"rule":');
});
