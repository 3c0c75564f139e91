import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import { completionOf } from '../../src/cli/completion.js';
import { shells } from '../../src/cli/shells/index.js';
import { isInstalled, pathWithLiqcalc } from '../session.js';
import { run } from './run.js';

/** What is typed before TAB, and what a shell may put in place of its last word. */
const TYPED: readonly (readonly [line: string, offers: readonly string[]])[] = [
  ['swe', ['sweep']],
  ['max', ['max-open']],
  ['long --ent', ['--entry']],
  ['short BTCUSDT --entry 3 --mar', ['--margin', '--mark']],
  ['long --entry=3 --call', ['--call-ratio']],
  ['long --format ', ['text', 'json', 'ndjson', 'csv', 'markdown', 'svg', 'html']],
  ['sweep long --format ', ['text', 'json', 'ndjson', 'csv', 'markdown', 'vega-lite', 'svg', 'html']],
  ['long --contract in', ['inverse']],
  ['batch --formula art', ['article']],
  ['batch --side ', ['long', 'short']],
  ['long --only liquidationP', ['liquidationPrice']],
  ['batch --fields outcome,bankr', ['outcome,bankruptcyPrice']],
  ['long BNB', ['BNBUSDT']],
  ['long --symbol SOL', ['SOLUSDT']],
  ['solve ', ['long', 'short']],
  ['solve long --for add', ['add-margin']],
  ['average --fill 1@100 ETH', ['ETHUSDT']],
  ['account --from ', ['binance', 'ccxt', 'bitget', 'bybit', 'dydx', 'gate', 'hyperliquid', 'kucoin', 'okx']],
  ['account po', ['positions.json']],
  ['batch first.csv po', ['positions.json']],
  ['long --brackets po', ['positions.json']],
  ['funding long --rates po', ['positions.json']],
  ['stop long --candles po', ['positions.json']],
  ['check lo', ['long']],
  ['check po', ['positions.json']],
  ['check long BNB', ['BNBUSDT']],
  ['check --explain trig', ['trigger-price']],
  ['check --explain trigger-price po', ['positions.json']],
  ['long --explain BNB', ['BNBUSDT']],
  ['brackets ', ['list', 'show', 'validate', 'import', 'remove', 'diff', 'update']],
  ['brackets show BN', ['BNBUSDT']],
  ['brackets import po', ['positions.json']],
  ['brackets diff built-in po', ['positions.json']],
  ['schema inp', ['input']],
  ['completion ', ['bash', 'zsh', 'fish', 'powershell']],
  ['help exit', ['exit-codes']],
  ['long --entry ', []],
  ['schema po', []],
];

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-completion-'));
writeFileSync(join(folder, 'positions.json'), '{}');

function inShell(shell: string, args: readonly string[]): string {
  const env = { PATH: pathWithLiqcalc(), HOME: folder, LANG: 'C.UTF-8', TERM: 'xterm' };
  return execFileSync(shell, args, { cwd: folder, env, encoding: 'utf8', timeout: 60_000 });
}

/** A shell word in single quotes; lines here have no quote inside. */
const quoted = (text: string): string => `'${text}'`;

/** The words of a line as bash gives them to completion: `=` is a word of its own. */
function bashWords(line: string): string[] {
  return `liqcalc ${line}`.split(' ').flatMap((word) => word.split(/(=)/).filter((part) => part !== '' || word === ''));
}

