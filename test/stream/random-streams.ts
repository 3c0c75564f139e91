import fc from 'fast-check';
import { expect } from 'vitest';
import type { RawRecord } from '../../src/formats/record.js';
import { builtInTables } from '../../src/core/tables/index.js';
import { encoderFor, laneFormatFor, type RequestedOutput } from '../../src/stream/encoders.js';
import { LANE_RESULTS } from '../../src/stream/lane-format.js';
import { runBatch } from '../../src/stream/stream.js';
import { runForBytes, TODAY } from '../cli/run.js';
import { caseOf, Dice } from '../oracle/cases.js';

/** The first record of most streams: the general path answers it, and the lane is open then. */
export const FIRST = '{"id":0,"side":"long","entry":"30000","lev":10,"mmr":0.5}';

const whole = fc.integer({ min: 0, max: 99_999_999 }).map(String);
const decimal = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.nat({ max: 99_999 }), fc.nat({ max: 9_999 })).map(([a, b]) => `${a}.${b}`) },
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 200_000 }).map(String) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom('0', '', '00', '7'), whole).map(([a, b]) => `${a}.${b.padStart(18, '0')}`),
  },
  fc.tuple(whole, whole).map(([a, b]) => `${a}${b}`),
  fc.constantFrom(
    '0',
    '0.0',
    '1',
    '5.',
    '.5',
    '1e3',
    '1E-7',
    '-1',
    '+2',
    '-0.5',
    '007',
    '0.000000000000000001',
    '1e31',
  ),
  fc.constantFrom('', 'x', '0x10', '30,000', ' 1', '1 ', '1e400', '9'.repeat(41)),
);
const quoted = (text: fc.Arbitrary<string>): fc.Arbitrary<string> => text.map((each) => JSON.stringify(each));
const number = fc.oneof(
  decimal,
  quoted(decimal),
  quoted(decimal.map((text) => `${text}%`)),
  quoted(decimal.map((text) => `${text}x`)),
);
const KEYS = [
  'entry',
  'lev',
  'mmr',
  'entryPrice',
  'leverage',
  'qty',
  'size',
  'notional',
  'margin',
  'addMargin',
  'cum',
  'mark',
  'wallet',
  'othersMm',
  'othersPnl',
  'mmFee',
  'liqFee',
  'taker',
  'callRatio',
  'tick',
  'multiplier',
];
const anything = fc.oneof(
  number,
  fc.json({ maxDepth: 3 }),
  fc.constantFrom(
    'null',
    'true',
    'nul',
    '"\\ud83d"',
    '"a\\qb"',
    '"\\u12"',
    '[1,',
    '01',
    '1.',
    '-',
    '"\u007f"',
    '{"a":1,"a":2}',
    '[ ]',
    '"tab\t"',
  ),
);
const member = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...KEYS), number) },
  fc.tuple(fc.constantFrom(...KEYS, 'side', 'symbol', 'contract', 'formula'), anything),
  fc.tuple(
    fc.constant('symbol'),
    quoted(fc.constantFrom('BTCUSDT', 'btc/usdt:usdt', 'ETHUSDT', 'BTCUSD_PERP', 'XYZ', '', 'é')),
  ),
  fc.tuple(fc.constant('contract'), quoted(fc.constantFrom('linear', 'inverse', 'Linear', 'round'))),
  fc.tuple(fc.constant('formula'), quoted(fc.constantFrom('exact', 'simple', 'article'))),
  fc.tuple(
    fc.constantFrom(
      'id',
      'note',
      'lve',
      'entyr',
      'amount',
      'roi',
      'outcome',
      'error',
      'time',
      'mode',
      'x',
      'é',
      'mar\\u006b',
      'a\\"b',
      '',
      'input',
      '__proto__',
    ),
    anything,
  ),
);
const base = fc
  .tuple(quoted(fc.constantFrom('long', 'short', 'SHORT', 'Long', 'longs', 'flat')), number, number, number)
  .map(([side, entry, lev, mmr]): (readonly [string, string])[] => [
    ['side', side],
    ['entry', entry],
    ['lev', lev],
    ['mmr', mmr],
  ]);
/** Sound records of every field mix, near ties among them. */
const sound = fc
  .tuple(fc.nat(), fc.constantFrom('plain', 'margined', 'cross', 'aimed', 'extreme'))
  .map(([seed, kind]) => {
    const { given } = caseOf(kind, new Dice(seed));
    return Object.entries({ ...given }).map(([key, text]) => [key, JSON.stringify(text)] as const);
  });
