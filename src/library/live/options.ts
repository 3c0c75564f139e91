import { LiqcalcError, problem, type Problem } from '../../core/errors.js';
import { configFile } from '../../formats/config-place.js';
import { localClock, transportClock } from '../../live/clock.js';
import { connectionTo, type Connection, type LiveVenueName, type Sending } from '../../live/connection.js';
import { durationOf } from '../../live/duration.js';
import { asLiqcalcError } from '../../live/failure.js';
import type { FeedName } from '../../live/feed-names.js';
import { feedConnectionTo, type FeedConnection } from '../../live/feed-prices.js';
import { Secret, type Credential } from '../../live/secret.js';
import type { KeyPlaces } from '../../live/secrets.js';
import { exchange } from '../../live/wire.js';
import { shown, wordOf } from '../given.js';

/** An account at an exchange: `binance`, or `hyperliquid:0xADDRESS`, where every account is public. */
export type LiveAccount = LiveVenueName | `${LiveVenueName}:${string}`;

/** A time with its unit: `500ms`, `5s`, `15m`, `1h`, `1d`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/** A time as text, checked to be one. */
export function timeText(key: string, time: Duration | undefined): string | undefined {
  return time === undefined ? undefined : wordOf(key, time);
}

/** An API key with its secret (HMAC), or with a private key as PEM (Ed25519). */
export type LiveKey =
  | {
      /** The key that the exchange shows. */
      readonly apiKey: Secret;
      /** The secret that it showed once. */
      readonly secret: Secret;
    }
  | {
      /** The key that the exchange shows. */
      readonly apiKey: Secret;
      /** The private key whose public part the exchange has. */
      readonly privateKey: Secret;
    };

/** How requests are sent to an exchange. */
export interface LiveOptions {
  /**
   * The key of the account. By default that of `keyFile`, else that of `LIQCALC_BINANCE_KEY` and `LIQCALC_BINANCE_SECRET`,
   * else that of the user's `~/.config/liqcalc/keys.json`.
   */
  readonly key?: LiveKey | undefined;
  /** A file with the key, which only its owner can read. */
  readonly keyFile?: string | undefined;
  /** How long an answer may take, with all attempts; `30s` by default. */
  readonly timeout?: Duration | undefined;
  /** Whether requests go to the demo of the exchange. */
  readonly demo?: boolean | undefined;
  /** Ends what was begun. */
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/** Where keys may be, and how long an answer may take. */
function wayOf({ keyFile, timeout }: LiveOptions): { readonly places: KeyPlaces; readonly timeoutMs: number } {
  const problems: Problem[] = [];
  const timeoutMs = durationOf('timeout', timeText('timeout', timeout), problems) ?? DEFAULT_TIMEOUT_MS;
  if (problems.length > 0) throw new LiqcalcError(problems);
  const { env, platform } = process;
  const ownFile = configFile({ env, platform }, 'keys.json');
  return { places: { env, platform, keyFile, ownFile, keyFileBy: 'key or keyFile' }, timeoutMs };
}

/** The connection that options ask for. */
export function connectionOf(
  options: LiveOptions,
  to: { readonly account: string | undefined; readonly venue: string },
  sending: Sending,
): Connection {
  const { key, demo } = options;
  const own = key && credentialOf(key);
  return connectionTo({ ...to, ...wayOf(options), isDemo: demo === true, key: own }, sending);
}

/** The connections to feeds. */
export function feedsOf(options: LiveOptions, names: readonly FeedName[], sending: Sending): readonly FeedConnection[] {
  return names.map((name) => feedConnectionTo(name, wayOf(options), sending));
}

function credentialOf(given: LiveKey): Credential {
  const isHmac = 'secret' in given;
  const { apiKey: key, ...rest } = given;
  const secret = 'secret' in rest ? rest.secret : rest.privateKey;
  if (![key, secret].every((each: unknown) => each instanceof Secret))
    throw new LiqcalcError([problem('NOT_A_VALUE', 'key', { value: shown(given), advice: KEY_ADVICE })]);
  return { key, signer: { kind: isHmac ? 'hmac' : 'ed25519', secret } };
}

const KEY_ADVICE = 'give an object like { apiKey: new Secret(text), secret: new Secret(text) }';

/** Asks an exchange; its failures become errors of the library. An abort ends requests and waits. */
export async function asked<T>({ signal }: LiveOptions, ask: (sending: Sending) => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  try {
    return await ask({
      clock: transportClock(localClock(), signal),
      send: (request) => exchange({ ...request, ...(signal && { signal }) }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw asLiqcalcError(error);
  }
}

/** Runs work whose failures become errors of the library. */
export function inWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asLiqcalcError(error);
  }
}
