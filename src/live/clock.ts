/** Stops a timer. */
export type Cancel = () => void;

/** Time for a session: the real one, or that of a recording. */
export interface Clock {
  /** Milliseconds of a clock that only moves forward. */
  readonly mono: () => number;
  /** Milliseconds since 1970. */
  readonly wall: () => number;
  readonly after: (ms: number, run: () => void) => Cancel;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

/** Time as a transport needs it: the local clock, and waiting. */
export interface TransportClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** A number from 0 to 1, for how long to wait before another attempt. */
  readonly random: () => number;
}

/** The clock of this computer. */
export function localClock(): Clock {
  return {
    mono: () => performance.now(),
    wall: Date.now,
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
  };
}

/**
 * The same clock as a transport uses it.
 *
 * @param signal - ends every wait.
 */
export function transportClock(clock: Clock, signal?: AbortSignal): TransportClock {
  return { now: clock.wall, sleep: (ms) => slept(ms, clock, signal), random: clock.random };
}

function slept(ms: number, { after }: Clock, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const wake = (): void => {
      cancel();
      signal?.removeEventListener('abort', wake);
      if (signal?.aborted) reject(signal.reason as Error);
      else resolve();
    };
    const cancel = after(ms, wake);
    signal?.addEventListener('abort', wake);
    if (signal?.aborted) wake();
  });
}

/** Numbers from 0 to 1 that a seed decides: a recording is replayed with those of its session. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that moves when its timers are due, and waits for what they started before it moves on. */
export class VirtualClock implements Clock {
  #now = 0;
  #order = 0;
  readonly #timers = new Set<Timer>();
  #start: number;
  readonly random: () => number;

  /** @param start - milliseconds since 1970 when the clock is at 0. */
  constructor(start: number, seed = 1) {
    this.#start = start;
    this.random = seededRandom(seed);
  }

  readonly mono = (): number => this.#now;
  readonly wall = (): number => this.#start + Math.round(this.#now);

  readonly after = (ms: number, run: () => void): Cancel => {
    const timer = { at: this.#now + Math.max(0, ms), order: this.#order++, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Moves the time of day without time passing: the computer slept, or its clock was set. */
  sleep(ms: number): void {
    this.#start += ms;
  }

  /** Runs what is due until a moment, in order. */
  async run(
    until: number,
    {
      isOver = () => false,
      pace = () => Promise.resolve(),
    }: { readonly isOver?: () => boolean; readonly pace?: (mono: number) => Promise<void> } = {},
  ): Promise<void> {
    await settled();
    while (!isOver()) {
      const next = this.#next();
      if (!next || next.at > until) break;
      await pace(next.at);
      if (isOver()) return;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settled();
    }
    if (!isOver() && Number.isFinite(until)) this.#now = Math.max(this.#now, until);
  }

  #next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer;
    }
    return first;
  }
}

/** Waits until promises that nothing delays are settled. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
