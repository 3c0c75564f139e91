import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from './run.js';

const FOLDER = 'examples/check';

/** What each section's unhealthy account is found guilty of, beside remarks: written from rules.md, not from a run. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  sizing: [
    'BTCUSDT allocation warn',
    'BTCUSDT max-leverage warn',
    'BTCUSDT funding-size warn',
    'ETHUSDT funding-size warn',
  ],
  leverage: [
    ' event-leverage error',
    'BTCUSDT stop-missing error',
    'BTCUSDT auto-margin warn',
    'BTCUSDT effective-leverage warn',
    'ETHUSDT stop-missing error',
    'ETHUSDT effective-leverage warn',
  ],
  orders: [
    'BTCUSDT stop-before-liquidation error',
    'BTCUSDT stop-market warn',
    'BTCUSDT trailing-activation error',
    'BTCUSDT trigger-price warn',
    'BTCUSDT reduce-only error',
    'XYZUSDT post-only-illiquid warn',
  ],
  funding: [
    'BTCUSDT funding-long warn',
    'BTCUSDT funding-accrual warn',
    'BTCUSDT funding-reversal warn',
    'ETHUSDT funding-short warn',
    'ETHUSDT funding-accrual warn',
  ],
  monitoring: [
    'BTCUSDT distance error',
    'BTCUSDT mark-vs-index warn',
    'BTCUSDT open-interest warn',
    'ETHUSDT distance warn',
  ],
};

/** The rules that a section is about; what else is wrong with its unhealthy account belongs to other sections. */
const ofSection = (section: string): readonly string[] =>
  (SECTIONS[section] ?? []).map((line) => line.split(' ')[1] ?? '');

async function findings(file: string): Promise<{ readonly lines: string[]; readonly code: number }> {
  const { stdout, code } = await run(['check', `${FOLDER}/${file}.json`, '--only', 'symbol,rule,severity', '-q']);
  return { lines: stdout.split('\n').filter((line) => line !== ''), code };
}

it('has a pair for every section', () => {
  const wanted = Object.keys(SECTIONS).flatMap((section) => [`${section}-healthy.json`, `${section}-unhealthy.json`]);
  expect(readdirSync(FOLDER).sort()).toEqual(wanted.sort());
});

describe.each(Object.keys(SECTIONS))('%s', (section) => {
  it('finds nothing but remarks in the healthy account: exit 0, warnings counted', async () => {
    const { lines, code } = await findings(`${section}-healthy`);
    expect(lines.filter((line) => !line.endsWith('\tinfo'))).toEqual([]);
    expect(code).toBe(0);
    expect((await run(['check', `${FOLDER}/${section}-healthy.json`, '--max-warnings', '0'])).code).toBe(0);
  });

  it('finds what is wrong in the unhealthy one: exit 1', async () => {
    const { lines, code } = await findings(`${section}-unhealthy`);
    const own = lines
      .map((line) => line.replaceAll('\t', ' '))
      .filter((line) => ofSection(section).includes(line.split(' ')[1] ?? '') && !line.endsWith(' info'));
    expect(own.sort()).toEqual([...(SECTIONS[section] ?? [])].sort());
    expect(code).toBe(1);
  });
});
