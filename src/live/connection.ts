import { LiqcalcError, problem } from '../core/errors.js';
import { closest, listed } from '../core/names.js';
import { symbolKeyOn } from '../core/venues/index.js';
import { LiveError } from './failure.js';
import { hostsOf } from './hosts.js';
import type { Credential } from './secret.js';
import { credentialFor, type KeyPlaces } from './secrets.js';
import { Transport, type TransportOptions } from './transport.js';
import type { LiveVenue } from './venue.js';
import { liveVenues } from './venues/index.js';

/** The name of a venue that liqcalc can send requests to. */
export type LiveVenueName = keyof typeof liveVenues;

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

/** What a connection is made of. */
export interface ConnectionRequest {
  /** Whose account: `binance`, or `hyperliquid:0x...`. */
  readonly account: string | undefined;
  /** The venue without an account. */
  readonly venue: string;
  readonly isDemo: boolean;
  readonly timeoutMs: number;
  readonly places: KeyPlaces;
  /** The key itself, in place of where it may be. */
  readonly key?: Credential | undefined;
}

/** How requests are sent by a caller that lasts, or that can be stopped. */
export type Sending = Pick<TransportOptions, 'clock' | 'share' | 'send'>;

const VENUES: Readonly<Record<string, LiveVenue>> = liveVenues;

/** The connection of a request. It sends nothing yet. */
export function connectionTo(request: ConnectionRequest, sending: Sending = {}): Connection {
  const { account, isDemo, timeoutMs, places, key } = request;
  const [name = '', address] = split(account ?? request.venue);
  const venue = Object.hasOwn(VENUES, name) ? VENUES[name] : undefined;
  if (!venue) throw notAVenue(account === undefined ? 'venue' : 'account', name);
  const { keys } = venue;
  const credential = keys === undefined ? undefined : (): Credential => key ?? credentialFor(keys, places);
  // A file that is named must be right, also for requests without a key.
  if (places.keyFile !== undefined) credential?.();
  const link = new Transport(venue, {
    hosts: hostsOf(venue, places.env, isDemo),
    address,
    timeoutMs,
    ...(credential && { credential }),
    ...sending,
  });
  return { name, venue, link, hasKey: () => credential !== undefined && isThere(credential), address, credential };
}

/** A warning if the key may do more than read; `undefined` if it may not, or if the venue does not say. */
export async function keyWarning({ venue, link, credential }: Connection): Promise<string | undefined> {
  if (!venue.keyRights || !credential) return undefined;
  const rights = await venue.keyRights(link).catch(() => []);
  if (rights.length === 0) return undefined;
  const key = String(credential().key);
  return `the key ${key} may ${listed(rights, 'and')}; liqcalc only reads: use a key with Enable Reading alone`;
}

/** The venue of a recording. */
export function venueNamed(name: string): LiveVenue {
  const venue = Object.hasOwn(VENUES, name) ? VENUES[name] : undefined;
  if (!venue) throw new LiveError('usage', `the recording is of ${name}, which this version does not know`);
  return venue;
}

/** A symbol as the venue writes it; Hyperliquid has its own spellings. */
export function symbolOn(venue: string, symbol: string): string {
  return venue === 'hyperliquid' ? symbol : symbolKeyOn(venue, symbol);
}

function isThere(credential: () => Credential): boolean {
  try {
    credential();
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
