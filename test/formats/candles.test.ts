import { describe, expect, it } from 'vitest';
import { readCandles } from '../../src/formats/candles.js';

const closes = (text: string): string[] =>
  readCandles(text).candles.map(({ high, low, close }) => [high, low, close].map((each) => each.toText(8)).join(' '));

describe('candles', () => {
  it.each([
    ['high,low,close\n3,1,2\n4,2,3\n'],
    ['\r\nOpen;HIGH; Low ;close\r\n1;3;1;2\r\n\r\n1;4;2;3'],
    ['time\th\tl\tc\n2\t4\t2\t3\n1\t3\t1\t2\n'],
    ['"high","low","close"\n"3","1","2"\n"4","2","3"'],
    ['date,high,low,close\n"Nov 1, 2025",3,1,2\n"Nov 2, 2025",4,2,3\n'],
    ['note;close;high;low;note\r\n"a ""b"";\r\nc";2;3;1;"x,y"\r\n; 3 ;"4";2;\r\n'],
    ['"date, UTC",high,low,close\n1,3,1,2\n"2",4,2,3'],
    ['high,low,close\r3,1,2\r4,2,3\r'],
    [' [[2,"1","4","2","3","v"],[1,"1","3","1","2","v"]]'],
    ['[{"high":3,"low":"1","close":2},{"high":4,"low":2,"close":3}]'],
  ])('%j', (text) => {
    expect(closes(text)).toEqual(['3 1 2', '4 2 3']);
  });

  it('know the decimals of closes', () => {
    expect(readCandles('high,low,close\n3,1,2.50\n').decimals).toBe(2);
  });

  it.each([
    ['', /must be CSV with a header|with a header of high, low and close/],
    ['a,b\n1,2', /"a,b" is invalid; the file must be CSV/],
    ['[[1,2', /the file must be CSV/],
    ['high,low,close\n"3,1,2\n4,2,3', /"\\"3,1,2" is invalid; a cell opens a quote and never closes it/],
    ['high,low,close\n3,1,"2"x', /a cell has text after its closing quote/],
    ['[[1,"3","3","1"]]', /candle 1: close is missing$/],
    ['[7]', /"7" is invalid; candle 1: write {"high", "low", "close"} or a kline/],
    ['[{"high":3,"low":1,"close":2,"close":2}]', /"close" is invalid; candle 1: this key is given twice/],
    ['high,low,close\n1,2,1', /"1" is invalid; candle 1: the high is below the low 2/],
    ['high,low,close\n3,1,4', /"4" is invalid; candle 1: the close is not between low 1 and high 3/],
    ['high,low,close\n3,1,2\n3,,2', /candle 2: low is missing$/],
    ['high,low,close\n3,1,2\n1e5x,1,2\n0,0,0', /candle 2: high must.*candle 3: high must/],
  ])('%j is refused', (text, words) => {
    expect(() => readCandles(text)).toThrow(words);
  });
});
