import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/command.js';
import { usage } from '../../src/cli/commands/position.js';
import { plainArguments, type Parsed } from '../../src/cli/flags.js';
import { parseArguments } from '../../src/cli/parser.js';

const names = usage.flags.map(({ name }) => `--${name}`);
const shorts = usage.flags.flatMap(({ short }) => (short === undefined ? [] : [`-${short}`]));
const value = fc.constantFrom('30000', '10x', '0.5%', '-5', 'BTCUSDT', '', '--lev', 'json', '-', '--', '=', 'a b');
const word = fc.oneof(
  fc.constantFrom(...names, ...shorts, '--entyr', '-x', '-e30000', '--json=1', '-qv', '--no-colour'),
  fc.tuple(fc.constantFrom(...names, '--entyr'), value).map(([name, text]) => `${name}=${text}`),
  value,
);

function commanders(args: readonly string[]): Parsed | undefined {
  try {
    return parseArguments('long', usage, args);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

describe('the plain reading of arguments', () => {
  it('reads what it accepts as commander reads it', () => {
    let plain = 0;
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (args) => {
        const read = plainArguments(args, usage);
        if (!read) return;
        plain++;
        expect(commanders(args)).toEqual(read);
      }),
      { numRuns: 20_000 },
    );
    expect(plain).toBeGreaterThan(1000);
  });

  it('accepts the ordinary command line', () => {
    expect(plainArguments(['BTCUSDT', '--entry', '30000', '-l', '10x', '--mmr=0.5%', '--json'], usage)).toEqual({
      operands: ['BTCUSDT'],
      unknown: [],
      options: { entry: '30000', lev: '10x', mmr: '0.5%', json: true },
    });
  });
});
