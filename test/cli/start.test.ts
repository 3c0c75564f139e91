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
    expect(kept).toHaveLength('enableCompileCache' in module ? 0 : 1);
  });

  it('says the same where Node refuses what was compiled, as with other flags', () => {
    expect(price([])).toBe('27135.67839196\n');
    expect(price(['--stack-size=900'])).toBe('27135.67839196\n');
    expect(price(['--max-lazy'])).toBe('27135.67839196\n');
  });

  it('loads no other chunk for one position, and not what checks and explains input', () => {
    const code = `
      const module = require('node:module');
      const load = module._load;
      module._load = (name, ...rest) => { process.stderr.write(name + '\\n'); return load(name, ...rest); };
      require('./dist/cli/main.js').main(process.argv.slice(1)).then((code) => (process.exitCode = code));`;
    const { stderr, status } = spawnSync(process.execPath, ['-e', code, ...ARGUMENTS.slice(1), 'outcome'], {
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stderr.split('\n').filter((name) => name.startsWith('./') && !name.startsWith('./dist'))).toHaveLength(1);
  });
});
