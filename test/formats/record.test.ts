import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemWords, type Problem } from '../../src/core/errors.js';
import { FIELD_LIST } from '../../src/formats/fields.js';
import { keyProblems, readPosition, type RawRecord, type RawValue } from '../../src/formats/record.js';

const good = (key: string): fc.Arbitrary<string> => {
  if (key === 'side') return fc.constantFrom('long', 'short', 'LONG', 'Short');
  if (key === 'symbol') return fc.constantFrom('BTCUSDT', 'eth/usdt:usdt', 'X');
  if (key === 'contract') return fc.constantFrom('linear', 'inverse', 'Linear');
  if (key === 'formula') return fc.constantFrom('exact', 'simple', 'article');
  return fc.constantFrom('1', '0.5', '30000.50', '1.2e-7', '.5', '7.', '40', '+3');
};

const anyValue: fc.Arbitrary<RawValue> = fc.oneof(
  fc.constantFrom(
    '0',
    '-1',
    '',
    ' 1',
    '1 ',
    '1e31',
    '1e-31',
    '0x10',
    '1_000',
    '30,000',
    'NaN',
    'Infinity',
    '--1',
    '1e',
    '5%',
    '5x',
    '%',
    'x',
  ),
  fc.string({ maxLength: 6 }),
  fc.constant({ notAValue: '[1]' }),
);

const keys = [
  ...FIELD_LIST.flatMap(([key, { aliases }]) => [key, ...aliases]),
  'id',
  'note',
  'entyr',
  'amount',
  '__proto__',
  'lve',
];

const record: fc.Arbitrary<RawRecord> = fc
  .uniqueArray(fc.constantFrom(...keys), { maxLength: 9 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc
          .oneof({ weight: 6, arbitrary: good(name) }, { weight: 1, arbitrary: anyValue })
          .map((value) => [name, value] as const),
      ),
    ),
  );

const whole: fc.Arbitrary<RawRecord> = record.map((members) => {
  const rest = members.filter(
    ([name]) =>
      !['side', 'entry', 'entryPrice', 'lev', 'leverage', 'mmr', 'qty', 'quantity', 'size', 'notional'].includes(name),
  );
  return [['side', 'long'], ['entry', '100'], ['lev', '5'], ['mmr', '1'], ['qty', '2'], ...rest];
});

const problemsOf = (...read: Parameters<typeof readPosition>): readonly Problem[] => {
  const reading = readPosition(...read);
  return reading.kind === 'problems' ? reading.problems : [];
};

describe('the reading of a record', () => {
  it.each([
    ['any record', record],
    ['records that are nearly whole', whole],
  ] as const)('gives a whole position, or problems in words: %s', (_, arbitrary) => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(arbitrary, (members) => {
        const read = readPosition(members);
        // From its second record on, zod compiles the reader of a shape.
        expect(readPosition(members)).toEqual(read);
        if (read.kind === 'problems') {
          refused++;
          expect(read.problems.length).toBeGreaterThan(0);
          for (const each of read.problems) expect(problemWords(each)).toMatch(/^\S.*[^.]$/s);
        } else {
          accepted++;
          const { side, entry } = read.input.terms;
          expect(['long', 'short']).toContain(side);
          expect(entry.sign()).toBe(1);
          expect(keyProblems(members)).toEqual([]);
        }
      }),
      { numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(100);
    if (arbitrary === whole) expect(accepted).toBeGreaterThan(100);
  });
});

const record0: RawRecord = [
  ['side', 'long'],
  ['entry', '100'],
  ['lev', '5'],
  ['mmr', '1'],
];
const words = (members: RawRecord, policy?: 'refuseUnknown'): string[] =>
  problemsOf(members, [], policy).map((each) => problemWords(each));

describe('keys', () => {
  it('lets unknown keys pass', () => {
    expect(
      words([...record0, ['id', '1'], ['time', '2'], ['mode', 'x'], ['ref', '3'], ['account', 'a'], ['note', 'n']]),
    ).toEqual([]);
  });

  it.each([
    ['entyr', 'entry'],
    ['enrty', 'entry'],
    ['entr', 'entry'],
    ['entryy', 'entry'],
    ['entryPrise', 'entryPrice'],
  ])('takes %s for a slip when entry is not there', (slip, meant) => {
    const members: RawRecord = [
      ['side', 'long'],
      [slip, '100'],
      ['lev', '5'],
      ['mmr', '1'],
    ];
    expect(words(members)).toEqual([`${slip}: unknown name; did you mean ${meant}?`]);
  });

  it('lets a look-alike pass when the key itself, or its alias, is there', () => {
    expect(words([...record0, ['entyr', '1'], ['lve', '3']])).toEqual([]);
    expect(
      words([
        ['side', 'long'],
        ['entryPrice', '100'],
        ['entri', 'x'],
        ['lev', '5'],
        ['mmr', '1'],
      ]),
    ).toEqual([]);
  });

  it('does not take two edits of a short key for a slip', () => {
    expect(words([...record0, ['time', '1'], ['tocc', '1']])).toEqual([]);
    expect(keyProblems([['market', '1']]).map((each) => problemWords(each))).toEqual([]);
  });

  it.each(['amount', 'contracts', 'positionAmt'])('asks whether %s is the size if there is no size', (name) => {
    expect(words([...record0, [name, '1']])).toEqual([`${name}: unknown name; did you mean qty?`]);
    const contract = ['contract', 'linear'] as const;
    expect(words([...record0, contract, [name, '1'], ['qty', '2']])).toEqual([]);
    expect(words([...record0, contract, [name, '1'], ['notional', '2']])).toEqual([]);
  });

  it('refuses a key twice, and beside its alias', () => {
    expect(words([...record0, ['lev', '5']])).toEqual(['lev: this key is given twice; give it once']);
    expect(words([...record0, ['leverage', '5']])).toEqual([
      'leverage: this input is also given as lev; give only one of them',
    ]);
    expect(words([...record0, ['id', '5'], ['id', '6']])).toEqual(['id: this key is given twice; give it once']);
  });

  it('refuses every unknown key when told to, but knows results, account and risk keys', () => {
    const known: RawRecord = [
      ['liquidationPrice', '1'],
      ['reported', '1'],
      ['stop', '1'],
      ['usualLev', '1'],
    ];
    expect(words([...record0, ...known], 'refuseUnknown')).toEqual([]);
    expect(words([...record0, ['id', '1'], ['name', 'mine']], 'refuseUnknown')).toEqual([]);
    expect(words([...record0, ['nothing', '1']], 'refuseUnknown')).toEqual(['nothing: unknown name']);
  });

  it('is not moved by __proto__', () => {
    expect(words([...record0, ['__proto__', 'x'], ['constructor', 'y']])).toEqual([]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('defaults', () => {
  it('fill in what the record lacks, also under an alias', () => {
    const read = readPosition(
      [
        ['side', 'long'],
        ['entryPrice', '100'],
        ['leverage', '5'],
      ],
      [
        ['lev', '9'],
        ['mmr', '1'],
      ],
    );
    expect(read.kind === 'position' && read.input.terms.lev?.toText(8)).toBe('5');
    expect(
      problemsOf(
        [
          ['side', 'long'],
          ['entry', '100'],
          ['lev', '5'],
        ],
        [
          ['mmr', '1'],
          ['entry', 'x'],
        ],
      ),
    ).toEqual([]);
  });
});
