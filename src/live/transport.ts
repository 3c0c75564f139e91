import { isJson, jsonValue } from '../formats/json.js';
import { JsonObject } from '../schema/json-value.js';
import { localClock, transportClock, type TransportClock } from './clock.js';
import { LiveError } from './failure.js';
import { redacted } from './redact.js';
import type { Credential } from './secret.js';
import type { Access, Get, Hosts, Link, Query, Request, Service } from './venue.js';
import { exchange, WireError, type WireAnswer, type WireRequest } from './wire.js';

export interface TransportOptions {
  readonly hosts: Hosts;
  readonly address?: string | undefined;
  /** Gives the key when a request first needs it. */
  readonly credential?: () => Credential;
  /** After this time a request has failed, with all its attempts. */
  readonly timeoutMs: number;
  readonly clock?: TransportClock;
  /** The largest share of the budget a minute that is used. */
  readonly share?: number;
  readonly send?: (request: WireRequest) => Promise<WireAnswer>;
}

const MOST_FAILURES = { network: 3, server: 6, clock: 2 } as const;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
const MINUTE = 60_000;
const USER_AGENT = 'liqcalc';

type Failures = Record<keyof typeof MOST_FAILURES, number>;

/** What an attempt came to: an answer, or why it failed and how long to wait before the next. */
type Outcome =
  { readonly text: string } | { readonly failed: LiveError; readonly kind?: keyof Failures; readonly waitMs?: number };

/**
 * Sends the requests of one venue or feed: nothing that is not in its list, never faster than its limits, and again where that
 * can help. The texts of its errors contain no secret.
 */
export class Transport implements Link {
  readonly hosts: Hosts;
  readonly address?: string;
  readonly #venue: Service;
  readonly #options: TransportOptions;
  readonly #clock: TransportClock;
  #credential: Credential | undefined;
  #offset: Promise<number> | undefined;
  #measured = 0;
  #used: { readonly weight: number; readonly minute: number } | undefined;
  #notBefore = 0;

  constructor(venue: Service, options: TransportOptions) {
    this.#venue = venue;
    this.#options = options;
    this.#clock = options.clock ?? transportClock(localClock());
    this.hosts = options.hosts;
    if (options.address !== undefined) this.address = options.address;
  }

  /** The time of the venue's clock minus that of ours, ms; known after the first signed request or `measureClock`. */
  get offsetMs(): number {
    return this.#measured;
  }

  /** The weight used in this minute as the venue last said. */
  get weightUsed(): number | undefined {
    return this.#used?.weight;
  }

  readonly now = (): number => this.#now(this.#measured);

