import { isLiqcalcError } from '../core/errors.js';
import { RunError, UsageError } from './command.js';
import { EXIT_CODES, type ExitName } from './exit-codes.js';
import { InputError, OutputError } from './io.js';

/** How a run ended: the facts that decide its exit code. */
export type Ending =
  | {
      readonly kind: 'answered';
      /** Whether the answer is "no": an alert, a violation, no value, a difference. */
      readonly isNo?: boolean;
      /** Whether a part of the input has no answer. This takes priority over a "no" about the rest. */
      readonly isPartial?: boolean;
    }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'interrupted' };

/** The exit code of a run. Only this function decides it. */
export function exitCode(ending: Ending): number {
  return EXIT_CODES[exitName(ending)].code;
}

/** The name of the exit code of a run. */
export function exitName(ending: Ending): ExitName {
  if (ending.kind === 'failed') return nameOfFailure(ending.error);
  if (ending.kind === 'interrupted') return 'interrupted';
  if (ending.isPartial) return 'invalidRecords';
  return ending.isNo ? 'no' : 'done';
}

/** Any error that is not ours is a bug. A reader that closed the output early is not an error. */
function nameOfFailure(error: unknown): ExitName {
  if (error instanceof OutputError) return error.kind === 'closed' ? 'done' : 'unwritable';
  if (isLiqcalcError(error)) return error.code === 'INVALID_BRACKETS' ? 'invalidRecords' : 'usage';
  if (error instanceof RunError) return error.exit;
  if (error instanceof InputError) return 'unreadable';
  return error instanceof UsageError ? 'usage' : 'bug';
}
