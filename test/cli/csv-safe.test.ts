import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { safeCsv } from '../../src/report/csv.js';
import { run } from './run.js';

const DANGEROUS = ['=1+1', '+cmd', '-cmd', '@SUM(1)', '=HYPERLINK("http://x")', '＝1', '＋1', '－1', '＠x', ' =1'];
const HARMLESS = ['-5', '+5', '-0.5', '-.5', '-5%', '-1e-3', 'a=b', 'x@y', '', '30000', ' plain', '"'];

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

describe('--csv-safe', () => {
  it('puts an apostrophe before what a spreadsheet would run', () => {
    for (const text of DANGEROUS) {
      expect(safeCsv(`a,${quoted(text)}\n`)).toBe(`a,"'${quoted(text).slice(1)}\n`);
      if (!/["]/.test(text)) expect(safeCsv(`${text},b\r\n${text}\n`)).toBe(`'${text},b\r\n'${text}\n`);
    }
    expect(safeCsv('\t=x,\tx,"\rx"\n')).toBe("'\t=x,'\tx,\"'\rx\"\n");
  });

  it('leaves everything else as it is', () => {
    const text = HARMLESS.map((cell) => `x,${quoted(cell)}\n`).join('');
    expect(safeCsv(text)).toBe(text);
    expect(safeCsv('a,-5,+5,-5%\n;=x\n')).toBe('a,-5,+5,-5%\n;=x\n');
    expect(safeCsv('a;=x;-5\n', ';')).toBe("a;'=x;-5\n");
  });

  const csv = 'id,note,side,entry,lev,mmr\n=1+1,@x,long,30000,10,0.5\n-7,"+a,b",long,30000,10,0.5\n';

  it('is off by default: own fields pass untouched', async () => {
    const { stdout } = await run(['batch', '--fields', 'distance'], { stdin: csv });
    expect(stdout).toBe(
      'id,note,side,entry,lev,mmr,distance,error\n=1+1,@x,long,30000,10,0.5,2864.32160804,\n-7,"+a,b",long,30000,10,0.5,2864.32160804,\n',
    );
  });

  it('holds in a stream from CSV, from JSON, and in error messages', async () => {
    const { stdout } = await run(['batch', '--csv-safe', '--fields', 'distance'], { stdin: csv });
    expect(stdout).toBe(
      "id,note,side,entry,lev,mmr,distance,error\n'=1+1,'@x,long,30000,10,0.5,2864.32160804,\n-7,\"'+a,b\",long,30000,10,0.5,2864.32160804,\n",
    );
    const json = '{"note":"=x","side":"long","entry":30000,"lev":10,"mmr":0.5}\n{"note":"＝x","side":"=s"}\n';
    const fromJson = await run(['batch', '--csv-safe', '--format', 'csv', '--fields', 'outcome', '-q'], {
      stdin: json,
    });
    const [, first, second] = fromJson.stdout.split('\n');
    expect(first).toBe("'=x,long,30000,10,0.5,at,");
    expect(second?.startsWith("'＝x,'=s,")).toBe(true);
  });

  it('never touches a number, negative ones among them', async () => {
    const args = [
      'long',
      '--entry',
      '100',
      '--margin',
      '10',
      '--qty',
      '1',
      '--mmr',
      '1',
      '--mark',
      '80',
      '--format',
      'csv',
    ];
    const plain = await run(args);
    expect(plain.stdout).toContain(',-20,');
    expect((await run([...args, '--csv-safe'])).stdout).toBe(plain.stdout);
  });

  it('holds for accounts, questions and tables', async () => {
    const account = '{"wallet":5,"positions":[{"symbol":"=X","side":"long","qty":1,"entry":3,"mark":3,"mmr":1}]}';
    const answered = await run(['account', '--csv-safe', '--format', 'csv'], { stdin: account });
    expect(answered.stdout).toContain(",'=X,");
    const asked = await run([
      'pnl',
      'long',
      '--symbol',
      '=x',
      '--entry',
      '3',
      '--exit',
      '2',
      '--qty',
      '1',
      '--csv-safe',
      '--format',
      'csv',
    ]);
    expect(asked.stdout.split('\n')[1]).toMatch(/^long,'=X?x?,3,1,2,-1,/);
    const listed = await run(['brackets', 'list', '--format', 'csv']);
    expect((await run(['brackets', 'list', '--format', 'csv', '--csv-safe'])).stdout).toBe(listed.stdout);
  });

  it('does nothing to other formats', async () => {
    const stdin = '{"note":"=x","side":"long","entry":30000,"lev":10,"mmr":0.5}\n';
    expect((await run(['batch', '--csv-safe'], { stdin })).stdout).toContain('"note":"=x"');
    expect(readFileSync('examples/book.csv', 'utf8')).not.toContain("'");
  });
});
