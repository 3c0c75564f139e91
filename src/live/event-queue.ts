/** What a queue of events asks its source. */
export interface EventSource<E> {
  /** Called when the first event is requested. */
  readonly begin: () => void;
  /** Called when no more events are wanted. */
  readonly stop: () => void;
  /** What an event is the newest state of: an older one of the same that nobody took yet is left out. */
  readonly stateOf: (event: E) => string | undefined;
}

interface Reader<E> {
  readonly resolve: (result: IteratorResult<E, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

const DONE = { done: true, value: undefined } as const;

/** Events for a reader that takes them one by one. One that is slow does not get states that are out of date. */
export class EventQueue<E> implements AsyncIterableIterator<E> {
  readonly #source: EventSource<E>;
  #events: E[] = [];
  readonly #readers: Reader<E>[] = [];
  readonly #waiting: (() => void)[] = [];
  #isBegun = false;
  /** Set when no more events come; with the error that the reader gets after the last one. */
  #end: { readonly errors: unknown[] } | undefined;

  constructor(source: EventSource<E>) {
    this.#source = source;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  push(event: E): void {
    if (this.#end) return;
    const reader = this.#readers.shift();
    if (reader) {
      reader.resolve({ done: false, value: event });
      return;
    }
    const state = this.#source.stateOf(event);
    if (state !== undefined) this.#events = this.#events.filter((each) => this.#source.stateOf(each) !== state);
    this.#events.push(event);
  }

  /** No more events come. */
  close(...errors: readonly unknown[]): void {
    if (this.#end) return;
    this.#end = { errors: [...errors] };
    for (const reader of this.#readers.splice(0)) this.#finish(reader);
    this.#wake();
  }

  next(): Promise<IteratorResult<E, undefined>> {
    if (!this.#isBegun && !this.#end) {
      this.#isBegun = true;
      this.#source.begin();
    }
    return new Promise((resolve, reject) => {
      const [event] = this.#events.splice(0, 1);
      if (event !== undefined) resolve({ done: false, value: event });
      else if (this.#end) this.#finish({ resolve, reject });
      else {
        this.#readers.push({ resolve, reject });
        this.#wake();
      }
    });
  }

  return(): Promise<IteratorResult<E, undefined>> {
    this.#events = [];
    this.close();
    this.#source.stop();
    return Promise.resolve(DONE);
  }

  /** Waits until the reader has taken all events and wants more, or no more come. */
  taken(): Promise<void> {
    if (this.#end || this.#readers.length > 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #finish({ resolve, reject }: Reader<E>): void {
    const [error] = this.#end?.errors.splice(0) ?? [];
    if (error === undefined) resolve(DONE);
    else reject(error);
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
