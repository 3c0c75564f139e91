import { builtInTables } from '../../src/core/tables/index.js';
import { Ratio } from '../../src/core/ratio.js';
import { VirtualClock, transportClock } from '../../src/live/clock.js';
import { Secret } from '../../src/live/secret.js';
import type { SessionEnd, WatchSettings, WrittenEvent } from '../../src/live/session-settings.js';
import { Session } from '../../src/live/session.js';
import type { Connect, Origin, SocketHandlers } from '../../src/live/stream.js';
import { Transport } from '../../src/live/transport.js';
import { tablesIn } from '../../src/live/venue-tables.js';
import type { BracketAnswer, LiveVenue } from '../../src/live/venue.js';
import { liveVenues } from '../../src/live/venues/index.js';
import { WireError, type WireAnswer, type WireRequest } from '../../src/live/wire.js';
import { DEFAULTS } from './book.js';

export const START = Date.UTC(2026, 10, 30, 12);

interface Place {
  readonly amount: string;
  readonly entry: string;
  readonly mode: 'CROSSED' | 'ISOLATED';
  readonly margin: string;
  readonly lev: number;
  readonly updatedAt: number;
}

interface Line {
  readonly origin: Origin;
  readonly on: SocketHandlers;
  readonly key: string | null;
  symbols: Set<string>;
}

/** An answer in place of the true one, or no answer. */
export type WireFault = Partial<WireAnswer> | 'hang' | 'reset';

/** What a session needs of an exchange on a clock of its own: HTTP and sockets without a network. */
export interface VirtualExchange {
  /** Its name among `liveVenues`. */
  readonly name: keyof typeof liveVenues;
  readonly address?: string;
  readonly clock: VirtualClock;
  readonly connect: Connect;
  readonly wire: (request: WireRequest) => Promise<WireAnswer>;
}

/** Binance USDⓈ-M futures with one account. */
export class VirtualBinance implements VirtualExchange {
  readonly name: keyof typeof liveVenues = 'binance';
  /** The market in the frames of marks. */
  protected readonly market: number = 1;
  protected readonly keyPath: string = '/fapi/v1/listenKey';
  protected readonly asset: string = 'USDT';
  readonly clock = new VirtualClock(START, 7);
  /** The exchange's clock minus ours. */
  skewMs = 0;
  wallet = '4400';
  weight = 0;
  isMultiAssets = false;
  /** Whether marks are sent. */
  isSilent = false;
  /** How old marks are when they are sent. */
  markAgeMs = 0;
  latencyMs = 20;
  listenKey: string | undefined;
  keys = 0;
  /** How many sockets were tried. */
  opens = 0;
  readonly marks = new Map([
    ['BTCUSDT', '59000.00000000'],
    ['ETHUSDT', '3100.00000000'],
  ]);
  readonly places = new Map<string, Place>();
  /** Symbols whose marks do not come, as if they were delisted. */
  readonly muted = new Set<string>();
  readonly sent: string[] = [];
  readonly #faults = new Map<string, WireFault[]>();
  readonly #refusals: { readonly status: number; readonly retryAfterMs: number | undefined }[] = [];
  readonly #lines = new Set<Line>();
  #minute = 0;
  /** Whether others use the budget, too: the weight does not begin anew. */
  isBusy = false;

  constructor() {
    this.hold('BTCUSDT', '0.500', '60000.0');
    this.hold('ETHUSDT', '-2.000', '3000.0', { mode: 'ISOLATED', margin: '450', lev: 10 });
    this.#beat();
  }

  now(): number {
    return this.clock.wall() + this.skewMs;
  }

  /** Puts a position into the account, without telling. */
  hold(key: string, amount: string, entry: string, more: Partial<Place> = {}): void {
    const old = this.places.get(key);
    const { mode = 'CROSSED', margin = '0', lev = 20 } = old ?? {};
    this.places.set(key, { mode, margin, lev, ...more, amount, entry, updatedAt: this.now() });
  }

  /** Changes a position and reports it as an event. */
  trade(key: string, amount: string, entry: string, more: Partial<Place> = {}, reason = 'ORDER'): void {
    this.hold(key, amount, entry, more);
    this.send('private', this.update(key, reason));
  }

  /** The event of a position as it is now. */
  update(key: string, reason = 'ORDER', T = this.now()): object {
    const [symbol = '', side = 'BOTH'] = key.split('/');
    const { amount, entry, mode, margin } = this.places.get(key) as Place;
    const mt = mode === 'ISOLATED' ? 'isolated' : 'cross';
    const position = { s: symbol, pa: amount, ep: entry, bep: entry, cr: '0', up: '0', mt, iw: margin, ps: side };
    const balance = { a: this.asset, wb: this.wallet, cw: this.wallet, bc: '0' };
    return { e: 'ACCOUNT_UPDATE', E: T, T, a: { m: reason, B: [balance], P: [position] } };
  }

  fail(path: string, ...faults: readonly WireFault[]): void {
    this.#faults.set(path, [...(this.#faults.get(path) ?? []), ...faults]);
  }

