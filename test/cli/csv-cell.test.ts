import { expect, it } from 'vitest';
import { csvCell } from '../../src/report/csv.js';

// RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180, 2005-10), section 2, rules 6 and 7.
it.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['a;b', 'a;b'],
  ['a\rb', '"a\rb"'],
  ['a\nb', '"a\nb"'],
  ['a "b"', '"a ""b"""'],
  ['"', '""""'],
])('a cell of %j is written %j', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

it('only the delimiter in use makes quotes', () => {
  expect([csvCell('a,b', ';'), csvCell('a;b', ';')]).toEqual(['a,b', '"a;b"']);
});
