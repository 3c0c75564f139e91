import { looksCoinMargined } from '../core/settlement.js';
import { VERSION } from '../core/version.js';
import { ownAccount } from '../formats/account-json.js';
import type { AccountDefaults, RawAccount } from '../formats/raw-account.js';
import { jsonObject } from '../report/json.js';
import { localClock, seededRandom, transportClock, type Clock } from './clock.js';
import { symbolOn, venueNamed, type Connection, type Sending } from './connection.js';
import { KeyWatcher } from './key-watcher.js';
import { LiveError } from './failure.js';
import { FEED_NAMES, type FeedName } from './feed-names.js';
import { feedConnectionTo, type FeedConnection } from './feed-prices.js';
import { FeedWatcher } from './feed-watcher.js';
import { symbolOf, type Source } from './pools.js';
import { Recorder, type RecordHead } from './record.js';
import type { RuleWatcher } from './rules.js';
import { Replay, type Recording } from './replay.js';
import { Secret } from './secret.js';
import type { SessionEnd, Watcher, WatchSettings, WrittenEvent } from './session-settings.js';
import { Session } from './session.js';
import { connect as socket } from './socket.js';
import type { Connect } from './stream.js';
import { Transport } from './transport.js';
import { tablesIn } from './venue-tables.js';
import type { WatchChoices } from './watch-choices.js';
import { exchange, type WireAnswer } from './wire.js';

/** What every watch needs to know, live or replayed. */
export interface WatchRequest {
  readonly choices: WatchChoices;
  readonly decimals: number | undefined;
  readonly isUntilAlert: boolean;
  /** Makes the data of the watch besides account and marks. */
  readonly watchersOf: (source: RuleSource) => readonly Watcher[];
  /** Connects to the feeds whose prices are compared with the marks. */
  readonly feeds?: ((sending: Sending) => readonly FeedConnection[]) | undefined;
}

/** What rules ask for data. */
export type RuleSource = ConstructorParameters<typeof RuleWatcher>[1];

/** Positions that are given. */
export interface GivenPositions {
  readonly sources: readonly Source[];
  readonly defaults: AccountDefaults;
  /** How they are shown; `null` without positions. */
  readonly name: string | null;
}

/** A watch of an exchange. */
export interface LiveRequest extends WatchRequest {
  readonly given: GivenPositions;
  /** As they were given. */
  readonly symbols: readonly string[];
  readonly hasAccount: boolean;
  /** The venue of the marks, if one was named. */
  readonly venue: string | undefined;
  readonly isOnce: boolean;
  /** Connects to the account, or else to a venue. */
  readonly connect: (venue: string, sending: Sending) => Connection;
  /** Takes the lines of a recording. */
  readonly record: ((line: string) => void) | undefined;
  /** Ends requests, and what waits for the next, when their answers are no longer wanted. */
  readonly signal?: AbortSignal;
}

/** A watch of a recording. */
export interface ReplayRequest extends WatchRequest {
  readonly recording: Recording;
  readonly tables: AccountDefaults['tables'];
  /** Waits until a moment of the recording is due; by default it does not wait. */
  readonly pace?: ((mono: number) => Promise<void>) | undefined;
}

/** Everything that a session is run with. */
export interface WatchPlan {
  readonly settings: WatchSettings;
  readonly link: Transport;
  readonly connect: Connect;
  readonly clock: Clock;
  /** Lets the time of a recording pass; real time needs no help. */
  readonly play?: (isOver: () => boolean) => Promise<void>;
}

type Send = NonNullable<Sending['send']>;

/** Reports refused requests to the session, which begins after the first request can be sent. */
export class LimitNotes {
  session: Session | undefined;

  readonly noted =
    (send: Send): Send =>
    async (request) => {
      const answer = await send(request);
      this.#note(answer);
      return answer;
    };

  #note({ status, headers }: WireAnswer): void {
    if (status !== 429 && status !== 418) return;
    const seconds = Number(headers['retry-after'] ?? Number.NaN);
    this.session?.limited(status, Number.isFinite(seconds) ? seconds * 1000 : undefined);
  }
}

/** The share of a venue's budget that a watch uses at most. */
const SHARE = 0.5;

/** The plan of a watch of an exchange. Nothing is sent yet. */
export function livePlan(request: LiveRequest, limits: LimitNotes): WatchPlan {
  const { given, hasAccount, record, isOnce, signal } = request;
  const seed = Math.floor(Math.random() * 2 ** 31);
  const clock = { ...localClock(), random: seededRandom(seed) };
  const recording: { recorder?: Recorder } = {};
  const wire: Send = (wired) => exchange({ ...wired, ...(signal && { signal }) });
  const send: Send = (wired) => (recording.recorder?.send(wire) ?? wire)(wired);
  const timer = transportClock(clock, signal);
  const sending = { clock: timer, share: SHARE, send: limits.noted(send) };
  const connection = request.connect(venueOf(request), sending);
  const { name, venue, link, address, credential } = connection;
  if (!venue.market && !isOnce) throw new LiveError('usage', `${venue.meaning} has no stream of marks here`);
  const symbols = request.symbols.map((each) => symbolOn(venue.venue, each));
  const feeds = request.feeds?.({ clock: timer, send }) ?? [];
  const shownAccount = hasAccount ? (address ?? (credential ? String(credential().key) : null)) : given.name;
  const common = settingsOf(request, { venue, link, clock, feeds }, hasAccount);
  const settings: WatchSettings = {
    ...common,
    watchers: [...common.watchers, ...(hasAccount ? [new KeyWatcher(connection, clock)] : [])],
    name,
    shownAccount,
    own: given.sources,
    symbols,
    defaults: given.defaults,
  };
  if (record) {
    const head: RecordHead = {
      liqcalc: 'record/1',
      version: VERSION,
      venue: name,
      wall: clock.wall(),
      node: process.versions.node,
      seed,
      account: hasAccount ? shownAccount : null,
      address: address ?? null,
      symbols,
      ...(feeds.length > 0 && { feeds: feeds.map((each) => each.name) }),
      own: given.sources.map(({ raw }) => jsonOf(raw)),
    };
    recording.recorder = new Recorder(clock, head, record);
  }
  return { settings, link, clock, connect: recording.recorder?.connect(socket) ?? socket };
}

