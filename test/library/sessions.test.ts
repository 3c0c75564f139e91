import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check, checkFrom, type CheckOptions } from '../../src/check.js';
import { commands as questions } from '../../src/commands/index.js';
import { command as position } from '../../src/commands/position.js';
import type { Command } from '../../src/commands/shared/command.js';
import { commands } from '../../src/cli/commands/index.js';
import { parseArguments } from '../../src/cli/parser.js';
import { UsageError } from '../../src/cli/command.js';
import type { Parsed } from '../../src/cli/flags.js';
import { fieldOfKey } from '../../src/formats/record.js';
import { positionOfSpec } from '../../src/formats/position-spec.js';
import {
  account,
  accountsFrom,
  assess,
  isLiqcalcError,
  whatIf,
  whatIfFrom,
  type AccountChanges,
  type ExchangeName,
  type VenueName,
} from '../../src/index.js';
import * as plan from '../../src/plan.js';
import { schemas, type SchemaName } from '../../src/schema.js';
import { sessionsOf } from '../session.js';
import { run, TODAY } from '../cli/run.js';

/** The functions of the library, by the command that asks the same. */
const FUNCTIONS: Readonly<Record<string, (question: never, options: never) => unknown>> = {
  long: assess,
  short: assess,
  solve: plan.solve,
  size: plan.size,
  sweep: plan.sweep,
  pnl: plan.pnl,
  target: plan.target,
  'max-open': plan.maxOpen,
  average: plan.average,
  compare: plan.compare,
  funding: plan.funding,
  stop: plan.trailingStop,
};

/** Flags about how an answer is printed, which the library does not have. */
const OF_PRINTING = ['--format', '--only', '--color', '--alert'];
const SWITCHES_OF_PRINTING = ['--json', '-q', '--quiet', '-v', '--verbose', '--chart', '--explain', '--csv-safe'];

/** Arguments about the program itself. */
const ABOUT_ITSELF: ReadonlySet<string> = new Set(['-V', '--version', '-h', '--help']);

