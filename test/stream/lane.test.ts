import { describe, expect, it } from 'vitest';
import { run, runForBytes } from '../cli/run.js';
import { answeredByGeneralPath, expectSameBytes, FIRST } from './random-streams.js';

const TAKEN = [
  '{"id":1,"side":"short","entry":30000.50,"lev":"20x","mmr":"0.5%"}',
  '{"mmr":0.5,"lev":10,"entry":3e0,"side":"long"}'.replace('3e0', '3'),
  ' { "side" : "LONG" , "entry" : "30000" , "lev" : 10 , "mmr" : 0.5 } \r',
  '{"note":"a \\"b\\" \\u00e9","side":"long","entry":"30000","lev":10,"mmr":0.5,"tags":[1,{"a":null}],"x":-1.5e9,"y":true}',
  '{"note":null,"side":"long","entry":"30000","lev":1,"mmr":0.5,"mark":null}',
  '{"side":"long","entry":"30000","lev":200,"mmr":0.6}',
  '{"side":"long","entry":"30000","lev":10,"mmr":0.5,"mark":"29000.5","contract":"linear","taker":0.05,"callRatio":80}',
  '{"side":"long","entry":"30000","qty":"0.512","margin":"1500.25","mmr":0.5,"cum":"50","addMargin":"7.5","mmFee":"0.05"}',
  '{"side":"short","entry":"30000","notional":"2500","margin":"1500.25","mmr":0.5}',
  '{"side":"short","entry":"30000","quantity":"2","wallet":"-500","othersPnl":"-20.5","othersMm":"3","mmr":0.5}',
  '{"side":"long","entryPrice":"0.000012345678","leverage":"12.5","mmr":"0.65","amountOfFun":1}',
  '{"side":"long","entry":"123456789012345","lev":10,"mmr":"0.65"}',
  '{"symbol":"XYZ","side":"long","entry":"60000","lev":10,"mmr":"0.65"}',
];

