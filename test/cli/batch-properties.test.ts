import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess, type LiqcalcError, type Position, type PositionResults } from '../../src/index.js';
import { run, runForBytes } from './run.js';

const decimal = (most: number): fc.Arbitrary<string> =>
  fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 0, max: 4 })).map(([digits, scale]) => {
    const text = String(digits).padStart(scale + 1, '0');
    return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
  });

/** Records whose fields go together: isolated or cross, linear or inverse, own rates or a table's. */
const sound: fc.Arbitrary<Record<string, string>> = fc
  .tuple(
    fc.record({ side: fc.constantFrom('long', 'short'), entry: decimal(90_000_000), lev: decimal(150) }),
    fc.oneof(
      fc.record({ mmr: decimal(500) }),
      fc.record({ mmr: decimal(500), cum: decimal(1000), qty: decimal(1000), mmFee: decimal(10) }),
      fc.record({ symbol: fc.constantFrom('BTCUSDT', 'btc/usdt:usdt', 'BTCUSD_PERP'), qty: decimal(1000) }),
      fc.record({ mmr: decimal(500), contract: fc.constant('inverse'), notional: decimal(100_000) }),
    ),
    fc.oneof(
      fc.constant({}),
      fc.record({ margin: decimal(10_000_000), qty: decimal(1000) }),
      fc.record({ wallet: decimal(10_000_000), qty: decimal(1000), othersMm: decimal(1000), othersPnl: decimal(1000) }),
    ),
    fc.record(
      { mark: decimal(90_000_000), liqFee: decimal(10), tick: fc.constantFrom('0.1', '0.5') },
      { requiredKeys: [] },
    ),
  )
  .map(([terms, rates, collateral, rest]) => {
    const { qty, ...others }: { qty?: string } = collateral;
    return { ...terms, ...rates, ...others, ...rest, ...(qty !== undefined && !('notional' in rates) && { qty }) };
  });

/** Records of every mix of fields. */
const wild: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    side: fc.constantFrom('long', 'short', 'LONG'),
    entry: decimal(90_000_000),
    lev: decimal(150),
    mmr: decimal(500),
    margin: decimal(90_000_000),
    addMargin: decimal(1000).map((text) => `-${text}`),
    qty: decimal(100_000),
    notional: decimal(100_000_000),
    cum: decimal(10_000),
    mark: decimal(90_000_000),
    wallet: decimal(90_000_000),
    othersMm: decimal(1000),
    othersPnl: decimal(1000).map((text) => `-${text}`),
    mmFee: decimal(10),
    liqFee: decimal(10),
    callRatio: decimal(100),
    tick: fc.constantFrom('0.1', '0.5', '10'),
    symbol: fc.constantFrom('BTCUSDT', 'btc/usdt:usdt', 'BTCUSD_PERP', 'XYZUSDT'),
    contract: fc.constantFrom('linear', 'inverse'),
    formula: fc.constantFrom('exact', 'simple', 'article'),
    note: fc.string({ unit: 'grapheme', maxLength: 5 }),
  },
  { requiredKeys: ['side', 'entry', 'lev', 'mmr'] },
);

const record = fc.oneof(sound, sound, wild);

/** Lines that may stand in a stream: records, records that lost or changed a character, anything. */
const line: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: record.map((fields) => JSON.stringify(fields)) },
  fc.tuple(record, fc.nat(), fc.constantFrom('', '"', '{', '}', '\\', '0', ',', 'é')).map(([fields, at, put]) => {
    const text = JSON.stringify(fields);
    const place = at % text.length;
    return text.slice(0, place) + put + text.slice(place + 1);
  }),
  fc.json({ maxDepth: 2 }).map((json) => json.replace(/[\r\n]/g, ' ')),
  fc.constantFrom(
    '{"__proto__":null,"constructor":{"prototype":1}}',
    '{"toString":1}',
    'NaN',
    '-',
    '\u0000',
    '\ufeff{}',
  ),
);

const isBlank = (text: string): boolean => /^[ \t\r]*$/.test(text);

/** The same bytes cut up in chunks. */
function chunksOf(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, part) =>
    bytes.subarray(part * size, (part + 1) * size),
  );
}

it('every line has its record, with any content', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
      const { stdout, stderr, code } = await run(['batch', '--input', 'ndjson'], { stdin: lines.join('\n') });
      const records = lines.filter((text) => !isBlank(text));
      const answers = stdout.split('\n').slice(0, -1);
      expect(answers).toHaveLength(records.length);
      const failed = answers.filter((answer) => Object.hasOwn(JSON.parse(answer) as object, 'error'));
      expect(code).toBe(failed.length > 0 ? 65 : 0);
      if (failed.length > 0)
        expect(stderr).toContain(`liqcalc: ${failed.length} of ${records.length} records failed\n`);
      expect(stderr).not.toContain('    at ');
    }),
    { numRuns: 300 },
  );
});

