import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../src/cli/commands/index.js';
import { EXIT_CODES } from '../src/cli/exit-codes.js';
import { RESULT_LIST } from '../src/formats/results.js';
import { isInstalled } from './session.js';

const { man } = JSON.parse(readFileSync('package.json', 'utf8')) as { man: [string] };
const [page] = man;

describe('the manual page', () => {
  it('is clean for mandoc', ({ skip }) => {
    skip(!isInstalled('mandoc'), 'mandoc is not installed');
    const { stdout, stderr } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', page], { encoding: 'utf8' });
    expect(stdout + stderr).toBe('');
  });

  it('has every command, flag, result and exit code', async ({ skip }) => {
    skip(!isInstalled('mandoc'), 'mandoc is not installed');
    const shown = execFileSync('mandoc', ['-T', 'ascii', '-O', 'width=200', page], { encoding: 'utf8' });
    const words = new Set(shown.replace(/.[\b]/g, '').split(/[\s,]+/));
    for (const [name, { load }] of Object.entries(commands)) {
      const { flags } = (await load()).usage;
      const all = [
        name,
        ...flags.flatMap((flag) => [`--${flag.name}`, ...(flag.short === undefined ? [] : [`-${flag.short}`])]),
      ];
      expect(all.filter((word) => !words.has(word))).toEqual([]);
    }
    const others = [...RESULT_LIST.map(([key]) => key), ...Object.values(EXIT_CODES).map(({ code }) => String(code))];
    expect(others.filter((word) => !words.has(word))).toEqual([]);
  });
});
