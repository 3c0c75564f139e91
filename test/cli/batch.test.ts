import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, runForBytes } from './run.js';

const LONG = '{"id":1,"side":"long","entry":"30000","lev":10,"mmr":0.5}';
const LONG_ANSWER =
  '{"id":1,"side":"long","entry":"30000","lev":10,"mmr":0.5,"outcome":"at","liquidationPrice":"27135.67839196","distancePercent":"9.5477"}';
const SHORT = '{"id":2,"side":"short","entry":"30000","lev":10,"mmr":0.5}';
const SHORT_ANSWER =
  '{"id":2,"side":"short","entry":"30000","lev":10,"mmr":0.5,"outcome":"at","liquidationPrice":"32835.82089552","distancePercent":"9.4527"}';
const BAD = '{"id":3,"side":"long","entry":"30,000","lev":10,"mmr":0.5}';
const BAD_WORDS = 'entry: "30,000" is not a plain decimal; write 30000, or 30.000 if the comma is the decimal point';
const BAD_ANSWER = `${BAD.slice(0, -1)},"error":{"code":"INVALID_INPUT","message":${JSON.stringify(BAD_WORDS)},"field":"entry"}}`;

const batch = (stdin: string | Buffer, ...flags: string[]): ReturnType<typeof run> =>
  run(['batch', ...flags], { stdin: [stdin] });

async function outputOf(stdin: string | Buffer, ...flags: string[]): Promise<string> {
  return (await batch(stdin, ...flags)).stdout;
}

function fileOf(name: string, text: string | Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), 'liqcalc-batch-')), name);
  writeFileSync(path, text);
  return path;
}

describe('records of the input are in the output', () => {
  it('NDJSON, a bad record in its place', async () => {
    expect(await batch(`${LONG}\n${BAD}\n${SHORT}\n`)).toEqual({
      stdout: `${LONG_ANSWER}\n${BAD_ANSWER}\n${SHORT_ANSWER}\n`,
      stderr: `<stdin>:2: ${BAD_WORDS}\nliqcalc: 1 of 3 records failed\n`,
      code: 65,
    });
  });

  it('CRLF, a byte order mark, blank lines, no last newline', async () => {
    expect(await batch(`\ufeff\r\n${LONG}\r\n\r\n  \n${SHORT}`)).toEqual({
      stdout: `${LONG_ANSWER}\n${SHORT_ANSWER}\n`,
      stderr: '',
      code: 0,
    });
  });

  it('a JSON array', async () => {
    expect(await outputOf(`[${LONG},\n${SHORT}]`)).toBe(`[\n${LONG_ANSWER},\n${SHORT_ANSWER}\n]\n`);
    expect(await outputOf('[]')).toBe('[]\n');
  });

  it('objects one after another, each on one line of output', async () => {
    const pretty = JSON.stringify(JSON.parse(LONG), null, 2);
    expect(await outputOf(`${pretty}\n${pretty}`)).toBe(
      '{"id": 1,"side": "long","entry": "30000","lev": 10,"mmr": 0.5,"outcome":"at","liquidationPrice":"27135.67839196","distancePercent":"9.5477"}\n'.repeat(
        2,
      ),
    );
  });

  it('CSV, cells as they were written, a bad row in its place', async () => {
    const input = 'id; side;"entry";lev;mmr;note\n01;long; 30000 ;10x;0.5%;"a;""b"""\n02;Short;30.000,5;10;0.5;\n';
    expect(await batch(input)).toEqual({
      stdout:
        'id; side;"entry";lev;mmr;note;outcome;liquidationPrice;distancePercent;error\n' +
        '01;long; 30000 ;10x;0.5%;"a;""b""";at;27135.67839196;9.5477;\n' +
        '02;Short;30.000,5;10;0.5;;;;;"entry: ""30.000,5"" is not a plain decimal; write 30000.5"\n',
      stderr:
        '<stdin>:3: entry: "30.000,5" is not a plain decimal; write 30000.5\n' + 'liqcalc: 1 of 2 records failed\n',
      code: 65,
    });
  });

  it('an empty input has an empty output', async () => {
    for (const nothing of ['', '\n', '\ufeff', ' \r\n\t']) {
      const stderr = 'liqcalc: no records in <stdin>\n';
      expect(await batch(nothing)).toEqual({ stdout: '', stderr, code: 0 });
      expect(await batch(nothing, '--json')).toEqual({ stdout: '', stderr, code: 0 });
    }
    expect(await outputOf('side,entry\n')).toBe('side,entry,outcome,liquidationPrice,distancePercent,error\n');
  });

  it('every byte of UTF-8 that passes through', async () => {
    const odd = Buffer.from('"\u00e9\u2028\ufffd\uffff\u{10ffff}\u007f"');
    const head = Buffer.from(LONG.slice(0, -1));
    const input = Buffer.concat([head, Buffer.from(',"note":'), odd, Buffer.from('}\n')]);
    const { stdout, code } = await runForBytes(['batch'], { stdin: [input] });
    const answer = Buffer.from(LONG_ANSWER.slice(LONG.length - 1));
    expect(stdout).toEqual(Buffer.concat([head, Buffer.from(',"note":'), odd, answer, Buffer.from('\n')]));
    expect(code).toBe(0);
    const csv = Buffer.concat([Buffer.from('note,side,entry,lev,mmr\n'), odd, Buffer.from(',long,30000,10,0.5\n')]);
    const row = (await runForBytes(['batch'], { stdin: [csv] })).stdout.toString('latin1').split('\n')[1];
    expect(row).toBe(`${odd.toString('latin1')},long,30000,10,0.5,at,27135.67839196,9.5477,`);
  });

  it('numbers as they were spelled', async () => {
    const own =
      '{"id":12345678901234567890,"t":1.2e-07,"z":1.500,"n":-0.0,"big":1e400,"side":"long","entry":30000.00,"lev":1e1,"mmr":5E-1,"deep":[{"a": [1.0]}]';
    expect(await outputOf(`${own}}\n`)).toBe(
      `${own},"outcome":"at","liquidationPrice":"27135.67839196","distancePercent":"9.5477"}\n`,
    );
  });

  it('digits beyond any float', async () => {
    // 40 digits; 0.9 / 0.995 of it is 0.90452261306532663316582914572864...
    const entry = '1000000000000000000000000000000.000000000';
    const answer = await outputOf(
      `{"side":"long","entry":${entry},"lev":10,"mmr":0.5}\n`,
      '--only',
      'liquidationPrice',
    );
    expect(answer).toBe('904522613065326633165829145728.6432160804020\n'.replace('0\n', '\n'));
  });
});

