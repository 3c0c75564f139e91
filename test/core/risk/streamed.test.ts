import { describe, expect, it } from 'vitest';
import type { AssessedPosition } from '../../../src/core/account.js';
import type { RiskInput, RiskPosition } from '../../../src/core/risk/input.js';
import { judge, longestFinding, verdicts } from '../../../src/core/risk/report.js';
import { drawnStyle } from '../../../src/report/style.js';
import { reportText } from '../../../src/report/text/risk/report-text.js';
import { run } from '../../cli/run.js';
import { accountOf, type Given } from './input.js';

/** A position whose mark is above its entry (mark-deviation), with a leverage that is exceeded if asked for. */
const given = (symbol: string, mark: string, lev?: string): Given => ({
  symbol,
  side: 'long',
  entry: '100',
  qty: '1',
  mmr: '0.01',
  mark,
  ...(lev !== undefined && { lev }),
});

describe('the longest name among the rules that find something', () => {
  it.each<[string, readonly Given[]]>([
    ['of one position', [given('A', '101')]],
    ['of the last position', [given('A', '99'), given('B', '98'), given('C', '101', '1')]],
    ['of the first position', [given('A', '101', '1'), given('B', '99')]],
    ['without findings', [given('A', '100'), given('B', '100')]],
  ])('is that of the report: %s', (_, positions) => {
    for (const wallet of ['1000000', '20']) {
      const input = accountOf(wallet, positions);
      const lengths = judge(input).findings.map(({ rule }) => rule.length);
      expect(longestFinding(input)).toBe(Math.max(0, ...lengths));
    }
  });

  it('leaves out rules that are off', () => {
    const input = accountOf('1000000', [given('A', '101')]);
    expect(longestFinding(input)).toBe('mark-deviation'.length);
    expect(longestFinding(input, { 'mark-deviation': { kind: 'off' } })).toBeLessThan('mark-deviation'.length);
  });
});

it('judges one position more for each that is read, and asks for no other one meanwhile', () => {
  const input = accountOf(
    '1000000',
    Array.from({ length: 50 }, (_, index) => given(`S${index}`, '101')),
  );
  const asked: number[] = [];
  const positions = input.positions.map((each, index): RiskPosition => ({
    ...each,
    get assessed(): AssessedPosition {
      if (asked.at(-1) !== index) asked.push(index);
      return each.assessed;
    },
  }));
  const late: RiskInput = { ...input, positions };
  const checked = {
    input: late,
    echo: [],
    config: undefined,
    longestFinding: () => 14,
    verdicts: () => verdicts(late),
  };
  const pieces = reportText(checked, { ...drawnStyle, give: (datum) => datum, verbosity: 'brief' });
  for (let read = 1; read <= 50; read++) {
    expect(pieces.next().value).toContain(`LONG S${read - 1} 1 @ 100`);
    expect(asked).toEqual(Array.from({ length: read }, (_, index) => index));
  }
});

it('warns once of what several positions have, after the report', async () => {
  const position = (symbol: string): string =>
    `{"symbol":"${symbol}","side":"long","qty":"1","entry":"100","mark":"100","mmr":"0.05"}`;
  const account = `{"wallet":"10000","positions":[${position('A')},${position('B')}]}`;
  const { stderr } = await run(['check', '--format', 'csv'], { stdin: account });
  expect(stderr.match(/^liqcalc: warning: .*0\.05/gm)).toHaveLength(1);
  expect((await run(['check', '-q', '--format', 'csv'], { stdin: account })).stderr).not.toContain('warning');
});

it('refuses a key that may be a slip, also after a position with other keys', async () => {
  const position = (symbol: string, more: string): string =>
    `{"symbol":"${symbol}","side":"long","qty":"1","entry":"100","mark":"100","mmr":"1"${more}}`;
  const accountWith = (...more: string[]): string =>
    `{"wallet":"10000","positions":[${more.map((each, index) => position(`S${index}`, each)).join(',')}]}`;
  const { stderr } = await run(['check'], { stdin: accountWith('', '', ',"stpo":"90"', ',"stpo":"90"') });
  expect(stderr).toContain('positions[2].stpo: unknown name; did you mean stop?');
  expect(stderr).toContain('positions[3].stpo: unknown name; did you mean stop?');
  const { stdout } = await run(['check', '--json'], {
    stdin: accountWith(',"stop":null', ',"stop":"99.5"', ',"stop":null'),
  });
  expect(stdout).toContain('"rule":"stop-missing","severity"');
  expect(stdout).toContain('"rule":"stop-missing","symbol":"S1"');
});