describe('completion', () => {
  it('in bash', () => {
    const steps = TYPED.map(([line]) => {
      const words = bashWords(line);
      return `COMP_WORDS=(${words.map(quoted).join(' ')}); COMP_CWORD=${words.length - 1}; _liqcalc; IFS=' '; echo "\${COMPREPLY[*]}"; unset IFS`;
    });
    const printed = inShell('bash', [
      '--norc',
      '-c',
      `source <(liqcalc completion bash)\ncomplete -p liqcalc\n${steps.join('\n')}`,
    ]);
    const [registered, ...offers] = printed.split('\n');
    expect(registered).toBe('complete -F _liqcalc liqcalc');
    expect(TYPED.map(([line], index) => [line, offers[index]])).toEqual(
      TYPED.map(([line, words]) => [line, words.join(' ')]),
    );
  });

  it('in bash, where a value follows an equals sign', () => {
    const ask = (words: string): string =>
      `source <(liqcalc completion bash); COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _liqcalc; echo "\${COMPREPLY[*]}"`;
    expect(inShell('bash', ['--norc', '-c', ask('liqcalc long --format = js')])).toBe('json\n');
    expect(inShell('bash', ['--norc', '-c', ask('liqcalc long --color =')])).toBe('auto always never\n');
  });

  it('in fish', ({ skip }) => {
    skip(!isInstalled('fish'), 'fish is not installed');
    const steps = TYPED.map(([line]) => `echo '@@'; complete -C ${quoted(`liqcalc ${line}`)} | string split -f1 \\t`);
    const printed = inShell('fish', [
      '--no-config',
      '-c',
      `source (liqcalc completion fish | psub)\n${steps.join('\n')}\ntrue`,
    ]);
    const offers = printed.split('@@\n').slice(1);
    // Fish falls back on letters inside of words where nothing begins with what was typed.
    const prefixOf = (line: string): string => line.split(' ').at(-1) ?? '';
    const starting = (line: string, text = ''): string[] =>
      text.split('\n').filter((word) => word !== '' && word.startsWith(prefixOf(line)));
    expect(TYPED.map(([line], index) => [line, starting(line, offers[index]).sort()])).toEqual(
      TYPED.map(([line, words]) => [line, [...words].sort()]),
    );
  });

  it('in PowerShell', ({ skip }) => {
    skip(!isInstalled('pwsh'), 'pwsh is not installed');
    const steps = TYPED.map(([line]) => {
      const typed = `liqcalc ${line}`;
      return `'@@'; (TabExpansion2 -inputScript ${quoted(typed)} -cursorColumn ${typed.length}).CompletionMatches.CompletionText`;
    });
    const printed = inShell('pwsh', [
      '-NoProfile',
      '-Command',
      `liqcalc completion powershell | Out-String | Invoke-Expression\n${steps.join('\n')}`,
    ]);
    const offers = printed.split('@@\n').slice(1);
    expect(
      TYPED.map(([line], index) => [
        line,
        offers[index]
          ?.split('\n')
          .filter((word) => word !== '')
          .sort(),
      ]),
    ).toEqual(TYPED.map(([line, words]) => [line, [...words].sort()]));
  });

  it('for PowerShell is whole: every command, flag and value, its brackets in pairs, its words in quotes', async () => {
    const { stdout } = await run(['completion', 'powershell']);
    const completion = completionOf(
      await Promise.all(
        Object.entries(commands).map(async ([name, { summary, load }]) => ({
          name,
          summary,
          usage: (await load()).usage,
        })),
      ),
    );
    for (const { name, flags } of completion.commands) {
      expect(stdout).toContain(`    '${name}' = `);
      for (const { spellings, values } of flags) {
        for (const spelling of spellings) {
          expect(stdout).toContain(`'${spelling}'`);
          if (values) expect(stdout).toContain(`    '${name} ${spelling}' = @('`);
        }
      }
    }
    // A quoted word holds no bracket that PowerShell would count.
    const bare = stdout
      .replace(/'(?:[^']|'')*'/g, '')
      .replace(/#.*/g, '')
      .replace(/"[^"]*"/g, '');
    const closing: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };
    const open: string[] = [];
    for (const bracket of bare.match(/[()[\]{}]/g) ?? []) {
      const wanted = closing[bracket];
      if (wanted !== undefined) open.push(wanted);
      else expect(open.pop()).toBe(bracket);
    }
    expect(open).toEqual([]);
    expect(bare).not.toContain("'");
    expect(stdout).toMatch(/^[\n -~]*$/);
  });

  it('in zsh, by pressing TAB', ({ skip }) => {
    skip(!isInstalled('zsh'), 'zsh is not installed');
    const lines = TYPED.filter(([, words]) => words.length <= 1);
    const asks = lines.map(
      ([line]) =>
        `zpty -w -n z ${quoted(`liqcalc ${line}`)}$'\\t'$'\\x18'; zpty -r z out '*>>*'; print -r -- "\${\${out##*<<}%%>>*}"`,
    );
    const inside = [
      'PS1= PS2=; unsetopt zle_bracketed_paste prompt_cr prompt_sp; setopt no_beep no_auto_list',
      'autoload -Uz compinit; compinit -u -D; source <(liqcalc completion zsh)',
      'show() { print -r -- "<<$BUFFER>>"; BUFFER= }; zle -N show; bindkey "^X" show; print RE""ADY',
    ].join('; ');
    const printed = inShell('zsh', [
      '-f',
      '-c',
      `zmodload zsh/zpty; zpty z zsh -f -i; zpty -w z ${quoted(inside)}; zpty -r z out '*READY*'\n${asks.join('\n')}\nzpty -d z`,
    ]);
    // What zsh itself takes away again when a blank follows: the equals sign of a flag, the comma of a list.
    const completed = printed.split('\n').map((line) => line.trimEnd().replace(/[=,]$/, ''));
    expect(lines.map((_, index) => completed[index])).toEqual(
      lines.map(([line, [word]]) => {
        const before = `liqcalc ${line}`.replace(/[^ ]*$/, '');
        return word === undefined ? `liqcalc ${line}`.trimEnd() : `${before}${word}`;
      }),
    );
  });

  it('knows every command and flag in every shell', async () => {
    for (const [shell, prefix] of [
      ['bash', '--'],
      ['zsh', '--'],
      ['fish', '-l '],
    ] as const) {
      const script = (await run(['completion', shell])).stdout;
      for (const [name, { load }] of Object.entries(commands)) {
        expect(script).toContain(name);
        for (const flag of (await load()).usage.flags) expect(script).toContain(`${prefix}${flag.name}`);
      }
    }
  });

  it('knows the flags that take a value, in one command and not in another too', async () => {
    const manuals = await Promise.all(
      Object.entries(commands).map(async ([name, { summary, load }]) => ({ name, summary, ...(await load()) })),
    );
    const { commands: completed, takers } = completionOf(manuals);
    expect(takers).toContain('*:--entry');
    expect(takers.filter((each) => each.endsWith('--explain'))).toEqual(['check:--explain']);
    const bare = completed.flatMap(({ name, flags }) =>
      flags.flatMap(({ values, spellings }) =>
        values ? [] : spellings.flatMap((each) => [`*:${each}`, `${name}:${each}`]),
      ),
    );
    expect(bare.filter((each) => takers.includes(each))).toEqual([]);
  });

  it.each(Object.keys(shells))('is refused with words beside %s', async (shell) => {
    expect(await run(['completion'])).toMatchObject({ code: 2, stdout: '' });
    expect(await run(['completion', `${shell}x`])).toMatchObject({ code: 2, stdout: '' });
    expect((await run(['completion', `${shell}x`])).stderr).toContain(shell);
    expect(await run(['completion', shell, 'more'])).toMatchObject({ code: 2, stdout: '' });
  });
});
