import { EventQueue } from './event-queue.js';
import { asLiqcalcError } from './failure.js';
import type { WrittenEvent } from './session-settings.js';
import {
  LimitNotes,
  livePlan,
  paceOf,
  replayPlan,
  runSession,
  sessionOf,
  type LiveRequest,
  type ReplayRequest,
  type WatchPlan,
} from './watch-plan.js';

/** How the events of a watch are given to a reader. */
export interface Reading<E> {
  /** An event as the reader gets it. */
  readonly read: (event: WrittenEvent) => E;
  /** What an event is the newest state of: a slow reader gets only the last one of the same. */
  readonly stateOf: (event: E) => string | undefined;
  /** Ends the watch. */
  readonly signal: AbortSignal | undefined;
}

/** A watch of a recording: at its own speed, faster, or as fast as its reader. */
export interface ReplayReading extends Omit<ReplayRequest, 'pace'> {
  readonly speed: number | 'max';
}

/**
 * The events of a watch. It begins with the request for the first event, and ends by its settings, by its signal, or when
 * the reader stops; then nothing of it is left open.
 */
export function watching<E>(
  request: Omit<LiveRequest, 'signal'> | ReplayReading,
  { read, stateOf, signal }: Reading<E>,
): AsyncIterableIterator<E> {
  const over = new AbortController();
  const limits = new LimitNotes();
  const queue = new EventQueue<E>({ begin, stop, stateOf });
  const plan = planOf(request, { limits, over: over.signal, taken: () => queue.taken() });
  const session = sessionOf(plan, limits, (event) => queue.push(read(event)));
  return queue;

  function stop(): void {
    session.stop();
  }

  function begin(): void {
    if (signal?.aborted) {
      queue.close();
      return;
    }
    signal?.addEventListener('abort', stop);
    const isOnce = 'isOnce' in request && request.isOnce;
    void runSession(session, plan, isOnce)
      .then((end) => queue.close(...(end.kind === 'failed' ? [asLiqcalcError(end.error)] : [])))
      .catch((error: unknown) => queue.close(error))
      .finally(() => {
        signal?.removeEventListener('abort', stop);
        over.abort();
      });
  }
}

function planOf(
  request: Omit<LiveRequest, 'signal'> | ReplayReading,
  around: { readonly limits: LimitNotes; readonly over: AbortSignal; readonly taken: () => Promise<void> },
): WatchPlan {
  const { limits, over, taken } = around;
  if ('recording' in request) {
    const timed = request.speed === 'max' ? undefined : paceOf(request.speed);
    // The time of a recording passes only as fast as its events are taken: the same events come for every reader.
    const pace = async (mono: number): Promise<void> => {
      await timed?.(mono);
      await taken();
    };
    return replayPlan({ ...request, pace }, limits);
  }
  const { record } = request;
  const recorded = record && ((line: string): void => (over.aborted ? undefined : record(line)));
  return livePlan({ ...request, record: recorded, signal: over }, limits);
}
