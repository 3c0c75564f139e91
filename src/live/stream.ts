import type { Cancel, Clock } from './clock.js';
import type { SocketPlan } from './venue.js';

/** Which stream a socket carries: marks, or the events of the account. */
export type Origin = 'market' | 'private';

/** What a socket reports. */
export interface SocketHandlers {
  readonly opened: () => void;
  readonly frame: (text: string) => void;
  /** A frame that is too long or no text. */
  readonly unreadable: (bytes: number) => void;
  readonly closed: (code: number, why: string) => void;
  /** The handshake was answered with another status. */
  readonly refused: (status: number, retryAfterMs: number | undefined) => void;
}

export interface Socket {
  readonly send: (text: string) => void;
  /** Ends it at once; no further event is reported. */
  readonly end: () => void;
}

/** Opens a socket; its failures are reported like a close. */
export type Connect = (origin: Origin, url: string, handlers: SocketHandlers) => Socket;

/** What a stream reports to its session. */
export interface StreamHandlers {
  /** @returns whether the frame has news, which prove that the stream works. */
  readonly frame: (text: string) => boolean;
  readonly unreadable: (bytes: number) => void;
  /** A socket is open; for a second one, how long there was none. */
  readonly opened: (isAgain: boolean, awayMs: number) => void;
  /** The last socket is gone. */
  readonly lost: (why: string, retryMs: number) => void;
  readonly refused: (status: number, retryAfterMs: number | undefined) => void;
  /** It is open, but nothing came. */
  readonly silent: (seconds: number) => void;
  /** There is no plan: the venue could not be reached. @returns whether to try again. */
  readonly failed: (error: unknown) => boolean;
}

export interface StreamOptions {
  readonly origin: Origin;
  readonly plan: () => Promise<SocketPlan>;
  readonly connect: Connect;
  readonly clock: Clock;
  readonly on: StreamHandlers;
  /** Whether the first frame proves a socket; else its handshake. */
  readonly isProvedByFrame: boolean;
}

/** How long streams wait, in milliseconds. */
export const TIMES = {
  firstFrame: 10_000,
  firstWait: 500,
  longestWait: 30_000,
  /** After this time without a fault the next one counts as the first. */
  health: 60_000,
  /** Venues close sockets after 24 hours. */
  rotation: 23 * 3_600_000,
} as const;

/** One socket of a stream. */
interface Line {
  readonly openedAt: number;
  socket: Socket | undefined;
  isOpen: boolean;
  isProved: boolean;
  timers: Cancel[];
  silence: Cancel | undefined;
}

/**
 * A stream that is kept open: it notices silence, tries again after longer and longer waits, and is opened anew before
 * the venue ends it, the old socket staying until the new one works.
 */
