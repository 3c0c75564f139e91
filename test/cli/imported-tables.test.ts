import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BracketTable } from '../../src/core/brackets.js';
import { importedTables, storeImported } from '../../src/cli/imported-tables.js';
import type { Io } from '../../src/cli/io.js';
import { processIo } from '../../src/cli/process-io.js';
import { readBracketFile } from '../../src/formats/venues/index.js';

const table = (symbol: string, rate: string): string =>
  `{"symbol":"${symbol}","contract":"linear","venue":"binance","multiplier":"1","asOf":"2026-10-01","confidence":"A","source":"own","brackets":[{"floor":"0","cap":"1000","rate":"${rate}","amount":"0"}]}`;

function read(text: string): BracketTable {
  const file = readBracketFile(text, { name: 'a.json', asOf: () => '2026-10-01', dating: '' });
  const [entry] = file.kind === 'fault' ? [] : file.tables;
  if (!entry) throw new Error('no table');
  return entry.read();
}

let folder: string;
let old: string;
let io: Io;

beforeEach(() => {
  const config = mkdtempSync(join(tmpdir(), 'liqcalc-imported-'));
  folder = join(config, 'liqcalc');
  old = join(folder, 'brackets.json');
  mkdirSync(folder);
  writeFileSync(old, `{"tables":[${table('OLDUSDT', '0.01')},${table('ABCUSDT', '0.01')}]}`);
  io = { ...processIo(), platform: 'linux', env: { XDG_CONFIG_HOME: config } };
});

/** The same world, in which something happens before the `count`-th look at a file or folder. */
function interrupted(count: number, happening: () => void): Io {
  let looks = 0;
  const look = (): void => {
    looks++;
    if (looks === count) happening();
  };
  return {
    ...io,
    readFile: (path, most) => (look(), io.readFile(path, most)),
    namesIn: (path) => (look(), io.namesIn(path)),
    addFile: (path, text) => {
      look();
      io.addFile(path, text);
    },
  };
}

describe('an import in the middle of something else', () => {
  it.each([1, 2])('removes no table while another run reads (before look %i)', (count) => {
    let imports = 0;
    const reader = interrupted(count, () => {
      imports++;
      storeImported(io, [read(table('NEWUSDT', '0.02'))]);
    });
    const symbols = importedTables(reader).map((entry) => entry.read().symbol);
    expect(imports).toBe(1);
    expect(existsSync(old)).toBe(false);
    expect(symbols).toEqual(expect.arrayContaining(['ABCUSDT', 'OLDUSDT']));
  });

  it.each([1, 2, 3])('is not undone by one who splits the old file (before look %i)', (count) => {
    let imports = 0;
    const splitter = interrupted(count, () => {
      imports++;
      storeImported(io, [read(table('ABCUSDT', '0.03'))]);
    });
    storeImported(splitter, [read(table('NEWUSDT', '0.02'))]);
    expect(imports).toBe(1);
    expect(existsSync(old)).toBe(false);
    expect(readFileSync(join(folder, 'brackets', 'binance', 'ABCUSDT.json'), 'utf8')).toContain('"rate":"0.03"');
    expect(new Set(importedTables(io).map(({ symbol }) => symbol))).toEqual(new Set(['ABCUSDT', 'NEWUSDT', 'OLDUSDT']));
  });
});

it('another venue keeps a table of its own beside it', () => {
  const other = { ...read(table('ABCUSDT', '0.05')), venue: 'kucoin' };
  storeImported(io, [other]);
  expect(importedTables(io).map((entry) => `${entry.venue()} ${entry.symbol}`)).toEqual([
    'binance ABCUSDT',
    'binance OLDUSDT',
    'kucoin ABCUSDT',
  ]);
});
