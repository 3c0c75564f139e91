import * as z from 'zod/mini';
import { VirtualClock } from './clock.js';
import { LiveError } from './failure.js';
import { plainQuery, type RecordHead, type RecordLine } from './record.js';
import type { Connect, Origin, SocketHandlers } from './stream.js';
import { WireError, type WireAnswer, type WireRequest } from './wire.js';

const text = z.string();
const time = z.number().check(z.nonnegative());
const origin = z.enum(['market', 'private']);

const HEAD = z.object({
  liqcalc: z.literal('record/1'),
  version: text,
  venue: text,
  wall: z.number(),
  node: text,
  seed: z.number(),
  account: z.nullable(text),
  address: z.nullable(text),
  symbols: z.array(text),
  feeds: z.optional(z.array(text)),
  own: z.array(text),
});

const LINE = z.union([
  z.object({
    t: time,
    k: z.literal('http'),
    m: text,
    p: text,
    q: text,
    s: z.number(),
    h: z.record(text, text),
    b: text,
  }),
  z.object({ t: time, k: z.literal('open'), o: origin }),
  z.object({ t: time, k: z.literal('ws'), o: origin, d: text }),
  z.object({ t: time, k: z.literal('bad'), o: origin, n: z.number() }),
  z.object({ t: time, k: z.literal('close'), o: origin, c: z.number(), w: text }),
  z.object({ t: time, k: z.literal('refused'), o: origin, s: z.number(), r: z.nullable(z.number()) }),
]);

/** A recording that was read. */
export interface Recording {
  readonly head: RecordHead;
  readonly lines: readonly RecordLine[];
  /** Whether its last line has no end: what was recorded after it is missing. */
  readonly isCut: boolean;
}

/**
 * Reads a recording. A last line that is cut off is left out: the program that wrote it was killed, or the file is not
 * whole.
 *
 * @throws {LiveError} for a text that is not a recording.
 */
export function readRecording(content: string): Recording {
  const [first = '', ...rest] = content.split('\n');
  const head = z.safeParse(HEAD, parsed(first));
  if (!head.success) throw new LiveError('usage', 'it is not a recording of liqcalc watch --record');
  const lines: RecordLine[] = [];
  rest.forEach((line, index) => {
    if (line.trim() === '') return;
    const read = z.safeParse(LINE, parsed(line));
    if (read.success) lines.push(read.data);
    else if (index < rest.length - 1) throw new LiveError('usage', `line ${index + 2} is not a line of a recording`);
  });
  return { head: head.data, lines, isCut: !content.endsWith('\n') };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

type Http = Extract<RecordLine, { k: 'http' }>;

/** The end of a recording is this long after its last line, so that its effects are still seen. */
const AFTERMATH_MS = 500;

/** Answers a session as its recording says, on a clock of its own. */
export class Replay {
  readonly clock: VirtualClock;
  readonly #lines: readonly RecordLine[];
  readonly #http: ReadonlyMap<string, Http[]>;
  readonly #sockets: Readonly<Record<Origin, Playback>>;

  constructor({ head, lines }: Recording) {
    this.clock = new VirtualClock(head.wall, head.seed);
    this.#lines = lines;
    const http = new Map<string, Http[]>();
    for (const line of lines) {
      if (line.k === 'http') http.set(keyOf(line), [...(http.get(keyOf(line)) ?? []), line]);
    }
    this.#http = http;
    this.#sockets = {
      market: new Playback(lines, 'market', this.clock),
      private: new Playback(lines, 'private', this.clock),
    };
  }

  /** When it ends, on its clock. */
  get endMs(): number {
    return (this.#lines.at(-1)?.t ?? 0) + AFTERMATH_MS;
  }

  /** Answers a request with the next recorded answer to it, not before that came. */
  readonly send = (request: WireRequest): Promise<WireAnswer> => {
    const q = plainQuery(request);
    const next = this.#http.get(keyOf({ m: request.method, p: request.url.pathname, q }))?.shift();
    return new Promise((resolve, reject) => {
      if (!next) return;
      this.clock.after(next.t - this.clock.mono(), () => {
        if (next.s === 0) reject(new WireError('unreachable', next.b));
        else resolve({ status: next.s, headers: next.h, text: next.b });
      });
    });
  };

  readonly connect: Connect = (of, _, on) => this.#sockets[of].connect(on);
}

const keyOf = ({ m, p, q }: Pick<Http, 'm' | 'p' | 'q'>): string => `${m} ${p} ${q}`;

type SocketLine = Exclude<RecordLine, Http>;

/** The sockets of one stream, as recorded. */
class Playback {
  readonly #lines: readonly SocketLine[];
  readonly #clock: VirtualClock;
  #next = 0;
  #on: SocketHandlers | undefined;
  #isPlaying = false;

  constructor(lines: readonly RecordLine[], of: Origin, clock: VirtualClock) {
    this.#lines = lines.filter((line): line is SocketLine => line.k !== 'http' && line.o === of);
    this.#clock = clock;
  }

  connect(on: SocketHandlers): ReturnType<Connect> {
    this.#on = on;
    this.#play();
    return {
      send: () => undefined,
      end: () => {
        if (this.#on === on) this.#on = undefined;
      },
    };
  }

  /** Plays the next line at its time, while there is a socket. */
  #play(): void {
    const line = this.#lines[this.#next];
    if (!line || this.#isPlaying) return;
    this.#isPlaying = true;
    this.#clock.after(line.t - this.#clock.mono(), () => {
      this.#isPlaying = false;
      this.#next++;
      const on = this.#on;
      if (on) deliver(line, on);
      this.#play();
    });
  }
}

function deliver(line: SocketLine, on: SocketHandlers): void {
  if (line.k === 'open') on.opened();
  else if (line.k === 'ws') on.frame(line.d);
  else if (line.k === 'bad') on.unreadable(line.n);
  else if (line.k === 'close') on.closed(line.c, line.w);
  else on.refused(line.s, line.r ?? undefined);
}
