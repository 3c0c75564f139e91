import { symbolKeyOn } from '../core/venues/index.js';
import type { WatchEvent } from '../schema/watch.js';
import { AccountWatch } from './account-watch.js';
import { judged, NO_ALERTS, withoutPosition, type Alerts, type AlertSubject, type Judgement } from './alerts.js';
import { ClockWatch } from './clock-watch.js';
import { LiveError } from './failure.js';
import { freshnessOf, type Freshness } from './freshness.js';
import { judgedFigures } from './judge.js';
import { MarketWatch } from './market-watch.js';
import { symbolOf } from './pools.js';
import { SessionPools } from './session-pools.js';
import { SessionRun, type Connections, type SessionSteps } from './session-run.js';
import type { SessionEnd, WatchSettings, WatchView, WrittenEvent } from './session-settings.js';
import { afterEvents } from './state-events.js';
import { afterWaiting } from './state-snapshot.js';
import { initialState, type Effect, type Instant, type State, type Step } from './state.js';
import type { LiveEvent } from './venue.js';

/** How often everything is looked at, in milliseconds. */
const PULSE_MS = 250;
const ACCOUNT_MS = 1_000;

/**
 * Watches an account: opens its streams, reads it whole at the start, after gaps and every minute, judges each tick and
 * says what happens. It never ends because of the network.
 */
export class Session {
  readonly #settings: WatchSettings;
  readonly #run: SessionRun;
  readonly #clock: ClockWatch;
  readonly #market: MarketWatch;
  readonly #account: AccountWatch;
  readonly #pools: SessionPools;
  readonly #subjects: ReadonlySet<AlertSubject>;
  #state: State;
  #freshness: Freshness | undefined;
  #alerts: Alerts = NO_ALERTS;
  #isInitial = true;
  #hasBegun = false;
  #accountAt = Number.NEGATIVE_INFINITY;
  #isAccountNew = true;

