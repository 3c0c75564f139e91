import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ARGUMENTS = ['bin/liqcalc.js', 'long', '--entry', '30000', '--lev', '10', '--mmr', '0.5', '--only'];

describe('the start', () => {
  it('comes as plain JavaScript, nothing compiled beside it', () => {
    const names = readdirSync('dist/cli');
    expect(names).toContain('main.js');
    expect(names.filter((name) => !name.endsWith('.js'))).toEqual(['package.json']);
  });

  it('has chunks that each load by themselves', () => {
    const chunks = readdirSync('dist/cli').filter((name) => name.endsWith('.js'));
    expect(chunks.length).toBeGreaterThan(20);
    const code = `
      for (const chunk of process.argv.slice(1)) {
        for (const file of Object.keys(require.cache)) delete require.cache[file];
        const lacking = Object.entries(require('./dist/cli/' + chunk)).filter(([, value]) => value === undefined);
        if (lacking.length > 0) console.log(chunk, lacking);
      }`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', code, ...chunks], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
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
    expect(stderr.split('\n')).toEqual([expect.stringMatching(/main\.js$/)]);
  });
});