describe('a record that has been through already', () => {
  it('gets the same answer again, byte for byte', async () => {
    const records = `${LONG}\n${BAD}\nnull\n{"a":\n{ "side" : "long" }\n${SHORT}\n`;
    for (const flags of [[], ['--fields', 'all'], ['--format', 'json']]) {
      const once = await outputOf(records, '--input', 'ndjson', ...flags);
      expect(await outputOf(once, ...flags)).toBe(once);
    }
    const csv = await outputOf(`${LONG}\n${BAD}\n${SHORT}\n`, '--format', 'csv');
    expect(await outputOf(csv)).toBe(csv);
  });

  it('loses its values under the keys of results, at any place', async () => {
    const stale =
      '{"outcome":"never","side":"long", "bankruptcyPrice":1,"entry":"30000","error":{"a":1},"lev":10,"mmr":0.5,"roi":"3"}';
    expect(await outputOf(`${stale}\n`)).toBe(
      '{"side":"long","entry":"30000","lev":10,"mmr":0.5,"outcome":"at","liquidationPrice":"27135.67839196","distancePercent":"9.5477","bankruptcyPrice":"27000"}\n',
    );
    const bad = '{"liquidationPrice":"1","side":"long","error":"x"}';
    const { stdout } = await batch(`${bad}\n`);
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(['side', 'error']);
  });

  it('in CSV too', async () => {
    const csv = 'error,side,liquidationPrice,entry,lev,mmr,roi\nx,long,1,30000,10,0.5,7\n';
    expect(await outputOf(csv)).toBe(
      'side,entry,lev,mmr,outcome,liquidationPrice,distancePercent,roi,error\nlong,30000,10,0.5,at,27135.67839196,9.5477,,\n',
    );
  });
});