export class Stream {
  readonly #options: StreamOptions;
  readonly #lines = new Set<Line>();
  #attempts = 0;
  #notBefore = 0;
  #lostAt: number | undefined;
  #hasBeenOpen = false;
  #isStopped = false;
  #retry: Cancel | undefined;
  /** Sockets in a row that were opened and delivered no data, or were refused. */
  #dead = 0;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return [...this.#lines].some(({ isOpen }) => isOpen);
  }

  /** Since when no socket is open, on the monotonic clock. */
  get lostAt(): number | undefined {
    return this.isOpen ? undefined : this.#lostAt;
  }

  get openSockets(): number {
    return [...this.#lines].filter(({ isOpen }) => isOpen).length;
  }

  /** How many sockets in a row delivered no data. */
  get dead(): number {
    return this.#dead;
  }

  start(): void {
    this.#isStopped = false;
    void this.#open();
  }

  /**
   * Opens another socket in place of the present one, which stays until the new one works, if it is of use. Without one
   * the next is waited for: the venue may have said how long.
   */
  replace(keep: 'old' | 'nothing'): void {
    if (this.#isStopped || this.#retry) return;
    if (keep === 'nothing') for (const line of [...this.#lines]) this.#drop(line);
    void this.#open();
  }

  stop(): void {
    this.#isStopped = true;
    this.#retry?.();
    for (const line of [...this.#lines]) this.#drop(line);
  }

  async #open(): Promise<void> {
    const { plan: planOf, connect, clock, on, origin } = this.#options;
    let plan: SocketPlan;
    try {
      plan = await planOf();
    } catch (error) {
      if (!this.#isStopped && on.failed(error)) this.#again('the venue could not be reached');
      return;
    }
    if (this.#isStopped) return;
    const line: Line = {
      openedAt: clock.mono(),
      socket: undefined,
      isOpen: false,
      isProved: false,
      timers: [],
      silence: undefined,
    };
    this.#lines.add(line);
    const whileOpen = <A extends readonly unknown[]>(run: (...given: A) => void) => {
      return (...given: A): void => {
        if (this.#lines.has(line)) run(...given);
      };
    };
    line.socket = connect(origin, plan.url, {
      opened: whileOpen(() => this.#opened(line, plan)),
      frame: whileOpen((text: string) => this.#frame(line, plan, text)),
      unreadable: whileOpen((bytes: number) => on.unreadable(bytes)),
      closed: whileOpen((code: number, why: string) => {
        this.#ended(line, `closed (${[code, why].filter((each) => each !== '').join(', ')})`);
      }),
      refused: whileOpen((status: number, retryAfterMs: number | undefined) => {
        if (retryAfterMs !== undefined) this.#notBefore = Math.max(this.#notBefore, clock.mono() + retryAfterMs);
        on.refused(status, retryAfterMs);
        this.#ended(line, `refused (HTTP ${status})`);
      }),
    });
  }

  #opened(line: Line, plan: SocketPlan): void {
    const { clock, on, isProvedByFrame } = this.#options;
    line.isOpen = true;
    const away = this.#lostAt === undefined ? 0 : clock.mono() - this.#lostAt;
    const isAgain = this.#hasBeenOpen && this.#lostAt !== undefined;
    this.#hasBeenOpen = true;
    this.#lostAt = undefined;
    this.#send(line, plan);
    line.timers.push(
      clock.after(TIMES.health, () => {
        this.#attempts = 0;
      }),
      clock.after(TIMES.rotation, () => this.replace('old')),
    );
    if (isProvedByFrame) line.silence = clock.after(TIMES.firstFrame, () => this.#silent(line, TIMES.firstFrame));
    else this.#proved(line);
    on.opened(isAgain, away);
  }

  /** Sends the first frames, not faster than the venue allows. */
  #send(line: Line, { frames, framesPerSecond, ping }: SocketPlan): void {
    const { clock } = this.#options;
    const keep = ({ everyMs, frame }: NonNullable<SocketPlan['ping']>): void => {
      const next = clock.after(everyMs, () => {
        line.socket?.send(frame);
        keep({ everyMs, frame });
      });
      line.timers.push(next);
    };
    if (ping) keep(ping);
    frames.forEach((frame, index) => {
      const waitMs = (1000 * index) / framesPerSecond;
      if (waitMs === 0) line.socket?.send(frame);
      else line.timers.push(clock.after(waitMs, () => line.socket?.send(frame)));
    });
  }

  #frame(line: Line, { silenceMs }: SocketPlan, text: string): void {
    const { clock, on, isProvedByFrame } = this.#options;
    if (!on.frame(text) || !isProvedByFrame) return;
    line.silence?.();
    line.silence = silenceMs === undefined ? undefined : clock.after(silenceMs, () => this.#silent(line, silenceMs));
    this.#proved(line);
  }

  /** A socket works: those that were opened before it are closed. One that was opened later is to replace it. */
  #proved(line: Line): void {
    if (line.isProved) return;
    line.isProved = true;
    this.#dead = 0;
    const lines = [...this.#lines];
    for (const older of lines.slice(0, lines.indexOf(line))) this.#drop(older);
  }

  #silent(line: Line, ms: number): void {
    const seconds = ms / 1000;
    if (!line.isProved) this.#options.on.silent(seconds);
    this.#ended(line, `silent for ${seconds} s`);
  }

  #ended(line: Line, why: string): void {
    if (!line.isProved) this.#dead++;
    this.#drop(line);
    if (this.isOpen) return;
    this.#again(why);
  }

  #drop(line: Line): void {
    this.#lines.delete(line);
    for (const cancel of line.timers) cancel();
    line.silence?.();
    line.socket?.end();
    if (line.isOpen && !this.isOpen) this.#lostAt ??= this.#options.clock.mono();
  }

  /** Tries again after a wait of a random part of a time that doubles. */
  #again(why: string): void {
    const { clock, on } = this.#options;
    if (this.#isStopped) return;
    this.#lostAt ??= clock.mono();
    this.#attempts++;
    const longest = Math.min(TIMES.longestWait, TIMES.firstWait * 2 ** (this.#attempts - 1));
    const wait = Math.max(longest * clock.random(), this.#notBefore - clock.mono());
    on.lost(why, Math.round(wait));
    this.#retry?.();
    this.#retry = clock.after(wait, () => {
      this.#retry = undefined;
      void this.#open();
    });
  }
}