  readonly get: Get = async (request, query = {}) => {
    this.#refuseUnlisted(request);
    // A key that is missing or broken is found before anything is sent, also before the clock is measured.
    this.#credentialFor(request.access);
    const deadline = this.#clock.now() + Math.min(this.#options.timeoutMs, request.mostMs ?? Infinity);
    const failures: Failures = { network: 0, server: 0, clock: 0 };
    for (;;) {
      await this.#waitForBudget(request, deadline);
      const outcome = await this.#attempt(request, query, deadline);
      if ('text' in outcome) return outcome.text;
      const { failed, kind, waitMs } = outcome;
      if (waitMs === undefined || (kind && ++failures[kind] >= MOST_FAILURES[kind])) throw failed;
      const wait = kind ? this.#backoff(failures[kind], waitMs) : waitMs;
      if (this.#clock.now() + wait >= deadline) throw failed;
      await this.#clock.sleep(wait);
    }
  };

  /** Measures the venue's clock; requests at the same time share one measurement. */
  measureClock(): Promise<number> {
    const { time } = this.#venue;
    if (!time) return Promise.resolve(0);
    const measured = (async (): Promise<number> => {
      const before = this.#clock.now();
      const server = await time(this);
      return (this.#measured = Math.round(server - (before + this.#clock.now()) / 2));
    })();
    this.#offset = measured;
    measured.catch(() => {
      if (this.#offset === measured) this.#offset = undefined;
    });
    return measured;
  }

  #refuseUnlisted({ method, path, type }: Request): void {
    const isListed = this.#venue.allow.some(
      (each) => each.method === method && each.path === path && each.type === type,
    );
    if (!isListed) throw new Error(`${method} ${path} is not in the list of what is sent`);
  }

  async #attempt(request: Request, query: Query, deadline: number): Promise<Outcome> {
    const offset = request.access === 'signed' ? (this.#offset ??= this.measureClock()) : undefined;
    const wired = this.#wired(request, query, await offset, deadline);
    try {
      const answer = await (this.#options.send ?? exchange)(wired);
      this.#noteBudget(answer);
      return this.#outcome(request, answer, offset);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      const failed = this.#failure(`cannot be reached: ${this.#clean(error.message)}`);
      const isLasting = error.why === 'slow' || error.why === 'tooLong';
      return isLasting ? { failed } : { failed, kind: 'network', waitMs: FIRST_WAIT };
    }
  }

  #wired(
    { method, path, access, type, host = 'rest' }: Request,
    query: Query,
    offset: number | undefined,
    deadline: number,
  ): WireRequest {
    const { signing } = this.#venue;
    const isBody = type !== undefined;
    const { symbol, ...others } = query;
    const isInPath = path.includes('{symbol}');
    const text = isBody ? '' : queryText(isInPath ? others : query);
    const place = isInPath
      ? path.replace('{symbol}', encodeURIComponent(typeof symbol === 'string' ? symbol : ''))
      : path;
    const credential = this.#credentialFor(access);
    const signed =
      access === 'signed' && credential && signing?.query ? signing.query(text, credential, this.#now(offset)) : text;
    return {
      method,
      url: new URL(`${this.hosts[host] ?? ''}${place}${signed === '' ? '' : `?${signed}`}`),
      headers: {
        'User-Agent': USER_AGENT,
        Accept: 'application/json',
        ...(isBody && { 'Content-Type': 'application/json' }),
        ...(credential && signing?.headers(credential)),
      },
      ...(isBody && { body: bodyText(type, query) }),
      timeoutMs: Math.max(1, deadline - this.#clock.now()),
    };
  }

  #credentialFor(access: Access): Credential | undefined {
    const isNeeded = access === 'signed' || access === 'key';
    return isNeeded || (access === 'optional key' && this.#options.credential) ? this.#key() : undefined;
  }

  #key(): Credential {
    const { credential } = this.#options;
    if (!credential) throw new LiveError('noKey', `${this.#venue.meaning}: this needs a key`);
    return (this.#credential ??= credential());
  }

  #now(offset = 0): number {
    return Math.round(this.#clock.now() + offset);
  }

  #outcome(request: Request, answer: WireAnswer, offset: Promise<number> | undefined): Outcome {
    const { status, text } = answer;
    const said = errorIn(text);
    if (status >= 200 && status < 300) {
      return isJson(text) ? { text } : { failed: this.#failure('gave an answer that is not JSON', { status }) };
    }
    const details = { status, ...(said.code !== undefined && { code: said.code }) };
    const words = said.message === undefined ? `HTTP ${status}` : `${said.message} (${said.code ?? `HTTP ${status}`})`;
    const failure = (why: string): LiveError => this.#failure(`${why}: ${this.#clean(words)}`, details);
    if (status === 429 || status === 418) return this.#limited(answer, words, details);
    if (status >= 300 && status < 400) {
      return { failed: this.#failure(`answered with a redirect (HTTP ${status}), which is not followed`, details) };
    }
    if (said.code === '-1021') {
      // Another request may have measured the clock in the meantime.
      if (this.#offset === offset) this.#offset = undefined;
      return { failed: failure('refuses the time of the request'), kind: 'clock', waitMs: 0 };
    }
    if (status === 401 || KEY_CODES.has(said.code ?? ''))
      return { failed: this.#keyRefused(words, said.code, details) };
    if (status === 403) return { failed: failure('refuses requests from this address (firewall)') };
    if (status === 451) return { failed: failure('does not serve the place that this request comes from') };
    if (status >= 500) return { failed: failure('is out of order'), kind: 'server', waitMs: FIRST_WAIT };
    const isUnknown = said.code === '-1121';
    return {
      failed: new LiveError(
        isUnknown ? 'usage' : 'unavailable',
        `${this.#host()} refuses ${request.method} ${request.path}: ${this.#clean(words)}`,
        details,
      ),
    };
  }

  #limited({ status, headers }: WireAnswer, words: string, details: LiveError['details']): Outcome {
    const seconds = Number(headers['retry-after']);
    const isKnown = headers['retry-after'] !== undefined && Number.isFinite(seconds) && seconds >= 0;
    const retryAfterMs = isKnown ? seconds * 1000 : undefined;
    if (retryAfterMs !== undefined) this.#notBefore = this.#clock.now() + retryAfterMs;
    const again = retryAfterMs === undefined ? '' : `; ask again in ${Math.ceil(seconds)} s`;
    const failed = this.#failure(
      `${status === 418 ? 'has banned this address for too many requests' : 'refuses more requests for now'}: ${this.#clean(words)}${again}`,
      { ...details, ...(retryAfterMs !== undefined && { retryAfterMs }) },
    );
    // A ban of unknown length gets longer with each request.
    if (retryAfterMs === undefined) return status === 418 ? { failed } : { failed, kind: 'server', waitMs: FIRST_WAIT };
    return { failed, waitMs: retryAfterMs };
  }

  #keyRefused(words: string, code: string | undefined, details: LiveError['details']): LiveError {
    const shown = this.#credential ? ` ${String(this.#credential.key)}` : '';
    const why = KEY_WORDS[code ?? ''];
    const cause = why === undefined ? '' : `; ${why}`;
    return new LiveError('noKey', `${this.#host()} refuses the key${shown}: ${this.#clean(words)}${cause}`, details);
  }

  #failure(words: string, details: LiveError['details'] = {}): LiveError {
    return new LiveError('unavailable', `${this.#host()} ${words}`, details);
  }

  #host(): string {
    return new URL(this.hosts.rest).host;
  }

  #clean(text: string): string {
    return redacted(text, this.#credential);
  }

  #noteBudget({ headers }: WireAnswer): void {
    const { budget } = this.#venue;
    const weight = budget && Number(headers[budget.header]);
    if (weight !== undefined && Number.isFinite(weight)) this.#used = { weight, minute: this.#minute() };
  }

