import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ajv from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { watchEvents } from '../../src/schema/watch.js';
import { readRecording } from '../../src/live/replay.js';
import { run } from '../cli/run.js';
import { crashRecording } from './crash.js';

const PATH = 'examples/crash.ndjson';

describe('a replay', () => {
  it('plays the crash of the examples, which these tests made', async () => {
    const recorded = await crashRecording();
    if (process.env['LIQCALC_ACCEPT'] === '1') writeFileSync(PATH, recorded);
    expect(readFileSync(PATH, 'utf8')).toBe(recorded);
    expect(recorded).not.toMatch(/fakekey|fakesecret|signature|listenkeylistenkey/);
  });

  it('prints the same bytes each time', async () => {
    const [first, second] = [await run(['watch', '--replay', PATH]), await run(['watch', '--replay', PATH])];
    expect(first.stderr).toBe('');
    expect(first.code).toBe(0);
    expect(first.stdout).toBe(second.stdout);
    expect(first.stdout.split('\n').length).toBeGreaterThan(80);
  });

  it('prints events of the schema', async () => {
    const { stdout } = await run(['watch', '--replay', PATH]);
    const validate = new ajv.default({ strict: false }).compile(watchEvents());
    const types = new Set<string>();
    for (const line of stdout.trimEnd().split('\n')) {
      const event = JSON.parse(line) as { type: string };
      types.add(event.type);
      expect([validate(event), validate.errors, line.slice(0, 200)]).toEqual([true, null, line.slice(0, 200)]);
    }
    expect([...types]).toEqual(
      expect.arrayContaining([
        'start',
        'status',
        'snapshot',
        'account',
        'alert',
        'clear',
        'fill',
        'gap',
        'stale',
        'fresh',
        'marginCall',
        'position',
        'end',
      ]),
    );
  });

  it('reads a recording that was cut off, and refuses any other file', async () => {
    const text = readFileSync(PATH, 'utf8');
    expect(readRecording(text.slice(0, -40)).lines.length).toBeGreaterThan(100);
    expect(() => readRecording('{"a":1}\n')).toThrow(/not a recording/);
    const refused = await run(['watch', '--replay', 'examples/account.json']);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
  });

  it('says that a recording is cut off, and ends with 65', async () => {
    const text = readFileSync(PATH, 'utf8');
    const folder = mkdtempSync(join(tmpdir(), 'liqcalc-replay-'));
    try {
      for (const [end, code] of [
        [20_000, 65],
        [text.length - 1, 65],
        [text.length, 0],
      ] as const) {
        const path = join(folder, `${end}.ndjson`);
        writeFileSync(path, text.slice(0, end));
        const replayed = await run(['watch', '--replay', path]);
        const words = `liqcalc: ${path} is cut off in its last line: the session went on, but its rest is missing\n`;
        expect([replayed.stderr, replayed.code]).toEqual([code === 0 ? '' : words, code]);
        expect(replayed.stdout.trimEnd().split('\n').at(-1)).toContain('"type":"end"');
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('ends at the first alert with --until alert, exit 1', async () => {
    const { code, stdout } = await run(['watch', '--replay', PATH, '--until', 'alert', '--alert', '5']);
    expect(code).toBe(1);
    expect(stdout.trimEnd().split('\n').at(-1)).toContain('"type":"end"');
  });
});
