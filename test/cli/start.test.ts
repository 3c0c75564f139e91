import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const POSITION = ['long', '--entry', '30000', '--lev', '10', '--mmr', '0.5'];

/** The files of dist/cli that a call loads. */
function chunksOf(args: readonly string[]): string[] {
  const code = `
    const fs = require('node:fs');
    const { readFileSync } = fs;
    const read = [];
    fs.readFileSync = (file, ...more) => (read.push(file), readFileSync(file, ...more));
    require('./dist/cli/main.js').main(process.argv.slice(1)).then((code) => {
      process.exitCode = code;
      process.stderr.write(read.join('\\n'));
    });`;
  const { stderr, status } = spawnSync(process.execPath, ['-e', code, '--', ...args], { encoding: 'utf8' });
  expect(status).toBe(0);
  return stderr.split('\n').flatMap((line) => /\/dist\/cli\/(.*)$/.exec(line)?.[1] ?? []);
}

describe('the start', () => {
  it('comes as plain JavaScript, nothing compiled beside it', () => {
    const names = readdirSync('dist/cli');
    expect(names).toContain('main.js');
    expect(names.filter((name) => !name.endsWith('.js'))).toEqual(['package.json']);
  });

  it('has chunks that each load alone', () => {
    const chunks = readdirSync('dist/cli').filter((name) => name.endsWith('.js'));
    expect(chunks.length).toBeGreaterThan(20);
    const code = `
      const file = require.resolve('./dist/cli/main.js');
      for (const name of process.argv.slice(1)) {
        delete require.cache[file];
        require(file);
        const lacking = Object.entries(require.cache[file].chunk('./' + name)).filter(([, value]) => value === undefined);
        if (lacking.length > 0) console.log(name, lacking);
      }`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', code, ...chunks], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it.each([
    'batch examples/book.json',
    'check examples/account.json',
    'help batch',
    'long -e 1 -l 2 --mmr 1 --explain',
  ])('is the same with a Node that lacks what Node does not promise: %s', (line) => {
    const code = `
        const { prototype, _extensions } = module.constructor;
        const compile = prototype._compile;
        delete prototype._compile;
        _extensions['.js'] = (each, file) => compile.call(each, require('fs').readFileSync(file, 'utf8'), file);
        require('./dist/cli/main.js').main(process.argv.slice(1)).then((code) => (process.exitCode = code));`;
    const options = { encoding: 'utf8', env: { LANG: 'C.UTF-8', PATH: process.env['PATH'] } } as const;
    const args = line.split(' ');
    const lacking = spawnSync(process.execPath, ['-e', code, '--', ...args], options);
    const usual = spawnSync(process.execPath, ['bin/liqcalc.js', ...args], options);
    const { stdout, stderr, status } = usual;
    expect(lacking).toMatchObject({ stdout, stderr, status });
    expect(stdout).not.toBe('');
  });

  it.each<[string, readonly string[], RegExp[]]>([
    ['one position', POSITION, []],
    ['one position, one figure', [...POSITION, '--only', 'outcome'], []],
    ['a symbol', ['long', 'BTCUSDT', '--entry', '30000', '--lev', '10', '--qty', '1'], [/^table-layers-/]],
    ['help', ['--help'], [/^program-help-/]],
  ])('loads what it needs and nothing else: %s', (_, args, expected) => {
    const names = chunksOf(args);
    const parts = names.filter((name) => name.startsWith('chunk-'));
    expect(names.filter((name) => name !== 'main.js' && !parts.includes(name))).toEqual(
      expected.map((each) => expect.stringMatching(each) as unknown),
    );
    if (expected.length === 0) expect(parts).toEqual([]);
  });

  it.each<[string, readonly string[], number]>([
    ['one position', POSITION, 202],
    ['a stream of some records', ['batch', 'examples/book.json', '--quiet'], 256],
    ['check of one position', ['check', ...POSITION, '--qty', '1', '--quiet'], 351],
    ['an account', ['account', 'examples/account.json', '--quiet'], 327],
  ])('compiles no more than it may, in kB: %s', (_, args, most) => {
    const bytes = chunksOf(args).map((name) => statSync(`dist/cli/${name}`).size);
    expect(bytes.reduce((sum, each) => sum + each, 0) / 1000).toBeLessThan(most);
  });
});
