import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runForBytes } from '../cli/run.js';

const line = fc.oneof(
  fc
    .record({
      id: fc.nat(),
      side: fc.constantFrom('long', 'short', 'flat'),
      entry: fc.integer({ min: 0, max: 90_000 }).map(String),
      lev: fc.integer({ min: 1, max: 125 }),
      mmr: fc.constantFrom(0.05, 0.5, '1%'),
    })
    .map((record) => JSON.stringify(record)),
  fc.constantFrom('', '{"broken":', 'null', '{"symbol":"BTCUSDT","side":"long","entry":"60000","qty":"1","lev":20}'),
);

it('partitions of lines, empty ones and ones without a last line end among them, join to the same bytes', async () => {
  const argv = ['batch', '--input', 'ndjson', '-q'];
  const partitions = fc.array(fc.tuple(fc.array(line, { maxLength: 6 }), fc.boolean()), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(partitions, async (parts) => {
      const all = parts.flatMap(([lines]) => lines.map((text) => `${text}\n`)).join('');
      const whole = await runForBytes(argv, { stdin: all });
      const joined: Buffer[] = [];
      for (const [lines, isEnded] of parts) {
        const stdin = lines.join('\n') + (isEnded && lines.length > 0 ? '\n' : '');
        joined.push((await runForBytes(argv, { stdin })).stdout);
      }
      expect(Buffer.concat(joined).toString()).toBe(whole.stdout.toString());
    }),
    { numRuns: 150 },
  );
});
