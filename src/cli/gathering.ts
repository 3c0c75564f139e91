import { isLiqcalcError, LiqcalcError, type Problem } from '../core/errors.js';

/** Runs `read`, and adds the problems that it throws to `problems`. */
export function gathering<T>(problems: Problem[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/**
 * Runs `read`, which may add to `problems`, too.
 *
 * @throws {LiqcalcError} with all problems, those that it throws included, each once.
 */
export function withoutProblems<T>(problems: Problem[], read: (problems: Problem[]) => T): T {
  try {
    const value = read(problems);
    if (problems.length === 0) return value;
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    problems.push(...error.problems);
  }
  throw new LiqcalcError([...new Map(problems.map((each) => [JSON.stringify(each), each] as const)).values()]);
}