describe('bad records', () => {
  const P = '"side":"long","entry":"30000","lev":"10","mmr":"0.5"';
  it.for([
    ['null', 'null is not a record'],
    ['[1]', 'this array is not a record'],
    ['"text"', 'this string is not a record'],
    ['1e5', 'this number is not a record'],
    ['true', 'this boolean is not a record'],
    ['{"side":"long"', 'not valid JSON'],
    ['nonsense', 'not valid JSON'],
    [`{${P},}`, 'not valid JSON'],
    [`{${P}}}`, 'not valid JSON'],
    ["{'side':'long'}", 'not valid JSON'],
    ['[[[[[['.repeat(5000), 'not valid JSON'],
    [`${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'this array is not a record'],
    ['{}', 'side (long or short) is missing; give side; entry price is missing; give entry; margin is missing'],
    [`{${P},"lev":"10"}`, 'lev: this key is given twice'],
    [`{${P},"lev":null}`, 'lev: this key is given twice'],
    [`{${P},"leverage":"10"}`, 'leverage: this input is also given as lev'],
    [`{${P},"x":1,"x":1}`, 'x: this key is given twice'],
    [`{${P},"qty":1,"notional":1}`, 'notional: this input conflicts with qty'],
    [`{${P},"wallet":5,"qty":1,"addMargin":1}`, 'addMargin: this input conflicts with wallet'],
    [`{${P},"cum":1}`, 'size is missing'],
    [`{${P},"contracts":1,"cum":1}`, 'contracts: unknown name; did you mean qty?'],
    ['{"side":"long","entyr":"30000","lev":"10","mmr":"0.5"}', 'entyr: unknown name; did you mean entry?'],
    ['{"side":"up","entry":"30000","lev":"10","mmr":"0.5"}', 'side: unknown value "up": write long or short'],
    ['{"side":"long","entry":"0","lev":"10","mmr":"0.5"}', 'entry: "0" must be greater than 0'],
    ['{"side":"long","entry":"0x10","lev":"10","mmr":"0.5"}', 'entry: "0x10" is not a plain decimal'],
    ['{"side":"long","entry":"","lev":"10","mmr":"0.5"}', 'entry: the value is empty'],
    ['{"side":"long","entry":true,"lev":"10","mmr":"0.5"}', 'entry: "true" is invalid'],
    ['{"side":"long","entry":[1],"lev":"10","mmr":"0.5"}', 'entry: "[1]" is invalid'],
    [`{"side":"long","entry":${'1'.repeat(41)},"lev":"10","mmr":"0.5"}`, 'more than 40 significant digits'],
    ['{"side":"long","entry":"1e31","lev":"10","mmr":"0.5"}', 'outside 1e-30 to 1e30'],
    ['{"side":"long","entry":"1","lev":"10","mmr":"99","mmFee":"1"}', 'their sum must be below 100 %'],
    ['{"side":"long","entry":"1","lev":"10","qty":"1","symbol":"NOPE"}', 'no bracket table for "NOPE"'],
    ['{"side":"long","entry":"1","lev":"10","qty":"1e20","symbol":"BTCUSDT"}', 'above the last bracket of BTCUSDT'],
    ['{"side":"short","entry":"30000","lev":"10","mmr":"0.5","tick":"100000"}', 'the tick 100000 is too coarse'],
    [`{${P},"formula":"article","contract":"inverse"}`, 'the article formula'],
    [
      '{"__proto__":{"side":"long"},"constructor":1,"entry":"1","lev":"10","mmr":"0.5"}',
      'side (long or short) is missing',
    ],
    ['{"side":"long","entry":"3é€","lev":"10","mmr":"0.5"}', 'entry: "3é€" is not a plain decimal'],
  ] as const)('%s', async ([record, words]) => {
    const { stdout, stderr, code } = await batch(`${LONG}\n${record}\n${SHORT}\n`, '--input', 'ndjson');
    const [first, bad = '', last, ...rest] = stdout.split('\n');
    expect([first, last, rest]).toEqual([LONG_ANSWER, SHORT_ANSWER, ['']]);
    const { error } = JSON.parse(bad) as { error: { code: string; message: string; field?: string } };
    expect(error.message).toContain(words);
    expect(error.code).toMatch(/^(INVALID_INPUT|UNKNOWN_SYMBOL|NOTIONAL_OUTSIDE_BRACKETS)$/);
    expect(stderr).toBe(`<stdin>:2: ${error.message}\nliqcalc: 1 of 3 records failed\n`);
    expect(code).toBe(65);
    if (!bad.startsWith('{"input":')) expect(bad.startsWith(record.slice(0, -1))).toBe(true);
    else expect((JSON.parse(bad) as { input: string }).input).toBe(record);
  });

  it('with a slip are found after a record in which the same key was none', async () => {
    const both = '{"marc":1,"side":"long","entry":"30000","lev":"10","mmr":"0.5","mark":"29000"}';
    const slip = '{"marc":1,"side":"long","entry":"30000","lev":"10","mmr":"0.5"}';
    expect((await batch(`${both}\n${slip}\n${both}\n`)).stderr).toBe(
      '<stdin>:2: marc: unknown name; did you mean mark?\nliqcalc: 1 of 3 records failed\n',
    );
  });

  it('name the field where there is one', async () => {
    const errors = (await outputOf(`${BAD}\n{"side":"long"}\nnull\n`))
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { error: object }).error);
    expect(errors.map((error) => ('field' in error ? error.field : undefined))).toEqual([
      'entry',
      undefined,
      undefined,
    ]);
  });

  it('may be longer than 1 MiB', async () => {
    const { stdout, code } = await batch(`${LONG}\n{"pad":"${'x'.repeat(1 << 20)}"}\n${SHORT}\n`);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('"message":"the record is longer than 1 MiB"');
    expect(lines[1]?.length).toBeLessThan(1000);
    expect([lines[0], lines[2], code]).toEqual([LONG_ANSWER, SHORT_ANSWER, 65]);
  });

  it('are named ten times at most, all of them with --verbose', async () => {
    const input = `${BAD}\n`.repeat(15);
    const few = (await batch(input)).stderr.trim().split('\n');
    expect(few).toHaveLength(11);
    expect(few.at(-1)).toBe('liqcalc: 15 of 15 records failed');
    expect((await batch(input, '-v')).stderr.trim().split('\n')).toHaveLength(16);
    expect((await batch(input, '-q')).stderr.trim().split('\n')).toHaveLength(11);
  });

  it('are left out with skip, and end the work with stop', async () => {
    const input = `${LONG}\n${BAD}\n${SHORT}\n${BAD}\n`;
    expect(await batch(input, '--on-error', 'skip')).toEqual({
      stdout: `${LONG_ANSWER}\n${SHORT_ANSWER}\n`,
      stderr: `<stdin>:2: ${BAD_WORDS}\n<stdin>:4: ${BAD_WORDS}\nliqcalc: 2 of 4 records failed\n`,
      code: 65,
    });
    expect(await batch(input, '--on-error', 'stop')).toEqual({
      stdout: `${LONG_ANSWER}\n`,
      stderr: `<stdin>:2: ${BAD_WORDS}\nliqcalc: 1 of 2 records failed\n`,
      code: 65,
    });
    expect(await outputOf(`[${LONG},${BAD},${SHORT}]`, '--on-error', 'stop')).toBe(`[\n${LONG_ANSWER}\n]\n`);
  });

  it('in an array keep their place; a syntax error is the last of it', async () => {
    expect(await outputOf(`[${LONG},7,${SHORT}]`)).toBe(
      `[\n${LONG_ANSWER},\n{"input":"7","error":{"code":"INVALID_INPUT","message":"this number is not a record; write an object like {\\"side\\":\\"long\\",\\"entry\\":\\"30000\\"}"}},\n${SHORT_ANSWER}\n]\n`,
    );
    for (const broken of [`[${LONG},{"a":tru},${SHORT}]`, `[${LONG} ${SHORT}]`, `[${LONG},{"a":1`, `[${LONG}`]) {
      const { stdout, code } = await batch(broken);
      const elements = JSON.parse(stdout) as { error?: { message: string } }[];
      expect(elements).toHaveLength(2);
      expect(elements[1]?.error?.message).toMatch(/^not valid JSON|^the input ends/);
      expect(stdout.startsWith(`[\n${LONG_ANSWER},\n`)).toBe(true);
      expect(code).toBe(65);
    }
  });

  it('of a syntax error end objects one after another', async () => {
    const { stdout, stderr, code } = await batch(`{\n${LONG.slice(1)}\n{"a":tru}\n${SHORT}\n`);
    expect(stdout.split('\n')).toHaveLength(3);
    expect(stderr).toBe('<stdin>:3: not valid JSON; the rest is not read\nliqcalc: 1 of 2 records failed\n');
    expect(code).toBe(65);
  });

  it('in CSV: too few cells, too many, text after a quote, an open quote', async () => {
    const input =
      'side,entry,lev,mmr\nlong,30000\nlong,30000,10,0.5,6,7\n"long"x,30000,10,0.5\n"long,30000\nlong,30000,10,0.5\n';
    const { stdout, code } = await batch(input);
    expect(stdout).toBe(
      'side,entry,lev,mmr,outcome,liquidationPrice,distancePercent,error\n' +
        'long,30000,,,,,,"the row has 2 cells, the header 4"\n' +
        'long,30000,10,0.5,,,,"the row has 6 cells, the header 4; too many: 6 | 7"\n' +
        '"long"x,30000,10,0.5,,,,"a cell has text after its closing quote: ""long""x"\n' +
        ',,,,,,,a cell opens a quote and never closes it\n' +
        'long,30000,10,0.5,at,27135.67839196,9.5477,\n',
    );
    expect(code).toBe(65);
  });

  it('in CSV: a character whose last byte looks like a blank stays whole in the message', async () => {
    // U+00A0 is a blank of JavaScript; it is also the last byte of many characters in UTF-8.
    for (const character of ['à', '䳠', '😠']) {
      const { stdout } = await batch(`side,entry,lev,mmr\n"x"${character},30000,10,0.5\n`);
      expect(stdout).toContain(`"a cell has text after its closing quote: ""x""${character}"`);
    }
  });

  it('in CSV: a header with a column twice spoils every row', async () => {
    const { stdout, code } = await batch('side,entry,entry,lev,mmr\nlong,30000,30000,10,0.5\n');
    expect(stdout.split('\n')[1]).toContain('"the header has the column ""entry"" twice; rename one"');
    expect(code).toBe(65);
  });

  it('cannot send control characters to the terminal', async () => {
    const { stderr } = await batch('side,entry,lev,mmr\n"\u001b[31m\u0007",1,2,3,4\n');
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});

describe('formats', () => {
  it('NDJSON to a JSON array and back', async () => {
    const array = await outputOf(`${LONG}\n${SHORT}\n`, '--json');
    expect(array).toBe(`[\n${LONG_ANSWER},\n${SHORT_ANSWER}\n]\n`);
    expect(await outputOf(array, '--format', 'ndjson')).toBe(`${LONG_ANSWER}\n${SHORT_ANSWER}\n`);
  });

  it('JSON to CSV: columns of the first record, nested values as JSON, null empty', async () => {
    const records = [
      '{"id":12345678901234567890,"side":"long","entry":"30000","lev":10,"mmr":0.5,"tags":["a", {"b":1.0}],"note":"x, \\"y\\"\\u20ac\\n","none":null,"ok":true}',
      '{"side":"short","entry":"30000","lev":10,"mmr":0.5}',
      '{"side":"short","entry":"30000","lev":10,"mmr":0.5,"extra":1}',
    ];
    expect(await outputOf(`${records.join('\n')}\n`, '--format', 'csv')).toBe(
      'id,side,entry,lev,mmr,tags,note,none,ok,outcome,liquidationPrice,distancePercent,error\n' +
        '12345678901234567890,long,30000,10,0.5,"[""a"", {""b"":1.0}]","x, ""y""€\n",,true,at,27135.67839196,9.5477,\n' +
        ',short,30000,10,0.5,,,,,at,32835.82089552,9.4527,\n' +
        ',short,30000,10,0.5,,,,,,,,"extra: the first record, which sets the columns, has no such key; use --format ndjson"\n',
    );
  });

  it('JSON to CSV: texts before the first record wait for its columns', async () => {
    expect(await outputOf(`null\n${LONG}\n7\n`, '--format', 'csv', '--input', 'ndjson')).toMatch(
      /^id,side,[^\n]*\n,,,,,,,,"null is no[^\n]*\n1,long,[^\n]*\n,,,,,,,,"this number[^\n]*\n$/,
    );
    expect(await outputOf('null\n', '--format', 'csv', '--input', 'ndjson')).toMatch(
      /^input,outcome,[^\n]*error\nnull,,,,/,
    );
  });

  it('CSV to NDJSON: cells are texts, empty ones null', async () => {
    expect(
      await outputOf('id,side,entry,lev,mmr,note,empty\n007,long,30000,10,0.5," a ""q"" ",\n', '--format', 'ndjson'),
    ).toBe(
      '{"id":"007","side":"long","entry":"30000","lev":"10","mmr":"0.5","note":" a \\"q\\" ","empty":null,"outcome":"at","liquidationPrice":"27135.67839196","distancePercent":"9.5477"}\n',
    );
  });

  it('markdown', async () => {
    expect(await outputOf('side,entry,lev,mmr,n|o\nlong,30000,10,0.5,a|b\n', '--format', 'markdown')).toBe(
      '| side | entry | lev | mmr | n\\|o | outcome | liquidationPrice | distancePercent | error |\n' +
        '| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n' +
        '| long | 30000 | 10 | 0.5 | a\\|b | at | 27135.67839196 | 9.5477 |  |\n',
    );
  });

  it('a chart is for one answer: refused', async () => {
    const { stdout, stderr, code } = await batch(`${LONG}\n`, '--format', 'vega-lite');
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toContain('write text, json, ndjson, csv, markdown or html');
  });

  it('--input overrides what the first bytes say', async () => {
    expect((await batch(`7\n${LONG}\n`, '--input', 'ndjson')).stdout.split('\n')[1]).toBe(LONG_ANSWER);
    expect(await outputOf(`${LONG} ${LONG}`, '--input', 'json')).toBe(`${LONG_ANSWER}\n${LONG_ANSWER}\n`);
  });
});

describe('choosing', () => {
  it('--fields, in the order asked; what does not apply is left out of JSON and empty in CSV', async () => {
    const asked = ['--fields', 'roi,bankruptcyPrice,outcome'];
    expect(await outputOf(`${LONG}\n`, ...asked)).toBe(
      `${LONG.slice(0, -1)},"bankruptcyPrice":"27000","outcome":"at"}\n`,
    );
    expect(await outputOf('side,entry,lev,mmr\nlong,30000,10,0.5\n', ...asked)).toBe(
      'side,entry,lev,mmr,roi,bankruptcyPrice,outcome,error\nlong,30000,10,0.5,,27000,at,\n',
    );
    const never = '{"side":"long","entry":"30000","lev":"1","mmr":"0.5"}';
    expect(await outputOf(`${never}\n`)).toBe(
      '{"side":"long","entry":"30000","lev":"1","mmr":"0.5","outcome":"never","liquidationPrice":null,"distancePercent":null}\n',
    );
    expect(JSON.parse(await outputOf(`${never}\n`, '--fields', 'reason'))).toMatchObject({
      reason: 'the margin covers the position at every positive price',
    });
  });

  it('--fields refuses a name that is not a result', async () => {
    const { stderr, code } = await batch(`${LONG}\n`, '--fields', 'outcome,liquidatonPrice');
    expect([stderr, code]).toEqual([
      'liqcalc: --fields: "liquidatonPrice" is not a field; did you mean liquidationPrice? (the fields are ' +
        'outcome, liquidationPrice, reason, distance, distancePercent, bankruptcyPrice, marginCallPrice, entryNotional, initialMargin, walletMargin, maintenanceMargin, maintenanceAtLiquidation, maintenanceRate, maintenanceAmount, bracket, bracketVenue, bracketAsOf, bracketConfidence, rule, ruleSince, confidence, lossAtLiquidation, liquidationFee, lossIfLiquidated, unrealizedPnl, roi, positionRoi, marginRatio, effectiveLeverage, removableMargin and warnings)\n',
      2,
    ]);
  });

  it('--only prints bare values, one record a line', async () => {
    const noted = `${LONG.slice(0, -1)},"note":"a\\tb\\n\\u20ac","nested":{"a": 1}}`;
    expect(
      await batch(`${noted}\n${BAD}\n${SHORT}\n`, '--only', 'id,liquidationPrice,note,nested,leverage,roi'),
    ).toMatchObject({
      stdout: '1\t27135.67839196\ta\\tb\\n€\t{"a": 1}\t10\t\n\n2\t32835.82089552\t\t\t10\t\n',
      code: 65,
    });
    expect(await outputOf(`${LONG}\n${BAD}\n`, '--only', 'outcome', '--on-error', 'skip')).toBe('at\n');
  });

  it('--only refuses a slip, and a name that no record has', async () => {
    const slip = await batch(`${LONG}\n`, '--only', 'liquidatonPrice');
    expect([slip.stdout, slip.code]).toEqual(['', 2]);
    const noted = LONG.replace('}', ',"größe":"7"}');
    const late = await batch(`${LONG}\n${noted}\n`, '--only', 'größe,qty');
    expect(late).toEqual({ stdout: '\t\n7\t\n', stderr: '', code: 0 });
    for (const input of [`${LONG}\n${noted}\n`, `[${LONG}]`, LONG.repeat(3)]) {
      const { stdout, stderr, code } = await batch(input, '--only', 'größe,liqPrice');
      expect([stdout, code]).toEqual(['', 2]);
      expect(stderr).toContain('liqPrice" is not a field; did you mean liquidationPrice? (the fields are outcome,');
    }
    // Without a record, no key is known.
    expect(await batch('nonsense\n', '--input', 'ndjson', '--only', 'note')).toMatchObject({ stdout: '\n', code: 65 });
    expect(await batch('', '--only', 'note')).toMatchObject({ stdout: '', code: 0 });
    expect((await batch(`${noted}\n${LONG}\n`, '--only', 'größe,qty')).stderr).toBe('');
  });

  it('--only looks for a name in a thousand records', async () => {
    const noted = LONG.replace('}', ',"note":"7"}');
    const at = (place: number): string => `${LONG}\n`.repeat(place - 1) + `${noted}\n${LONG}\n`;
    expect(await batch(at(1000), '--only', 'note')).toEqual({
      stdout: `${'\n'.repeat(999)}7\n\n`,
      stderr: '',
      code: 0,
    });
    const late = await batch(at(1001), '--only', 'note');
    expect([late.stdout, late.code]).toEqual(['', 2]);
    expect(late.stderr).toContain('--only: "note" is not a field');
  });

  it('--only refuses a name that no column of CSV has', async () => {
    const csv = 'side,entry,lev,mmr,note\nlong,30000,10,0.5,mine\n';
    const { stdout, stderr, code } = await batch(csv, '--only', 'note,liqPrice');
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toMatch(
      /^liqcalc: --only: "liqPrice" is not a field; did you mean liquidationPrice\? \(the fields are outcome, .*, tick and note\)\n$/s,
    );
    expect(await outputOf(csv, '--only', 'note,leverage,qty')).toBe('mine\t10\t\n');
  });

  it('flags are defaults for what records lack', async () => {
    const bare = '{"entry":"30000"}\n{"entry":"30000","mmr":"1","side":"short"}\n';
    const flags = ['--lev', '10', '--mmr', '0.5', '--side', 'long', '--only', 'liquidationPrice'];
    expect(await outputOf(bare, ...flags)).toBe('27135.67839196\n32673.26732673\n');
    const bad = await batch(bare, '--mmr', 'x', '--qty', '1', '--notional', '1');
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain('--mmr: "x" is not a plain decimal');
    expect(bad.stderr).toContain('--notional: this input conflicts with --qty');
  });

  it('--strict, --dp, --tick', async () => {
    const labelled = `${LONG.slice(0, -1)},"account":"a","name":"b"}`;
    expect(await batch(`${labelled}\n`, '--strict')).toMatchObject({ stderr: '', code: 0 });
    const noted = `${LONG.slice(0, -1)},"note":1}\n`;
    expect((await batch(noted, '--strict')).stderr).toContain('<stdin>:1: note: unknown name');
    expect(await outputOf(`${LONG}\n`, '--dp', '2', '--only', 'liquidationPrice')).toBe('27135.68\n');
    const ticked = `${LONG.slice(0, -1)},"tick":"10"}`;
    expect(await outputOf(`${LONG}\n${ticked}\n`, '--tick', '0.5', '--only', 'liquidationPrice')).toBe(
      '27136\n27140\n',
    );
  });

  it('--alert: 1 at or below the distance or when liquidated already; 65 wins', async () => {
    expect((await batch(`${LONG}\n`, '--alert', '9')).code).toBe(0);
    expect((await batch(`${LONG}\n${SHORT}\n`, '--alert', '9.5')).code).toBe(1);
    expect((await batch('{"side":"long","entry":"1","lev":"100","mmr":"2"}\n', '--alert', '0')).code).toBe(1);
    expect((await batch(`${LONG}\n${SHORT}\n${BAD}\n`, '--alert', '9.5')).code).toBe(65);
  });
});

describe('files', () => {
  it('one after another, stdin among them', async () => {
    const [one, two] = [fileOf('one.ndjson', LONG), fileOf('two.ndjson', `${BAD}\n`)];
    const { stdout, stderr, code } = await run(['batch', one, '-', two], { stdin: `${SHORT}\n` });
    expect(stdout).toBe(`${LONG_ANSWER}\n${SHORT_ANSWER}\n${BAD_ANSWER}\n`);
    expect(stderr).toBe(`${two}:1: ${BAD_WORDS}\nliqcalc: 1 of 3 records failed\n`);
    expect(code).toBe(65);
  });

  it('arrays make one array, CSV has one header', async () => {
    const arrays = [fileOf('a.json', `[${LONG}]`), fileOf('b.json', `[${SHORT}]`)];
    expect((await run(['batch', ...arrays])).stdout).toBe(`[\n${LONG_ANSWER},\n${SHORT_ANSWER}\n]\n`);
    const tables = [
      fileOf('a.csv', 'side,entry,lev,mmr\nlong,30000,10,0.5'),
      fileOf('b.csv', 'side,entry,lev,mmr\r\nshort,30000,10,0.5\r\n'),
    ];
    expect((await run(['batch', ...tables])).stdout).toBe(
      'side,entry,lev,mmr,outcome,liquidationPrice,distancePercent,error\nlong,30000,10,0.5,at,27135.67839196,9.5477,\nshort,30000,10,0.5,at,32835.82089552,9.4527,\n',
    );
  });

  it('of different formats or headers are refused', async () => {
    const csv = fileOf('a.csv', 'side,entry\n');
    const mixed = await run(['batch', fileOf('a.ndjson', LONG), csv]);
    expect([mixed.stdout, mixed.code]).toEqual(['', 2]);
    expect(mixed.stderr).toContain('all files must have the same format');
    const headers = await run(['batch', csv, fileOf('b.csv', 'side,lev\n')]);
    expect(headers.code).toBe(65);
    expect(headers.stderr).toContain('has another header than the inputs before it');
  });

  it('that cannot be read: 66, nothing is written', async () => {
    const good = fileOf('a.ndjson', LONG);
    expect(await run(['batch', good, '/nowhere/x.json'])).toEqual({
      stdout: '',
      stderr: 'liqcalc: /nowhere/x.json cannot be read: there is no such file\n',
      code: 66,
    });
    expect((await run(['batch', tmpdir()])).stderr).toBe(`liqcalc: ${tmpdir()} cannot be read: it is a folder\n`);
  });
});

describe('stderr', () => {
  it('warns of outdated brackets and low rates once a run, and not with --quiet', async () => {
    const record =
      '{"side":"long","entry":"30000","lev":10,"qty":1,"symbol":"BTCUSDT"}\n{"side":"long","entry":1,"lev":2,"mmr":0.005}\n';
    const { stderr, code } = await batch(record.repeat(3));
    expect(stderr.match(/liqcalc: warning: the brackets of BTCUSDT/g)).toHaveLength(1);
    expect(stderr.match(/is very low: did you mean 0.5\?/g)).toHaveLength(1);
    expect(code).toBe(0);
    expect((await batch(record, '-q')).stderr).toBe('');
  });

  it('shows progress on a terminal after a second, and takes it away', async () => {
    let now = 0;
    const slow = { terminal: true, now: () => (now += 150), stdin: Array.from({ length: 30 }, () => `${LONG}\n`) };
    const { stderr, code } = await run(['batch'], slow);
    expect(code).toBe(0);
    expect(stderr).toMatch(/\r\d+ records, \d+ records\/s, 0 failed/);
    const shown = stderr.split('\r').filter((text) => text.trim() !== '');
    expect(shown.length).toBeGreaterThan(2);
    expect(stderr.endsWith(`\r${' '.repeat(shown.at(-1)?.length ?? 0)}\r`)).toBe(true);
    expect((await run(['batch'], { ...slow, terminal: false })).stderr).toBe('');
    now = 0;
    expect((await run(['batch', '-q'], slow)).stderr).toBe('');
  });
});

it('a person at the keyboard reads what the program waits for', async () => {
  expect((await run(['batch'])).stderr).toBe(
    'liqcalc: reading positions from the terminal; press Ctrl-D to end the input\nliqcalc: no records in <stdin>\n',
  );
});

describe('liqcalc alone', () => {
  it('is batch where data comes through stdin, with flags too', async () => {
    expect((await run([], { stdin: `${LONG}\n` })).stdout).toBe(`${LONG_ANSWER}\n`);
    expect((await run(['--only', 'outcome'], { stdin: `${LONG}\n` })).stdout).toBe('at\n');
    expect((await run(['--version'], { stdin: `${LONG}\n` })).stdout).toMatch(/^\d/);
    expect((await run([])).stdout).toContain('More: liqcalc COMMAND -h (short)');
  });
});

describe('headers of spreadsheets', () => {
  const csv = 'Side,Entry Price,LEV,mmr,note\nlong,30000,10,0.5,a\nshort,30000,10,0.5,b\n';

  it.each(['on', 'off'])('name fields in any case and with blanks, lane %s', async (lane) => {
    const { stdout, code } = await run(['batch'], { stdin: csv, env: { LANG: 'C.UTF-8', LIQCALC_LANE: lane } });
    expect([stdout, code]).toEqual([
      'Side,Entry Price,LEV,mmr,note,outcome,liquidationPrice,distancePercent,error\n' +
        'long,30000,10,0.5,a,at,27135.67839196,9.5477,\nshort,30000,10,0.5,b,at,32835.82089552,9.4527,\n',
      0,
    ]);
  });

  it('are values of their fields for --only', async () => {
    expect((await run(['batch', '--only', 'side,entry,LEV'], { stdin: csv })).stdout).toBe(
      'long\t30000\t10\nshort\t30000\t10\n',
    );
  });

  it('do not name a field that another column has', async () => {
    const stdin = 'side,entry,lev,mmr,MMR\nlong,30000,10,0.5,9\n';
    expect((await run(['batch', '--only', 'mmr,MMR,liquidationPrice'], { stdin })).stdout).toBe(
      '0.5\t9\t27135.67839196\n',
    );
  });
});