describe('the lane takes', () => {
  it.for(TAKEN)('%s', async (record) => {
    expect(await answeredByGeneralPath(`${FIRST}\n${record}\n${record}\n${record}\n`)).toBe(0);
    const inArray = `[${[FIRST, record, record].join(' ,\n\t')}]`;
    expect(await answeredByGeneralPath(inArray)).toBe(0);
    expect((await run(['batch'], { stdin: inArray })).stdout).toBe(
      (await run(['batch'], { stdin: inArray, env: { LIQCALC_LANE: 'off' } })).stdout,
    );
  });

  it('the warnings of a table are reported once, then its records are taken', async () => {
    const record = '{"symbol":"BTCUSDT","side":"long","entry":"60000","lev":"10","qty":"0.5","mark":"59000"}\n';
    expect(await answeredByGeneralPath(`${FIRST}\n${record.repeat(9)}`)).toBe(1);
    const low = '{"side":"long","entry":"60000","lev":"10","mmr":"0.05"}\n';
    expect(await answeredByGeneralPath(`${FIRST}\n${low.repeat(9)}`)).toBe(1);
    const high = '{"side":"long","entry":"60000","lev":"200.1","mmr":"0.5"}\n';
    expect(await answeredByGeneralPath(`${FIRST}\n${high.repeat(9)}`)).toBe(1);
  });

  it('CSV with quotes, blanks and columns of others', async () => {
    const header = 'id,"side",entry , lev,mmr,note\r\n';
    const first = '0,long,30000,10,0.5,\r\n';
    const rows = `1,"short", 30000.50 ,"20x",0.5%,"a, b"\n\n2 ,long,.5,10,1,\r\n"","long","5.","3"," 0.5 ",x"y\n`;
    expect(await answeredByGeneralPath(header + first + rows)).toBe(0);
  });

  it('objects over several lines', async () => {
    const pretty = JSON.stringify(JSON.parse(FIRST), null, 2);
    expect(await answeredByGeneralPath(`[\n${pretty},\n${pretty},\n${pretty}\n]\n`)).toBe(0);
    expect(await answeredByGeneralPath(`${pretty}\n${pretty}\n${pretty}\n`)).toBe(0);
  });

  it('blanks of every length between keys and values', async () => {
    const spread = (blanks: number): string => {
      const gap = ' '.repeat(blanks);
      return `{"id":${gap}1,${gap}"side"${gap}:"long"${gap},"entry":"30000","lev":${gap}10,"mmr":0.5${gap}}\n`;
    };
    const lines = Array.from({ length: 60 }, (_, index) => spread((index * 7) % 31)).join('');
    expect(await answeredByGeneralPath(`${FIRST}\n${lines}${lines}`)).toBe(0);
    const far = `${FIRST}\n${spread(60)}${spread(300)}${spread(5000)}${spread(1)}`;
    expect(await answeredByGeneralPath(far)).toBe(0);
    const mixed = ['"10x"', '10', '"10"', ' 10', 'null', '"10"'].map((lev) => `{"id":1,"lev":${lev},${FIRST.slice(1)}`);
    const bare = mixed.map((record) => record.replace('"lev":10,"mmr"', '"mmr"')).join('\n');
    expect(await answeredByGeneralPath(`${FIRST}\n${bare.replace('null', '7')}\n`)).toBe(0);
    for (const input of [lines, far, `${mixed.join('\n')}\n`, `${bare}\n`]) {
      const general = await run(['batch'], { stdin: input, env: { LIQCALC_LANE: 'off' } });
      expect((await run(['batch'], { stdin: input })).stdout).toBe(general.stdout);
    }
  });

  it('no quote that is missing or too many, though the steps around it are known', async () => {
    const signs = ['', '"'];
    const records = signs.flatMap((a) =>
      signs.flatMap((b) =>
        signs.map((c) => `{"side":"long","entry":${a}30000${a},"lev":${b}10${b},"mmr":${c}0.5${c}}\n`),
      ),
    );
    const damaged = records.flatMap((record) =>
      Array.from({ length: record.length - 1 }, (_, at) => {
        const [before, sign, after] = [record.slice(0, at), record.charAt(at), record.slice(at + 1)];
        return sign === '"' ? before + after : `${before}"${sign}${after}`;
      }),
    );
    const input = `${FIRST}\n${[...records, ...damaged].join('')}`;
    const general = await run(['batch'], { stdin: input, env: { LIQCALC_LANE: 'off' } });
    expect(await run(['batch'], { stdin: input })).toEqual(general);
    expect(general.stdout.match(/"code":"INVALID_INPUT"/g)).toHaveLength(damaged.length);
  });

  it('every byte that passes through, those that would make a double NaN among them', async () => {
    const nan = Buffer.from('!\u007f\u007f\u{1ffff}\u007f');
    const notes = Array.from({ length: 40 }, (_, shift) =>
      Buffer.concat([Buffer.alloc(shift, 0x61), shift % 2 === 0 ? nan : Buffer.from('\uffff\u007f'), nan]),
    );
    const own = (note: Buffer): Buffer[] => [Buffer.from(FIRST.slice(0, -1) + ',"note":"'), note, Buffer.from('"')];
    const stdin = [Buffer.concat(notes.flatMap((note) => [...own(note), Buffer.from('}\n')]))];
    const answer = ',"outcome":"at","liquidationPrice":"27135.67839196","distancePercent":"9.5477"}\n';
    const answers = Buffer.concat(notes.flatMap((note) => [...own(note), Buffer.from(answer)]));
    expect((await runForBytes(['batch'], { stdin })).stdout.toString('latin1')).toBe(answers.toString('latin1'));
    const rows = [Buffer.from('note,side,entry,lev,mmr\n')];
    for (const note of notes) rows.push(note, Buffer.from(',long,30000,10,0.5\n'));
    const table = (await runForBytes(['batch'], { stdin: [Buffer.concat(rows)] })).stdout.toString('latin1');
    expect(table.split('\n').slice(1, -1)).toEqual(
      notes.map((note) => `${note.toString('latin1')},long,30000,10,0.5,at,27135.67839196,9.5477,`),
    );
  });

  it('not what it was not asked for', async () => {
    const input = `${FIRST}\n${FIRST}\n`;
    expect(await answeredByGeneralPath(input, { fields: ['outcome'] })).toBe(1);
    expect(await answeredByGeneralPath(input, { only: ['outcome'] })).toBe(1);
    expect(await answeredByGeneralPath(input, { format: 'csv' })).toBe(1);
    expect(await answeredByGeneralPath(input, { format: 'json' })).toBe(0);
  });
});

describe('the lane of a long input', () => {
  const records = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => FIRST.replace('"id":0', `"id":${index}`));
  const rows = Array.from({ length: 300 }, (_, index) => `${index},long,30000,10,0.5`);
  const inputs: readonly (readonly [string, string])[] = [
    ['lines', records(300).join('\n')],
    ['an array', `[${records(300).join(',\n')}]`],
    ['CSV', `id,side,entry,lev,mmr\n${rows.join('\n')}\n`],
  ];

  it.each(inputs)('takes over in its midst, with any end of a chunk: %s', async (_, input) => {
    const general = await run(['batch'], { stdin: input, env: { LIQCALC_LANE: 'off' } });
    for (const size of [37, 1000, 4095, 4096, 5000]) {
      const parts = Array.from({ length: Math.ceil(input.length / size) }, (_, part) =>
        input.slice(part * size, (part + 1) * size),
      );
      expect(await run(['batch'], { stdin: parts, env: {} })).toEqual(general);
    }
    expect(general.stdout.match(/27135/g)).toHaveLength(300);
  });

  it.each(inputs)('takes the rest after the first 4 kB: %s', async (_, input) => {
    const parts = [input.slice(0, 1000), input.slice(1000)];
    const before = input.slice(0, 1000).match(/long/g)?.length ?? 0;
    // One may be cut in two, one opens the lane, and a last line without its end is not for the lane.
    expect(await answeredByGeneralPath(parts, { longFrom: 1 << 12 })).toBeLessThan(before + 3);
    expect(await answeredByGeneralPath(input, { longFrom: input.length + 1 })).toBe(299);
  });
});

it('the lane and the general path give the same bytes, words and code, for any input', () => expectSameBytes(400));
