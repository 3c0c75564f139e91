import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** What CONTRIBUTING's table says, done once on a copy of the tree: one file, and one line in the folder's index. */
interface Addition {
  /** The folder with its index. */
  readonly folder: string;
  readonly file: string;
  readonly source: string;
  /** What the index imports of the file; it loads the file itself where that is left out. */
  readonly exported?: string;
  /** The line of the registry that the new one is written before. */
  readonly before: string;
  readonly line: string;
  /** A second place: a list of names that is loaded without what they name. */
  readonly name?: { readonly file: string; readonly before: string; readonly line: string };
}

/** A linear contract that is counted in contracts of a size in base units, as many exchanges have them. */
const CONTRACT: Addition = {
  folder: 'src/core/contracts',
  file: 'counted.ts',
  exported: 'counted',
  before: 'export const contracts = { ',
  line: 'counted, ',
  source: `
import type { Contract } from './contract.js';

/** Linear, counted in contracts of so many base units. */
export const counted: Contract = {
  name: 'counted',
  meaning: 'settled in the quote asset; size in contracts of so many base units',
  marginAsset: 'quote',
  sizeUnit: 'contracts',
  longSlope: 1,
  coordinate: (price) => price,
  sizeOf: (quantity, multiplier) => quantity.times(multiplier),
  quantityOf: (notional, entry, multiplier) => notional.over(entry.times(multiplier)),
  notional: (size, price) => size.times(price),
  formulas: {
    equity: 'C + s x q x (p - E)',
    maintenance: '(r + f) x q x p - a',
    long: '(q x E - C - a) / (q x (1 - r - f))',
    short: '(q x E + C + a) / (q x (1 + r + f))',
    fixed: { long: '(q x E - C + F) / q', short: '(q x E + C - F) / q' },
  },
};
`,
};

/** Liquidation as if there were no maintenance margin. */
const FORMULA: Addition = {
  folder: 'src/core/formulas',
  file: 'no-maintenance.ts',
  exported: 'noMaintenance',
  before: ' } as const satisfies Record<string, Formula>',
  line: ", 'no-maintenance': noMaintenance",
  source: `
import { flatBrackets } from '../brackets.js';
import { outcomeAt, poolOf, safeRange } from '../liquidation.js';
import { referencePrice } from '../position.js';
import { Ratio } from '../ratio.js';
import type { Formula } from './formula.js';

/** Where the margin is gone: without maintenance. */
export const noMaintenance: Formula = {
  name: 'no-maintenance',
  meaning: 'where the margin is gone',
  scope: 'every position',
  refuses: () => [],
  outcome: (position) => {
    const leg = { ...position, brackets: flatBrackets(Ratio.ZERO, Ratio.ZERO), fee: Ratio.ZERO };
    return outcomeAt(safeRange({ ...poolOf(position), legs: [leg] }), referencePrice(position));
  },
  expression: () => 'E - s x C / q',
  neverBecause: 'the formula gives no positive price',
};
`,
};

/** A venue that counts its taker fee, and has a price in isolated margin only. */
const VENUE: Addition = {
  folder: 'src/core/venues',
  file: 'feed.ts',
  exported: 'feed',
  before: '] as const;',
  line: '  feed,\n',
  source: `
import type { Venue } from './venue.js';

/** Maintenance and the taker fee at the price. */
export const feed: Venue = {
  name: 'feed',
  venue: 'feed',
  meaning: 'Feed: maintenance and taker fee at the price',
  since: '2026',
  tiers: { apply: 'marginal', by: 'value' },
  isolated: { valued: 'price', fee: { of: 'taker', usual: '0.001' }, confidence: 'A' },
  cross: { refused: 'it has no cross margin' },
  tablesFrom: () => 'curl -s https://feed.example/tiers | liqcalc brackets import - --venue feed',
  sources: [{ text: 'a page that is not there', read: '2026-11-29' }],
};
`,
};

/** A position that is too small to bother. */
const RULE: Addition = {
  folder: 'src/core/risk/rules',
  file: 'small-value.ts',
  exported: 'smallValue',
  before: '} as const satisfies Record<string, Rule>',
  line: "  'small-value': smallValue,\n",
  source: `
import { valueAt } from '../../leg.js';
import { lacks, measured, type Rule } from '../rule.js';
import { plain } from '../words.js';

/** Whether a position is worth its fees. */
export const smallValue: Rule = {
  title: 'value of the position',
  reason: 'The fees of closing a small position can be more than it earns.',
  source: '"A page that is not there", 2026-06-29, sizing 9',
  needs: ['mark'],
  unit: '',
  settings: { warn: { default: '10' } },
  comparison: 'below',
  scope: 'position',
  judge: ({ position: { assessed } }) => {
    const { mark } = assessed.position;
    if (!mark) return lacks({ mark });
    const value = valueAt(assessed.position, mark);
    return measured(value, () => ({ message: \`it is worth \${plain(value)}\`, advice: 'close it' }));
  },
};
`,
};