  constructor(settings: WatchSettings, connections: Connections, emit: (event: WrittenEvent) => void) {
    this.#settings = settings;
    const { venue, hasAccount } = settings;
    const source =
      hasAccount && venue.from ? { from: venue.from, hasStream: venue.tellsPositions === true } : undefined;
    this.#state = initialState(venue.venue, source);
    this.#subjects = new Set(
      (Object.keys(settings.alerts.levels) as AlertSubject[]).filter((each) => settings.alerts.levels[each].length > 0),
    );
    const steps: SessionSteps = {
      state: () => this.#state,
      apply: (step) => this.#apply(step),
      take: (events, now) => this.#take(events, now),
      frame: (text) => this.#frame(text),
    };
    this.#run = new SessionRun(settings, connections, emit);
    this.#clock = new ClockWatch(this.#run);
    this.#market = new MarketWatch(this.#run, steps);
    this.#account = new AccountWatch(this.#run, steps, () => this.#market.subscribe());
    this.#pools = new SessionPools(this.#run, steps);
  }

  /** Runs until it is stopped, its time is over, or the account cannot be watched. */
  run(): Promise<SessionEnd> {
    this.#begin();
    const { forMs, hasAccount } = this.#settings;
    if (forMs !== undefined) this.#run.after(forMs, () => this.#run.finish({ kind: 'over' }));
    this.#pulse();
    void this.#clock.measure('start').then(() => {
      if (this.#run.isOver) return;
      if (hasAccount) this.#account.start();
      this.#market.subscribe();
    });
    this.#clock.eachHour();
    if (hasAccount) void this.#pools.readBrackets([]);
    return this.#run.ended;
  }

  /** One snapshot and one answer, without sockets. */
  async once(): Promise<SessionEnd> {
    this.#begin();
    const { link, time, ended } = this.#run;
    try {
      const { venue, hasAccount } = this.#settings;
      if (venue.time) time.measured(await link.measureClock());
      if (hasAccount) {
        await this.#pools.readBrackets([]);
        this.#account.applySnapshot(await this.#account.snapshot(), 'start', 0);
      }
      const symbols = this.#market.wantedSymbols();
      const marks = symbols.length > 0 ? ((await venue.marks?.(link, symbols)) ?? []) : [];
      this.#apply(afterEvents(this.#state, marks, time.now()));
      this.#refuseMissing(symbols);
      this.#look();
      this.#writeAccounts();
    } catch (error) {
      this.#run.finish({ kind: 'failed', error });
      return ended;
    }
    this.#run.finish({ kind: this.#alerts.size > 0 ? 'alert' : 'over' });
    return ended;
  }

  #refuseMissing(symbols: readonly string[]): void {
    const { venue, meaning } = this.#settings.venue;
    const missing = symbols.filter((symbol) => !this.#state.marks.has(symbolKeyOn(venue, symbol)));
    if (missing.length > 0) throw new LiveError('unavailable', `${meaning} has no mark of ${missing.join(', ')}`);
  }

  stop(): void {
    this.#run.finish({ kind: 'stopped' });
  }

  /** Ends it because of a bug. */
  fail(error: unknown): void {
    this.#run.finish({ kind: 'failed', error });
  }

  /** Writes an event that comes from outside the session. */
  report(event: WatchEvent): void {
    this.#run.guarded(() => this.#run.tell(event));
  }

  /** Notes that the venue refuses requests for a time. */
  limited(status: number, retryAfterMs: number | undefined): void {
    this.#run.limited(status, retryAfterMs);
  }

  readonly view = (): WatchView => {
    const { name, venue, symbols } = this.#settings;
    const { announcer, time, link } = this.#run;
    return {
      name,
      ...announcer.announced,
      pools: this.#pools.all,
      marks: this.#state.marks,
      symbols,
      freshness: this.#freshness,
      alerts: this.#alerts,
      now: time.now(),
      wall: time.wall,
      sockets: this.#openSockets(),
      weight: { used: link.weightUsed, limit: venue.budget?.limit },
    };
  };

  #openSockets(): number {
    return this.#market.openSockets + this.#account.openSockets;
  }

  #begin(): void {
    const { symbols, own, watchers } = this.#settings;
    const ofOwn = own.flatMap(({ raw }) => raw.positions.map(symbolOf));
    this.#run.begin([...new Set([...symbols, ...ofOwn])]);
    for (const each of watchers) each.start?.({ tell: (event) => this.#run.tell(event), view: this.view });
  }

  // Steps of the state

  #take(events: readonly LiveEvent[], now: Instant = this.#run.time.now()): void {
    this.#run.guarded(() => this.#apply(afterEvents(this.#state, events, now)));
  }

  #apply({ state, effects }: Step): void {
    if (this.#run.isOver) return;
    if (state !== this.#state) this.#pools.outdate();
    this.#state = state;
    for (const effect of effects) this.#follow(effect);
  }

  #follow(effect: Effect): void {
    switch (effect.kind) {
      case 'tell':
        this.#run.tell(effect.event.type === 'marginCall' ? this.#pools.compared(effect.event) : effect.event);
        if (!this.#settings.venue.tellsPositions && ['fill', 'liquidation', 'adl'].includes(effect.event.type))
          this.#account.sync('config');
        break;
      case 'resync':
        this.#account.sync(effect.why);
        break;
      case 'leverage':
        void this.#account.readLeverage(effect.symbol);
        break;
      case 'brackets':
        void this.#pools.readBrackets([effect.symbol]);
        break;
      case 'reopen':
        this.#account.reopen();
        break;
      case 'closed':
        this.#say(withoutPosition(this.#alerts, effect.symbol, effect.side, this.#settings.alerts));
        break;
      case 'refuse':
        this.#run.finish({ kind: 'failed', error: new LiveError('unsupported', effect.why) });
    }
  }

  /** @returns whether a frame of marks had any. */
  #frame(text: string): boolean {
    if (this.#run.isOver) return false;
    const now = this.#run.time.now();
    const cameAt = Number.isFinite(now.server) ? now.server : this.#run.time.wall;
    const events = this.#settings.venue.read?.(text, cameAt) ?? [];
    this.#take(events, now);
    if (events.some(({ kind }) => kind === 'position')) this.#market.subscribe();
    return events.some(({ kind }) => kind === 'mark');
  }

  // The look at everything

  #pulse(): void {
    const { time } = this.#run;
    this.#run.after(PULSE_MS, () => this.#pulse());
    if (this.#clock.noteJump()) this.#account.sync('reconnected');
    if (this.#run.isOver) return;
    this.#apply(afterWaiting(this.#state, time.now()));
    this.#look();
    const { everyMs } = this.#settings;
    const sinceLast = time.mono - this.#accountAt;
    const isDue = everyMs === undefined ? this.#isAccountNew && sinceLast >= ACCOUNT_MS : sinceLast >= everyMs;
    if (isDue) this.#writeAccounts();
  }

  #look(): void {
    if (this.#pools.price()) this.#isAccountNew = true;
    const keys = this.#settings.symbols.map((symbol) => symbolKeyOn(this.#state.venue, symbol));
    const now = this.#run.time.now();
    const fresh = freshnessOf(
      {
        pools: this.#pools.all,
        marks: this.#state.marks,
        symbols: keys,
        isAccountKnown: this.#account.isKnown(),
        isHeld: this.#alerts.size > 0,
        hasBegun: this.#hasBegun,
      },
      now,
      this.#settings.limits,
      this.#freshness,
    );
    this.#freshness = fresh;
    if (fresh.state === 'live') this.#hasBegun = true;
    this.#announce(fresh);
    this.#judge(fresh, now);
    for (const each of this.#settings.watchers) for (const event of each.judge(this.view())) this.#run.tell(event);
  }

  #announce(fresh: Freshness): void {
    const { announcer, link, time, isLimited, isFirst } = this.#run;
    const isOfMarks = announcer.marks(fresh, this.#hasBegun);
    const connection = {
      sockets: this.#openSockets(),
      weightUsed: link.weightUsed,
      weightLimit: this.#settings.venue.budget?.limit,
      clockOffsetMs: time.offsetMs,
      isLimited,
      isFirst,
    };
    const isOfState = announcer.state(fresh, connection, time.wall);
    if (isOfMarks || isOfState) this.#isAccountNew = true;
  }

  #judge(fresh: Freshness, now: Instant): void {
    const pools = this.#pools.all;
    if (this.#subjects.size === 0 || pools.every(({ answer }) => !answer)) return;
    const figures = judgedFigures(pools, fresh, now, this.#subjects);
    this.#say(judged(this.#alerts, figures, this.#settings.alerts, { mono: now.mono, isInitial: this.#isInitial }));
    if (pools.every(({ answer, problem }) => answer ?? problem)) this.#isInitial = false;
  }

  #say({ alerts, events }: Judgement): void {
    this.#alerts = alerts;
    for (const event of events) this.#run.tell(event);
  }

  #writeAccounts(): void {
    if (!this.#freshness || !this.#pools.write(this.#freshness)) return;
    this.#accountAt = this.#run.time.mono;
    this.#isAccountNew = false;
  }
}
