import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInstalled } from './session.js';

const NETWORK = ['net', 'http', 'https', 'http2', 'tls', 'dgram', 'dns', 'dns/promises', 'inspector', 'cluster'];

/** Every built file, with its text. */
const built = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.js'))
  .map((name) => ({ name, text: readFileSync(join('dist', name), 'utf8') }));

/** The files that may open connections: those that `src/live` became, and its door. Only live commands load them. */
const LIVE = /^(cli\/(connect|wire|socket|run|chunk)-\w+|live)\.js$/;

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

describe('no command opens a socket, except those that say so', () => {
  const asks = (text: string): boolean => required(text).some((name) => NETWORK.includes(name));

  it('only the live parts of the program ask for a module of the network, and one door of the library', () => {
    expect(NETWORK.filter((name) => !builtinModules.includes(name))).toEqual([]);
    expect(built.flatMap(({ text }) => required(text))).toEqual(expect.arrayContaining(['fs', 'path', 'https']));
    expect(built.filter(({ name, text }) => asks(text) && !LIVE.test(name)).map(({ name }) => name)).toEqual([]);
    const others = built.filter(({ text }) => !asks(text));
    expect(
      others.filter(({ text }) => /\bfetch\(|\bnew WebSocket\b|\bEventSource\b/.test(text)).map(({ name }) => name),
    ).toEqual([]);
  });

  it('no other command loads such a part', () => {
    const parts = built.filter(({ text }) => asks(text)).map(({ name }) => basename(name));
    expect(parts.length).toBeGreaterThan(0);
    const code = `
      const fs = require('node:fs');
      const { readFileSync } = fs;
      const read = [];
      fs.readFileSync = (file, ...more) => (read.push(String(file)), readFileSync(file, ...more));
      require('./dist/cli/main.js').main(process.argv.slice(1)).then(() => process.stderr.write(read.join('\\n')));`;
    for (const command of COMMANDS) {
      const { stderr } = spawnSync(process.execPath, ['-e', code, '--', ...command], { encoding: 'utf8', input: '' });
      expect(stderr).toContain('dist');
      expect(parts.filter((part) => stderr.includes(part))).toEqual([]);
    }
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
