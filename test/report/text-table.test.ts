import { describe, expect, it } from 'vitest';
import { beside, hang, shownLength, wrap } from '../../src/report/text/lines.js';
import { createPaint } from '../../src/report/paint.js';
import { textTable, type Column } from '../../src/report/text/text-table.js';

const paint = createPaint(1);
const RED = '\u001b[31mred\u001b[39m';

interface Trade {
  readonly name: string;
  readonly price: string;
  readonly remark: string;
}

const NAME: Column<Trade> = { heading: 'NAME', cell: ({ name }) => name };
const PRICE: Column<Trade> = { heading: 'PRICE', align: 'right', cell: ({ price }) => price };
const REMARK: Column<Trade> = { heading: 'REMARK', cell: ({ remark }) => remark };
const LONG: Trade = { name: 'long', price: '9', remark: '' };
const SHORT: Trade = { name: 's', price: '123456', remark: 'far' };

describe('a text table', () => {
  it('makes columns as wide as what is in them, without blanks at the ends of lines', () => {
    expect(textTable([NAME, PRICE, REMARK], [LONG, SHORT], { width: 80 })).toEqual([
      'NAME   PRICE  REMARK',
      'long       9',
      's     123456  far',
    ]);
  });

  it('has its head alone where there are no rows', () => {
    expect(textTable([NAME, PRICE], [], { width: 80 })).toEqual(['NAME  PRICE']);
  });

  it('measures cells without the codes of their colours', () => {
    const painted = { ...LONG, name: RED };
    expect(textTable([NAME, PRICE], [painted, SHORT], { width: 80 })).toEqual([
      'NAME   PRICE',
      `${RED}        9`,
      's     123456',
    ]);
  });

  it('paints whole lines, and nothing beside them', () => {
    const tones = { width: 80, head: paint.faint, row: (index: number) => (index === 0 ? paint.bad : paint.good) };
    expect(textTable([NAME], [LONG, SHORT], tones)).toEqual([
      '\u001b[2mNAME\u001b[22m',
      '\u001b[31mlong\u001b[39m',
      '\u001b[32ms\u001b[39m',
    ]);
  });

  it('wraps the last column in its place at 80 characters', () => {
    const words = Array.from({ length: 30 }, () => 'words').join(' ');
    const [, ...lines] = textTable([NAME, REMARK], [{ ...LONG, remark: words }], { width: 80 });
    expect(lines.map((line) => line.length)).toEqual([77, 77, 41]);
    expect(lines.map((line) => line.slice(0, 11))).toEqual(['long  words', '      words', '      words']);
  });

  it('leaves out the last columns that do not fit and names them, but never the first', () => {
    const wide = { ...LONG, name: 'n'.repeat(60), remark: 'a remark of some more words than fit' };
    const left = 'Columns that do not fit: REMARK (--json has all).';
    expect(textTable([NAME, REMARK], [wide], { width: 80 })).toEqual(['NAME', wide.name, left]);
    const [, line] = textTable([NAME, { ...REMARK, rank: 0 }], [wide], { width: 80 });
    expect(line).toBe(`${wide.name}  a remark of some more`);
  });
});

describe('lines', () => {
  it('counts what is seen', () => {
    expect(shownLength(`a ${RED}`)).toBe(5);
    expect(shownLength('')).toBe(0);
  });

  it('wraps painted words where plain ones would be', () => {
    expect(wrap(`${RED} ${RED} ${RED}`, 7)).toEqual([`${RED} ${RED}`, RED]);
    expect(wrap('longerthanit is', 4)).toEqual(['longerthanit', 'is']);
    expect(wrap('one,two,three', 8)).toEqual(['one,two,', 'three']);
  });

  it('hangs text beside a painted head', () => {
    expect(hang(`${RED}: `, 'one two', 9)).toEqual([`${RED}: one`, '     two']);
    expect(beside(RED, [])).toEqual([]);
  });
});
