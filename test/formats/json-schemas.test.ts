import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { bracketsActions } from '../../src/cli/brackets/index.js';
import { commands } from '../../src/cli/commands/index.js';
import { usage } from '../../src/cli/commands/schema.js';
import { FIELD_LIST } from '../../src/formats/fields.js';
import { run } from '../cli/run.js';
import { sessionsOf } from '../session.js';

type Schema = Readonly<Record<string, unknown>>;

const NAMES = usage.operands.flatMap(({ choices = [] }) => choices);
const schemas = new Map<string, Schema>();
for (const name of NAMES) schemas.set(name, JSON.parse((await run(['schema', name])).stdout) as Schema);

const ajv = new Ajv2020({ allErrors: true, strict: false });
for (const [name, schema] of schemas) ajv.addSchema(schema, name);

/** The same schemas, in which objects have no other members than the ones that are named. */
const strictAjv = new Ajv2020({ allErrors: true, strict: false });
for (const [name, schema] of schemas) strictAjv.addSchema(closed(schema) as Schema, name);

function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const own = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in own && own['type'] === 'object' ? { additionalProperties: false, ...own } : own;
}

/** What is wrong with a value, by a schema or by one of its definitions: `plan-output#/$defs/solve`. */
function faults(name: string, value: unknown, by = ajv): string[] {
  const validate = by.getSchema(name);
  if (!validate) throw new Error(`no schema ${name}`);
  return validate(value) === true
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

const PLANS = Object.keys(schemas.get('plan-output')?.['$defs'] ?? {});

/** The schema of what a command prints. */
function schemaOf(command: string): string | undefined {
  const part = command.split('|').findLast((each) => each.includes('liqcalc')) ?? '';
  const [, name, action] = /\bliqcalc\b(?: +([a-z-]+))?(?: +([a-z-]+))?/.exec(part) ?? [];
  if (name === 'account' || name === 'check') return `${name}-output`;
  if (name === 'brackets') return `brackets-output#/$defs/${action ?? ''}`;
  if (name !== undefined && PLANS.includes(name)) return `plan-output#/$defs/${name}`;
  return name === undefined || name.startsWith('-') || ['long', 'short', 'batch'].includes(name) ? 'output' : undefined;
}

/** The JSON objects among the lines of an output, those of an array too. */
function objectsIn(output: string): unknown[] {
  const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
  const parse = (text: string): unknown[] => {
    try {
      const value = JSON.parse(text) as unknown;
      return Array.isArray(value) ? (value as unknown[]).filter(isObject) : isObject(value) ? [value] : [];
    } catch {
      return [];
    }
  };
  const whole = output.startsWith('[') ? parse(output) : [];
  return whole.length > 0 ? whole : output.split('\n').flatMap((line) => (line.startsWith('{') ? parse(line) : []));
}

const FOLDER = 'test/cli/transcripts';
const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
const documents = [
  'README.md',
  ...pages.map((name) => join('docs', name)),
  ...readdirSync(FOLDER).map((name) => join(FOLDER, name)),
];
/** Whether an object is what stderr says of a command that failed; a record that failed has no problems. */
const isError = (value: unknown): boolean =>
  Object.keys((value as { error?: object }).error ?? {}).includes('problems');

const printed = documents
  .flatMap(sessionsOf)
  .flatMap(({ steps }) => steps)
  .filter(({ command }) => !/\bjq\b[^|]*$/.test(command))
  .flatMap(({ command, output }) => {
    const name = schemaOf(command);
    if (name === undefined) return [];
    return objectsIn(output).map((value) => ({
      name: isError(value) ? 'error-output' : name,
      command: command.trim(),
      value,
    }));
  });

describe('the JSON Schemas', () => {
  it.each(NAMES)('%s is of draft 2020-12', (name) => {
    const schema = schemas.get(name) ?? {};
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(ajv.validateSchema(schema)).toBe(true);
  });

  it('are there for every command that prints JSON', () => {
    const ofOwn = ['long', 'short', 'batch', 'account', 'check', 'brackets', 'watch'];
    const silent = [...ofOwn, 'schema', 'completion', 'help', 'fetch'];
    expect(PLANS.toSorted()).toEqual(
      Object.keys(commands)
        .filter((name) => !silent.includes(name))
        .toSorted(),
    );
    expect(Object.keys(schemas.get('brackets-output')?.['$defs'] ?? {}).toSorted()).toEqual(
      Object.keys(bracketsActions)
        .filter((action) => action !== 'remove' && action !== 'update')
        .toSorted(),
    );
  });

  it('hold for every JSON output that documents show', () => {
    expect(printed.length).toBeGreaterThan(25);
    expect(printed.filter(({ name }) => name === 'error-output').length).toBeGreaterThan(2);
    expect(printed.flatMap(({ name, command, value }) => faults(name, value).map((fault) => [command, fault]))).toEqual(
      [],
    );
  });

  it.each([
    ['long', '--entry', '30000', '--lev', '10', '--mmr', '0.5', '--json'],
    [
      'short',
      'BTCUSDT',
      '--entry',
      '60000',
      '--lev',
      '20',
      '--qty',
      '0.5',
      '--mark',
      '61000',
      '--liq-fee',
      '1',
      '--json',
    ],
    ['long', 'BTCUSD_PERP', '--entry', '60000', '--lev', '20', '--qty', '100', '--format', 'ndjson', '--dp', '30'],
    ['long', '--entry', '1000', '--margin', '1000', '--qty', '1', '--mmr', '0.4', '--json'],
    ['batch', 'examples/positions.ndjson', '--fields', 'all'],
    ['batch', 'examples/book.json', '--fields', 'all', '--format', 'ndjson'],
    ['batch', 'examples/book.csv', '--format', 'ndjson'],
  ])('output holds for %s %s %s', async (...args) => {
    const objects = objectsIn((await run(args)).stdout);
    expect(objects.length).toBeGreaterThan(0);
    expect(objects.flatMap((value) => faults('output', value))).toEqual([]);
  });

  it.each([
    ['examples/account.json'],
    ['examples/account.json', '--need', 'margin-ratio=30'],
    ['examples/account.json', '--shock', 'BTCUSDT=-20'],
    ['examples/account.json', '--fill-orders', '--orders', 'examples/orders.json'],
    ['--wallet', '50', '--pos', 'long:X:2@100,mark=100,mmr=1', '--pos', 'short:X:1@110,mark=100,mmr=1'],
    ['--wallet', '50', '--pos', 'long:X:1@100,mark=100,mmr=1', '--pos', 'short:X:1@110,mark=100,mmr=50'],
  ])('account-output holds for %s %s', async (...args) => {
    const objects = objectsIn((await run(['account', ...args, '--json'])).stdout);
    expect(objects.length).toBe(1);
    expect(objects.flatMap((value) => faults('account-output', value))).toEqual([]);
  });

  const P = ['--entry', '30000', '--lev', '10', '--mmr', '0.5', '--qty', '1'];
  const INVERSE = ['BTCUSD_PERP', '--entry', '60000', '--lev', '20', '--qty', '100'];
  it.each([
    ['sweep', 'long', '--entry', '30000', '--mmr', '0.5'],
    ['sweep', 'long', 'BTCUSDT', '--entry', '30000', '--qty', '1', '--levs', '2,125,500', '--mark', '29000', '--both'],
    ['sweep', 'short', '--entries', '1,30000', '--margin', '5', '--mmr', '0.5', '--qty', '1'],
    ['sweep', 'long', '--margins', '1,50000', '--entry', '30000', '--mmr', '0.5', '--qty', '1', '--liq-fee', '1'],
    ['solve', 'long', ...P, '--target', '26000'],
    ['solve', 'long', ...P, '--target', '31000'],
    ['solve', 'long', ...P, '--target', '26000', '--for', 'qty'],
    ['solve', 'long', ...P, '--target', '31000', '--for', 'lev'],
    ['solve', 'short', ...INVERSE, '--target-distance', '10'],
    [
      'size',
      'long',
      '--entry',
      '30000',
      '--equity',
      '1000',
      '--risk',
      '1',
      '--stop',
      '29000',
      '--mmr',
      '0.5',
      '--take',
      '33000',
    ],
    ['size', 'long', 'BTCUSDT', '--entry', '30000', '--equity', '1000', '--allocate', '1', '--lev', '10'],
    ['size', 'long', '--entry', '30000', '--equity', '0.0000001', '--risk', '1', '--stop', '29000', '--mmr', '0.5'],
    ['size', 'short', 'BTCUSD_PERP', '--entry', '60000', '--equity', '2', '--risk', '1', '--stop', '70000'],
    ['pnl', 'long', '--entry', '30000', '--qty', '1', '--exit', '31000'],
    ['pnl', 'short', '--entry', '30000', '--qty', '1', '--lev', '7', '--exit', '31000', '--taker', '0.05'],
    ['target', 'long', '--entry', '30000', '--lev', '10', '--roi', '50'],
    ['target', 'long', '--entry', '30000', '--lev', '10', '--roi', '-2000'],
    ['target', 'short', '--entry', '30000', '--qty', '1', '--lev', '3', '--pnl', '50', '--taker', '0.05'],
    ['max-open', 'long', 'BTCUSDT', '--entry', '60000', '--lev', '20', '--balance', '1000'],
    ['max-open', 'long', 'BTCUSDT', '--entry', '60000', '--lev', '125', '--balance', '1000000', '--taker', '0.05'],
    ['max-open', 'long', 'BTCUSDT', '--entry', '60000', '--lev', '500', '--balance', '1000'],
    ['average', '--fill', '1@30000', '--fill', '0.5@33000'],
    ['average', '--fill', '1@30000', '--fill=-1@33000'],
    ['average', '--fill', '1@30000', '--lev', '10', '--mmr', '0.5', '--mark', '31000', '--liq-fee', '1'],
    ['funding', 'long', ...P, '--rate', '0.01', '--mark', '30000'],
    ['funding', 'short', ...P, '--rate', '0.01', '--intervals', '2'],
    ['funding', 'long', ...P, '--rate', '0.5', '--until', 'liquidated'],
    ['stop', 'long', '--candles', 'test/fuzz/corpus/candles/ohlc.csv', '--atr', '2'],
    ['stop', 'short', ...P, '--candles', 'test/fuzz/corpus/candles/ohlc.csv', '--atr', '2'],
    ['compare', 'long', ...P],
    ['compare', 'short', ...INVERSE],
    ['compare', 'long', 'BTCUSDT', '--entry', '60000', '--qty', '900', '--margin', '60000000', '--mark', '61000'],
    ['check', 'long', ...P],
    ['check', 'long', ...P, '--mark', '29900', '--equity', '100000', '--stop', '28000', '--rule', 'adl=off'],
    ['check', 'short', 'BTCUSDT', '--entry', '60000', '--lev', '50', '--qty', '0.5', '--no-stop', '--no-config'],
    ...readdirSync('examples/check').map((name) => ['check', join('examples/check', name)]),
    ['check', '--list'],
    ['check', '--list', '--rule', 'stop-missing=info', '--rule', 'adl=off', '--rule', 'distance.info=off'],
    ['check', '--explain', 'distance'],
    ['brackets', 'list'],
    ['brackets', 'list', '--brackets', 'examples/tables.json'],
    ['brackets', 'show', 'BTCUSDT'],
    ['brackets', 'show', 'BTCUSD_PERP'],
    ['brackets', 'validate', 'examples/tables.json'],
    ['brackets', 'validate', 'test/fuzz/corpus/brackets/ccxt.json'],
    ['brackets', 'diff', 'examples/tables.json', 'built-in'],
    ['brackets', 'diff', 'built-in', 'built-in'],
  ])('hold, and know every key, for %s %s', async (...args) => {
    for (const format of ['json', 'ndjson']) {
      const { stdout, code } = await run([...args, '--format', format]);
      expect(code).not.toBe(2);
      const values = stdout
        .trim()
        .split('\n')
        .filter((line) => line !== '');
      const whole = format === 'json' ? [stdout] : values;
      const name = schemaOf(`liqcalc ${args.join(' ')}`) ?? '';
      for (const text of whole) expect([text, faults(name, JSON.parse(text), strictAjv)]).toEqual([text, []]);
    }
  });

  it('hold for the tables that are kept', async () => {
    const env = { LANG: 'C.UTF-8', XDG_CONFIG_HOME: mkdtempSync(join(tmpdir(), 'liqcalc-schemas-')) };
    for (const file of ['examples/tables.json', 'examples/tables.json']) {
      const { stdout } = await run(['brackets', 'import', file, '--json'], { env });
      expect(faults('brackets-output#/$defs/import', JSON.parse(stdout), strictAjv)).toEqual([]);
    }
  });

  it('hold for accounts that cannot be judged, and for several', async () => {
    const account = readFileSync('examples/check/orders-healthy.json', 'utf8').replace(/\n */g, ' ');
    const stdin = `${account}\n{"wallet":1}\nnonsense\n[1]\n{"id":7,${account.slice(1)}\n`;
    for (const [format, count] of [
      ['ndjson', 5],
      ['json', 1],
    ] as const) {
      const { stdout } = await run(['check', '--format', format], { stdin });
      const texts = format === 'json' ? [stdout] : stdout.trim().split('\n');
      expect(texts.length).toBe(count);
      const values = texts.flatMap((text) => JSON.parse(text) as unknown);
      expect(values.length).toBe(5);
      expect(values.flatMap((value) => faults('check-output', value))).toEqual([]);
    }
  });

  it('refuse what checks and plans never print', async () => {
    const { stdout } = await run(['check', 'long', ...P, '--mark', '29900', '--equity', '1000', '--no-stop', '--json']);
    const report = JSON.parse(stdout) as { readonly findings: readonly [object] };
    const [finding] = report.findings;
    expect(faults('check-output', report)).toEqual([]);
    for (const wrong of [
      { rule: 'x' },
      { severity: 'bad' },
      { value: 5 },
      { limit: '1e3' },
      { unit: 'y' },
      { advice: null },
    ]) {
      expect(faults('check-output', { ...report, findings: [{ ...finding, ...wrong }] })).not.toEqual([]);
    }
    expect(faults('check-output', { ...report, summary: { errors: 1 } })).not.toEqual([]);
    const solved = JSON.parse((await run(['solve', 'long', ...P, '--target', '26000', '--json'])).stdout) as {
      readonly answers: readonly [object];
    };
    const solve = 'plan-output#/$defs/solve';
    expect(faults(solve, solved)).toEqual([]);
    for (const wrong of [{ for: 'x' }, { value: 7 }, { outcome: 'maybe' }, { distancePercent: '1.23456' }]) {
      expect(faults(solve, { ...solved, answers: [{ ...solved.answers[0], ...wrong }] })).not.toEqual([]);
    }
    expect(faults('plan-output#/$defs/pnl', solved)).not.toEqual([]);
    expect(faults('brackets-output#/$defs/show', { tables: [{ symbol: 'X' }] })).not.toEqual([]);
  });

  it('hold for what examples give', () => {
    const lines = readFileSync('examples/positions.ndjson', 'utf8').trim().split('\n');
    const records = lines.flatMap((line) => {
      try {
        return [JSON.parse(line) as { readonly id: number }];
      } catch {
        return [];
      }
    });
    expect(records.filter((record) => faults('input', record).length === 0).map(({ id }) => id)).toEqual([1, 2, 3, 5]);
    expect(faults('account', JSON.parse(readFileSync('examples/account.json', 'utf8')))).toEqual([]);
  });

  it('refuse what the tool never prints', () => {
    const answer = {
      side: 'long',
      entry: '30000',
      lev: '10',
      mmr: '0.5',
      outcome: 'at',
      liquidationPrice: '27135.67839196',
    };
    expect(faults('output', answer)).toEqual([]);
    for (const wrong of [
      { liquidationPrice: 27135.67839196 },
      { liquidationPrice: '1e3' },
      { outcome: 'maybe' },
      { distancePercent: '9.54771' },
      { warnings: 'LOW_RATE' },
      { error: 'wrong' },
    ]) {
      expect(faults('output', { ...answer, ...wrong })).not.toEqual([]);
    }
    expect(faults('account-output', { wallet: '5', positions: [] })).not.toEqual([]);
    expect(faults('account', { positions: [] })).not.toEqual([]);
    expect(faults('input', { entry: '30000' })).not.toEqual([]);
  });

  it('know every field with its spellings', () => {
    expect(Object.keys(schemas.get('input')?.['properties'] ?? {})).toEqual(
      FIELD_LIST.flatMap(([key, { aliases }]) => [key, ...aliases]),
    );
  });

  it('accept a signed size where batch does', async () => {
    const base = { entry: 100, lev: 10, mmr: 1 };
    const amounts = ['1', '-0.5', ' +2 ', 3, -1.5, '0', '-0.0', 0, 'x', '', null, true].map((positionAmt) => ({
      positionAmt,
    }));
    const besides = [
      { side: 'long' },
      { side: 'long', qty: 1 },
      { qty: 1 },
      { size: 1 },
      { notional: 5 },
      { marginType: 'cross' },
    ];
    const records = [{}, ...besides].flatMap((beside) =>
      [...amounts, {}].map((each) => ({ ...base, ...beside, ...each })),
    );
    const { stdout } = await run(['batch'], { stdin: records.map((each) => JSON.stringify(each)).join('\n') });
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly error?: object });
    const accepted = answers.map(({ error }) => error === undefined);
    // With a side, batch refuses the key where a size is missing; the schema does not describe that.
    for (const [index, record] of records.entries()) {
      if ('side' in record && !accepted[index]) continue;
      expect([record, faults('input', record).length === 0]).toEqual([record, accepted[index]]);
    }
    expect(accepted.filter(Boolean).length).toBe(20);
  });
});