/** Bracket tables as lines of an object by pair. */
const SHAPE: Addition = {
  folder: 'src/formats/venues',
  file: 'by-pair.ts',
  exported: 'byPair',
  before: '];\n\n',
  line: '  byPair,\n',
  source: `
import { DEFAULT_VENUE } from '../../core/brackets.js';
import { JsonArray, JsonObject, type JsonValue } from '../../schema/json-value.js';
import type { TableShape, WrittenEntry } from '../written-table.js';

const itemsOf = (value: JsonValue): readonly JsonValue[] => (value instanceof JsonArray ? value.items : []);

function entryOf(symbol: string, rows: JsonValue): WrittenEntry {
  return {
    symbol,
    venue: () => DEFAULT_VENUE,
    silentVenue: DEFAULT_VENUE,
    written: (origin) => ({
      contract: 'linear',
      multiplier: '1',
      asOf: origin.asOf(),
      confidence: 'C',
      source: origin.name,
      wholePosition: false,
      notes: [],
      rows: itemsOf(rows).map((row) => {
        const cells = itemsOf(row).map((cell) => (typeof cell === 'string' ? cell : undefined));
        const [floor = '', cap, rate = '', amount, maxLeverage] = cells;
        return { floor, cap, rate, amount, maxLeverage };
      }),
    }),
  };
}

/** Rows of floor, cap, rate, amount and highest leverage by pair. */
export const byPair: TableShape = {
  meaning: 'rows by pair',
  tables: (file) => {
    const pairs = file instanceof JsonObject ? file.value('pairs') : undefined;
    if (!(pairs instanceof JsonObject)) return undefined;
    return pairs.members.map(([pair, rows]) => entryOf(pair, rows));
  },
};
`,
};

/** An exchange that answers with rows. */
const EXCHANGE: Addition = {
  folder: 'src/formats/exchanges',
  file: 'row-exchange.ts',
  exported: 'rowExchange',
  before: '};\n',
  line: '  rows: rowExchange,\n',
  name: { file: 'src/formats/exchange-names.ts', before: '] as const', line: "  'rows',\n" },
  source: `
import { JsonArray, JsonObject } from '../../schema/json-value.js';
import type { RawPosition } from '../raw-account.js';
import { unreadableAccount, type ExchangeReader } from '../exchange-record.js';
import { jsonValue } from '../json.js';

const KEYS = ['side', 'symbol', 'entry', 'mark', 'qty', 'mmr'] as const;

function positionOf(row: unknown, name: string): RawPosition {
  const cells = row instanceof JsonArray ? row.items : [];
  const texts = cells.map((cell) => (typeof cell === 'string' ? cell : ''));
  return { name, record: KEYS.map((key, index) => [key, texts[index] ?? ''] as const), own: () => [] };
}

/** Rows of side, symbol, entry, mark, size and rate beside the balance. */
export const rowExchange: ExchangeReader = {
  meaning: 'rows of positions',
  read: (json) => {
    const answer = jsonValue(json);
    const open = answer instanceof JsonObject ? answer.value('open') : undefined;
    const wallet = answer instanceof JsonObject ? answer.value('balance') : undefined;
    if (!(open instanceof JsonArray) || typeof wallet !== 'string') {
      return [unreadableAccount(json, 'give an object with balance and open')];
    }
    const positions = open.items.map((row, index) => positionOf(row, \`open[\${index}]\`));
    return [{ wallet, positions, own: [], problems: [] }];
  },
};
`,
};

