import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assessAll, batch, type BatchInput, type BatchOptions } from '../../src/stream.js';
import { runForBytes } from '../cli/run.js';
import { said } from './said.js';

async function bytesOf(input: BatchInput, options?: BatchOptions): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of batch(input, options)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Bytes in pieces of one size: they end inside lines, numbers and characters of several bytes. */
function* inPieces(bytes: Uint8Array, size: number): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const RECORD = '{"side":"long","entry":30000,"lev":10,"mmr":0.5,"note":"né 中 😀"}';
const INPUTS: Readonly<Record<string, string>> = {
  'NDJSON file': readFileSync('examples/positions.ndjson', 'utf8'),
  'JSON file': readFileSync('examples/book.json', 'utf8'),
  'CSV file': readFileSync('examples/book.csv', 'utf8'),
  'NDJSON of several bytes a character': `${RECORD}\n{"nöte":1}\n${RECORD}`,
  'JSON of several bytes a character': `[${RECORD}, {"nöte":1},\n${RECORD}]`,
  'CSV of several bytes a character': 'side,entry,lev,mmr,note\nlong,30000,10,0.5,"né, 中 😀"\nshort,x,10,0.5,ö\n',
  nothing: '',
};

describe.each(Object.entries(INPUTS))('batch of %s', (_, text) => {
  const bytes = Buffer.from(text);

  it('gives the bytes of the program, in pieces that end anywhere', async () => {
    const { stdout } = await runForBytes(['batch'], { stdin: [bytes] });
    for (const input of [text, bytes, ...[1, 2, 3, 7, 64].map((size) => inPieces(bytes, size))]) {
      expect((await bytesOf(input)).toString()).toBe(stdout.toString());
    }
  });

  it('gives the bytes of the program with fields, a format and defaults', async () => {
    const argv = ['batch', '--fields', 'all', '--format', 'csv', '--mmr', '0.4', '--on-error', 'skip'];
    const { stdout } = await runForBytes(argv, { stdin: [bytes] });
    const options = { fields: 'all', format: 'csv', defaults: { mmr: 0.4 }, onError: 'skip' } as const;
    const found = await bytesOf(inPieces(bytes, 5), { ...options, today: new Date(Date.UTC(2026, 10, 22)) });
    expect(found.toString()).toBe(stdout.toString());
  });
});

describe('batch', () => {
  it('stops its input when the reader stops', async () => {
    let given = 0;
    let isClosed = false;
    async function* endless(): AsyncGenerator<string, void, undefined> {
      try {
        for (;;) {
          given++;
          yield `${RECORD}\n`.repeat(100);
          await new Promise(setImmediate);
        }
      } finally {
        isClosed = true;
      }
    }
    for await (const piece of batch(endless())) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    const before = given;
    await new Promise((done) => setTimeout(done, 100));
    expect([isClosed, given - before < 50]).toEqual([true, true]);
  });

  it('passes on an error of its input', async () => {
    async function* broken(): AsyncGenerator<string, void, undefined> {
      yield `${RECORD}\n`;
      await Promise.resolve();
      throw new Error('the connection is gone');
    }
    await expect(bytesOf(broken())).rejects.toThrow('the connection is gone');
  });

  const NEITHER = /^input is neither JSON nor CSV with field names in its header/;

  it.each([
    ['<html>', NEITHER],
    ['42', NEITHER],
    ['hello world', NEITHER],
    ['"x"', NEITHER],
    [Uint8Array.of(255, 254, 0), /^input is UTF-16, not UTF-8/],
  ])('refuses %j in words', async (input, words) => {
    await expect(bytesOf(input)).rejects.toMatchObject({
      name: 'LiqcalcError',
      code: 'INVALID_INPUT',
      message: expect.stringMatching(words) as string,
      problems: [{ code: 'REFUSED', field: '' }],
    });
  });

  it('refuses a wrong input at once, and a wrong piece when it comes', async () => {
    for (const [input, shown] of [
      [42, '42'],
      [null, 'null'],
      [undefined, 'undefined'],
      [{}, 'object'],
    ] as const) {
      expect(said(() => batch(input as never))).toBe(
        `INVALID_INPUT input: "${shown}" is invalid; give text, bytes, or an iterable of them`,
      );
    }
    for (const piece of [42, null, {}]) {
      await expect(bytesOf([RECORD, piece] as never)).rejects.toMatchObject({ name: 'LiqcalcError' });
    }
  });

  it('refuses invalid options before it reads', () => {
    const unread = { [Symbol.iterator]: (): never => expect.fail('it was read') };
    const refused = (options: unknown): string => said(() => batch(unread, options as BatchOptions));
    expect(refused({ fields: ['price'] })).toContain('fields: unknown value "price": write outcome');
    expect(refused({ format: 'xml' })).toContain('format: unknown value "xml": write text, json');
    expect(refused({ input: 'text' })).toContain('input: unknown value "text"');
    expect(refused({ onError: 'ignore' })).toContain('onError: unknown value "ignore"');
    expect(refused({ decimals: 31 })).toContain('decimals: unknown value "31"');
    expect(refused({ defaults: { mmr: 'x', entyr: 1 } })).toMatch(/mmr|entyr/);
  });
});

it('assessAll answers each position in its place, with its error if it has one', async () => {
  const long = { side: 'long', entry: '30000', lev: '10', mmr: '0.5' } as const;
  const found: unknown[] = [];
  for await (const result of assessAll([long, { ...long, lev: '0' }, { ...long, side: 'short' }])) {
    found.push('error' in result ? result.error : result.liquidationPrice?.toFixed());
  }
  expect(found).toEqual([
    '27135.67839196',
    expect.objectContaining({ code: 'INVALID_INPUT', message: 'lev: "0" must be greater than 0', field: 'lev' }),
    '32835.82089552',
  ]);
});

it.each([42, null, undefined, {}, 'abc'])('assessAll refuses %j at once', (positions) => {
  expect(said(() => assessAll(positions as never))).toContain('give an array or another iterable of positions');
});
