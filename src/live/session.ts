import { isFailed } from '../core/account.js';
import type { TableSource } from '../core/brackets.js';
import { isLiqcalcError } from '../core/errors.js';
import { maintenanceAt } from '../core/leg.js';
import { Ratio } from '../core/ratio.js';
import { symbolKeyOn } from '../core/venues/index.js';
import type { AccountDefaults, JsonField } from '../formats/raw-account.js';
import { firstOf } from '../formats/table-source.js';
import { jsonObject } from '../report/json.js';
import type { WatchEvent, WatchEventName, WatchState } from '../schema/watch.js';
import { accountEventMembers } from './account-event.js';
import {
  judged,
  NO_ALERTS,
  withoutPosition,
  type Alerts,
  type AlertSettings,
  type AlertSubject,
  type Judgement,
} from './alerts.js';
import { Announcer } from './announcer.js';
import type { Cancel, Clock } from './clock.js';
import { LiveError } from './failure.js';
import { ageOf, freshnessOf, type Freshness, type Limits } from './freshness.js';
import { judgedFigures } from './judge.js';
import { pricedPools, sourcesOf, symbolOf, type Pool, type Source } from './pools.js';
import {
  afterEvents,
  afterSnapshot,
  afterWaiting,
  initialState,
  type Effect,
  type Instant,
  type Mark,
  type SnapshotReason,
  type State,
  type Step,
} from './state.js';
import { SessionClock } from './session-clock.js';
import { Stream, type Connect } from './stream.js';
import type { BracketAnswer, Link, LiveEvent, LiveVenue, Snapshot, UserPlan } from './venue.js';

/** What a session asks the venue with. */
export interface WatchLink extends Link {
  /** Measures the venue's clock. */
  readonly measureClock: () => Promise<number>;
  readonly weightUsed: number | undefined;
}

/** An event as it is written. */
export interface WrittenEvent {
  readonly type: WatchEventName;
  readonly seq: number;
  readonly at: string;
  /** The event; that of an account is only written. */
  readonly event: WatchEvent;
  /** One line of JSON. */
  readonly json: string;
}

/** Data of a watch besides account and marks: rules, feeds. They say what changed. */
export interface Watcher {
  /** @returns events to tell. */
  readonly judge: (view: WatchView) => readonly WatchEvent[];
  readonly start?: (session: { readonly tell: (event: WatchEvent) => void; readonly view: () => WatchView }) => void;
  readonly stop?: () => void;
  /** Lines for a screen, each with a label. */
  readonly facts?: () => readonly { readonly label: string; readonly text: string }[];
  /** Lines for the page of rules. */
  readonly lines?: () => readonly string[];
}

export interface WatchSettings {
  /** The name of the venue in events. */
  readonly name: string;
  readonly venue: LiveVenue;
  readonly version: string;
  /** How the account is shown; `null` for marks only. */
  readonly shownAccount: string | null;
  /** Whether the account of the venue is watched. */
  readonly hasAccount: boolean;
  /** Positions that are given. */
  readonly own: readonly Source[];
  /** Symbols that are watched without a position, as the venue spells them. */
  readonly symbols: readonly string[];
  readonly defaults: AccountDefaults;
  /** The tables in answers of the venue. */
  readonly readTables?: ((answers: readonly BracketAnswer[], wall: number) => TableSource) | undefined;
  readonly decimals: number | undefined;
  readonly alerts: AlertSettings;
  /** The same as they were given. */
  readonly alertTexts: readonly string[];
  readonly limits: Limits;
  /** The account is written this often, changed or not; by default when it changed, once a second at most. */
  readonly everyMs?: number | undefined;
  readonly forMs?: number | undefined;
  readonly untilAlert: boolean;
  readonly watchers: readonly Watcher[];
}

/** Why a session ended. */
export type SessionEnd =
  { readonly kind: 'stopped' | 'over' | 'alert' } | { readonly kind: 'failed'; readonly error: unknown };