/** Values separated by tabs. */
const FORMAT: Addition = {
  folder: 'src/report/writers',
  file: 'tsv.ts',
  before: "  'vega-lite': defineFormat({",
  line: `  tsv: defineFormat({
    writes: ['reports', 'tables', 'records'],
    readBy: 'programs',
    load: async () => (await import('./tsv.js')).tsv,
  }),
`,
  source: `
import { bareTableStyle, type FormatWriters } from '../format.js';
import type { Data } from '../report.js';
import { columnsOfReport, rowsUnder } from '../table.js';
import type { Sink, Writer } from '../writer.js';

const line = (cells: readonly string[]): string =>
  cells.map((cell) => cell.replace(/[\\t\\r\\n]+/g, ' ')).join('\\t') + '\\n';

/** Writes each report as a header and its rows. */
function writer(sink: Sink): Writer<Data> {
  return {
    record: (report) => {
      const columns = columnsOfReport(report);
      for (const cells of [columns, ...rowsUnder(columns, report)]) sink(line(cells));
    },
    end: () => undefined,
  };
}

/** Tab-separated values. */
export const tsv = {
  reports: writer,
  tables: writer,
  records: { kind: 'table', style: () => bareTableStyle(line) },
} satisfies Partial<FormatWriters>;
`,
};

/** A question about a position: the price after a move. */
const COMMAND: Addition = {
  folder: 'src/commands',
  file: 'moved.ts',
  before: '} as const satisfies Readonly<Record<string, CommandEntry>>',
  line: "  moved: { summary: 'the price after a move', load: () => import('./moved.js') },\n",
  source: `
import { Ratio } from '../core/ratio.js';
import { row } from '../report/text/card.js';
import { defineCommand } from './shared/command.js';
import { TRADE_FIELDS } from './shared/trade.js';

/** The entry after a move. */
export const command = defineCommand({
  position: TRADE_FIELDS,
  inputs: {
    move: {
      kind: 'decimal',
      range: 'any',
      suffix: '%',
      placeholder: 'PERCENT',
      meaning: 'how far the price moves',
      needed: 'move',
    },
  },
  supplies: ['lev', 'mmr', 'qty'],
  answer: ({ terms, move }) => ({ price: terms.entry.times(Ratio.ONE.plus(move)) }),
  figures: {
    movedPrice: { kind: 'price', always: true, meaning: 'the price after the move', of: ({ price }) => price },
  },
  text: ({ price }, page) => [page.title('moved'), '', row('Price', price.toText(2), '', page)],
});
`,
};

/** The parts of the tree that it takes. */
const COPIED = [
  'src',
  'docs',
  'README.md',
  'package.json',
  'tsconfig.json',
  'test/page-table.ts',
  ...['docs-rules', 'docs-tables', 'core/venues/conformance'].map((name) => `test/${name}.test.ts`),
];

const ADDITIONS = [CONTRACT, FORMULA, VENUE, RULE, SHAPE, EXCHANGE, FORMAT, COMMAND];

const root = mkdtempSync(join(tmpdir(), 'liqcalc-contributing-'));
const program = join(root, 'liqcalc.cjs');

/** Writes the file, and its line in the index: an import, and its place in the list. */
function add({ folder, file, exported, source, name, ...place }: Addition): void {
  writeFileSync(join(root, folder, file), source.trimStart());
  const imported = exported === undefined ? '' : `import { ${exported} } from './${file.replace(/\.ts$/, '.js')}';\n`;
  insert({ file: join(folder, 'index.ts'), ...place }, imported);
  if (name) insert(name);
}

/** Writes a line into a file of the copy, and what it imports. */
function insert({ file, before, line }: NonNullable<Addition['name']>, imported = ''): void {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  expect(text.split(before)).toHaveLength(2);
  const isBehind = before.startsWith('export');
  writeFileSync(path, imported + text.replace(before, isBehind ? before + line : line + before));
}

interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program of the copy. */
function liqcalc(...args: readonly string[]): Printed {
  const env = { PATH: process.env['PATH'], HOME: root, XDG_CONFIG_HOME: root };
  try {
    const stdout = execFileSync(process.execPath, [program, ...args], {
      cwd: root,
      env,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return { code: 0, stdout, stderr: '' };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, stdout, stderr };
  }
}

/** Runs a program of ours in the copy: what it prints where it fails, else nothing. */
async function run(path: string, ...args: readonly string[]): Promise<string> {
  const options = { cwd: root, env: { ...process.env, NO_COLOR: '1' } };
  try {
    await promisify(execFile)(process.execPath, [path, ...args], options);
    return '';
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    return stdout + stderr;
  }
}

/** What the tests of the documents' tables say of the copy. */
const documentFaults = (): Promise<string> =>
  run('node_modules/vitest/vitest.mjs', 'run', '--config', 'copy.config.js');

/** What the compiler says of the copy; it works beside the other tests. */
let compiling: Promise<string>;

beforeAll(async () => {
  for (const part of COPIED) cpSync(part, join(root, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'copy.config.js'), 'export default { test: { include: ["test/**/*.test.ts"] } };\n');
  for (const addition of ADDITIONS) add(addition);
  compiling = run('node_modules/typescript/bin/tsc', '-p', '.');
  await build({
    stdin: {
      contents: `import { main } from './src/cli/main.ts';
        void main(process.argv.slice(2)).then((code) => { process.exitCode = code; });`,
      resolveDir: root,
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: program,
    logLevel: 'error',
  });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a contract', () => {
  const position = ['long', '--contract', 'counted', '--entry', '100', '--lev', '10', '--mmr', '1', '--qty', '5'];

  it('is priced', () => {
    // (100 - 10) / (1 - 0.01), for any size; 5 contracts of 0.2 base units are worth 100 at entry.
    const { stdout } = liqcalc(
      ...position,
      '--multiplier',
      '0.2',
      '--only',
      'liquidationPrice,walletMargin,entryNotional',
    );
    expect(stdout).toBe('90.90909091\t10\t100\n');
  });

  it('is in help, completion and the schema, and has a suggestion', () => {
    expect(liqcalc('help', 'long').stdout).toContain('counted');
    expect(liqcalc('completion', 'fish').stdout).toContain('counted');
    expect(liqcalc('schema', 'input').stdout).toContain('[cC][oO][uU][nN][tT][eE][dD]');
    const { code, stderr } = liqcalc('long', '--contract', 'countd', '--entry', '1', '--lev', '2', '--mmr', '1');
    expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean counted?')]);
  });

  it('is a pool of its own in an account', () => {
    const of = (symbol: string, contract: string): object => ({
      side: 'long',
      symbol,
      contract,
      entry: 10,
      mark: 10,
      qty: 1,
      mmr: 1,
    });
    writeFileSync(
      join(root, 'mixed.json'),
      JSON.stringify({ wallet: 5, positions: [of('A', 'linear'), of('B', 'counted')] }),
    );
    expect(liqcalc('account', 'mixed.json').stderr).toContain('linear and counted cannot be in one account');
  });
});

describe('a formula', () => {
  it('answers', () => {
    const asked = ['--entry=100', '--lev=10', '--mmr=1', '--formula=no-maintenance'];
    expect(liqcalc('long', ...asked, '--only=liquidationPrice').stdout).toBe('90\n');
    expect(liqcalc('long', ...asked, '--qty=2', '--explain').stdout).toContain('E - s x C / q');
  });

  it('is in help and the schema', () => {
    expect(liqcalc('help', 'long').stdout).toContain('no-maintenance');
    expect(liqcalc('schema', 'input').stdout).toContain('[nN][oO]-[mM]');
  });

  it('is compared with the exact price', () => {
    const asked = ['compare', 'long', '--entry=100', '--lev=10', '--mmr=1', '--only=formula,price', '-q'];
    // 90 / 0.99; no entry bracket but the one rate; 100 - 10 + 1; without maintenance 90; (1000 - 1) / 9; 100 - 10
    expect(liqcalc(...asked).stdout).toBe(
      'exact\t90.90909091\nentry-bracket\t90.90909091\nsimple\t91\nno-maintenance\t90\narticle\t111\nbankruptcy\t90\n',
    );
    expect(liqcalc('schema', 'plan-output').stdout).toContain('"no-maintenance"');
  });
});

describe('a venue', () => {
  const asked = ['long', '--venue=feed', '--entry=100', '--lev=10', '--qty=1', '--mmr=0.9'];

  it('prices, and refuses what it has no price for', () => {
    // (100 - 10) / (1 - 0.009 - 0.001)
    expect(liqcalc(...asked, '--only=liquidationPrice,rule,ruleSince').stdout).toBe('90.90909091\tfeed\t2026\n');
    expect(liqcalc(...asked, '--wallet=20').stderr).toContain('it has no cross margin');
  });

  it('is in help, completion, the schema and messages', () => {
    expect(liqcalc('help', 'long').stdout.replace(/\s+/g, ' ')).toContain('kucoin-2024, feed)');
    expect(liqcalc('completion', 'fish').stdout).toContain('kucoin-2024 feed');
    expect(liqcalc('schema', 'input').stdout).toContain('[fF][eE][eE][dD]');
    expect(liqcalc('long', '--venue=fed', '--entry=1').stderr).toContain('did you mean feed?');
  });
});

describe('a risk rule', () => {
  const position = [
    'check',
    'long',
    '--entry=3',
    '--mark=3',
    '--lev=2',
    '--mmr=1',
    '--qty=2',
    '--rule',
    'small-value=on',
  ];
  const found = 'small-value\twarn\tit is worth 6\tclose it\n';

  it('judges, by limits that can be set', () => {
    const { code, stdout } = liqcalc(...position, '--only', 'rule,severity,message,advice', '--max-warnings=0', '-q');
    expect(code).toBe(1);
    expect(stdout).toContain(found);
    expect(liqcalc(...position, '--rule', 'small-value.warn=5', '--only', 'rule').stdout).not.toContain('small-value');
    expect(liqcalc(...position, '--rule', 'small-value=off', '--json').stdout).toContain('"off":["small-value"]');
  });

  it('is in the list, on a page, in completion, in a config and in the schemas', () => {
    expect(liqcalc('check', '--list').stdout).toContain('small-value: warn below 10\n    value of the position');
    expect(liqcalc('check', '--explain', 'small-value').stdout).toContain('--rule small-value.warn=10');
    expect(liqcalc('completion', 'bash').stdout).toContain('small-value');
    expect(liqcalc('check', '--init', '-q').code).toBe(0);
    const config = JSON.parse(readFileSync(join(root, '.liqcalc.json'), 'utf8')) as { readonly rules: object };
    rmSync(join(root, '.liqcalc.json'));
    expect(config.rules).toMatchObject({ 'small-value': { warn: '10' } });
    for (const schema of ['config', 'check-output']) expect(liqcalc('schema', schema).stdout).toContain('small-value');
  });
});

describe('a shape of bracket files', () => {
  it('is read, imported and named where no shape fits', () => {
    const pairs = {
      NEWUSDT: [
        ['0', '1000', '0.02', '0', '25'],
        ['1000', '5000', '0.05', '30', '10'],
      ],
    };
    writeFileSync(join(root, 'pairs.json'), JSON.stringify({ pairs }));
    writeFileSync(join(root, 'other.json'), '{}');
    const position = ['long', 'NEWUSDT', '--entry=100', '--lev=10', '--qty=1'];
    // (100 - 10) / (1 - 0.02)
    expect(liqcalc(...position, '--brackets=pairs.json', '--only=liquidationPrice').stdout).toBe('91.83673469\n');
    expect(liqcalc('brackets', 'import', 'pairs.json', '--as-of', '2026-11-01').code).toBe(0);
    expect(liqcalc(...position, '--only=liquidationPrice').stdout).toBe('91.83673469\n');
    expect(liqcalc('brackets', 'validate', 'other.json').stderr).toContain('and rows by pair');
  });
});

describe("an exchange's account answer", () => {
  it('is read, and its name is in help, completion and a suggestion', () => {
    const rows = [['long', 'XUSDT', '100', '100', '1', '1']];
    writeFileSync(join(root, 'rows.json'), JSON.stringify({ balance: '10', open: rows }));
    // (100 - 10) / (1 - 0.01)
    expect(liqcalc('account', 'rows.json', '--from=rows', '--only=liquidationPrice').stdout).toBe('90.90909091\n');
    expect(liqcalc('account', 'other.json', '--from=rows').stderr).toContain('give an object with balance and open');
    expect(liqcalc('help', 'account').stdout).toMatch(/\(binance, ccxt,[^)]* rows\)/);
    expect(liqcalc('completion', 'bash').stdout).toMatch(/binance ccxt [a-z ]*rows/);
    expect(liqcalc('account', 'rows.json', '--from=row').stderr).toContain('did you mean rows?');
  });
});

describe('an output format', () => {
  const position = ['long', '--entry=100', '--lev=10', '--mmr=1'];
  const names = 'text, json, ndjson, csv, markdown, tsv';

  it('writes answers, tables and the records of a stream', () => {
    // 10 % of 2 x 100 x 10, without fees
    expect(
      liqcalc('pnl', 'long', '--entry=100', '--exit=110', '--qty=2', '--lev=10', '--format=tsv').stdout.split('\n'),
    ).toEqual([
      'side\tentry\tlev\tqty\texit\tpnl\troi\tfees\tnetPnl\tnetRoi\tinitialMargin',
      'long\t100\t10\t2\t110\t20\t100\t0\t20\t100\t20',
      '',
    ]);
    expect(liqcalc(...position, '--format=tsv').stdout).toMatch(
      /^side\tentry\t.*\nlong\t100\t10\t1\tat\t90\.90909091\t/,
    );
    const table = liqcalc('brackets', 'list', '--format=TSV').stdout;
    expect(table).toMatch(/^symbol\tvenue\t/);
    expect(table).toMatch(/^BTCUSDT\tbinance\t/m);
    writeFileSync(join(root, 'some.csv'), 'id,side,entry,lev,mmr\n1,long,100,10,1\n2,up,100,10,1\n');
    expect(liqcalc('batch', 'some.csv', '--format=tsv').stdout).toMatch(
      /^id\tside\tentry\tlev\tmmr\toutcome\tliquidationPrice\tdistancePercent\terror\n1\tlong\t100\t10\t1\tat\t90\.90909091\t9\.0909\t\n2\tup\t100\t10\t1\t\t\t\tside: [^\n]*\n$/,
    );
  });

  it('is in help, in completion and where a format is refused; its errors are for programs', () => {
    for (const [name, drawn] of [
      ['long', ', svg, html'],
      ['pnl', ''],
      ['brackets', ''],
      ['sweep', ', vega-lite, svg, html'],
    ] as const) {
      expect(liqcalc('help', name).stdout.replace(/\s+/g, ' ')).toContain(`(${names}${drawn})`);
    }
    expect(liqcalc('help', 'batch').stdout.replace(/\s+/g, ' ')).toContain(
      '(text, json, ndjson, csv, markdown, tsv, html)',
    );
    for (const shell of ['bash', 'zsh', 'fish']) {
      expect(liqcalc('completion', shell).stdout).toMatch(/json ndjson csv markdown tsv/);
    }
    expect(liqcalc(...position, '--format=tvs')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/text, json, ndjson, csv, markdown.*tsv.*did you mean tsv\?/) as string,
    });
    expect(liqcalc('long', '--format=tsv').stderr).toMatch(/^\{"error":/);
  });

  it('is refused where accounts and findings are written', () => {
    writeFileSync(join(root, 'account.json'), readFileSync('examples/account.json'));
    for (const name of ['account', 'check']) {
      const { code, stdout, stderr } = liqcalc(name, 'account.json', '--format=tsv');
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('tsv');
      expect(liqcalc('help', name).stdout).not.toContain('tsv');
    }
  });
});

