import { isLiqcalcError } from '../../src/index.js';

/** The code and the words of the error of a call; any other error is not ours, and is thrown on. */
export function said(ask: () => unknown): string {
  try {
    ask();
  } catch (error) {
    if (isLiqcalcError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'no error';
}
