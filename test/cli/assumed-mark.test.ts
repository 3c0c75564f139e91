import { describe, expect, it } from 'vitest';
import { run, type Run } from './run.js';

const cli = (line: string): Promise<Run> => run(line.split(' '));
const WARNING =
  'liqcalc: warning: no mark price was given for BTCUSDT: the entry 60000 is used as its mark; give mark=PRICE\n';

describe('a position of flags without a mark', () => {
  it('has its entry as mark, and a warning reports it', async () => {
    const line = 'account --wallet 10000 --pos long:BTCUSDT:1@60000,mmr=0.5 --only mark,liquidationPrice,warnings';
    // 10000 + (p - 60000) = 0.005 p
    expect(await cli(line)).toEqual({ stdout: '60000\t50251.25628141\t["MARK_ASSUMED"]\n', stderr: WARNING, code: 0 });
  });

  it('has the mark of the other leg of its symbol, in any spelling and order', async () => {
    for (const legs of [
      '--pos long:BTC-USDT:2@60000,mmr=0.5 --pos short:BTCUSDT:1@61000,mark=59000,mmr=0.5',
      '--pos short:BTCUSDT:1@61000,markPrice=59000,mmr=0.5 --pos long:btc_usdt:2@60000,mmr=0.5',
    ]) {
      const { stdout, stderr } = await cli(`account --wallet 10000 ${legs} --only liquidationPrice,warnings`);
      // 10000 + 2 (p - 60000) + (61000 - p) = 0.005 x 3 p
      expect(stdout).toBe('49746.1928934\t\n'.repeat(2));
      expect(stderr).toBe('');
    }
  });

  it('shares the entry of the first leg if neither has a mark', async () => {
    const legs = '--pos long:BTCUSDT:2@60000,mmr=0.5 --pos short:BTCUSDT:1@61000,mmr=0.5';
    const { stdout, stderr } = await cli(`account --wallet 10000 ${legs} --only mark,liquidationPrice`);
    expect(stdout).toBe('60000\t49746.1928934\n'.repeat(2));
    expect(stderr).toBe(WARNING);
  });

  it('that is isolated does not need a mark', async () => {
    const { stdout, stderr } = await cli(
      'account --pos long:X:1@100,mode=isolated,lev=10,mmr=1 --only mark,liquidationPrice',
    );
    expect({ stdout, stderr }).toEqual({ stdout: '\t90.90909091\n', stderr: '' });
  });

  it('in check, and one that is added', async () => {
    const checked = await cli('check --wallet 100000 --pos long:BTCUSDT:1@60000,mmr=0.5');
    expect(checked.stdout).toContain('LONG BTCUSDT 1 @ 60000 cross, mark 60000');
    expect(checked.stderr).toContain(WARNING);
    const added = await cli('account examples/account.json --add long:SOLUSDT:100@60,mmr=1 --json');
    expect(added.stdout).toMatch(/"symbol":"SOLUSDT",.*"mark":"60",.*"warnings":\["MARK_ASSUMED"\]/);
    const compared = await cli('account examples/account.json --add long:SOLUSDT:100@60,mmr=1');
    expect(compared.stderr).toContain('no mark price was given for SOLUSDT: the entry 60 is used as its mark');
    const known = await cli('account examples/account.json --add long:ETHUSDT:1@1300 --json');
    expect(known.stdout).not.toContain('MARK_ASSUMED');
  });

  it('whose entry is invalid is refused for that', async () => {
    const { stderr, code } = await cli('account --wallet 100 --pos long:X:1@sixty,mmr=1');
    expect(code).toBe(2);
    expect(stderr).toContain('"sixty" is not a plain decimal');
  });
});

it('a file must still give marks', async () => {
  const stdin = '{"wallet":100,"positions":[{"symbol":"X","side":"long","qty":1,"entry":100,"mmr":1}]}';
  const { stderr, code } = await run(['account'], { stdin });
  expect(code).toBe(65);
  expect(stderr).toContain('mark price is missing; give mark');
});