  /** The minute of the venue's clock: budgets begin anew with each. */
  #minute(): number {
    return Math.floor(this.#now(this.#measured) / MINUTE);
  }

  /** Waits until a limit that was reached is over, and while this request would use too much of this minute's budget. */
  async #waitForBudget({ weight }: Request, deadline: number): Promise<void> {
    const { budget } = this.#venue;
    const limit = budget && budget.limit * (this.#options.share ?? 0.9);
    const isFull = limit !== undefined && this.#used?.minute === this.#minute() && this.#used.weight + weight > limit;
    const untilNext = isFull ? MINUTE - (this.#now(this.#measured) % MINUTE) : 0;
    const wait = Math.max(untilNext, this.#notBefore - this.#clock.now());
    if (wait <= 0) return;
    if (this.#clock.now() + wait >= deadline) {
      const words = isFull
        ? `has given ${this.#used?.weight ?? 0} of ${budget?.limit ?? 0} units of weight in this minute`
        : 'refuses more requests for now';
      throw this.#failure(`${words}; ask again in ${Math.ceil(wait / 1000)} s`, { retryAfterMs: wait });
    }
    await this.#clock.sleep(wait);
  }

  /** Waits twice as long after each failure, up to a limit, and a random part of it. */
  #backoff(failures: number, first: number): number {
    const longest = Math.min(LONGEST_WAIT, first * 2 ** (failures - 1));
    return Math.round((longest * (1 + this.#clock.random())) / 2);
  }
}

const KEY_CODES: ReadonlySet<string> = new Set(['-2014', '-2015', '-1022']);

const KEY_WORDS: Readonly<Record<string, string>> = {
  '-2014': 'it is not in the form of a key',
  '-2015':
    'three causes are known: the key is limited to other addresses, it lacks the permission, or it is older than the futures account',
  '-1022': 'the secret does not belong to the key',
};

/** The code and message of an error, as exchanges write them. */
function errorIn(text: string): { readonly code?: string; readonly message?: string } {
  const said = isJson(text) ? jsonValue(text) : undefined;
  if (!(said instanceof JsonObject)) return {};
  const [code, message] = [said.value('code'), said.value('msg')];
  return {
    ...(typeof code === 'string' && { code }),
    ...(typeof message === 'string' && message !== '' && { message: message.slice(0, 200) }),
  };
}

function queryText(query: Query): string {
  return Object.entries(query)
    .flatMap(([key, value]) => {
      if (value === undefined) return [];
      return [`${key}=${encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : String(value))}`];
    })
    .join('&');
}

function bodyText(type: string, query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return JSON.stringify({ type, ...Object.fromEntries(given) });
}
