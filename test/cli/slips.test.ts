import { describe, expect, it } from 'vitest';
import { run } from './run.js';

const warnings = (text: string): string[] =>
  text.split('\n').flatMap((line) => /^(?:liqcalc: warning: |Warning +)(.*)/.exec(line)?.[1] ?? []);
const low = (what: string, percent: string, meant: string): string =>
  `${what} of ${percent} % is very low: did you mean ${meant}?`;

const HIGH = 'leverage 500x is above 200x, the most that exchanges usually allow';
const thousands = (flag: string): string => `--${flag}: 60.000 is read as 60; did you mean 60000?`;

describe('slips of flags are warned of, once', () => {
  const rate = low('a maintenance rate', '0.05', '5');
  const fee = low('a trading fee', '0.0005', '0.05');
  it.each([
    ['long --entry 100 --lev 10 --mmr 0.05 --taker 0.0005 --alert 0.05', [rate, fee, low('an alert', '0.05', '5')]],
    ['sweep long --entry 100 --mmr 0.05 --levs 2,3', [rate]],
    [
      'solve long --entry 100 --lev 5 --qty 1 --mmr 0.05 --taker 0.0005 --target-distance 0.1',
      [rate, fee, low('a target distance', '0.1', '10'), HIGH.replace('500x', '666x')],
    ],
    [
      'size long --entry 100 --mmr 0.05 --taker 0.0005 --equity 9 --risk 0.01 --stop 99',
      [rate, fee, low('a risk', '0.01', '1')],
    ],
    ['size long --entry 100 --mmr 1 --lev 2 --equity 9 --allocate 0.5', [low('an allocation', '0.5', '50')]],
    ['pnl long --entry 100 --exit 101 --qty 1 --taker 0.0005', [fee]],
    ['target long --entry 100 --lev 2 --roi 0.5 --taker 0.0005', [fee, low('a return', '0.5', '50')]],
    ['max-open long --entry 100 --lev 2 --balance 9 --taker 0.0005', [fee]],
    ['funding long --entry 100 --lev 2 --mmr 1 --rate 0.0001 --intervals 1', [low('a funding rate', '0.0001', '0.01')]],
    ['compare long --entry 100 --lev 2 --mmr 0.05', [rate]],
    ['long --entry 100 --lev 500 --mmr 0.1', [HIGH]],
    ['long --entry 100 --lev 200 --mmr 0.1', []],
    ['long --entry 60.000 --lev 2 --mmr 1 --mark 60.000', [thousands('entry'), thousands('mark')]],
    ['long --entry 60.00 --lev 2 --mmr 1 --mark 60.001 --qty 1.000', []],
    ['average --fill 1@60.000 --fill=-1@61000', [thousands('fill')]],
    ['account --wallet 60.000 --pos long:X:1@60.000,mark=60,mmr=1', [thousands('wallet'), thousands('pos')]],
    ['check long --entry 100 --lev 2 --mmr 0.05 --taker 0.0005', [rate, fee]],
    [
      'account --wallet 9 --pos long:X:1@100,mark=100,mmr=0.05 --need margin-ratio=0.8',
      [low('a margin ratio', '0.8', '80'), rate],
    ],
  ])('%s', async (line, expected) => {
    const { stdout, stderr } = await run(line.split(' '));
    const lines = [...warnings(stderr), ...warnings(stdout)];
    expect([...lines].sort()).toEqual([...expected].sort());
  });

  it('as codes in JSON, each once, and in words on stderr unless an answer has them', async () => {
    const single =
      'solve long --entry 100 --lev 5 --qty 1 --mmr 0.05 --taker 0.0005 --target 90 --for lev --alert 0.1 --json';
    const { stdout, stderr } = await run(single.split(' '));
    expect((JSON.parse(stdout) as { warnings: string[] }).warnings).toEqual(['LOW_RATE']);
    expect(stdout.match(/"warnings"/g)).toHaveLength(1);
    expect(stderr).toBe('liqcalc: warning: an alert of 0.1 % is very low: did you mean 10?\n');
    const rows = await run('sweep long --entry 100 --mmr 0.05 --levs 2 --alert 0.1 --format ndjson'.split(' '));
    expect(rows.stdout.match(/"warnings"/g)).toHaveLength(1);
  });

  it('not with --quiet', async () => {
    const { stderr } = await run('pnl long --entry 100 --exit 1 --qty 1 --taker 0.0005 -q'.split(' '));
    expect(stderr).toBe('');
  });
});

describe('slips of records are warned of, each kind once, with the fast lane and without', () => {
  const good = '{"side":"long","entry":"100","lev":"10","mmr":"0.5"}';
  const slips = [
    ['"mmFee":"0.0006"', low('a fee counted into maintenance', '0.0006', '0.06')],
    ['"liqFee":"0.0125"', low('a liquidation fee', '0.0125', '1.25')],
    ['"taker":"0.0005"', low('a trading fee', '0.0005', '0.05')],
    ['"callRatio":"0.8"', low('a margin-call ratio', '0.8', '80')],
    [
      '"mark":"1000"',
      'the mark 1000 and the entry 100 differ by a factor of 10 or more: is there a wrong digit or a misplaced decimal point?',
    ],
    ['"lev":"200.5"', 'leverage 200.5x is above 200x, the most that exchanges usually allow'],
  ] as const;
  const record = (more: string): string =>
    more.startsWith('"lev"') ? good.replace('"lev":"10"', more) : good.replace('}', `,${more}}`);

  it.each(['on', 'off'])('lane %s', async (lane) => {
    const env = { LANG: 'C.UTF-8', LIQCALC_LANE: lane };
    // After limits that are not reached, and twice.
    const fine = [
      '"mmFee":"0.005"',
      '"liqFee":"0.02"',
      '"taker":"0"',
      '"callRatio":"2"',
      '"mark":"999.9"',
      '"lev":"200"',
    ].map(record);
    const each = slips.map(([more]) => record(more));
    const stdin = `${[good, good, ...fine, ...each, ...each, record('"mark":"9"')].join('\n')}\n`;
    const { stderr, code } = await run(['batch'], { stdin, env });
    expect([code, warnings(stderr)]).toEqual([0, slips.map(([, said]) => said)]);
  });

  it('of flags that are defaults, once', async () => {
    const { stderr } = await run(['batch', '--call-ratio', '0.8', '--alert', '0.1'], { stdin: `${good}\n${good}\n` });
    expect(warnings(stderr)).toEqual([low('a margin-call ratio', '0.8', '80'), low('an alert', '0.1', '10')]);
  });
});
