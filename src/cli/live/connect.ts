import { LiveError, type FailureKind } from '../../live/failure.js';
import { hostsOf } from '../../live/hosts.js';
import { credentialFor, type Credential, type KeyPlaces } from '../../live/secrets.js';
import { Transport, type TransportOptions } from '../../live/transport.js';
import type { LiveVenue } from '../../live/venue.js';
import { liveVenues } from '../../live/venues/index.js';
import { LiqcalcError, problem } from '../../core/errors.js';
import { closest, listed } from '../../core/names.js';
import { RunError, UsageError } from '../command.js';
import { configFile } from '../config-folder.js';
import type { ExitName } from '../exit-codes.js';
import type { Parsed } from '../flags.js';
import type { Io } from '../io.js';

/** A venue and its transport. */
export interface Connection {
  readonly name: string;
  readonly venue: LiveVenue;
  readonly link: Transport;
  /** Whether there is a key for it; a broken file of keys is an error. */
  readonly hasKey: () => boolean;
  /** The address of the account, where accounts are public. */
  readonly address: string | undefined;
  /** The key, if the venue has keys; read when it is first needed. */
  readonly credential: (() => Credential) | undefined;
}

const VENUES: Readonly<Record<string, LiveVenue>> = liveVenues;
const USUAL_TIMEOUT = 30_000;

/**
 * The connection that flags ask for. Nothing is sent yet.
 *
 * @param fallback - the venue without `--account`.
 * @param more - how a command that lasts sends its requests.
 */
export function connectionFor(
  io: Io,
  options: Parsed['options'],
  fallback: string,
  more: Pick<TransportOptions, 'clock' | 'share' | 'send'> = {},
): Connection {
  const account = textOf(options, 'account');
  const [name = '', address] = split(account ?? fallback);
  const venue = Object.hasOwn(VENUES, name) ? VENUES[name] : undefined;
  if (!venue) throw notAVenue(account === undefined ? 'venue' : 'account', name);
  const { env, platform } = io;
  const { keys } = venue;
  const places = { env, platform, keyFile: textOf(options, 'keyFile'), ownFile: configFile(io, 'keys.json') };
  const credential = keys === undefined ? undefined : (): Credential => credentialFor(keys, places);
  const link = new Transport(venue, {
    hosts: hostsOf(venue, env, options['demo'] === true),
    address,
    timeoutMs: timeoutOf(options),
    ...(credential && { credential }),
    ...more,
  });
  const hasKey = (): boolean => keys !== undefined && hasCredential(keys, places);
  return { name, venue, link, hasKey, address, credential };
}

function hasCredential(keys: string, places: KeyPlaces): boolean {
  try {
    credentialFor(keys, places);
    return true;
  } catch (error) {
    if (error instanceof LiveError && error.kind === 'noKey') return false;
    throw error;
  }
}

function split(text: string): readonly string[] {
  const place = text.indexOf(':');
  return place < 0 ? [text.toLowerCase()] : [text.slice(0, place).toLowerCase(), text.slice(place + 1)];
}

function notAVenue(field: string, name: string): Error {
  const names = Object.keys(VENUES);
  const near = closest(name, names);
  const advice = near === undefined ? `it is ${listed(names, 'or')}` : `did you mean ${near}?`;
  return new LiqcalcError([problem('NOT_A_VALUE', field, { value: name, advice })]);
}

function timeoutOf(options: Parsed['options']): number {
  const text = textOf(options, 'timeout');
  return text === undefined ? USUAL_TIMEOUT : durationOf('timeout', text);
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const LONGEST = 24 * 3_600_000;

/** A time as people write it, `30s` or `5m`, in milliseconds; without a unit it is seconds. */
function durationOf(field: string, text: string): number {
  const [, number = '', unit = 's'] = /^(\d{1,9})(ms|s|m|h)?$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? 0);
  if (ms > 0 && ms <= LONGEST) return ms;
  throw new LiqcalcError([problem('NOT_A_VALUE', field, { value: text, advice: 'write a time like 30s or 2m' })]);
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
