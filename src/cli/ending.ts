import { isLiqcalcError } from '../core/errors.js';
import { RunError, UsageError } from './command.js';
import { EXIT_CODES, type ExitName } from './exit-codes.js';
import { InputError, OutputError } from './io.js';

/** How a run ended, as far as its exit code depends on it. */
export type Ending =
  | {
      readonly kind: 'answered';
      /** Whether the answer is "no": an alert, a violation, no value, a difference. */
      readonly isNo?: boolean;
      /** Whether a part of the input has no answer; a "no" about the rest says less than that. */
      readonly isPartial?: boolean;
    }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'interrupted' };

/** The exit code of how a run ended: the only place that decides it. */
export function exitCode(ending: Ending): number {
  return EXIT_CODES[exitName(ending)].code;
}

/** What the exit code of how a run ended is called. */
export function exitName(ending: Ending): ExitName {
  if (ending.kind === 'failed') return nameOfFailure(ending.error);
  if (ending.kind === 'interrupted') return 'interrupted';
  if (ending.isPartial) return 'invalidRecords';
  return ending.isNo ? 'no' : 'done';
}

/** What is no error of ours is a bug; a reader that went away has what it wanted. */
function nameOfFailure(error: unknown): ExitName {
  if (error instanceof OutputError) return error.kind === 'closed' ? 'done' : 'unwritable';
  if (isLiqcalcError(error)) return error.code === 'INVALID_BRACKETS' ? 'invalidRecords' : 'usage';
  if (error instanceof RunError) return error.exit;
  if (error instanceof InputError) return 'unreadable';
  return error instanceof UsageError ? 'usage' : 'bug';
}
