import * as z from 'zod/mini';
import { LiveError } from '../failure.js';
import { membersOf, objectIn } from '../payload.js';
import type { Hosts, Link, SocketPlan, UserPlan } from '../venue.js';
import type { BinanceRequests } from './requests.js';

/** More symbols than this are read from the stream of all marks. */
const MOST_SYMBOLS = 150;
const STREAMS_A_FRAME = 50;
const FRAMES_PER_SECOND = 5;
const SILENCE = 5000;
const KEEP_ALIVE = 30 * 60_000;

/** The socket with the marks of some symbols, once a second, and with changes of brackets. */
export function binanceMarket({ market = '' }: Hosts, symbols: readonly string[]): SocketPlan {
  const marks =
    symbols.length > MOST_SYMBOLS
      ? ['!markPrice@arr@1s']
      : symbols.map((symbol) => `${symbol.toLowerCase()}@markPrice@1s`);
  const streams = [...marks, '!contractInfo'];
  const count = Math.ceil(streams.length / STREAMS_A_FRAME);
  return {
    url: `${market}/stream`,
    frames: Array.from({ length: count }, (_, place) =>
      JSON.stringify({
        method: 'SUBSCRIBE',
        params: streams.slice(place * STREAMS_A_FRAME, (place + 1) * STREAMS_A_FRAME),
        id: place + 1,
      }),
    ),
    framesPerSecond: FRAMES_PER_SECOND,
    silenceMs: SILENCE,
  };
}

const LISTEN_KEY = z.object({ listenKey: z.string().check(z.regex(/^\w+$/)) });

/**
 * The socket with the events of the account. The listen key belongs to the account, not to us: other programs of the
 * user share it, so it is renewed but never deleted. No `events` are named: with them, `listenKeyExpired` never comes.
 *
 * @param urlOf - the address for a listen key.
 */
export async function binanceUser(
  { get }: Link,
  { startStream, keepStream }: BinanceRequests,
  urlOf: (listenKey: string) => string,
): Promise<UserPlan> {
  const { listenKey } = membersOf(LISTEN_KEY, objectIn(await get(startStream), startStream), startStream);
  return {
    url: urlOf(listenKey),
    frames: [],
    framesPerSecond: FRAMES_PER_SECOND,
    keepAlive: { everyMs: KEEP_ALIVE, request: keepStream },
    isGone: (error) => error instanceof LiveError && error.details.code === '-1125',
  };
}
