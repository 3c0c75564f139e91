import type { Clock } from './clock.js';
import type { Instant } from './state.js';

/** A difference between the two clocks of this computer that is a jump: it slept, or was set. */
const JUMP_MS = 2_000;

/** The times of a session: one that counts the sleep of this computer, too, and that of the venue. */
export class SessionClock {
  readonly #clock: Clock;
  /** The sleep of this computer, during which its monotonic clock stood still. */
  #slept = 0;
  #offset: number | undefined;
  #offsetMs: number | null = null;
  #last: { readonly mono: number; readonly wall: number };

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#last = { mono: clock.mono(), wall: clock.wall() };
  }

  /** The venue's clock minus that of this computer as it was measured; `null` before. */
  get offsetMs(): number | null {
    return this.#offsetMs;
  }

  get wall(): number {
    return this.#clock.wall();
  }

  get mono(): number {
    return this.#clock.mono();
  }

  now(): Instant {
    const mono = this.mono + this.#slept;
    return { mono, server: this.#offset === undefined ? Number.NaN : mono + this.#offset };
  }

  /** Notes the venue's clock minus that of this computer. */
  measured(offsetMs: number): void {
    this.#offsetMs = Math.round(offsetMs);
    this.#offset = this.wall + offsetMs - (this.mono + this.#slept);
  }

  /** By how much the time of day moved more than the monotonic clock since the last call; 0 for less than a jump. */
  jumpMs(): number {
    const [mono, wall] = [this.mono, this.wall];
    const gone = wall - this.#last.wall - (mono - this.#last.mono);
    this.#last = { mono, wall };
    if (Math.abs(gone) < JUMP_MS) return 0;
    if (gone > 0) this.#slept += gone;
    return gone;
  }
}
