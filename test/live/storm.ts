import { seededRandom } from '../../src/live/clock.js';
import type { Truth } from './truth.js';

/** An exchange that can be made to fail in every way, virtual or on real sockets. */
export interface Stormy {
  readonly symbols: readonly string[];
  readonly now: () => number;
  readonly setMark: (symbol: string, price: string) => void;
  /** Changes a position and the cross wallet, with an event or without; returns whether it could be known. */
  readonly trade: (
    place: { readonly symbol: string; readonly amount: string; readonly entry: string; readonly wallet: string },
    isTold: boolean,
  ) => 'told' | 'lost';
  /** Sends the last event of a position again, or one of so long ago. */
  readonly repeat: (symbol: string, agoMs: number) => void;
  readonly garbage: (of: 'market' | 'private') => void;
  /** Closes the sockets; without a code as if the network had gone. */
  readonly close: (of: 'market' | 'private', code?: number) => void;
  readonly refuse: (status: number, retryAfterSeconds?: number) => void;
  readonly silence: (isOn: boolean) => void;
  /** Marks of one symbol no longer come. */
  readonly mute: (symbol: string, isOn: boolean) => void;
  /** Marks come with this age. */
  readonly delay: (ms: number) => void;
  /** The key of the private stream is gone, said or not. */
  readonly dropKey: (isSaid: boolean) => void;
  readonly failRequests: (
    fault: { readonly status: number; readonly retryAfter?: string } | 'reset' | 'hang',
    times: number,
  ) => void;
  readonly slow: (ms: number) => void;
  /** The other end of all sockets is gone without a word. */
  readonly freeze?: () => void;
}

/** The mark and the position that a symbol begins with. */
export interface Start {
  readonly symbol: string;
  readonly mark: number;
  readonly amount: string;
  readonly entry: string;
  readonly decimals: number;
}

/** An account with two cross positions and an isolated one. */
export const STARTS: readonly Start[] = [
  { symbol: 'BTCUSDT', mark: 59_000, amount: '0.5', entry: '60000.0', decimals: 1 },
  { symbol: 'ETHUSDT', mark: 3100, amount: '-2', entry: '3000.00', decimals: 2 },
  { symbol: 'SOLUSDT', mark: 148.2, amount: '12', entry: '150.000', decimals: 3 },
];

interface Course {
  mark: number;
  amount: number;
}

const STATUSES = [403, 418, 429, 451, 503];
const CODES = [1000, 1001, 1006, 1008, 4001];

/** Faults, trades and marks by chance, a step each second, all of them noted as the truth. */
export class Storm {
  readonly #random: () => number;
  readonly #courses = new Map<string, Course>();
  readonly #later: { readonly at: number; readonly run: () => void }[] = [];
  #wallet = 4400;
  #second = 0;
  /** How often each thing happened. */
  readonly counts = new Map<string, number>();

  constructor(
    seed: number,
    private readonly target: Stormy,
    private readonly truth: Truth,
    private readonly starts: readonly Start[],
  ) {
    this.#random = seededRandom(seed);
    for (const { symbol, mark, amount } of starts) this.#courses.set(symbol, { mark, amount: Number(amount) });
  }

  /** What happens in one second. */
  step(): void {
    this.#second++;
    for (const { run } of this.#due()) run();
    for (const start of this.starts) this.#move(start);
    for (const [name, chance, act] of this.#acts()) {
      if (this.#random() >= chance) continue;
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
      act();
    }
  }

  #due(): readonly { readonly run: () => void }[] {
    const due = this.#later.filter(({ at }) => at <= this.#second);
    for (const each of due) this.#later.splice(this.#later.indexOf(each), 1);
    return due;
  }

  /** A mark goes its way: a bit each second, seldom a lot. */
  #move({ symbol, decimals, mark: first }: Start): void {
    const course = this.#courses.get(symbol) as Course;
    const most = this.#random() < 0.01 ? 0.06 : 0.003;
    const next = course.mark * (1 + most * (2 * this.#random() - 1));
    // It never goes far, so that positions live on.
    course.mark = Math.min(first * 1.12, Math.max(first * 0.88, next));
    this.#setMark(symbol, course.mark.toFixed(decimals));
  }

  #setMark(symbol: string, price: string): void {
    this.truth.mark(symbol, price, this.target.now());
    this.target.setMark(symbol, price);
  }

  #trade(isTold: boolean): void {
    const { symbol, entry, amount, decimals } = this.#any(this.starts);
    const course = this.#courses.get(symbol) as Course;
    const share = this.#any([0, 0.4, 0.7, 1, 1.2]);
    course.amount = Number((Number(amount) * share).toFixed(3));
    this.#wallet = Number((this.#wallet + this.#random() * 20 - 10).toFixed(2));
    const isOpen = course.amount !== 0;
    const at = isOpen ? Number(entry) * (1 + 0.01 * this.#random()) : 0;
    const place = {
      symbol,
      amount: String(course.amount),
      entry: at.toFixed(decimals),
      wallet: this.#wallet.toFixed(2),
    };
    const from = this.target.now();
    this.truth.position(place, from, this.target.trade(place, isTold));
  }

  #acts(): readonly (readonly [name: string, chance: number, act: () => void])[] {
    const { target } = this;
    const symbol = this.#any(target.symbols);
    const of = this.#any(['market', 'private'] as const);
    const seconds = 2 + Math.floor(this.#random() * 45);
    return [
      ['trade', 0.04, () => this.#trade(true)],
      ['trade that nobody told', 0.004, () => this.#trade(false)],
      ['event again', 0.02, () => target.repeat(symbol, 0)],
      ['event of long ago', 0.01, () => target.repeat(symbol, 900_000)],
      ['garbage', 0.01, () => target.garbage(of)],
      ['close', 0.015, () => target.close(of, this.#any(CODES))],
      ['network gone', 0.008, () => target.close(of)],
      ['refused handshakes', 0.008, () => this.#refuse(of)],
      ['silence', 0.006, () => this.#forSeconds(seconds, (isOn) => target.silence(isOn))],
      ['one symbol mute', 0.005, () => this.#forSeconds(seconds, (isOn) => target.mute(symbol, isOn))],
      ['old marks', 0.004, () => this.#forSeconds(seconds, (isOn) => target.delay(isOn ? 8000 : 0))],
      ['slow answers', 0.006, () => this.#forSeconds(seconds, (isOn) => target.slow(isOn ? 2500 : 20))],
      ['key gone', 0.003, () => target.dropKey(this.#random() < 0.5)],
      ['dead connections', 0.006, () => target.freeze?.()],
      ['requests fail', 0.012, () => this.#failRequests()],
    ];
  }

  #refuse(of: 'market' | 'private'): void {
    const times = 1 + Math.floor(this.#random() * 3);
    for (let each = 0; each < times; each++)
      this.target.refuse(this.#any(STATUSES), this.#random() < 0.5 ? undefined : 1 + Math.floor(this.#random() * 6));
    this.target.close(of);
  }

  #failRequests(): void {
    const retryAfter = String(1 + Math.floor(this.#random() * 8));
    const faults = [
      { status: 429, retryAfter },
      { status: 503 },
      { status: 500 },
      { status: 403 },
      'reset',
      'hang',
    ] as const;
    this.target.failRequests(this.#any(faults), 1 + Math.floor(this.#random() * 4));
  }

  #forSeconds(seconds: number, turn: (isOn: boolean) => void): void {
    turn(true);
    this.#later.push({ at: this.#second + seconds, run: () => turn(false) });
  }

  #any<T>(of: readonly T[]): T {
    return of[Math.floor(this.#random() * of.length)] as T;
  }
}