/** Everything that a screen shows. */
export interface WatchView {
  readonly name: string;
  readonly state: WatchState;
  readonly reason: string | null;
  /** When this state began, milliseconds since 1970. */
  readonly since: number;
  readonly pools: readonly Pool[];
  readonly marks: ReadonlyMap<string, Mark>;
  readonly symbols: readonly string[];
  readonly freshness: Freshness | undefined;
  readonly alerts: Alerts;
  readonly now: Instant;
  readonly wall: number;
  readonly sockets: number;
  readonly weight: { readonly used: number | undefined; readonly limit: number | undefined };
}

/** How often everything is looked at, in milliseconds. */
const PULSE_MS = 250;
const ACCOUNT_MS = 1_000;
const AUDIT_MS = 60_000;
/** The same where the venue does not push changes, and while the stream of the account is down. */
const POLL_MS = 4_000;
const SOON_MS = 5_000;
const CLOCK_MS = 3_600_000;
const DEAD_SOCKETS = 3;
/** Above this share of the budget, audits wait. */
const BUDGET_SHARE = 0.5;
const AUDITS_MISSED = 3;
const RETRY_MS = 5_000;

/**
 * Watches an account: opens its streams, reads it whole at the start, after gaps and every minute, judges each tick and
 * says what happens. It never ends because of the network.
 */
export class Session {
  readonly #settings: WatchSettings;
  readonly #link: WatchLink;
  readonly #clock: Clock;
  readonly #connect: Connect;
  readonly #emit: (event: WrittenEvent) => void;
  readonly #ended: Promise<SessionEnd>;
  #end: (end: SessionEnd) => void = () => undefined;
  #isOver = false;

  #state: State;
  #defaults: AccountDefaults;
  #pools: readonly Pool[] = [];
  #isDirty = true;
  #freshness: Freshness | undefined;
  #alerts: Alerts = NO_ALERTS;
  #isInitial = true;
  #hasBegun = false;
  readonly #announcer = new Announcer((event) => this.#tell(event));

  #seq = 0;
  #alertCount = 0;
  #accountAt = Number.NEGATIVE_INFINITY;
  #isAccountNew = true;
  #startedAt = 0;

  #market: Stream | undefined;
  #user: Stream | undefined;
  #userPlan: UserPlan | undefined;
  #subscribed = '';
  #isUnsure = true;
  #lastSnapshot = Number.NEGATIVE_INFINITY;
  #syncing: Promise<void> | undefined;
  #isSyncWanted: SnapshotReason | undefined;
  #awayMs = 0;
  #auditTimer: Cancel | undefined;
  #standInTimer: Cancel | undefined;
  readonly #timers = new Set<Cancel>();

  readonly #time: SessionClock;
  #limitedUntil = 0;
  readonly #subjects: ReadonlySet<AlertSubject>;

