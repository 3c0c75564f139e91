import { isLiqcalcError } from '../core/errors.js';
import type { JsonField } from '../formats/raw-account.js';
import { jsonObject } from '../report/json.js';
import type { WatchEvent } from '../schema/watch.js';
import { Announcer } from './announcer.js';
import type { Cancel, Clock } from './clock.js';
import { LiveError } from './failure.js';
import { SessionClock } from './session-clock.js';
import type { SessionEnd, WatchLink, WatchSettings, WrittenEvent } from './session-settings.js';
import type { Instant, State, Step } from './state.js';
import type { Connect } from './stream.js';
import type { LiveEvent } from './venue.js';

/** What a session is connected with. */
export interface Connections {
  readonly link: WatchLink;
  readonly connect: Connect;
  readonly clock: Clock;
}

/** How the parts of a session reach its state. */
export interface SessionSteps {
  readonly state: () => State;
  readonly apply: (step: Step) => void;
  readonly take: (events: readonly LiveEvent[], now?: Instant) => void;
  /** Takes a frame of a socket. @returns whether a frame of marks had any. */
  readonly frame: (text: string) => boolean;
}

/** The run of a session: its timers, the events that it writes, and its end. */
export class SessionRun {
  readonly settings: WatchSettings;
  readonly link: WatchLink;
  readonly connect: Connect;
  readonly clock: Clock;
  readonly time: SessionClock;
  readonly announcer = new Announcer((event) => this.tell(event));
  readonly ended: Promise<SessionEnd>;
  /** What is stopped at the end: first what opens sockets, then the timers, then the rest. */
  readonly sockets: { readonly stop: () => void }[] = [];
  readonly #emit: (event: WrittenEvent) => void;
  readonly #timers = new Set<Cancel>();
  #end: (end: SessionEnd) => void = () => undefined;
  #isOver = false;
  #seq = 0;
  #alertCount = 0;
  #startedAt = 0;
  #limitedUntil = 0;

  constructor(settings: WatchSettings, { link, connect, clock }: Connections, emit: (event: WrittenEvent) => void) {
    this.settings = settings;
    this.link = link;
    this.connect = connect;
    this.clock = clock;
    this.time = new SessionClock(clock);
    this.#emit = emit;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether nothing but the start was written. */
  get isFirst(): boolean {
    return this.#seq <= 1;
  }

  /** Whether the venue refuses more requests for now. */
  get isLimited(): boolean {
    return this.time.mono < this.#limitedUntil;
  }

  /** Writes the start. */
  begin(symbols: readonly string[]): void {
    const { version, shownAccount, alertTexts } = this.settings;
    this.#startedAt = this.time.mono;
    this.tell({ type: 'start', version, account: shownAccount, symbols: [...symbols], alerts: [...alertTexts] });
  }

  finish(end: SessionEnd): void {
    if (this.#isOver) return;
    const reason = end.kind === 'failed' ? (end.error instanceof Error ? end.error.message : 'failed') : end.kind;
    const seconds = Math.round(this.time.mono - this.#startedAt) / 1000;
    this.tell({ type: 'end', reason, seconds, alerts: this.#alertCount });
    this.#over(end);
  }

  #over(end: SessionEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const each of this.sockets) each.stop();
    for (const cancel of this.#timers) cancel();
    for (const each of this.settings.watchers) each.stop?.();
    this.#end(end);
  }

  after(ms: number, run: () => void): Cancel {
    if (this.#isOver) return () => undefined;
    const cancel = this.clock.after(ms, () => {
      this.#timers.delete(cancel);
      if (!this.#isOver) this.guarded(run);
    });
    this.#timers.add(cancel);
    return () => {
      this.#timers.delete(cancel);
      cancel();
    };
  }

  /** A bug, or output that cannot be written, ends the session. */
  guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.finish({ kind: 'failed', error });
    }
  }

  /** Writes an event, with its number and time. */
  tell(event: WatchEvent, members?: readonly JsonField[]): void {
    if (this.#isOver) return;
    const { type } = event;
    const seq = ++this.#seq;
    const at = new Date(this.time.wall).toISOString();
    const own: readonly JsonField[] =
      members ??
      Object.entries(event).flatMap(([key, value]) => (key === 'type' ? [] : [[key, JSON.stringify(value)]]));
    const head: readonly JsonField[] = [
      ['type', JSON.stringify(type)],
      ['seq', String(seq)],
      ['at', JSON.stringify(at)],
      ['venue', JSON.stringify(this.settings.name)],
    ];
    try {
      this.#emit({ type, seq, at, event, json: jsonObject([...head, ...own]) });
    } catch (error) {
      // Output that cannot be written: no more events are written.
      this.#over({ kind: 'failed', error });
      return;
    }
    for (const each of this.settings.watchers) each.heard?.(event);
    if (type === 'alert') this.#alerted();
  }

  #alerted(): void {
    this.#alertCount++;
    if (this.settings.untilAlert) this.after(0, () => this.finish({ kind: 'alert' }));
  }

  /** Notes that the venue refuses requests for a time. */
  limited(status: number, retryAfterMs: number | undefined): void {
    if (this.#isOver) return;
    this.#limitedUntil = Math.max(this.#limitedUntil, this.time.mono + (retryAfterMs ?? 0));
    const words = status === 418 ? 'this address is banned for a time' : 'too many requests';
    this.tell({ type: 'limited', status, retryAfterMs: retryAfterMs ?? null, message: words });
  }

  /** Notes that a handshake was refused. */
  refused(status: number, retryAfterMs: number | undefined): void {
    if (status === 429 || status === 418) this.limited(status, retryAfterMs);
    else this.tell({ type: 'error', code: 'STREAM_REFUSED', message: `a stream was refused with HTTP ${status}` });
  }

  /** Whether the session goes on after an error; it says what failed. */
  survives(error: unknown): boolean {
    const isLive = error instanceof LiveError;
    if (isLive && error.kind === 'unavailable') {
      this.announcer.reason = error.message;
      this.tell({ type: 'error', code: 'UNAVAILABLE', message: error.message });
      return true;
    }
    if (isLiqcalcError(error)) {
      this.tell({ type: 'error', code: error.code, message: error.message });
      return true;
    }
    this.finish({ kind: 'failed', error });
    return false;
  }
}

/** How long until a stream is tried again. */
export const secondsWords = (ms: number): string => `${Math.ceil(ms / 1000)} s`;

/** Waits that are shorter than until the next audit, in milliseconds. */
export const WAITS = {
  /** Where the venue does not push changes, and while the stream of the account is down. */
  poll: 4_000,
  retry: 5_000,
} as const;
