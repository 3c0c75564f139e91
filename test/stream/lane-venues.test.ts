import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { venues } from '../../src/core/venues/index.js';
import { run, runForBytes, type Run } from '../cli/run.js';
import { answeredByGeneralPath } from './random-streams.js';

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

describe('the fast lane under the rule of a flag', () => {
  const SIDES = ['long', 'short'];
  const FIELDS = [
    { lev: '10', mmr: '0.5' },
    { lev: '20', mmr: '0.5', qty: '2', cum: '3', mark: '29950' },
    { margin: '1500.5', qty: '0.5', mmr: '0.65', taker: '0.04' },
    { margin: '1500.5', notional: '12000', mmr: '0.65', liqFee: '1.5', mmFee: '0.06' },
    { wallet: '2500', qty: '0.5', mmr: '0.4', othersMm: '3.5', othersPnl: '-7' },
    { lev: '15', qty: '0.3', addMargin: '12.5', mmr: '1', symbol: 'XYZUSDT' },
    { lev: '15', qty: '0.3', symbol: 'BTCUSDT' },
    { lev: '15', qty: '3', mmr: '1', contract: 'inverse' },
  ];
  const records = Array.from({ length: 4 }, () =>
    SIDES.flatMap((side) => FIELDS.map((fields) => `${JSON.stringify({ side, entry: '30000.5', ...fields })}\n`)),
  ).flat();

  it.each(Object.keys(venues))('%s: the same bytes and words', async (venue) => {
    const written = (lane: string): Promise<Run> =>
      run(['batch', '--venue', venue, '--dp', '12'], { stdin: records.join(''), env: { LIQCALC_LANE: lane } });
    expect(await written('on')).toEqual(await written('off'));
  });

  // Of these rules the lane takes all records of a linear position with its own rate.
  it.each(['okx', 'gate', 'bitget-2025', 'dydx', 'hyperliquid'])('%s: most records are taken', async (venue) => {
    const plain = records.filter((record) => /"mmr"/.test(record) && !/"inverse"/.test(record));
    const left = await answeredByGeneralPath(plain.join(''), { defaults: [['venue', venue]] });
    // The first record, and those that are the first with a kind of warning.
    expect(left).toBeLessThanOrEqual(6);
  });
});
