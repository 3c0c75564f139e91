import type { Cancel } from './clock.js';
import { LiveError } from './failure.js';
import { secondsWords, WAITS, type SessionRun, type SessionSteps } from './session-run.js';
import { afterEvents } from './state-events.js';
import { afterSnapshot } from './state-snapshot.js';
import type { SnapshotReason } from './state.js';
import { Stream } from './stream.js';
import type { LiveVenue, Snapshot, UserPlan } from './venue.js';

const AUDIT_MS = 60_000;
/** What the venue answers may be behind its stream, so a reading after a gap is checked soon. */
const SOON_MS = 5_000;
/** Above this share of the budget, audits wait. */
const BUDGET_SHARE = 0.5;
const AUDITS_MISSED = 3;

/** The account of a session: the stream of its events, and readings of it at the start, after gaps and every minute. */
export class AccountWatch {
  readonly #run: SessionRun;
  readonly #steps: SessionSteps;
  /** Called after each reading: other symbols may have positions. */
  readonly #onRead: () => void;
  #stream: Stream | undefined;
  #plan: UserPlan | undefined;
  /** Whether the stream may have missed something since the last reading. */
  #isUnsure = true;
  #lastSnapshot = Number.NEGATIVE_INFINITY;
  #syncing: Promise<void> | undefined;
  #wanted: SnapshotReason | undefined;
  #awayMs = 0;
  #auditTimer: Cancel | undefined;

  constructor(run: SessionRun, steps: SessionSteps, onRead: () => void) {
    this.#run = run;
    this.#steps = steps;
    this.#onRead = onRead;
    run.sockets.push({ stop: () => this.#stream?.stop() });
  }

  get openSockets(): number {
    return this.#stream?.openSockets ?? 0;
  }

  /** Reads the account as often as its venue needs it: beside a stream, or instead of one. */
  start(): void {
    const { user } = this.#run.settings.venue;
    if (user) this.#open(user);
    else this.sync('start');
  }

  #open(user: NonNullable<LiveVenue['user']>): void {
    const { connect, clock, link, announcer } = this.#run;
    this.#stream = new Stream({
      origin: 'private',
      plan: async () => {
        const plan = await user(link);
        this.#plan = plan;
        return plan;
      },
      connect,
      clock,
      isProvedByFrame: false,
      on: {
        frame: this.#steps.frame,
        unreadable: (bytes) => this.#steps.take([{ kind: 'unreadable', bytes }]),
        opened: (isAgain, awayMs) => {
          this.#awayMs = awayMs;
          this.sync(isAgain || this.#steps.state().isKnown ? 'reconnected' : 'start');
        },
        lost: (why, retryMs) => {
          this.#isUnsure = true;
          announcer.reason = `the stream of the account is ${why}, next try in ${secondsWords(retryMs)}`;
          this.#scheduleAudit(WAITS.poll);
        },
        refused: (status, retryAfterMs) => this.#run.refused(status, retryAfterMs),
        silent: () => undefined,
        failed: (error) => this.#run.survives(error),
      },
    });
    this.#stream.start();
    this.#keepAlive();
  }

  /** Opens the stream anew: it missed something. */
  reopen(): void {
    this.#isUnsure = true;
    this.#stream?.replace('nothing');
  }

