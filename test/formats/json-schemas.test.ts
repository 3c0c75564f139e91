import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { FIELD_LIST } from '../../src/formats/fields.js';
import { JSON_SCHEMAS } from '../../src/formats/schema.js';
import { run } from '../cli/run.js';
import { sessionsOf } from '../session.js';

type Name = keyof typeof JSON_SCHEMAS;
const ajv = new Ajv2020({ allErrors: true, strict: false });
const NAMES = Object.keys(JSON_SCHEMAS) as Name[];
const validators = Object.fromEntries(
  NAMES.map((name) => [name, ajv.compile(JSON_SCHEMAS[name]())]),
) as unknown as Readonly<Record<Name, ValidateFunction>>;

/** What is wrong with a value, by a schema. */
function faults(name: Name, value: unknown): string[] {
  const validate = validators[name];
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** The schema of what a command prints; planning commands answer in shapes of their own. */
function schemaOf(command: string): Name | undefined {
  const [, name] =
    /\bliqcalc\b(?: +([a-z-]+))?/.exec(command.split('|').findLast((part) => part.includes('liqcalc')) ?? '') ?? [];
  if (name === 'account') return 'account-output';
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
const printed = documents
  .flatMap(sessionsOf)
  .flatMap(({ steps }) => steps)
  .filter(({ command }) => !/\bjq\b[^|]*$/.test(command))
  .flatMap(({ command, output }) => {
    const name = schemaOf(command);
    return name ? objectsIn(output).map((value) => ({ name, command: command.trim(), value })) : [];
  });

describe('the JSON Schemas', () => {
  it.each(NAMES)('%s is of draft 2020-12', (name) => {
    const schema = JSON_SCHEMAS[name]() as { $schema?: string };
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(ajv.validateSchema(schema)).toBe(true);
  });

  it('hold for every JSON output that documents show', () => {
    expect(printed.length).toBeGreaterThan(25);
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
    ['--wallet', '50', '--pos', 'long:X:2@100,mark=100,mmr=1', '--pos', 'short:X:1@110,mark=100,mmr=1'],
    ['--wallet', '50', '--pos', 'long:X:1@100,mark=100,mmr=1', '--pos', 'short:X:1@110,mark=100,mmr=50'],
  ])('account-output holds for %s %s', async (...args) => {
    const objects = objectsIn((await run(['account', ...args, '--json'])).stdout);
    expect(objects.length).toBe(1);
    expect(objects.flatMap((value) => faults('account-output', value))).toEqual([]);
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
    const { properties } = JSON_SCHEMAS.input() as unknown as { properties: object };
    expect(Object.keys(properties)).toEqual(FIELD_LIST.flatMap(([key, { aliases }]) => [key, ...aliases]));
  });
});
