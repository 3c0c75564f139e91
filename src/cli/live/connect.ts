import { configFile } from '../../formats/config-place.js';
import { connectionTo, type Connection, type Sending } from '../../live/connection.js';
import { durationOf } from '../../live/duration.js';
import { LiveError, type FailureKind } from '../../live/failure.js';
import type { KeyPlaces } from '../../live/secrets.js';
import { LiqcalcError, type Problem } from '../../core/errors.js';
import { RunError, UsageError } from '../command.js';
import type { ExitName } from '../exit-codes.js';
import type { Parsed } from '../flags.js';
import type { Io } from '../io.js';

export { keyWarning, symbolOn } from '../../live/connection.js';

const USUAL_TIMEOUT = 30_000;

/**
 * The connection that flags ask for. Nothing is sent yet.
 *
 * @param venue - the venue without `--account`.
 * @param sending - how a command that lasts sends its requests.
 */
export function connectionFor(
  io: Pick<Io, 'env' | 'platform'>,
  options: Parsed['options'],
  venue: string,
  sending: Sending = {},
): Connection {
  const places = keyPlaces(io, options);
  const timeoutMs = timeoutOf(options);
  const account = textOf(options, 'account');
  return connectionTo({ account, venue, isDemo: options['demo'] === true, timeoutMs, places }, sending);
}

/** Where the keys of a call may be. */
export function keyPlaces(io: Pick<Io, 'env' | 'platform'>, options: Parsed['options']): KeyPlaces {
  const { env, platform } = io;
  return { env, platform, keyFile: textOf(options, 'keyFile'), ownFile: configFile(io, 'keys.json') };
}

/** How long a request may take, ms. */
export function timeoutOf(options: Parsed['options']): number {
  const problems: Problem[] = [];
  const timeoutMs = durationOf('timeout', textOf(options, 'timeout'), problems) ?? USUAL_TIMEOUT;
  if (problems.length > 0) throw new LiqcalcError(problems);
  return timeoutMs;
}

export function textOf(options: Parsed['options'], key: string): string | undefined {
  const value = options[key];
  return typeof value === 'string' ? value : undefined;
}

const EXITS: Readonly<Record<FailureKind, ExitName>> = {
  unavailable: 'unavailable',
  noKey: 'noKey',
  badConfig: 'badConfig',
  usage: 'usage',
  unsupported: 'invalidRecords',
};

/**
 * Runs work that asks an exchange; its failures get their exit codes.
 *
 * @throws {RunError}
 */
export async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LiveError)) throw error;
    throw new RunError(error.message, EXITS[error.kind]);
  }
}

/** Refuses keys among the arguments, without repeating them. */
export function refuseKeys(unknown: readonly string[]): void {
  if (!unknown.some((word) => /^--(?:api-?)?(?:key|secret)(?:=|$)/i.test(word))) return;
  throw new UsageError(
    'keys do not go on a command line, where ps and the history of the shell show them: use --key-file FILE, or LIQCALC_BINANCE_KEY and LIQCALC_BINANCE_SECRET',
  );
}

/** Prints a warning, unless only errors are wanted. */
export function warn(io: Io, options: Parsed['options'], words: string | undefined): void {
  if (words !== undefined && options['quiet'] !== true) io.stderr.write(`liqcalc: warning: ${words}\n`);
}