  refuse(status: number, retryAfterMs?: number, times = 1): void {
    for (let each = 0; each < times; each++) this.#refusals.push({ status, retryAfterMs });
  }

  send(origin: Origin, frame: object | string): void {
    const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
    for (const line of [...this.#lines]) {
      const isOurs = line.origin === origin && (origin === 'market' || line.key === this.listenKey);
      if (isOurs) line.on.frame(text);
    }
  }

  close(origin: Origin, code: number): void {
    for (const line of [...this.#lines]) {
      if (line.origin !== origin) continue;
      this.#lines.delete(line);
      line.on.closed(code, '');
    }
  }

  /** Whether a private socket is open that gets no events: its key is gone. */
  get isDeaf(): boolean {
    return [...this.#lines].some(({ origin, key }) => origin === 'private' && key !== this.listenKey);
  }

  count(origin: Origin): number {
    return [...this.#lines].filter((line) => line.origin === origin).length;
  }

  /** Sends the marks of all symbols that somebody listens to. */
  tick(E = this.now() - this.markAgeMs): void {
    if (this.isSilent) return;
    for (const { origin, symbols, on } of [...this.#lines]) {
      if (origin !== 'market') continue;
      for (const [s, p] of this.marks) {
        const data = {
          e: 'markPriceUpdate',
          E,
          s,
          p,
          i: p,
          P: p,
          r: '0.00010000',
          T: START + 4 * 3_600_000,
          st: this.market,
        };
        if (symbols.has(s) && !this.muted.has(s))
          on.frame(JSON.stringify({ stream: `${s.toLowerCase()}@markPrice@1s`, data }));
      }
    }
  }

  #beat(): void {
    this.clock.after(1000, () => {
      this.tick();
      this.#beat();
    });
  }

  readonly connect: Connect = (origin, url, on) => {
    const { searchParams, pathname } = new URL(url);
    const key = searchParams.get('listenKey') ?? pathname.split('/').at(-1) ?? null;
    const line: Line = { origin, on, key, symbols: new Set() };
    this.opens++;
    const refusal = this.#refusals.shift();
    let isOver = false;
    this.clock.after(this.latencyMs, () => {
      if (isOver) return;
      if (refusal) {
        on.refused(refusal.status, refusal.retryAfterMs);
        return;
      }
      this.#lines.add(line);
      on.opened();
    });
    return {
      send: (text) => {
        const { params = [] } = JSON.parse(text) as { readonly params?: readonly string[] };
        for (const each of params) line.symbols.add(each.split('@')[0]?.toUpperCase() ?? '');
        on.frame('{"result":null,"id":1}');
      },
      end: () => {
        isOver = true;
        this.#lines.delete(line);
      },
    };
  };

  readonly wire = ({ method, url, timeoutMs }: WireRequest): Promise<WireAnswer> => {
    const { pathname, searchParams } = url;
    this.sent.push(`${method} ${pathname}`);
    const minute = Math.floor(this.clock.wall() / 60_000);
    if (minute !== this.#minute && !this.isBusy) this.weight = 0;
    this.#minute = minute;
    this.weight += 5;
    const fault = this.#faults.get(pathname)?.shift() ?? this.#faults.get('*')?.shift();
    const headers = { 'x-mbx-used-weight-1m': String(this.weight) };
    return new Promise((resolve, reject) => {
      if (fault === 'hang') {
        this.clock.after(timeoutMs, () => reject(new WireError('slow', `no complete answer within ${timeoutMs} ms`)));
        return;
      }
      this.clock.after(this.latencyMs, () => {
        if (fault === 'reset') reject(new WireError('unreachable', 'ECONNRESET'));
        else
          resolve({
            status: 200,
            ...this.#answer(method, pathname, searchParams),
            ...fault,
            headers: { ...headers, ...fault?.headers },
          });
      });
    });
  };

  #answer(
    method: string,
    path: string,
    query: URLSearchParams,
  ): Pick<WireAnswer, 'text'> & { readonly status?: number } {
    const time = Number(query.get('timestamp') ?? this.now());
    if (time >= this.now() + 1000 || this.now() - time > 5000)
      return { status: 400, text: '{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}' };
    if (path === this.keyPath) return this.#key(method);
    const answer = this.bodies()[path];
    return answer === undefined
      ? { status: 404, text: '{"code":-5000,"msg":"Path is invalid."}' }
      : { text: JSON.stringify(answer) };
  }

  #key(method: string): Pick<WireAnswer, 'text'> & { readonly status?: number } {
    if (method === 'POST') this.listenKey ??= `listenkeylistenkey${++this.keys}`;
    if (this.listenKey === undefined)
      return { status: 400, text: '{"code":-1125,"msg":"This listenKey does not exist."}' };
    return { text: JSON.stringify({ listenKey: this.listenKey }) };
  }

  protected bodies(): Readonly<Record<string, unknown>> {
    const rows = [...this.places].map(([key, place]) => {
      const [symbol = '', side = 'BOTH'] = key.split('/');
      return { symbol, side, ...place };
    });
    const cross = this.wallet;
    return {
      '/fapi/v1/time': { serverTime: this.now() },
      '/fapi/v1/premiumIndex': [...this.marks]
        .filter(([symbol]) => !this.muted.has(symbol))
        .map(([symbol, markPrice]) => ({
          symbol,
          markPrice,
          indexPrice: markPrice,
          lastFundingRate: '0.00010000',
          nextFundingTime: START + 4 * 3_600_000,
          time: this.now(),
        })),
      '/fapi/v3/account': {
        totalCrossWalletBalance: cross,
        assets: [{ asset: 'USDT', walletBalance: cross, crossWalletBalance: cross, updateTime: START }],
        positions: [],
      },
      '/fapi/v3/positionRisk': rows.map(({ symbol, side, amount, entry, margin, updatedAt }) => ({
        symbol,
        positionSide: side,
        positionAmt: amount,
        entryPrice: entry,
        markPrice: this.marks.get(symbol),
        liquidationPrice: '0',
        isolatedWallet: margin,
        marginAsset: 'USDT',
        updateTime: updatedAt,
      })),
      '/fapi/v1/symbolConfig': rows.map(({ symbol, mode, lev }) => ({
        symbol,
        marginType: mode,
        isAutoAddMargin: false,
        leverage: lev,
        maxNotionalValue: '1000000',
      })),
      '/fapi/v1/accountConfig': { dualSidePosition: false, multiAssetsMargin: this.isMultiAssets },
      '/fapi/v1/leverageBracket': [...this.marks.keys()].map((symbol) => ({ symbol, brackets: BRACKETS })),
    };
  }
}

export const BRACKETS = [
  [0, 50_000, 0.004, 0, 125],
  [50_000, 600_000, 0.005, 50, 100],
  [600_000, 3_000_000, 0.01, 3050, 50],
].map(([notionalFloor, notionalCap, maintMarginRatio, cum, initialLeverage], index) => ({
  bracket: index + 1,
  initialLeverage,
  notionalCap,
  notionalFloor,
  maintMarginRatio,
  cum,
}));

export const LEVELS = {
  distance: ['15', '10', '5'].map((each) => Ratio.from(each)),
  'margin-ratio': [],
  move: [],
  funding: [],
};

export const SETTINGS: WatchSettings = {
  name: 'binance',
  venue: liveVenues.binance,
  version: '0.0.0',
  shownAccount: '...3f9a',
  hasAccount: true,
  own: [],
  symbols: [],
  defaults: { ...DEFAULTS, tables: builtInTables },
  readTables: (answers, wall) => tablesIn(liveVenues.binance, answers, wall),
  decimals: undefined,
  alerts: { levels: LEVELS, hysteresis: Ratio.from('0.5') },
  alertTexts: ['15', '10', '5'],
  limits: { staleMs: 5000, blindMs: 30_000 },
  untilAlert: false,
  watchers: [],
};

/** A session with a virtual exchange. */
export class Trial<E extends VirtualExchange = VirtualBinance> {
  readonly events: WrittenEvent[] = [];
  readonly session: Session;
  readonly link: Transport;
  end: SessionEnd | undefined;
  #seen = 0;

  constructor(
    readonly exchange: E = new VirtualBinance() as VirtualExchange as E,
    settings: Partial<WatchSettings> = {},
  ) {
    const { clock, name, address } = exchange;
    const venue: LiveVenue = liveVenues[name];
    this.link = new Transport(venue, {
      hosts: { ...venue.hosts.live },
      ...(address !== undefined && { address }),
      credential: () => ({
        key: new Secret('fakekeyfakekeyfakekey3f9a'),
        signer: { kind: 'hmac', secret: new Secret('fakesecretfakesecret') },
      }),
      timeoutMs: 60_000,
      clock: transportClock(clock),
      send: async (request) => {
        const answer = await exchange.wire(request);
        const retryAfter = answer.headers['retry-after'];
        if (answer.status === 429 || answer.status === 418)
          this.session.limited(answer.status, retryAfter === undefined ? undefined : Number(retryAfter) * 1000);
        return answer;
      },
    });
    const own = { name, venue, readTables: (answers: readonly BracketAnswer[]) => tablesIn(venue, answers, START) };
    this.session = new Session(
      { ...SETTINGS, ...own, ...settings },
      { link: this.link, connect: exchange.connect, clock },
      (event) => this.events.push(event),
    );
  }

  /** Lets it run for some time. */
  async go(ms: number): Promise<this> {
    if (this.events.length === 0)
      void this.session.run().then((end) => {
        this.end = end;
      });
    await this.exchange.clock.run(this.exchange.clock.mono() + ms);
    return this;
  }

  /** The events since the last call, as parsed JSON. */
  news(type?: string): Record<string, unknown>[] {
    const from = this.#seen;
    this.#seen = this.events.length;
    return this.events
      .slice(from)
      .filter((each) => type === undefined || each.type === type)
      .map(({ json }) => JSON.parse(json) as Record<string, unknown>);
  }

  /** All events of a type. */
  all(type: string): Record<string, unknown>[] {
    return this.events
      .filter((each) => each.type === type)
      .map(({ json }) => JSON.parse(json) as Record<string, unknown>);
  }
}