const good = fc.constantFrom<(readonly [string, string])[]>(
  [
    ['side', '"long"'],
    ['entry', '"30000"'],
    ['lev', '10'],
    ['mmr', '0.5'],
  ],
  [
    ['symbol', '"BTCUSDT"'],
    ['side', '"short"'],
    ['entry', '60000'],
    ['lev', '200'],
    ['qty', '0.5'],
    ['mark', '"61000"'],
  ],
  [
    ['side', '"long"'],
    ['entry', '100'],
    ['margin', '"20"'],
    ['qty', '"1.5"'],
    ['mmr', '0.05'],
    ['cum', '3'],
  ],
);
const members = fc
  .tuple(
    fc.oneof(base, sound, { weight: 2, arbitrary: good }),
    fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(member, { maxLength: 3 })),
    fc.nat({ max: 8 }),
  )
  .map(([own, more, at]) => [...own.slice(0, at), ...more, ...own.slice(at)]);
const blank = fc.oneof({ weight: 8, arbitrary: fc.constant('') }, fc.constantFrom(' ', '\t', '  ', '\r'));
const record = fc
  .tuple(members, fc.array(blank, { minLength: 6, maxLength: 6 }))
  .map(
    ([pairs, [a = '', b = '', c = '', d = '', e = '', f = '']]) =>
      `${e}{${a}${pairs.map(([key, value]) => `"${key}"${b}:${c}${value}${d}`).join(`,${a}`)}}${f}`,
  );
