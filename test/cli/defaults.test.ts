import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/check.js';
import { run, type Run } from './run.js';

const POSITION = 'long --entry 30000 --lev 10 --qty 1 --mmr 0.5';
const ACCOUNT = JSON.stringify({
  wallet: '5000',
  positions: [{ symbol: 'X', side: 'long', entry: '100', mark: '100', qty: '1', mmr: '1', lev: '5' }],
});
const ALL = {
  venue: 'okx',
  mmFee: '0.1',
  liqFee: '0.2',
  taker: '0.05',
  callRatio: '90',
  formula: 'exact',
  tick: '0.5',
  alert: '1',
  dp: 3,
  color: 'never',
  csvSafe: true,
};

/** A user's folder whose file has a text. */
function folderOf(text: string): { readonly folder: string; readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'liqcalc-defaults-'));
  mkdirSync(join(folder, 'liqcalc'));
  const path = join(folder, 'liqcalc', '.liqcalc.json');
  writeFileSync(path, text);
  return { folder, path };
}

/** A run with a user's file of defaults. */
async function withFile(text: string, line: string, stdin?: string): Promise<Run & { readonly path: string }> {
  const { folder, path } = folderOf(text);
  const env = { LANG: 'C.UTF-8', XDG_CONFIG_HOME: folder };
  return { ...(await run(line.split(' '), { env, ...(stdin !== undefined && { stdin }) })), path };
}

const withDefaults = (defaults: object, line: string, stdin?: string): ReturnType<typeof withFile> =>
  withFile(JSON.stringify({ defaults }), line, stdin);

describe('a default', () => {
  it('has the effect of its flag, and its name is on stderr', async () => {
    const { stdout, stderr, code, path } = await withDefaults(
      { venue: 'okx', taker: '0.05', tick: '0.1', dp: 2 },
      `${POSITION} --json`,
    );
    const flagged = await run(`${POSITION} --json --venue okx --taker 0.05 --tick 0.1 --dp 2`.split(' '));
    expect({ stdout, code }).toEqual({ stdout: flagged.stdout, code: flagged.code });
    expect(JSON.parse(stdout)).toMatchObject({ venue: 'okx', taker: '0.05' });
    expect(stderr).toBe(`liqcalc: defaults of ${path}: venue okx, taker 0.05, tick 0.1\n${flagged.stderr}`);
  });

  it.each(['-q', '--quiet'])('is not named with %s', async (flag) => {
    expect((await withDefaults({ taker: '0.05' }, `${POSITION} --json ${flag}`)).stderr).toBe('');
  });

  it('of the output is named with -v only', async () => {
    const said = 'dp 2, color never, csv-safe';
    const defaults = { dp: 2, color: 'never', csvSafe: true };
    expect((await withDefaults(defaults, `${POSITION} --json`)).stderr).toBe('');
    const { stderr, path } = await withDefaults(defaults, `${POSITION} --json -v`);
    expect(stderr).toContain(`liqcalc: defaults of ${path}: ${said}\n`);
  });

  it('gives way to a flag, and is then not named', async () => {
    const { stdout, stderr } = await withDefaults({ taker: '0.05' }, `${POSITION} --taker 0.02 --json`);
    expect(JSON.parse(stdout)).toMatchObject({ taker: '0.02' });
    expect(stderr).toBe('');
    const coloured = await withDefaults({ color: 'always' }, `${POSITION} --no-color`);
    expect(coloured.stdout).not.toContain('\u001B');
    expect((await withDefaults({ color: 'always' }, POSITION)).stdout).toContain('\u001B');
  });

  it('is not taken with --no-config, and from another file with --config', async () => {
    expect(await withDefaults({ taker: '0.05' }, `${POSITION} --json --no-config`)).toMatchObject(
      await run(`${POSITION} --json`.split(' ')),
    );
    const other = folderOf('{"defaults":{"taker":"0.07"}}').path;
    const { stdout, stderr } = await withDefaults({ taker: '0.05' }, `${POSITION} --json --config ${other}`);
    expect(JSON.parse(stdout)).toMatchObject({ taker: '0.07' });
    expect(stderr).toBe(`liqcalc: defaults of ${other}: taker 0.07\n`);
  });

  it('of an alert decides the exit code', async () => {
    expect((await withDefaults({ alert: '15' }, `${POSITION} -q`)).code).toBe(1);
    expect((await withDefaults({ alert: '15' }, `${POSITION} -q --alert 5`)).code).toBe(0);
  });

  it('of brackets is a path beside the file', async () => {
    const { folder, path } = folderOf('{"defaults":{"brackets":"tables.json"}}');
    const tables = await run(['brackets', 'show', 'BTCUSDT', '--json']);
    writeFileSync(join(folder, 'liqcalc', 'tables.json'), tables.stdout.replaceAll('BTCUSDT', 'MINEUSDT'));
    const args = 'long MINEUSDT --entry 100 --lev 10 --qty 1 --only bracket'.split(' ');
    expect((await run(args)).code).toBe(2);
    const env = { LANG: 'C.UTF-8', XDG_CONFIG_HOME: folder };
    expect(await run(args, { env })).toMatchObject({ code: 0, stdout: '1\n' });
    expect((await run(args, { env })).stderr).toContain(`liqcalc: defaults of ${path}: brackets tables.json\n`);
  });
});

