import { describe, expect, it } from 'vitest';
import { run, runForBytes } from './run.js';

const LONG = '"side":"long","entry":"30000","lev":"10","mmr":"0.5"';
const ANSWER = ',"outcome":"at","liquidationPrice":"27135.67839196","distancePercent":"9.5477"}';
const NOT_UTF8 = 'the record is not valid UTF-8; save the file as UTF-8';

describe('escapes of JSON in batch', () => {
  it.each([
    ['a symbol', '"symbol":"\\u5e01\\u5b89"', 'symbol', '币安'],
    ['a surrogate pair', '"note":"\\ud83d\\ude00"', 'note', '😀'],
    ['escapes among characters', '"note":"é\\u00e9\\\\u0041"', 'note', 'éé\\u0041'],
  ])('%s is read once', async (_, member, name, text) => {
    const { stdout } = await run(['batch', '--only', name], { stdin: `{${LONG},"qty":"1",${member}}\n` });
    expect(stdout).toBe(`${text}\n`);
  });

  it('an unknown symbol is named as it reads, escaped or not', async () => {
    const record = (symbol: string): string =>
      `{"side":"long","entry":"30000","lev":"10","qty":"1","symbol":"${symbol}"}\n`;
    const { stderr } = await run(['batch'], { stdin: record('\\u5e01\\ud83d\\ude00') + record('币😀') });
    expect(stderr.match(/no bracket table for "币😀"/g)).toHaveLength(2);
  });

  it('keys are read like values, and written as UTF-8', async () => {
    const stdin = `{"sid\\u0065":"long","entry":"30000","lev":"10","mmr":"0.5","k\\u00e9y\\u5e01":"1","é":"2"}\n`;
    const { stdout } = await runForBytes(['batch', '--format', 'csv'], { stdin });
    expect(stdout.toString().split('\n')[0]).toMatch(/^side,entry,lev,mmr,kéy币,é,outcome/);
    expect(stdout.toString().split('\n')[1]).toBe('long,30000,10,0.5,1,2,at,27135.67839196,9.5477,');
  });
});

describe('bytes that are not UTF-8', () => {
  const bad = Buffer.from([0x61, 0xff, 0xe2, 0x82]);
  const good = Buffer.from('é币😀');
  const record = (note: Buffer): Buffer => Buffer.concat([Buffer.from(`{${LONG},"note":"`), note, Buffer.from('"}')]);
  const isJson = (text: string): boolean => JSON.parse(text) !== undefined;

  it.each([1, 7, 100, 100_000])('make one error record in its place, in chunks of %i bytes', async (size) => {
    const input = Buffer.concat([good, good, bad, good].flatMap((note) => [record(note), Buffer.from('\n')]));
    const chunks = Array.from({ length: Math.ceil(input.length / size) }, (_, at) =>
      input.subarray(at * size, (at + 1) * size),
    );
    const { stdout, code } = await runForBytes(['batch'], { stdin: chunks });
    const lines = stdout.toString().trimEnd().split('\n');
    const answered = `{${LONG},"note":"é币😀"${ANSWER}`;
    expect([lines[0], lines[1], lines[3]]).toEqual([answered, answered, answered]);
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({
      note: 'a\ufffd\ufffd',
      error: { code: 'INVALID_INPUT', message: NOT_UTF8 },
    });
    expect([lines.length, code, isJson(lines[2] ?? '')]).toEqual([4, 65, true]);
  });

  it('make one row of CSV an error', async () => {
    const rows = [good, bad, good].map((note) => Buffer.concat([note, Buffer.from(',long,30000,10,0.5\n')]));
    const { stdout } = await runForBytes(['batch'], { stdin: [Buffer.from('note,side,entry,lev,mmr\n'), ...rows] });
    const lines = stdout.toString().split('\n');
    expect(lines[1]).toBe('é币😀,long,30000,10,0.5,at,27135.67839196,9.5477,');
    expect(lines[2]).toBe(`a\ufffd\ufffd,long,30000,10,0.5,,,,${NOT_UTF8}`);
    expect(lines[3]).toBe(lines[1]);
  });

  it('make one element of an array an error', async () => {
    const stdin = [Buffer.from('['), record(bad), Buffer.from(','), record(good), Buffer.from(']')];
    const answers = JSON.parse((await runForBytes(['batch'], { stdin })).stdout.toString()) as object[];
    expect(answers).toMatchObject([{ error: { message: NOT_UTF8 } }, { outcome: 'at', note: 'é币😀' }]);
  });

  it('make one account of several an error', async () => {
    const account = (label: Buffer): Buffer =>
      Buffer.concat([Buffer.from('{"wallet":"5","positions":[],"label":"'), label, Buffer.from('"}')]);
    const stdin = [Buffer.from('['), account(bad), Buffer.from(','), account(good), Buffer.from(']')];
    const { stdout, stderr } = await runForBytes(['account', '--json'], { stdin });
    expect(JSON.parse(stdout.toString())).toMatchObject([
      { error: { code: 'INVALID_INPUT' } },
      { wallet: '5', label: 'é币😀' },
    ]);
    expect(stderr).toContain('the account is not valid UTF-8');
  });
});

describe('many problems', () => {
  it('that are alike are counted', async () => {
    const position = '{"side":"up","symbol":"BTCUSDT","qty":"1","entry":"3","mark":"3"}';
    const stdin = `{"wallet":"5","positions":[${Array.from({ length: 500 }, () => position).join(',')}]}`;
    const { stderr } = await run(['account'], { stdin });
    expect(stderr.match(/unknown value/g)).toHaveLength(3);
    expect(stderr).toContain('(and 497 more like it)');
  });

  it('end after twenty', async () => {
    const keys = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index));
    const stdin = `{${LONG},${keys.map((key) => `"${key}":1,"${key}":2`).join(',')}}\n`;
    const { stderr } = await run(['batch'], { stdin });
    expect(stderr.match(/is given twice/g)).toHaveLength(20);
    expect(stderr).toContain('and 6 more problems');
  });

  describe('where no record fits', () => {
    const keys = Array.from({ length: 11 }, (_, index) => `"k${index}":1`).join(',');
    it.each([
      ['JSON', '{"foo":1,"b\\u00e9":2}\n{"foo":1}\n', 'no record is valid; the first record has the keys "foo", "bé"'],
      ['CSV', 'side,what\nlong,1\nlong,2\n', 'no record is valid; the first record has the keys "side", "what"'],
      [
        'many keys',
        `{${keys}}\n{}\n`,
        'no record is valid; the first record has the keys "k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7" and 3 more',
      ],
    ])('the keys of the first one are named: %s', async (_, stdin, words) => {
      const { stderr } = await run(['batch'], { stdin });
      expect(stderr).toMatch(/liqcalc: 2 of 2 records failed\n$/);
      expect(stderr).toContain(`liqcalc: ${words}\n`);
    });

    it.each([
      ['one record fits', `{"foo":1}\n{${LONG}}\n`],
      ['every key is a field', '{"side":"up"}\n{"foo":1}\n'],
      ['a slip explains all', '{"sied":"long","entry":1,"lev":3,"mmr":1}\n'],
      ['there is no object', '1\n2\n'],
    ])('but not where %s', async (_, stdin) => {
      expect((await run(['batch', '--input', 'ndjson'], { stdin })).stderr).not.toContain('the first record has');
    });
  });
});
