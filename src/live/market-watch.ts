import { symbolKeyOn } from '../core/venues/index.js';
import type { Cancel } from './clock.js';
import { symbolOf } from './pools.js';
import { secondsWords, WAITS, type SessionRun, type SessionSteps } from './session-run.js';
import { Stream } from './stream.js';
import type { LiveVenue } from './venue.js';

const DEAD_SOCKETS = 3;

/** The marks of a session: a stream of them, and requests while no socket delivers them. */
export class MarketWatch {
  readonly #run: SessionRun;
  readonly #steps: SessionSteps;
  #stream: Stream | undefined;
  #subscribed = '';
  #standInTimer: Cancel | undefined;

  constructor(run: SessionRun, steps: SessionSteps) {
    this.#run = run;
    this.#steps = steps;
    run.sockets.push({ stop: () => this.#stream?.stop() });
  }

  get openSockets(): number {
    return this.#stream?.openSockets ?? 0;
  }

  /** The symbols whose marks are needed, as the venue spells them. */
  wantedSymbols(): readonly string[] {
    const { symbols, own, venue } = this.#run.settings;
    const all = [
      ...symbols,
      ...own.flatMap(({ raw }) => raw.positions.map((each) => symbolKeyOn(venue.venue, symbolOf(each)))),
      ...[...this.#steps.state().rows.values()].flatMap(({ position, symbol }) => (position ? [symbol] : [])),
    ];
    return [...new Set(all)].sort();
  }

  /** Opens the stream, and opens it again when other symbols are needed. */
  subscribe(): void {
    const { market } = this.#run.settings.venue;
    const symbols = this.wantedSymbols();
    const wanted = symbols.join(' ');
    if (this.#run.isOver || !market || symbols.length === 0 || wanted === this.#subscribed) return;
    this.#subscribed = wanted;
    if (this.#stream) {
      this.#stream.replace('old');
      return;
    }
    this.#stream = this.#opened(market);
    this.#stream.start();
  }

  #opened(market: NonNullable<LiveVenue['market']>): Stream {
    const { connect, clock, link, announcer } = this.#run;
    return new Stream({
      origin: 'market',
      plan: () => Promise.resolve(market(link.hosts, this.wantedSymbols())),
      connect,
      clock,
      isProvedByFrame: true,
      on: {
        frame: this.#steps.frame,
        unreadable: (bytes) => this.#steps.take([{ kind: 'unreadable', bytes }]),
        opened: () => undefined,
        lost: (why, retryMs) => {
          announcer.reason = `the stream of marks is ${why}, next try in ${secondsWords(retryMs)}`;
          if (this.#isDead()) this.#standIn();
        },
        refused: (status, retryAfterMs) => this.#run.refused(status, retryAfterMs),
        silent: (after) => {
          const message = `the stream of marks was accepted, but no data came for ${after} s: ${hostAndPath(market(link.hosts, []).url)}`;
          this.#run.tell({ type: 'error', code: 'SILENT_STREAM', message });
        },
        failed: (error) => this.#run.survives(error),
      },
    });
  }

  #isDead(): boolean {
    return this.#stream !== undefined && this.#stream.dead >= DEAD_SOCKETS;
  }

  /** Marks by requests, while no socket delivers them. */
  #standIn(): void {
    if (this.#standInTimer || !this.#run.settings.venue.marks) return;
    this.#standInTimer = this.#run.after(0, () => void this.#request());
  }

  async #request(): Promise<void> {
    const { venue } = this.#run.settings;
    try {
      const marks = (await venue.marks?.(this.#run.link, this.wantedSymbols())) ?? [];
      if (this.#run.isOver) return;
      this.#steps.take(marks);
      this.#run.announcer.reason = 'the stream of marks delivers no data; marks are requested every 4 s';
    } catch (error) {
      if (this.#run.isOver || !this.#run.survives(error)) return;
    }
    this.#run.after(WAITS.poll, () => {
      this.#standInTimer = undefined;
      if (this.#isDead()) this.#standIn();
    });
  }
}

function hostAndPath(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
