import { isLiqcalcError } from '../../src/core/errors.js';
import { Command, CommanderError } from 'commander';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/command.js';
import type { Parsed } from '../../src/cli/flags.js';
import { parseArguments } from '../../src/cli/parser.js';
import { positionModule } from '../../src/cli/plan.js';

const { usage } = positionModule('long');
const names = usage.flags.map(({ name }) => `--${name}`);
const shorts = usage.flags.flatMap(({ short }) => (short === undefined ? [] : [`-${short}`]));
const value = fc.constantFrom('30000', '10x', '0.5%', '-5', 'BTCUSDT', '', '--lev', 'json', '-', '--', '=', 'a b');
const word = fc.oneof(
  fc.constantFrom(...names, ...shorts, '--entyr', '-x', '-e30000', '-ql10', '--json=1', '-qv', '--no-colour'),
  fc.tuple(fc.constantFrom(...names, '--entyr'), value).map(([name, text]) => `${name}=${text}`),
  value,
);

const parse = (...args: readonly string[]): Parsed => parseArguments('long', usage, args);

/** What commander itself says of the arguments when it knows every flag; `undefined` where a value is missing. */
function commanders(args: readonly string[]): Parsed | undefined {
  const command = new Command()
    .helpOption(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  for (const { name, short, placeholder, repeats } of usage.flags) {
    const flags = `${short === undefined ? '' : `-${short}, `}--${name}${placeholder === undefined ? '' : ' <value>'}`;
    if (repeats) command.option(flags, '', (text, before: string[] | undefined) => [...(before ?? []), text]);
    else command.option(flags);
  }
  try {
    const { operands, unknown } = command.parseOptions([...args]);
    const options = Object.entries(command.opts()).filter(([key]) => command.getOptionValueSource(key) !== 'default');
    return { operands, unknown, options: Object.fromEntries(options) };
  } catch (error) {
    if (error instanceof CommanderError) return undefined;
    throw error;
  }
}

/** Our reading, or `undefined` where it refuses the arguments. */
function ours(args: readonly string[]): Parsed | undefined {
  try {
    return parse(...args);
  } catch (error) {
    if (error instanceof UsageError || isLiqcalcError(error)) return undefined;
    throw error;
  }
}

/** Whether a flag is there beside its `--no-`. */
const isContradiction = (args: readonly string[]): boolean =>
  ['color', 'config'].some(
    (name) => args.includes(`--no-${name}`) && args.some((each) => each.split('=', 1)[0] === `--${name}`),
  );

describe('parseArguments', () => {
  it('reads any arguments as a commander that was given every flag, but never takes a flag as a value', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (args) => {
        const read = ours(args);
        const isTaken = args.some((each, place) => names.includes(each) && names.includes(args[place + 1] ?? ''));
        if (read === undefined && (isTaken || isContradiction(args))) return;
        expect(read).toEqual(commanders(args));
        if (read) accepted++;
      }),
      { numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(1000);
  });

  it('reads the ordinary command line', () => {
    expect(parse('BTCUSDT', '--entry', '30000', '-l', '10x', '--mmr=0.5%', '--json')).toEqual({
      operands: ['BTCUSDT'],
      unknown: [],
      options: { entry: '30000', lev: '10x', mmr: '0.5%', json: true },
    });
  });

  it.each<[string, string[], Partial<Parsed>]>([
    ['short flags in one word', ['-qve30000'], { options: { quiet: true, verbose: true, entry: '30000' } }],
    ['a negative value', ['--add-margin', '-5', '-l', '-5'], { options: { addMargin: '-5', lev: '-5' } }],
    ['a value that begins like a flag', ['--entry=--lev'], { options: { entry: '--lev' } }],
    ['an empty value', ['--entry=', '--lev', ''], { options: { entry: '', lev: '' } }],
    ['the last of several values', ['--entry', '1', '--entry', '2'], { options: { entry: '2' } }],
    ['every value of a flag that repeats', ['--fill', '1@2', '--fill=3@4'], { options: { fill: ['1@2', '3@4'] } }],
    ['no flag after --', ['--json', '--', '--entry', '-q'], { options: { json: true }, operands: ['--entry', '-q'] }],
    ['a flag that switches something off', ['--no-color'], { options: { color: false } }],
    ['no such flag after --', ['--', '--no-color'], { options: {}, operands: ['--no-color'] }],
    [
      'an unknown flag and what follows it',
      ['--entyr', '1', '--lev', '2'],
      { options: { lev: '2' }, unknown: ['--entyr', '1'] },
    ],
    ['a value for a flag that takes none', ['--json=1'], { options: {}, unknown: ['--json=1'] }],
  ])('reads %s', (_, args, parsed) => {
    expect(parse(...args)).toMatchObject(parsed);
    expect(parse(...args).options).toEqual(parsed.options);
  });

  it.each([
    ['at the end', ['--entry'], '--entry: its value is missing'],
    ['in a short form', ['-e'], '--entry: its value is missing'],
    ['before another flag', ['--entry', '--lev', '10'], '--entry: its value is missing'],
  ])('refuses a flag without its value %s', (_, args, words) => {
    expect(() => parse(...args)).toThrow(new UsageError(words));
  });
});