const damaged = fc
  .tuple(
    record,
    fc.nat(),
    fc.constantFrom('', '"', '{', '}', '\\', '0', ',', 'é', ' ', '\0', '\n', '\r\n', ']', '[', ':'),
  )
  .map(([text, at, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1));
/** Records of a few layouts again and again, now and then with a sign too many, too few or another. */
const alike = fc
  .tuple(
    fc.array(record, { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('', '', '"', '0', ' ', ',', '}', ':', '\r', 'n', '5', '{')), {
      minLength: 4,
      maxLength: 24,
    }),
    fc.nat({ max: 2 }),
  )
  .map(([layouts, changes, kept]) =>
    changes.map(([which, at, put], index) => {
      const own = layouts[which % layouts.length] as string;
      if (index < 3 || index % 3 === kept) return own;
      const place = at % own.length;
      return own.slice(0, place) + put + own.slice(place + (at % 2));
    }),
  );
const text = fc.oneof(
  { weight: 8, arbitrary: record },
  damaged,
  fc.constantFrom('', ' ', '\r', 'null', '{}', '\ufeff{}', '[1]'),
);

const cell = fc.oneof(
  { weight: 5, arbitrary: decimal },
  fc.constantFrom(
    'long',
    'short',
    'LONG',
    '',
    ' ',
    '\t',
    'BTCUSDT',
    '""',
    '" "',
    '"1.5"',
    ' "2" ',
    '"a, b"',
    '"a""b"',
    '"x" y',
    'a"b',
    '"',
    '\r"1"',
    '5%',
    '10x',
    '"\n"',
    'null',
    '0.5\r',
  ),
);
const header = fc.constantFrom(
  'id,side,entry,lev,mmr',
  'side, entry ,lev,mmr,note',
  'side,entry,lev,mmr,qty,margin,cum',
  '"side",symbol,entry,lev,qty',
  'side,entry,entryPrice,lev,mmr',
  'side,entry,lev,mmr,roi',
  'side,entry,lev,mmr,lve',
  'side,entry,lev,mmr,lev',
  'side,entry,lev,mmr,',
  'entry',
);

/** Rows that fit a header more or less. */
function rowsFor(names: string): fc.Arbitrary<string> {
  const sane: Record<string, string> = {
    side: 'long',
    entry: '30000',
    lev: '10',
    mmr: '0.5',
    qty: '2',
    symbol: 'ETHUSDT',
  };
  const columns = names.split(',').map((name) => name.replace(/[" ]/g, ''));
  const cells = columns.map((name) => fc.oneof({ weight: 12, arbitrary: fc.constant(sane[name] ?? '') }, cell));
  const row = fc.oneof(
    { weight: 9, arbitrary: fc.tuple(...cells).map((each) => each.join(',')) },
    fc.array(cell, { maxLength: 8 }).map((each) => each.join(',')),
  );
  const first = columns.map((name) => sane[name] ?? '').join(',');
  return fc
    .array(fc.tuple(row, fc.constantFrom('\n', '\n', '\r\n', '\n\n', '\n \n')), { maxLength: 12 })
    .map((rows) => `${names}\n${first}\n${rows.map(([each, end]) => each + end).join('')}`);
}

const stream = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.array(fc.tuple(text, fc.constantFrom('\n', '\n', '\r\n', '\n\n')), { maxLength: 12 }), fc.boolean())
      .map(([lines, isEnded]) => `${FIRST}\n${lines.map(([each, end]) => each + end).join('')}${isEnded ? '' : FIRST}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.array(text, { maxLength: 8 }),
        fc.constantFrom(',', ',\n', ' , ', '\n,\r\n '),
        fc.constantFrom(']', ']\n', '', ',]', '}'),
      )
      .map(([elements, comma, end]) => `[${[FIRST, ...elements].join(comma)}${end}`),
  },
  { weight: 4, arbitrary: alike.map((records) => `${FIRST}\n${records.join('\n')}\n`) },
  { weight: 2, arbitrary: alike.map((records) => `[${[FIRST, ...records].join(',\n')}]`) },
  fc.array(text, { maxLength: 8 }).map((values) => [FIRST.replace(',', ',\n'), ...values].join('\n')),
  { weight: 3, arbitrary: header.chain(rowsFor) },
  fc.uint8Array({ maxLength: 60 }).map((bytes) => `${FIRST}\n${Buffer.from(bytes).toString('latin1')}`),
);

const flags = fc
  .tuple(
    fc.constantFrom([], [], ['--dp', '0'], ['--dp', '2'], ['--dp', '18'], ['--dp', '30']),
    fc.constantFrom<string[]>(
      [],
      [],
      ['--mmr', '0.5'],
      ['--side', 'short', '--lev', '20x'],
      ['--qty', '2', '--cum', '1.5'],
      ['--symbol', 'BTCUSDT', '--qty', '.5'],
      ['--tick', '0.5'],
      ['--venue', 'okx'],
      ['--venue', 'gate', '--symbol', 'BTCUSDT', '--qty', '2'],
      ['--entry', '30000', '--mark', '29000', '--side', 'long', '--lev', '5', '--mmr', '1'],
    ),
    fc.constantFrom<string[]>(
      [],
      [],
      ['--strict'],
      ['--alert', '9.5'],
      ['--alert', '0.0001', '-q'],
      ['--on-error', 'skip'],
      ['--on-error', 'stop'],
      ['-v'],
    ),
    fc.constantFrom<string[]>(
      [],
      [],
      [],
      ['--format', 'json'],
      ['--format', 'ndjson'],
      ['--format', 'csv'],
      ['--fields', 'outcome'],
      ['--input', 'ndjson'],
    ),
  )
  .map((parts) => ['batch', ...parts.flat()]);

/**
 * Runs random streams, some of them damaged, whole and in chunks: with the lane and without it the bytes, words and exit
 * code are the same.
 */
export async function expectSameBytes(streams: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(stream, flags, fc.integer({ min: 1, max: 300 }), async (input, argv, size) => {
      const bytes = Buffer.from(input);
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, part) =>
        bytes.subarray(part * size, (part + 1) * size),
      );
      const general = await runForBytes(argv, { stdin: [bytes], env: { LANG: 'C.UTF-8', LIQCALC_LANE: 'off' } });
      for (const stdin of [[bytes], chunks]) {
        const { stdout, stderr, code } = await runForBytes(argv, { stdin });
        expect(stdout.toString('latin1')).toBe(general.stdout.toString('latin1'));
        expect({ stderr, code }).toEqual({ stderr: general.stderr, code: general.code });
      }
    }),
    { numRuns: streams },
  );
}

const noBook = (): Promise<never> => Promise.reject(new Error('the lane writes no text'));

/** Defaults of records, and the length of an input from which on the lane is loaded. */
interface AlsoRequested {
  readonly defaults?: RawRecord;
  readonly longFrom?: number;
}

/** How many records of a stream the general path answered, of those after the first. */
export async function answeredByGeneralPath(
  input: string | readonly string[],
  { defaults = [], longFrom = 0, ...asked }: Partial<RequestedOutput> & AlsoRequested = {},
): Promise<number> {
  const wanted = { fields: LANE_RESULTS, format: undefined, only: undefined, isCsvSafe: false, book: noBook, ...asked };
  let answered = -1;
  await runBatch({
    sources: [{ name: 'test', chunks: () => chunksOf([input].flat().map((part) => Buffer.from(part))) }],
    pricing: { tables: builtInTables, defaults, policy: 'passUnknown', today: TODAY },
    encoderFor: (layout) => encoderFor(layout, wanted),
    laneFor: (layout) => laneFormatFor(layout, wanted),
    longFrom,
    onError: 'inline',
    write: () => Promise.resolve(),
    observer: {
      answered: () => {
        answered++;
      },
      failed: () => undefined,
      empty: () => undefined,
      progressed: () => undefined,
      alertBelow: () => undefined,
    },
  });
  return answered;
}

async function* chunksOf(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}