describe('every command that prices takes what it has flags for', () => {
  it.each([
    [POSITION],
    ['short --entry 30000 --lev 10 --qty 1 --mmr 0.5'],
    ['sweep long --entry 30000 --mmr 0.5 --levs 2,5'],
    ['solve long --entry 30000 --lev 10 --qty 1 --mmr 0.5 --target 25000'],
    ['size long --equity 1000 --risk 1 --entry 30000 --stop 29000 --lev 5 --mmr 0.5'],
    ['pnl long --entry 30000 --exit 31000 --qty 1 --lev 10'],
    ['target long --entry 30000 --roi 10 --lev 10 --qty 1'],
    ['max-open long --balance 1000 --entry 30000 --lev 10 --mmr 0.5'],
    ['average long --fill 1@30000 --fill 1@29000 --lev 10 --mmr 0.5'],
    ['compare long --entry 30000 --lev 10 --qty 1 --mmr 0.5'],
    ['funding long --entry 30000 --lev 10 --qty 1 --mmr 0.5 --rate 0.01'],
    ['account -', ACCOUNT],
    ['batch', '{"side":"long","entry":"30000","lev":"10","qty":"1","mmr":"0.5"}\n'],
    ['check long --entry 30000 --lev 10 --qty 1 --mmr 0.5 --fail-on never'],
    ['check - --fail-on never', ACCOUNT],
  ])('%s', async (line, stdin?: string) => {
    const { stderr, code, stdout } = await withDefaults(ALL, `${line} -v`, stdin);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).not.toBe('');
    expect(stderr).toMatch(/^liqcalc: defaults of \S+: /);
  });

  it.each(['help', 'schema input', 'completion bash', 'brackets list', 'long --help', 'long --version'])(
    '%s reads none, even if the file is broken',
    async (line) => {
      expect(await withFile('{', line)).toMatchObject(await run(line.split(' ')));
      expect(await withFile('{', `${line} --no-config`)).toMatchObject({ code: 0 });
    },
  );
});

describe('what an input says itself', () => {
  it('wins in a record of batch', async () => {
    const records = '{"side":"long","entry":"30000","lev":"10","qty":"1","mmr":"0.5","venue":"binance","tick":"1"}\n';
    const { stdout } = await withDefaults({ venue: 'okx', taker: '0.05', tick: '0.5' }, 'batch --fields all', records);
    expect(JSON.parse(stdout)).toMatchObject({ venue: 'binance', liquidationPrice: '27136' });
    expect(stdout).not.toContain('okx');
  });

  it('wins in an account', async () => {
    const account = JSON.stringify({ ...(JSON.parse(ACCOUNT) as object), venue: 'binance' });
    const plain = await run(['account', '--json'], { stdin: account });
    expect((await withDefaults({ venue: 'okx' }, 'account --json', account)).stdout).toBe(plain.stdout);
  });

  it('wins in an API response, whose venue is known', async () => {
    const line = 'account --from binance --wallet 5000 --json';
    const risk =
      '[{"symbol":"BTCUSDT","positionAmt":"0.1","entryPrice":"30000","markPrice":"29000","leverage":"10","marginType":"cross","isolatedMargin":"0","positionSide":"BOTH"}]';
    const plain = await run(line.split(' '), { stdin: risk });
    expect(plain.code).toBe(0);
    expect(await withDefaults({ venue: 'okx' }, line, risk)).toMatchObject(plain);
  });
});