  /** Keeps the key of the private stream; a key that is gone leaves a socket that is open and silent. */
  #keepAlive(): void {
    const everyMs = this.#plan?.keepAlive?.everyMs ?? AUDIT_MS;
    this.#run.after(everyMs, () => {
      const { keepAlive, isGone } = this.#plan ?? {};
      const kept = keepAlive ? this.#run.link.get(keepAlive.request) : Promise.resolve('');
      kept.catch((error: unknown) => {
        if (this.#run.isOver) return;
        if (isGone?.(error)) {
          this.#run.tell({
            type: 'error',
            code: 'STREAM_KEY_GONE',
            message: 'the key of the private stream is gone; it is opened again',
          });
          this.reopen();
        } else this.#run.survives(error);
      });
      this.#keepAlive();
    });
  }

  /** Requests the account. */
  snapshot(): Promise<Snapshot> {
    const { snapshot, meaning } = this.#run.settings.venue;
    if (!snapshot) throw new LiveError('usage', `${meaning} has no accounts here`);
    return snapshot(this.#run.link);
  }

  applySnapshot(snapshot: Snapshot, why: SnapshotReason, ms: number): void {
    const before = this.#steps.state();
    const now = this.#run.time.now();
    const lostAt = this.#stream?.lostAt;
    const awayMs = lostAt === undefined ? this.#awayMs : this.#run.time.mono - lostAt;
    const of = { why, awayMs: Math.round(awayMs), ms: Math.round(ms), isUntold: lostAt !== undefined };
    this.#steps.apply(afterSnapshot(before, snapshot, of, now));
    // Its parts are as old as its first request.
    if (this.#steps.state().isKnown || before.isKnown) this.#lastSnapshot = now.mono - ms;
  }

  /** Reads the account whole; requests at the same time share one reading. */
  sync(why: SnapshotReason): void {
    if (this.#run.isOver || !this.#run.settings.hasAccount) return;
    if (this.#syncing) {
      if (why !== 'audit') this.#wanted = why;
      return;
    }
    this.#syncing = this.#synced(why).finally(() => {
      this.#syncing = undefined;
      const wanted = this.#wanted;
      this.#wanted = undefined;
      if (wanted) this.sync(wanted);
    });
  }

  async #synced(why: SnapshotReason): Promise<void> {
    const before = this.#run.time.mono;
    const wasOpen = this.#stream?.isOpen !== false;
    try {
      const snapshot = await this.snapshot();
      if (this.#run.isOver) return;
      this.#run.guarded(() => this.applySnapshot(snapshot, why, this.#run.time.mono - before));
      if (wasOpen && this.#stream?.isOpen !== false) this.#isUnsure = false;
      this.#onRead();
      this.#scheduleAudit(why === 'audit' ? this.#auditMs() : SOON_MS);
    } catch (error) {
      if (this.#run.isOver || !this.#run.survives(error)) return;
      this.#scheduleAudit(WAITS.retry);
    }
  }

  #auditMs(): number {
    if (this.#stream && !this.#stream.isOpen) return WAITS.poll;
    return this.#run.settings.venue.tellsPositions ? AUDIT_MS : WAITS.poll;
  }

  #scheduleAudit(ms: number): void {
    this.#auditTimer?.();
    this.#auditTimer = this.#run.after(ms, () => {
      const used = this.#run.link.weightUsed;
      const limit = this.#run.settings.venue.budget?.limit;
      const isTight = used !== undefined && limit !== undefined && used > limit * BUDGET_SHARE;
      if (isTight) this.#scheduleAudit(this.#auditMs());
      else this.sync(this.#steps.state().isKnown ? 'audit' : 'start');
    });
  }

  /** Asks for the leverage of a symbol that no snapshot had. */
  async readLeverage(symbol: string): Promise<void> {
    const { settings, link, time } = this.#run;
    try {
      const event = await settings.venue.leverage?.(link, symbol);
      if (event) this.#steps.apply(afterEvents(this.#steps.state(), [event], time.now()));
    } catch (error) {
      if (!this.#run.isOver) this.#run.survives(error);
    }
  }

  /** Whether positions and wallet are known to be those of now. */
  isKnown(): boolean {
    const { hasAccount, limits } = this.#run.settings;
    if (!hasAccount) return true;
    const age = this.#run.time.now().mono - this.#lastSnapshot;
    const isProved = !this.#isUnsure && age < AUDITS_MISSED * AUDIT_MS;
    return this.#steps.state().isKnown && (isProved || age < limits.staleMs);
  }
}