it('no bytes are too odd', async () => {
  const inputs = fc.constantFrom(undefined, 'json', 'ndjson', 'csv');
  const formats = fc.constantFrom(undefined, 'json', 'ndjson', 'csv', 'markdown');
  const odd = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      line.map((text) => Buffer.from(`${text}\n`)),
    ),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(odd, inputs, formats, fc.integer({ min: 1, max: 50 }), async (parts, input, format, size) => {
      const flags = [...(input ? ['--input', input] : []), ...(format ? ['--format', format] : [])];
      const bytes = Buffer.concat(parts);
      const whole = await runForBytes(['batch', ...flags], { stdin: [bytes] });
      expect([0, 65]).toContain(whole.code);
      expect(whole.stderr).not.toContain('a bug in liqcalc');
      expect(await runForBytes(['batch', ...flags], { stdin: chunksOf(bytes, size) })).toEqual(whole);
    }),
    { numRuns: 400 },
  );
});

describe('cut at line ends and joined again, the output is the same', () => {
  const cuts = fc.array(fc.nat({ max: 20 }), { maxLength: 4 });
  const partsOf = (lines: readonly string[], places: readonly number[]): string[] => {
    const ends = [...new Set([0, ...places.map((place) => Math.min(place, lines.length)), lines.length])].sort(
      (a, b) => a - b,
    );
    return ends.slice(1).map((end, part) =>
      lines
        .slice(ends[part], end)
        .map((text) => `${text}\n`)
        .join(''),
    );
  };

  it('NDJSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), cuts, async (lines, places) => {
        const flags = ['batch', '--input', 'ndjson', '--fields', 'all'];
        const whole = await runForBytes(flags, { stdin: lines.map((text) => `${text}\n`).join('') });
        const parts = [];
        for (const stdin of partsOf(lines, places)) parts.push((await runForBytes(flags, { stdin })).stdout);
        expect(Buffer.concat(parts)).toEqual(whole.stdout);
      }),
      { numRuns: 150 },
    );
  });

  it('NDJSON of objects, recognised without a flag', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 20 }), cuts, async (records, places) => {
        const lines = records.map((fields) => JSON.stringify(fields));
        const whole = await run(['batch'], { stdin: lines.join('\n') });
        const parts = [];
        for (const stdin of partsOf(lines, places)) parts.push((await run(['batch'], { stdin })).stdout);
        expect(parts.join('')).toBe(whole.stdout);
      }),
      { numRuns: 150 },
    );
  });

  it('CSV, with the header repeated', async () => {
    const header = 'id,side,entry,lev,mmr\n';
    const rows = fc.array(
      fc.oneof(
        record.map(({ side = '', entry = '', lev = '', mmr = '' }) => `7,${side},${entry},${lev},${mmr}`),
        fc.constantFrom('1,2', '"a ""b""",long,1,2,3', ',,,,', 'x,long,1e5,0x1,1', '1,2,3,4,5,6'),
      ),
      { minLength: 1, maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(rows, cuts, async (lines, places) => {
        const answer = async (text: string): Promise<string[]> =>
          (await run(['batch'], { stdin: header + text })).stdout.split('\n').slice(1, -1);
        const whole = await answer(lines.map((text) => `${text}\n`).join(''));
        const parts = [];
        for (const part of partsOf(lines, places)) parts.push(...(await answer(part)));
        expect(parts).toEqual(whole);
        expect(whole).toHaveLength(lines.length);
      }),
      { numRuns: 100 },
    );
  });
});

it('what went through once stays as it is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 10 }),
      fc.constantFrom('all', 'outcome,roi'),
      async (lines, fields) => {
        const once = await runForBytes(['batch', '--input', 'ndjson', '--fields', fields], { stdin: lines.join('\n') });
        expect((await runForBytes(['batch', '--fields', fields], { stdin: [once.stdout] })).stdout).toEqual(
          once.stdout,
        );
      },
    ),
    { numRuns: 150 },
  );
});

/** What the library says of a record: its results, or the code of its error. */
function libraryOn(fields: Record<string, string>): PositionResults | string {
  try {
    return assess(fields as unknown as Position);
  } catch (error) {
    return (error as LiqcalcError).code;
  }
}

it('answers as the library does, in any company', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), async (records) => {
      const stdin = records.map((fields) => `${JSON.stringify(fields)}\n`).join('');
      const { stdout } = await run(['batch', '--fields', 'all'], { stdin });
      stdout
        .split('\n')
        .slice(0, -1)
        .forEach((text, index) => {
          const answer = JSON.parse(text) as Record<string, unknown>;
          const expected = libraryOn(records[index] as Record<string, string>);
          if (typeof expected === 'string') {
            // Of two problems that pricing finds, either may be named first.
            expect(answer['error']).toMatchObject({ code: expected });
            return;
          }
          answered++;
          for (const [key, value] of Object.entries(expected)) {
            if (key !== 'warnings') expect([key, answer[key]]).toEqual([key, written(value)]);
          }
        });
    }),
    { numRuns: 200 },
  );
  expect(answered).toBeGreaterThan(300);
});

function written(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as { toFixed: () => string }).toFixed() : value;
}
