import type { WatchEvent } from '../schema/watch.js';
import type { Cancel, Clock } from './clock.js';
import { keyWarning, type Connection } from './connection.js';
import type { Watcher } from './session-settings.js';

const EVERY_MS = 6 * 3_600_000;

/** Warns when the key may do more than read: at the start, and when its rights are others later. */
export class KeyWatcher implements Watcher {
  #said: string | undefined;
  #cancel: Cancel | undefined;
  #isStopped = false;

  constructor(
    private readonly connection: Connection,
    private readonly clock: Clock,
  ) {}

  readonly judge = (): readonly WatchEvent[] => [];

  readonly start = ({ tell }: { readonly tell: (event: WatchEvent) => void }): void => {
    void this.#check(tell);
  };

  readonly stop = (): void => {
    this.#isStopped = true;
    this.#cancel?.();
  };

  async #check(tell: (event: WatchEvent) => void): Promise<void> {
    const message = await keyWarning(this.connection);
    if (this.#isStopped) return;
    if (message !== undefined && message !== this.#said) tell({ type: 'error', code: 'KEY_RIGHTS', message });
    this.#said = message;
    this.#cancel = this.clock.after(EVERY_MS, () => void this.#check(tell));
  }
}