/** The words of a simple command; `undefined` for one that a shell must run. */
function wordsOf(command: string): readonly string[] | undefined {
  if (/[$<>`*()]/.test(command.replace(/'[^']*'/g, ''))) return undefined;
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}

function withoutPrinting(argv: readonly string[]): readonly string[] {
  return argv.filter((word, index) => {
    const [flag = ''] = word.split('=');
    const before = argv[index - 1] ?? '';
    return ![...OF_PRINTING, ...SWITCHES_OF_PRINTING].includes(flag) && !OF_PRINTING.includes(before);
  });
}

const documents = [
  'README.md',
  ...['docs', 'docs/commands', 'test/cli/transcripts'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  ),
];

/** Every call of the program in the documents that no shell is needed for, each once. */
const calls = [
  ...new Map(
    documents
      .flatMap((path) => sessionsOf(path).flatMap(({ steps }) => steps))
      .map(({ command }) =>
        wordsOf(
          command
            .replace(/\\\n/g, ' ')
            .replace(/(;|&&|\|).*$/s, '')
            .trim(),
        ),
      )
      .filter((words) => words?.[0] === 'liqcalc')
      .map((words) => withoutPrinting((words ?? []).slice(1)))
      .map((argv) => [argv.join(' '), argv] as const),
  ).values(),
];

/** The flags of a call; `undefined` if the command line itself is broken, which an object cannot be. */
async function parsedOf(name: string, args: readonly string[]): Promise<Parsed | undefined> {
  const entry = commands[name.toLowerCase()];
  if (!entry) return undefined;
  const { usage } = await entry.load();
  try {
    const parsed = parseArguments(name, usage, args);
    return parsed.unknown.length > 0 ? undefined : parsed;
  } catch (error) {
    if (error instanceof UsageError || isLiqcalcError(error)) return undefined;
    throw error;
  }
}

const commandOf = async (name: string): Promise<Command> =>
  name in questions ? (await questions[name as keyof typeof questions].load()).command : position;

/** The question of a call as an object; `undefined` if the library does not take it. */
async function questionOf(name: string, args: readonly string[]): Promise<[object, object] | undefined> {
  const parsed = await parsedOf(name, args);
  if (!parsed) return undefined;
  const { options, operands } = parsed;
  const { inputs, switches = {}, position: fields } = await commandOf(name);
  if (options['brackets'] !== undefined || args.some((word) => ABOUT_ITSELF.has(word))) return undefined;
  const sided = fields.includes('side') && !['long', 'short'].includes(name);
  const [side, symbol, ...excess] = sided
    ? operands
    : fields.includes('side')
      ? [name, ...operands]
      : [undefined, ...operands];
  // A symbol that is given twice is a mistake that an object cannot make.
  if (options['symbol'] !== undefined && symbol !== undefined) return undefined;
  if (excess.length > 0 || (fields.includes('side') && side === undefined)) return undefined;
  const given: Record<string, unknown> = {
    ...(side !== undefined && { side }),
    ...(symbol !== undefined && { symbol }),
  };
  for (const [key, value] of Object.entries(options)) {
    if (key in inputs) given[key] = inputs[key]?.placeholder === 'FILE' ? fileText(value as string) : value;
    else if (key in switches || fieldOfKey(key)) given[key] = value;
  }
  return [given, rendering(options)];
}

const fileText = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8').replace(/^\uFEFF/, '') : '');

function rendering(options: Parsed['options']): { readonly today: Date; readonly decimals?: number } {
  const { dp } = options;
  return { today: new Date(TODAY), ...(typeof dp === 'string' && { decimals: Number(dp) }) };
}

/** What the library answers, as JSON gives it back, or the code of its error. */
function answered(ask: () => unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(ask())) as unknown;
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    return `error ${error.code}`;
  }
}

/** What the program prints as JSON, without inputs that are files; nothing if it printed none. */
async function printed(argv: readonly string[], files: readonly string[] = []): Promise<unknown> {
  const { stdout } = await run([...argv, '--json']);
  if (stdout === '') return undefined;
  const value = JSON.parse(stdout) as Record<string, unknown>;
  return Array.isArray(value)
    ? value
    : Object.fromEntries(Object.entries(value).filter(([key]) => !files.includes(key)));
}

/** The error of a record that failed as a whole. */
function errorOf(expected: unknown): string | undefined {
  const { error } = expected as { readonly error?: { readonly code: string } };
  return error && `error ${error.code}`;
}

let compared = 0;

async function compare(argv: readonly string[], files: readonly string[], ask: () => unknown): Promise<void> {
  const expected = await printed(argv, files);
  const found = answered(ask);
  if (expected === undefined) expect(found).toMatch(/^error /);
  else expect(found).toEqual(errorOf(expected) ?? expected);
  compared++;
}

const callsOf = (names: readonly string[]): readonly (readonly [string, readonly string[]])[] =>
  calls.filter(([name = '']) => names.includes(name.toLowerCase())).map((argv) => [argv.join(' '), argv]);

describe('a question of the documents has the same answer in the library', () => {
  it.each(callsOf(Object.keys(FUNCTIONS)))('%s', async (_, argv) => {
    const [word = '', ...args] = argv;
    const name = word.toLowerCase();
    const question = await questionOf(name, args);
    if (!question) return;
    const { inputs } = await commandOf(name);
    const files = Object.entries(inputs).flatMap(([key, { placeholder }]) => (placeholder === 'FILE' ? [key] : []));
    const [given, options] = question;
    await compare(argv, files, () => FUNCTIONS[name]?.(given as never, options as never));
  });

  it('for more than a hundred questions', () => {
    expect(compared).toBeGreaterThan(100);
  });
});

/** The options of `account` that are the same for the library; `undefined` if it takes others. */
function accountOptions(options: Parsed['options']): CheckOptions | undefined {
  const others = [
    'brackets',
    'beta',
    'close',
    'mmr',
    'cum',
    'mmFee',
    'config',
    'rule',
    'atrSeed',
    'stop',
    'equity',
    'event',
  ];
  if (others.some((key) => options[key] !== undefined)) return undefined;
  const named = options as Readonly<Record<string, string>>;
  const { wallet, venue, tick, need, within, reconcile, marginLog, sort, top } = named;
  return {
    ...rendering(options),
    wallet,
    venue: venue as VenueName | undefined,
    tick,
    within,
    ...(sort !== undefined && { sort: sort.split(',') }),
    ...(top !== undefined && { top: Number(top) }),
    ...(need !== undefined && { need: { marginRatio: need.replace(/^margin-ratio=/, '') } }),
    ...(reconcile !== undefined && { reconcile: true }),
    ...(marginLog !== undefined && { marginLog: fileText(marginLog) }),
  };
}

const texts = (options: Parsed['options'], key: string): readonly string[] => [options[key] ?? []].flat().map(String);

/** The changes of a call; `undefined` without any. */
function changesOf(options: Parsed['options']): AccountChanges | undefined {
  const { walletChange } = options as Readonly<Record<string, string>>;
  const add = texts(options, 'add').map(objectOfSpec);
  const moves = texts(options, 'shock').flatMap((text) => text.split(',').map((each) => each.trim().split('=')));
  const shock = moves.length > 0 ? (Object.fromEntries(moves) as Record<string, string>) : undefined;
  const [orders] = texts(options, 'orders').map(fileText);
  const fillOrders = options['fillOrders'] === true ? (orders ?? true) : undefined;
  const isChanged = add.length > 0 || walletChange !== undefined || shock !== undefined || fillOrders !== undefined;
  return isChanged ? { add, walletChange, fillOrders, shock } : undefined;
}

/** Whether a position of a flag has the form of one. */
const isSpec = (spec: string): boolean => /^(long|short):[^:]+:[^@]+@[^,]+(,\w+=[^,]+)*$/i.test(spec);

function objectOfSpec(spec: string, index: number): never {
  return Object.fromEntries(positionOfSpec(spec, 'pos', index + 1).record) as never;
}

describe('an account of the documents has the same answer in the library', () => {
  it.each(callsOf(['account', 'check']))('%s', async (_, argv) => {
    const [name = '', ...args] = argv;
    const parsed = await parsedOf(name, args);
    if (!parsed) return;
    const { options, operands } = parsed;
    const [file] = operands;
    const given = accountOptions(options);
    const isPositionCheck = /^(long|short)$/i.test(file ?? '');
    if (!given || isPositionCheck || options['list'] || options['explain']) return;
    const specs = texts(options, 'pos');
    if (specs.length === 0 && (file === undefined || !existsSync(file))) return;
    const { from, asset, wallet } = options as Readonly<Record<string, string>>;
    const source = { ...given, asset };
    const text = file === undefined ? '' : fileText(file);
    // Several accounts in one file are several calls of the library.
    if (from === undefined && /^\s*\[|\}\s*\n\s*\{/.test(text)) return;
    if (specs.length > 0 && (from ?? asset ?? file) !== undefined) return;
    if ([...specs, ...texts(options, 'add')].some((spec) => !isSpec(spec))) return;
    const changes = changesOf(options);
    const accounts = (): unknown => {
      const own = specs.length > 0 ? { wallet, positions: specs.map(objectOfSpec) } : text;
      if (from !== undefined) {
        if (name === 'check') return checkFrom(from as ExchangeName, text, source);
        return changes
          ? whatIfFrom(from as ExchangeName, text, changes, source)
          : accountsFrom(from as ExchangeName, text, source);
      }
      if (name === 'check') return check(own, given);
      return changes ? whatIf(own, changes, given) : account(own, given);
    };
    await compare(argv, [], () => {
      const found = accounts();
      return Array.isArray(found) && found.length === 1 ? (found[0] as unknown) : found;
    });
  });

  it('for more than thirty accounts', () => {
    expect(compared).toBeGreaterThan(130);
  });
});

describe('the schemas of the library', () => {
  it.each(Object.keys(schemas) as SchemaName[])('%s is what the program prints', async (name) => {
    const { stdout } = await run(['schema', name]);
    expect(schemas[name]).toEqual(JSON.parse(stdout));
  });
});