describe('a question about a position', () => {
  const asked = ['moved', 'long', '--entry=100'];

  it('answers in every format', () => {
    expect(liqcalc(...asked, '--move=5%').stdout).toContain('Price');
    expect(liqcalc(...asked, '--move=5%', '--json').stdout).toBe(
      '{"side":"long","entry":"100","move":"5%","movedPrice":"105"}\n',
    );
    expect(liqcalc(...asked, '--move=-5', '--format=csv').stdout).toBe('side,entry,move,movedPrice\nlong,100,-5,95\n');
    expect(liqcalc(...asked, '--move=5', '--only=movedPrice').stdout).toBe('105\n');
  });

  it('says what is missing, unknown or wrong', () => {
    expect(liqcalc(...asked)).toMatchObject({ code: 2, stderr: expect.stringContaining('--move') as string });
    expect(liqcalc(...asked, '--mov=5').stderr).toContain('did you mean --move');
    expect(liqcalc(...asked, '--move=5', '--only=movdPrice').stderr).toContain('did you mean movedPrice?');
  });

  it('is in help, completion and the schema', () => {
    expect(liqcalc('help').stdout).toContain('the price after a move');
    expect(liqcalc('help', 'moved').stdout).toContain('--move PERCENT');
    expect(liqcalc('completion', 'zsh').stdout).toContain('how far the price moves');
    expect(liqcalc('schema', 'plan-output').stdout).toContain('the price after the move');
  });
});

describe('the documents', () => {
  it('lack what was added, and their tests say so', async () => {
    const faults = await documentFaults();
    expect(faults).toContain('| `small-value` | value of the position | `mark` | warn below 10 |');
    expect(faults).toContain('- `small-value`: The fees of closing');
    expect(faults).toContain('| `no-maintenance`');
    expect(faults).toContain('| `feed` | Feed: maintenance and taker fee at the price | 2026 |');
    expect(faults).toContain('✓ test/core/venues/conformance.test.ts');
    expect(faults).toContain('exact, article, simple, no-maintenance');
    expect(faults).toContain('counted, linear, inverse');
    expect(faults).toContain('docs/commands/moved.md');
    expect(faults).toContain('text|json|ndjson|csv|markdown|tsv');
  });
});

it('compiles without another line', async () => {
  expect(await compiling).toBe('');
});