  constructor(
    settings: WatchSettings,
    { link, connect, clock }: { readonly link: WatchLink; readonly connect: Connect; readonly clock: Clock },
    emit: (event: WrittenEvent) => void,
  ) {
    this.#settings = settings;
    this.#link = link;
    this.#connect = connect;
    this.#clock = clock;
    this.#emit = emit;
    this.#defaults = settings.defaults;
    const { venue, hasAccount } = settings;
    const source =
      hasAccount && venue.from ? { from: venue.from, hasStream: venue.tellsPositions === true } : undefined;
    this.#state = initialState(venue.venue, source);
    this.#time = new SessionClock(clock);
    this.#subjects = new Set(
      (Object.keys(settings.alerts.levels) as AlertSubject[]).filter((each) => settings.alerts.levels[each].length > 0),
    );
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Runs until it is stopped, its time is over, or the account cannot be watched. */
  run(): Promise<SessionEnd> {
    this.#begin();
    const { forMs, hasAccount, venue } = this.#settings;
    if (forMs !== undefined) this.#after(forMs, () => this.#finish({ kind: 'over' }));
    this.#pulse();
    void this.#measureClock('start').then(() => {
      if (this.#isOver) return;
      if (hasAccount && venue.user) this.#openUser();
      else if (hasAccount) this.#sync('start');
      this.#subscribe();
    });
    this.#after(CLOCK_MS, () => this.#hourly());
    if (hasAccount) void this.#readBrackets([]);
    return this.#ended;
  }

  /** One snapshot and one answer, without sockets. */
  async once(): Promise<SessionEnd> {
    this.#begin();
    try {
      const { venue, hasAccount } = this.#settings;
      if (venue.time) this.#time.measured(await this.#link.measureClock());
      if (hasAccount) {
        await this.#readBrackets([]);
        this.#applySnapshot(await this.#snapshot(), 'start', 0);
      }
      const symbols = this.#wantedSymbols();
      const marks = symbols.length > 0 ? ((await venue.marks?.(this.#link, symbols)) ?? []) : [];
      this.#apply(afterEvents(this.#state, marks, this.#time.now()));
      this.#refuseMissing(symbols);
      this.#look();
      this.#writeAccounts();
    } catch (error) {
      this.#finish({ kind: 'failed', error });
      return this.#ended;
    }
    this.#finish({ kind: this.#alerts.size > 0 ? 'alert' : 'over' });
    return this.#ended;
  }

  #refuseMissing(symbols: readonly string[]): void {
    const { venue, meaning } = this.#settings.venue;
    const missing = symbols.filter((symbol) => !this.#state.marks.has(symbolKeyOn(venue, symbol)));
    if (missing.length > 0) throw new LiveError('unavailable', `${meaning} has no mark of ${missing.join(', ')}`);
  }

  stop(): void {
    this.#finish({ kind: 'stopped' });
  }

  /** Writes an event that comes from outside the session. */
  report(event: WatchEvent): void {
    this.#guarded(() => this.#tell(event));
  }

  /** Notes that the venue refuses requests for a time. */
  limited(status: number, retryAfterMs: number | undefined): void {
    if (this.#isOver) return;
    this.#limitedUntil = Math.max(this.#limitedUntil, this.#time.mono + (retryAfterMs ?? 0));
    const words = status === 418 ? 'this address is banned for a time' : 'too many requests';
    this.#tell({ type: 'limited', status, retryAfterMs: retryAfterMs ?? null, message: words });
  }

  readonly view = (): WatchView => {
    const { name, venue } = this.#settings;
    return {
      name,
      ...this.#announcer.announced,
      pools: this.#pools,
      marks: this.#state.marks,
      symbols: this.#settings.symbols,
      freshness: this.#freshness,
      alerts: this.#alerts,
      now: this.#time.now(),
      wall: this.#time.wall,
      sockets: this.#sockets(),
      weight: { used: this.#link.weightUsed, limit: venue.budget?.limit },
    };
  };

  #begin(): void {
    const { version, shownAccount, symbols, alertTexts, own, watchers } = this.#settings;
    this.#startedAt = this.#time.mono;
    const ofOwn = own.flatMap(({ raw }) => raw.positions.map(symbolOf));
    const all = [...new Set([...symbols, ...ofOwn])];
    this.#tell({ type: 'start', version, account: shownAccount, symbols: all, alerts: [...alertTexts] });
    for (const each of watchers) each.start?.({ tell: (event) => this.#tell(event), view: this.view });
  }

  #finish(end: SessionEnd): void {
    if (this.#isOver) return;
    const reason = end.kind === 'failed' ? (end.error instanceof Error ? end.error.message : 'failed') : end.kind;
    const seconds = Math.round(this.#time.mono - this.#startedAt) / 1000;
    this.#tell({ type: 'end', reason, seconds, alerts: this.#alertCount });
    this.#over(end);
  }

  #over(end: SessionEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#market?.stop();
    this.#user?.stop();
    for (const cancel of this.#timers) cancel();
    for (const each of this.#settings.watchers) each.stop?.();
    this.#end(end);
  }

  #after(ms: number, run: () => void): Cancel {
    if (this.#isOver) return () => undefined;
    const cancel = this.#clock.after(ms, () => {
      this.#timers.delete(cancel);
      if (!this.#isOver) this.#guarded(run);
    });
    this.#timers.add(cancel);
    return () => {
      this.#timers.delete(cancel);
      cancel();
    };
  }

  /** A bug, or output that cannot be written, ends the session. */
  #guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#finish({ kind: 'failed', error });
    }
  }

  // Time

  async #measureClock(why: 'start' | 'again'): Promise<void> {
    if (!this.#settings.venue.time) return;
    try {
      const offset = await this.#link.measureClock();
      if (this.#isOver) return;
      this.#time.measured(offset);
      if (why === 'start') return;
      this.#tell({ type: 'clock', offsetMs: Math.round(offset), message: 'the clock of the venue was measured' });
    } catch (error) {
      if (this.#isOver || !this.#survives(error)) return;
      this.#after(RETRY_MS, () => void this.#measureClock(why));
    }
  }

  #hourly(): void {
    void this.#measureClock('again');
    this.#after(CLOCK_MS, () => this.#hourly());
  }

  /** A computer that slept has old marks, although its monotonic clock stood still. */
  #noteJump(): void {
    const gone = this.#time.jumpMs();
    if (gone === 0) return;
    const words =
      gone > 0 ? 'this computer slept, or its clock was set forward' : 'the clock of this computer was set back';
    this.#tell({ type: 'clock', offsetMs: Math.round(gone), message: words });
    void this.#measureClock('again');
    if (this.#settings.hasAccount) this.#sync('reconnected');
  }

  // Telling

  #tell(event: WatchEvent, members?: readonly JsonField[]): void {
    if (this.#isOver) return;
    const { type } = event;
    const seq = ++this.#seq;
    const at = new Date(this.#time.wall).toISOString();
    const own: readonly JsonField[] =
      members ??
      Object.entries(event).flatMap(([key, value]) => (key === 'type' ? [] : [[key, JSON.stringify(value)]]));
    const head: readonly JsonField[] = [
      ['type', JSON.stringify(type)],
      ['seq', String(seq)],
      ['at', JSON.stringify(at)],
      ['venue', JSON.stringify(this.#settings.name)],
    ];
    try {
      this.#emit({ type, seq, at, event, json: jsonObject([...head, ...own]) });
    } catch (error) {
      // Output that cannot be written: no more events are written.
      this.#over({ kind: 'failed', error });
      return;
    }
    if (type === 'alert') this.#alerted();
  }

  #alerted(): void {
    this.#alertCount++;
    if (this.#settings.untilAlert) this.#after(0, () => this.#finish({ kind: 'alert' }));
  }

  /** Whether the session goes on after an error; it says what failed. */
  #survives(error: unknown): boolean {
    const isLive = error instanceof LiveError;
    if (isLive && error.kind === 'unavailable') {
      this.#announcer.reason = error.message;
      this.#tell({ type: 'error', code: 'UNAVAILABLE', message: error.message });
      return true;
    }
    if (isLiqcalcError(error)) {
      this.#tell({ type: 'error', code: error.code, message: error.message });
      return true;
    }
    this.#finish({ kind: 'failed', error });
    return false;
  }

  // Steps of the state

  #take(events: readonly LiveEvent[], now: Instant = this.#time.now()): void {
    this.#guarded(() => this.#apply(afterEvents(this.#state, events, now)));
  }

  #apply({ state, effects }: Step): void {
    if (this.#isOver) return;
    if (state !== this.#state) this.#isDirty = true;
    this.#state = state;
    for (const effect of effects) this.#follow(effect);
  }

  #follow(effect: Effect): void {
    switch (effect.kind) {
      case 'tell':
        this.#tell(effect.event.type === 'marginCall' ? this.#compared(effect.event) : effect.event);
        if (!this.#settings.venue.tellsPositions && ['fill', 'liquidation', 'adl'].includes(effect.event.type))
          this.#sync('config');
        break;
      case 'resync':
        this.#sync(effect.why);
        break;
      case 'leverage':
        void this.#readLeverage(effect.symbol);
        break;
      case 'brackets':
        void this.#readBrackets([effect.symbol]);
        break;
      case 'reopen':
        this.#isUnsure = true;
        this.#user?.replace('nothing');
        break;
      case 'closed':
        this.#say(withoutPosition(this.#alerts, effect.symbol, effect.side, this.#settings.alerts));
        break;
      case 'refuse':
        this.#finish({ kind: 'failed', error: new LiveError('unsupported', effect.why) });
    }
  }

  /** A margin call beside our own maintenance margin at its mark. */
  #compared(event: Extract<WatchEvent, { type: 'marginCall' }>): WatchEvent {
    const key = symbolKeyOn(this.#state.venue, event.symbol);
    for (const { keys, answer } of this.#pools) {
      const index = keys.findIndex(
        (each, at) => each === key && answer?.assessment.account.positions[at]?.terms.side === event.side,
      );
      const position = index < 0 ? undefined : answer?.assessment.positionAt(index);
      const [mark, theirs] = [Ratio.parse(event.mark), Ratio.parse(event.maintenance)];
      if (!position || isFailed(position) || mark.kind !== 'decimal' || theirs.kind !== 'decimal') continue;
      const ours = maintenanceAt(position.position, mark.value);
      return { ...event, ourMaintenance: ours.toText(8), difference: ours.minus(theirs.value).toText(8) };
    }
    return event;
  }

  async #readLeverage(symbol: string): Promise<void> {
    try {
      const event = await this.#settings.venue.leverage?.(this.#link, symbol);
      if (event) this.#apply(afterEvents(this.#state, [event], this.#time.now()));
    } catch (error) {
      if (!this.#isOver) this.#survives(error);
    }
  }

  async #readBrackets(symbols: readonly string[]): Promise<void> {
    const { venue, readTables, hasAccount } = this.#settings;
    if (!venue.brackets || !readTables || !hasAccount || (venue.bracketsNeedSymbols && symbols.length === 0)) return;
    try {
      const tables = readTables(await venue.brackets(this.#link, symbols), this.#time.wall);
      const before = symbols.length > 0 ? this.#defaults.tables : this.#settings.defaults.tables;
      this.#defaults = { ...this.#defaults, tables: firstOf([tables, before]) };
      this.#isDirty = true;
    } catch (error) {
      if (!this.#isOver) this.#survives(error);
    }
  }

  // The account

  #openUser(): void {
    const { venue } = this.#settings;
    this.#user = new Stream({
      origin: 'private',
      plan: async () => {
        const plan = await (venue.user as NonNullable<LiveVenue['user']>)(this.#link);
        this.#userPlan = plan;
        return plan;
      },
      connect: this.#connect,
      clock: this.#clock,
      isProvedByFrame: false,
      on: {
        frame: (text) => this.#frame(text),
        unreadable: (bytes) => this.#take([{ kind: 'unreadable', bytes }]),
        opened: (isAgain, awayMs) => {
          this.#awayMs = awayMs;
          this.#sync(isAgain || this.#state.isKnown ? 'reconnected' : 'start');
        },
        lost: (why, retryMs) => {
          this.#isUnsure = true;
          this.#announcer.reason = `the stream of the account is ${why}, next try in ${seconds(retryMs)}`;
          this.#scheduleAudit(POLL_MS);
        },
        refused: (status, retryAfterMs) => this.#refused(status, retryAfterMs),
        silent: () => undefined,
        failed: (error) => this.#survives(error),
      },
    });
    this.#user.start();
    this.#keepAlive();
  }

  /** Keeps the key of the private stream; a key that is gone leaves a socket that is open and silent. */
  #keepAlive(): void {
    const everyMs = this.#userPlan?.keepAlive?.everyMs ?? AUDIT_MS;
    this.#after(everyMs, () => {
      const { keepAlive, isGone } = this.#userPlan ?? {};
      const kept = keepAlive ? this.#link.get(keepAlive.request) : Promise.resolve('');
      kept.catch((error: unknown) => {
        if (this.#isOver) return;
        if (isGone?.(error)) {
          this.#tell({
            type: 'error',
            code: 'STREAM_KEY_GONE',
            message: 'the key of the private stream is gone; it is opened again',
          });
          this.#isUnsure = true;
          this.#user?.replace('nothing');
        } else this.#survives(error);
      });
      this.#keepAlive();
    });
  }

  #snapshot(): Promise<Snapshot> {
    const { snapshot, meaning } = this.#settings.venue;
    if (!snapshot) throw new LiveError('usage', `${meaning} has no accounts here`);
    return snapshot(this.#link);
  }

  #applySnapshot(snapshot: Snapshot, why: SnapshotReason, ms: number): void {
    const wasKnown = this.#state.isKnown;
    this.#apply(
      afterSnapshot(
        this.#state,
        snapshot,
        { why, awayMs: Math.round(this.#awayMs), ms: Math.round(ms) },
        this.#time.now(),
      ),
    );
    if (this.#state.isKnown || wasKnown) this.#lastSnapshot = this.#time.now().mono;
  }

  /** Reads the account whole; requests at the same time share one reading. */
  #sync(why: SnapshotReason): void {
    if (this.#isOver || !this.#settings.hasAccount) return;
    if (this.#syncing) {
      if (why !== 'audit') this.#isSyncWanted = why;
      return;
    }
    this.#syncing = this.#synced(why).finally(() => {
      this.#syncing = undefined;
      const wanted = this.#isSyncWanted;
      this.#isSyncWanted = undefined;
      if (wanted) this.#sync(wanted);
    });
  }

  async #synced(why: SnapshotReason): Promise<void> {
    const before = this.#time.mono;
    const wasOpen = this.#user?.isOpen !== false;
    try {
      const snapshot = await this.#snapshot();
      if (this.#isOver) return;
      this.#guarded(() => this.#applySnapshot(snapshot, why, this.#time.mono - before));
      if (wasOpen && this.#user?.isOpen !== false) this.#isUnsure = false;
      this.#subscribe();
      // What the venue answers may be behind its stream, so a reading after a gap is checked soon.
      this.#scheduleAudit(why === 'audit' ? this.#auditMs() : SOON_MS);
    } catch (error) {
      if (this.#isOver || !this.#survives(error)) return;
      this.#scheduleAudit(RETRY_MS);
    }
  }

  #auditMs(): number {
    if (this.#user && !this.#user.isOpen) return POLL_MS;
    return this.#settings.venue.tellsPositions ? AUDIT_MS : POLL_MS;
  }

  #scheduleAudit(ms: number): void {
    this.#auditTimer?.();
    this.#auditTimer = this.#after(ms, () => {
      const { used, limit } = this.view().weight;
      const isTight = used !== undefined && limit !== undefined && used > limit * BUDGET_SHARE;
      if (isTight) this.#scheduleAudit(this.#auditMs());
      else this.#sync(this.#state.isKnown ? 'audit' : 'start');
    });
  }

  #isAccountKnown(): boolean {
    const { hasAccount, limits } = this.#settings;
    if (!hasAccount) return true;
    const age = this.#time.now().mono - this.#lastSnapshot;
    const isProved = !this.#isUnsure && age < AUDITS_MISSED * AUDIT_MS;
    return this.#state.isKnown && (isProved || age < limits.staleMs);
  }

  // The market

  /** The symbols whose marks are needed, as the venue spells them. */
  #wantedSymbols(): readonly string[] {
    const { symbols, own, venue } = this.#settings;
    const all = [
      ...symbols,
      ...own.flatMap(({ raw }) => raw.positions.map((each) => symbolKeyOn(venue.venue, symbolOf(each)))),
      ...[...this.#state.rows.values()].flatMap(({ position, symbol }) => (position ? [symbol] : [])),
    ];
    return [...new Set(all)].sort();
  }

  #subscribe(): void {
    const { venue } = this.#settings;
    const symbols = this.#wantedSymbols();
    const wanted = symbols.join(' ');
    if (this.#isOver || !venue.market || symbols.length === 0 || wanted === this.#subscribed) return;
    this.#subscribed = wanted;
    if (this.#market) {
      this.#market.replace('old');
      return;
    }
    const { market } = venue;
    this.#market = new Stream({
      origin: 'market',
      plan: () => Promise.resolve(market(this.#link.hosts, this.#wantedSymbols())),
      connect: this.#connect,
      clock: this.#clock,
      isProvedByFrame: true,
      on: {
        frame: (text) => this.#frame(text),
        unreadable: (bytes) => this.#take([{ kind: 'unreadable', bytes }]),
        opened: () => undefined,
        lost: (why, retryMs) => {
          this.#announcer.reason = `the stream of marks is ${why}, next try in ${seconds(retryMs)}`;
          if (this.#market && this.#market.dead >= DEAD_SOCKETS) this.#standIn();
        },
        refused: (status, retryAfterMs) => this.#refused(status, retryAfterMs),
        silent: (after) => {
          const message = `the stream of marks was accepted, but no data came for ${after} s: ${hostAndPath(market(this.#link.hosts, []).url)}`;
          this.#tell({ type: 'error', code: 'SILENT_STREAM', message });
        },
        failed: (error) => this.#survives(error),
      },
    });
    this.#market.start();
  }

  #refused(status: number, retryAfterMs: number | undefined): void {
    if (status === 429 || status === 418) this.limited(status, retryAfterMs);
    else this.#tell({ type: 'error', code: 'STREAM_REFUSED', message: `a stream was refused with HTTP ${status}` });
  }

  /** Marks by requests, while no socket delivers them. */
  #standIn(): void {
    const { venue } = this.#settings;
    if (this.#standInTimer || !venue.marks) return;
    this.#standInTimer = this.#after(0, () => {
      void (async () => {
        try {
          const marks = (await venue.marks?.(this.#link, this.#wantedSymbols())) ?? [];
          if (this.#isOver) return;
          this.#take(marks);
          this.#announcer.reason = 'the stream of marks delivers no data; marks are requested every 4 s';
        } catch (error) {
          if (this.#isOver || !this.#survives(error)) return;
        }
        this.#after(POLL_MS, () => {
          this.#standInTimer = undefined;
          if (this.#market && this.#market.dead >= DEAD_SOCKETS) this.#standIn();
        });
      })();
    });
  }

  /** @returns whether a frame of marks had any. */
  #frame(text: string): boolean {
    if (this.#isOver) return false;
    const now = this.#time.now();
    const cameAt = Number.isFinite(now.server) ? now.server : this.#time.wall;
    const events = this.#settings.venue.read?.(text, cameAt) ?? [];
    this.#take(events, now);
    if (events.some(({ kind }) => kind === 'position')) this.#subscribe();
    return events.some(({ kind }) => kind === 'mark');
  }

  #sockets(): number {
    return (this.#market?.openSockets ?? 0) + (this.#user?.openSockets ?? 0);
  }

  // The look at everything

  #pulse(): void {
    this.#after(PULSE_MS, () => this.#pulse());
    this.#noteJump();
    if (this.#isOver) return;
    this.#apply(afterWaiting(this.#state, this.#time.now()));
    this.#look();
    const { everyMs } = this.#settings;
    const sinceLast = this.#time.mono - this.#accountAt;
    const isDue = everyMs === undefined ? this.#isAccountNew && sinceLast >= ACCOUNT_MS : sinceLast >= everyMs;
    if (isDue) this.#writeAccounts();
  }

  #look(): void {
    if (this.#isDirty) this.#price();
    const before = this.#freshness;
    const keys = this.#settings.symbols.map((symbol) => symbolKeyOn(this.#state.venue, symbol));
    const now = this.#time.now();
    const fresh = freshnessOf(
      {
        pools: this.#pools,
        marks: this.#state.marks,
        symbols: keys,
        isAccountKnown: this.#isAccountKnown(),
        isHeld: this.#alerts.size > 0,
        hasBegun: this.#hasBegun,
      },
      now,
      this.#settings.limits,
      before,
    );
    this.#freshness = fresh;
    if (fresh.state === 'live') this.#hasBegun = true;
    this.#announce(fresh);
    this.#judge(fresh, now);
    for (const each of this.#settings.watchers) for (const event of each.judge(this.view())) this.#tell(event);
  }

  #price(): void {
    const { own } = this.#settings;
    this.#isDirty = false;
    const given = own.map((each) => ({ ...each, from: [each.raw] }));
    const before = this.#pools;
    const sources = this.#settings.hasAccount ? sourcesOf(this.#state) : given;
    this.#pools = pricedPools(sources, this.#state, this.#defaults, before);
    const answers = (pools: readonly Pool[]): readonly unknown[] => pools.map(({ answer }) => answer);
    const [was, is] = [answers(before), answers(this.#pools)];
    if (was.length !== is.length || is.some((each, index) => each !== was[index]) || this.#settings.symbols.length > 0)
      this.#isAccountNew = true;
    for (const { name, problem } of this.#pools) {
      const old = before.find((each) => each.name === name)?.problem;
      if (problem && problem.message !== old?.message) this.#tell({ type: 'error', ...problem });
    }
  }

  #announce(fresh: Freshness): void {
    const isOfMarks = this.#announcer.marks(fresh, this.#hasBegun);
    const connection = {
      sockets: this.#sockets(),
      weightUsed: this.#link.weightUsed,
      weightLimit: this.#settings.venue.budget?.limit,
      clockOffsetMs: this.#time.offsetMs,
      isLimited: this.#time.mono < this.#limitedUntil,
      isFirst: this.#seq <= 1,
    };
    const isOfState = this.#announcer.state(fresh, connection, this.#time.wall);
    if (isOfMarks || isOfState) this.#isAccountNew = true;
  }

  #judge(fresh: Freshness, now: Instant): void {
    if (this.#subjects.size === 0 || this.#pools.every(({ answer }) => !answer)) return;
    const figures = judgedFigures(this.#pools, fresh, now, this.#subjects);
    this.#say(judged(this.#alerts, figures, this.#settings.alerts, { mono: now.mono, isInitial: this.#isInitial }));
    if (this.#pools.every(({ answer, problem }) => answer ?? problem)) this.#isInitial = false;
  }

  #say({ alerts, events }: Judgement): void {
    this.#alerts = alerts;
    for (const event of events) this.#tell(event);
  }

  #writeAccounts(): void {
    const fresh = this.#freshness;
    if (!fresh) return;
    const now = this.#time.now();
    let isAny = false;
    for (const pool of this.#pools) {
      const { answer } = pool;
      if (!answer) continue;
      isAny = true;
      const rendering = { decimals: this.#settings.decimals, today: this.#time.wall };
      const members = accountEventMembers({ ...pool, answer }, fresh, now, rendering);
      this.#tell({ type: 'account', positions: [] }, members);
    }
    for (const symbol of this.#settings.symbols) isAny = this.#writeMark(symbol, fresh, now) || isAny;
    if (!isAny) return;
    this.#accountAt = this.#time.mono;
    this.#isAccountNew = false;
  }

  #writeMark(symbol: string, fresh: Freshness, now: Instant): boolean {
    const key = symbolKeyOn(this.#state.venue, symbol);
    const mark = this.#state.marks.get(key);
    if (!mark) return false;
    this.#tell({
      type: 'mark',
      symbol: key,
      mark: mark.price.toText(30),
      index: mark.index?.toText(30) ?? null,
      funding: mark.funding?.percent().toText(30) ?? null,
      nextFunding: mark.nextFunding === undefined ? null : new Date(mark.nextFunding).toISOString(),
      markAgeMs: Math.round(ageOf(mark, now)),
      stale: fresh.isStale(key),
    });
    return true;
  }
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`;

function hostAndPath(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
