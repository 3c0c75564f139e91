import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import module from 'node:module';
import { describe, expect, it } from 'vitest';

const ARGUMENTS = ['bin/liqcalc.js', 'long', '--entry', '30000', '--lev', '10', '--mmr', '0.5', '--only'];
const COMPILED = `.js.${process.version}-${process.arch}`;

/** Runs the built program, Node with flags of its own. */
function price(flags: readonly string[], field = 'liquidationPrice'): string {
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, ...ARGUMENTS, field], { encoding: 'utf8' });
  return stdout + stderr;
}

describe('the start', () => {
  it('has what this Node compiled beside the program, where Node keeps nothing itself', () => {
    const kept = readdirSync('dist/cli').filter((name) => name.endsWith(COMPILED));
    expect(kept).toEqual(
      'enableCompileCache' in module ? [] : expect.arrayContaining([expect.stringMatching(/^batch-/)]),
    );
  });

  it('says the same where Node refuses what was compiled, as with other flags', () => {
    expect(price([])).toBe('27135.67839196\n');
    expect(price(['--stack-size=900'])).toBe('27135.67839196\n');
    expect(price(['--max-lazy'])).toBe('27135.67839196\n');
  });

  it('loads no other chunk for one position, and not what checks and explains input', () => {
    const code = `
      require('./dist/cli/main.js').main(process.argv.slice(1)).then((code) => {
        process.exitCode = code;
        process.stderr.write(Object.keys(require.cache).join('\\n'));
      });`;
    const { stderr, status } = spawnSync(process.execPath, ['-e', code, ...ARGUMENTS.slice(1), 'outcome'], {
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stderr.split('\n')).toEqual([expect.stringMatching(/main\.js$/), expect.stringMatching(/chunk-\w+\.js$/)]);
  });
});
