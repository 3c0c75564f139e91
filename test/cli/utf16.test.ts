import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-utf16-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CSV = 'side\tentry\tlev\tmmr\r\nlong\t30000\t10\t1\r\n';
const ACCOUNT = '{"wallet":5,"positions":[]}';
const WORDS = 'UTF-16, not UTF-8; convert it (iconv -f UTF-16 -t UTF-8), or save it as "CSV UTF-8"';

const little = (text: string): Buffer => Buffer.from(text, 'utf16le');
const ENCODINGS: readonly (readonly [name: string, encode: (text: string) => Buffer])[] = [
  ['with a byte order mark, as Excel saves it', (text) => little(`\ufeff${text}`)],
  ['big-endian with a byte order mark', (text) => little(`\ufeff${text}`).swap16()],
  ['without a byte order mark', little],
  ['big-endian without a byte order mark', (text) => little(text).swap16()],
];

describe.each(ENCODINGS)('UTF-16 %s', (name, encode) => {
  const path = join(folder, `${name.replaceAll(' ', '-')}.txt`);

  it.each([
    ['batch', CSV, `liqcalc: PATH is ${WORDS}\n`, 65],
    ['batch', ACCOUNT, `liqcalc: PATH is ${WORDS}\n`, 65],
    ['account', ACCOUNT, `PATH: it is ${WORDS}\nliqcalc: 1 of 1 records failed\n`, 65],
    ['check', ACCOUNT, `PATH: it is ${WORDS}\nliqcalc: 1 of 1 records failed\n`, 65],
  ])('is named by %s', async (command, text, words, code) => {
    writeFileSync(path, encode(text));
    const file = await run([command, path]);
    expect([file.stderr, file.code]).toEqual([words.replace('PATH', path), code]);
    const piped = await run([command], { stdin: [encode(text)] });
    expect([piped.stderr, piped.code]).toEqual([words.replace('PATH', '<stdin>'), code]);
  });
});

it('short input and text of other encodings are not taken for it', async () => {
  for (const stdin of ['', 's', 'side', '\0', '\0\0\0\0']) {
    expect((await run(['batch'], { stdin })).stderr).not.toContain('UTF-16');
    expect((await run(['account'], { stdin })).stderr).not.toContain('UTF-16');
  }
});