describe('a file', () => {
  it.each([
    ['', 'it is not JSON'],
    ['{"defaults":', 'it is not JSON'],
    ['[]', 'write {"defaults": {...}, "rules": {...}}'],
    ['{"defaults":[]}', 'defaults: "[]" is invalid; write an object of defaults'],
    ['{"defaults":null}', 'write an object of defaults'],
    ['{"defaults":{"taker":"x"}}', 'defaults.taker: "x" is not a plain decimal'],
    ['{"defaults":{"taker":-1}}', 'defaults.taker: '],
    ['{"defaults":{"taker":{}}}', 'defaults.taker: "{}" is invalid; write a number, like 0.5'],
    ['{"defaults":{"taker":null}}', 'defaults.taker: "null" is invalid; write a number, like 0.5'],
    ['{"defaults":{"taker":1,"taker":2}}', 'defaults.taker: this key is given twice'],
    ['{"defaults":{"dp":31}}', 'defaults.dp: '],
    ['{"defaults":{"venue":"bybt"}}', 'did you mean bybit?'],
    ['{"defaults":{"csvSafe":"yes"}}', 'defaults.csvSafe: "yes" is invalid; write true or false'],
    ['{"defaults":{"takr":1}}', 'defaults.takr: unknown name; did you mean taker?'],
    ['{"default":{}}', 'default: unknown name; did you mean defaults?'],
    ['{"taker":1}', 'taker: write it into "defaults"'],
    ['{"defaults":{"entry":1}}', 'defaults.entry: it belongs to one position'],
    ['{"defaults":{"format":"json"}}', 'defaults.format: unknown name'],
    ['{"defaults":{"__proto__":{"taker":"1"}}}', 'defaults.__proto__: unknown name'],
    ['{"__proto__":{"defaults":{}}}', '__proto__: unknown name'],
    ['{"defaults":{"constructor":1,"toString":1}}', 'defaults.toString: unknown name'],
    ...['exec', 'webhook', 'log', 'keyFile', 'key-file', 'record', 'account', 'config'].map((key): [string, string] => [
      `{"defaults":{"${key}":"x"}}`,
      `defaults.${key}: a file may not set it; give it as a flag`,
    ]),
    ['{"exec":"x"}', 'exec: a file may not set it; give it as a flag'],
    [`{"defaults":{"brackets":"${'x'.repeat(1 << 20)}"}}`, 'it is too large'],
    ['{"defaults":{"brackets":"\u0000"}}x', 'it is not JSON'],
  ])('is refused: %s', async (text, words) => {
    const { code, stdout, stderr, path } = await withFile(text, POSITION);
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
    expect(stderr.startsWith(`liqcalc: ${path}`)).toBe(true);
    expect(stderr).toContain(words);
  });

  it('of any depth is refused in words', async () => {
    const deep = `{"defaults":${'['.repeat(200_000)}`;
    expect((await withFile(deep, POSITION)).code).toBe(78);
  });

  it('prints no control character of its own', async () => {
    const { stderr } = await withDefaults({ brackets: '\u001B[31mx\n' }, `${POSITION} --json`);
    expect(stderr).not.toContain('\u001B');
  });

  it('that a flag names must be there and be a file: 66', async () => {
    const { folder } = folderOf('{}');
    for (const path of ['/nowhere/x.json', folder]) {
      expect(await run([...POSITION.split(' '), '--config', path])).toMatchObject({ code: 66, stdout: '' });
    }
  });

  it('that is a folder is not the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'liqcalc-defaults-'));
    mkdirSync(join(folder, 'liqcalc', '.liqcalc.json'), { recursive: true });
    const env = { LANG: 'C.UTF-8', XDG_CONFIG_HOME: folder };
    expect(await run(POSITION.split(' '), { env })).toMatchObject({ code: 0, stderr: '' });
  });

  it('names the rules that it turns off where rules are checked', async () => {
    const text = '{"rules":{"distance":"off","adl":"off"}}';
    const { stderr, path } = await withFile(text, 'check long --entry 30000 --lev 10 --mmr 0.5');
    expect(stderr).toBe(`liqcalc: rules turned off by ${path}: distance, adl\n`);
    expect((await withFile(text, POSITION)).stderr).toBe('');
  });

  it('does not reach the library, whose check reads only the rules of a configuration', () => {
    const config = { defaults: { venue: 'okx', taker: '0.05', mmFee: '1' }, rules: { adl: 'off' } };
    const { findings, off } = check(ACCOUNT, { config });
    const without = check(ACCOUNT, { config: { rules: { adl: 'off' } } });
    expect({ findings, off }).toEqual({ findings: without.findings, off: ['adl'] });
  });
});
