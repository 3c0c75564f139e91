import { describe, expect, it } from 'vitest';
import { RunError, UsageError } from '../../src/cli/command.js';
import { exitCode, type Ending } from '../../src/cli/ending.js';
import { InputError, OutputError } from '../../src/cli/io.js';
import { LiqcalcError, problem } from '../../src/core/errors.js';

const answered = (facts: { isNo?: boolean; isPartial?: boolean } = {}): Ending => ({ kind: 'answered', ...facts });
const failed = (error: unknown): Ending => ({ kind: 'failed', error });

describe('the exit code', () => {
  it.each<[string, Ending, number]>([
    ['an answer', answered(), 0],
    ['a "no"', answered({ isNo: true }), 1],
    ['a part without an answer', answered({ isPartial: true }), 65],
    ['a part without an answer, though the rest is a "no"', answered({ isPartial: true, isNo: true }), 65],
    ['wrong values', failed(new LiqcalcError([problem('EMPTY', 'entry', {})])), 2],
    [
      'brackets that cannot be priced with',
      failed(new LiqcalcError([problem('INVALID_BRACKETS', '', { table: 'BTCUSDT', fault: 'no rows' })])),
      65,
    ],
    ['wrong usage', failed(new UsageError('write flags after the command')), 2],
    ['a file that cannot be read', failed(new InputError('a.json cannot be read')), 66],
    ['an end that names its code', failed(new RunError('.liqcalc.json', 'badConfig')), 78],
    ['output that cannot be written', failed(new OutputError('failed', new Error('ENOSPC'))), 73],
    ['a reader that went away', failed(new OutputError('closed', new Error('EPIPE'))), 0],
    ['an error that is not ours', failed(new TypeError('x is not a function')), 70],
    ['something thrown that is no error', failed('x'), 70],
    ['Ctrl-C', { kind: 'interrupted' }, 130],
  ])('of %s', (_, ending, code) => {
    expect(exitCode(ending)).toBe(code);
  });
});
