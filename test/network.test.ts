import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInstalled } from './session.js';

const NETWORK = ['net', 'http', 'https', 'http2', 'tls', 'dgram', 'dns', 'dns/promises', 'inspector', 'cluster'];

const built = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.js'))
  .map((name) => readFileSync(join('dist', name), 'utf8'));

/** The modules of Node that a built text asks for by name. */
function required(text: string): string[] {
  const found = [
    ...text.matchAll(/(?:\brequire|\bimport|getBuiltinModule)\(\s*["'`]([^"'`]+)["'`]|\bfrom\s*["']([^"']+)["']/g),
  ];
  return found.map(([, one, other]) => (one ?? other ?? '').replace(/^node:/, ''));
}

const COMMANDS: readonly (readonly string[])[] = [
  ['long', 'BTCUSDT', '--entry', '60000', '--lev', '20', '--qty', '0.5', '--explain'],
  ['batch', 'examples/positions.ndjson'],
  ['account', 'examples/account.json'],
  ['sweep', 'long', '--entry', '30000', '--mmr', '0.5'],
  ['solve', 'long', '--entry', '30000', '--mmr', '0.5', '--target', '27000', '--lev', '10'],
  ['size', 'long', '--equity', '10000', '--risk', '1', '--entry', '30000', '--stop', '29400', '--mmr', '0.5'],
  ['average', '--fill', '1@100', '--fill', '1@200'],
  ['compare', 'long', '--entry', '30000', '--lev', '10', '--mmr', '0.5'],
  ['funding', 'long', '--entry', '30000', '--lev', '10', '--qty', '1', '--mmr', '0.5', '--rate', '0.01'],
  ['brackets', 'list'],
  ['brackets', 'validate', 'examples/tables.json'],
  ['schema', 'input'],
  ['completion', 'bash'],
  ['help', 'exit-codes'],
];

describe('no command opens a socket', () => {
  it('nothing that is built asks for a module of the network', () => {
    const all = built.flatMap(required);
    expect(all).toEqual(expect.arrayContaining(['fs', 'path']));
    expect(NETWORK.filter((name) => !builtinModules.includes(name))).toEqual([]);
    expect(all.filter((name) => NETWORK.includes(name))).toEqual([]);
    expect(built.filter((text) => /\bfetch\(|\bWebSocket\b|\bEventSource\b/.test(text))).toEqual([]);
  });

  it.for(COMMANDS)('liqcalc %s answers alike where there is no network', (command, { skip }) => {
    const inside = ['-rn', process.execPath, 'bin/liqcalc.js', ...command];
    const isPossible = isInstalled('unshare') && spawnSync('unshare', ['-rn', 'true']).status === 0;
    skip(!isPossible, 'this system lets nobody leave its network');
    const outside = spawnSync(process.execPath, ['bin/liqcalc.js', ...command], { encoding: 'utf8', input: '' });
    const alone = spawnSync('unshare', inside, { encoding: 'utf8', input: '' });
    expect([alone.status, alone.stdout, alone.stderr]).toEqual([outside.status, outside.stdout, outside.stderr]);
    expect(alone.stdout).not.toBe('');
  });

  it('not even a system call for one is made', ({ skip }) => {
    skip(!isInstalled('strace'), 'strace is not installed');
    for (const command of COMMANDS) {
      const { stderr } = spawnSync(
        'strace',
        ['-f', '-qq', '-e', 'trace=socket,connect', process.execPath, 'bin/liqcalc.js', ...command],
        { encoding: 'utf8', input: '' },
      );
      expect(stderr.split('\n').filter((line) => /\b(socket|connect)\(/.test(line))).toEqual([]);
    }
  });
});