/** The venue of marks: the named one, else Binance, which has its coin-margined contracts at another place. */
function venueOf({ venue, symbols, given }: LiveRequest): string {
  if (venue !== undefined) return venue;
  const all = [...symbols, ...given.sources.flatMap(({ raw }) => raw.positions.map(symbolOf))];
  return all.length > 0 && all.every(looksCoinMargined) ? 'binance-coinm' : 'binance';
}

const HIDDEN_KEY = 'replayreplayreplay';

/** The plan of a watch of a recording: it opens no connection. */
export function replayPlan(request: ReplayRequest, limits: LimitNotes): WatchPlan {
  const { recording, choices, tables, pace } = request;
  const { head } = recording;
  const venue = venueNamed(head.venue);
  const replay = new Replay(recording);
  const { clock, connect } = replay;
  const secret = new Secret(HIDDEN_KEY);
  const link = new Transport(venue, {
    hosts: venue.hosts.live,
    ...(head.address !== null && { address: head.address }),
    credential: () => ({ key: secret, signer: { kind: 'hmac', secret } }),
    timeoutMs: 60_000,
    clock: transportClock(clock),
    share: SHARE,
    send: limits.noted(replay.send),
  });
  const feeds = (head.feeds ?? []).map((each) => {
    const places = { env: { [`LIQCALC_${each.toUpperCase()}_KEY`]: HIDDEN_KEY }, platform: '' };
    return feedConnectionTo(
      feedNamed(each),
      { timeoutMs: 60_000, places },
      { clock: transportClock(clock), send: replay.send },
    );
  });
  const own = head.own.map((text, index) => ({ name: `account ${index + 1}`, raw: ownAccount(text) }));
  const settings: WatchSettings = {
    ...settingsOf(request, { venue, link, clock, feeds }, head.account !== null),
    name: head.venue,
    shownAccount: head.account ?? (own.length > 0 ? 'positions of the recording' : null),
    own,
    symbols: head.symbols,
    defaults: { betas: new Map(), fields: [], tables },
    forMs: Math.min(choices.forMs ?? Infinity, replay.endMs),
  };
  const play = (isOver: () => boolean): Promise<void> => clock.run(replay.endMs + 1, { isOver, ...(pace && { pace }) });
  return { settings, link, clock, connect, play };
}

function feedNamed(name: string): FeedName {
  const found = FEED_NAMES.find((each) => each === name);
  if (!found) throw new LiveError('usage', `the recording has the feed ${name}, which this version does not know`);
  return found;
}

/** The settings that a watch of an exchange and of a recording have in common. */
function settingsOf(
  { choices, decimals, isUntilAlert, watchersOf }: WatchRequest,
  { feeds: connections, ...source }: Omit<RuleSource, 'feeds'> & { readonly feeds: readonly FeedConnection[] },
  hasAccount: boolean,
): Omit<WatchSettings, 'name' | 'shownAccount' | 'own' | 'symbols' | 'defaults'> {
  const { venue, clock } = source;
  const feeds = connections.length > 0 ? new FeedWatcher(connections, { clock, venue: venue.venue }) : undefined;
  return {
    ...choices,
    version: VERSION,
    decimals,
    untilAlert: isUntilAlert,
    venue,
    hasAccount,
    watchers: [...(feeds ? [feeds] : []), ...watchersOf({ ...source, feeds, hasAccount })],
    ...(hasAccount && { readTables: (answers, wall) => tablesIn(venue, answers, wall) }),
  };
}

/** Waits until a moment of a recording is due at a speed. */
export function paceOf(speed: number): (mono: number) => Promise<void> {
  let start: number | undefined;
  return (mono) => {
    start ??= performance.now();
    const wait = start + mono / speed - performance.now();
    return wait <= 1 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, wait));
  };
}

/** The session of a plan. */
export function sessionOf(plan: WatchPlan, limits: LimitNotes, emit: (event: WrittenEvent) => void): Session {
  const session = new Session(plan.settings, plan, emit);
  limits.session = session;
  return session;
}

/** Runs a session to its end. */
export async function runSession(session: Session, { play }: WatchPlan, isOnce: boolean): Promise<SessionEnd> {
  const state = { isOver: false };
  const running = (isOnce ? session.once() : session.run()).finally(() => {
    state.isOver = true;
  });
  await play?.(() => state.isOver);
  return running;
}

/** An account as JSON of ours, for a recording. */
function jsonOf({ wallet, positions, venue }: RawAccount): string {
  return jsonObject([
    ...(typeof wallet === 'string' ? [['wallet', JSON.stringify(wallet)] as const] : []),
    ...(venue === undefined ? [] : [['venue', JSON.stringify(venue)] as const]),
    ['positions', `[${positions.map((each) => jsonObject(each.own())).join(',')}]`],
  ]);
}
