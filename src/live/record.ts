import type { Clock } from './clock.js';
import type { Connect, Origin } from './stream.js';
import type { WireAnswer, WireRequest } from './wire.js';

/** The first line of a recording. */
export interface RecordHead {
  readonly liqcalc: 'record/1';
  readonly version: string;
  /** As `--account` and `--venue` name it. */
  readonly venue: string;
  /** When it began, milliseconds since 1970. */
  readonly wall: number;
  readonly node: string;
  /** What the random parts of waits come from. */
  readonly seed: number;
  /** How the account was shown; `null` if no account was watched. */
  readonly account: string | null;
  /** The address of the account, where accounts are public. */
  readonly address: string | null;
  readonly symbols: readonly string[];
  /** The names of its feeds. */
  readonly feeds?: readonly string[] | undefined;
  /** The positions that were given, as accounts of ours. */
  readonly own: readonly string[];
}

/** One line of a recording; `t` is the time since its start in milliseconds. */
export type RecordLine =
  | {
      readonly t: number;
      readonly k: 'http';
      readonly m: string;
      readonly p: string;
      readonly q: string;
      /** The status; 0 if there was no answer. */
      readonly s: number;
      readonly h: Readonly<Record<string, string>>;
      readonly b: string;
    }
  | { readonly t: number; readonly k: 'open'; readonly o: Origin }
  | { readonly t: number; readonly k: 'ws'; readonly o: Origin; readonly d: string }
  | { readonly t: number; readonly k: 'bad'; readonly o: Origin; readonly n: number }
  | { readonly t: number; readonly k: 'close'; readonly o: Origin; readonly c: number; readonly w: string }
  | {
      readonly t: number;
      readonly k: 'refused';
      readonly o: Origin;
      readonly s: number;
      readonly r: number | null;
    };

type Send = (request: WireRequest) => Promise<WireAnswer>;

/** The headers that a session reads. */
const KEPT_HEADERS = ['retry-after', 'x-mbx-used-weight-1m', 'date'];
const SECRET_PARAMETERS = new Set(['timestamp', 'signature', 'recvwindow', 'listenkey']);

/** Writes what a session is answered, without keys, listen keys and the ids of orders. */
export class Recorder {
  readonly #clock: Clock;
  readonly #write: (line: string) => void;
  readonly #start: number;
  readonly #ids = new Map<string, string>();

  constructor(clock: Clock, head: RecordHead, write: (line: string) => void) {
    this.#clock = clock;
    this.#write = write;
    this.#start = clock.mono();
    write(JSON.stringify(head));
  }

  /** The same way to send, recorded. */
  send(send: Send): Send {
    return async (request) => {
      const { method, url } = request;
      const rest = { k: 'http' as const, m: method, p: url.pathname, q: plainQuery(request) };
      try {
        const answer = await send(request);
        const h = Object.fromEntries(
          KEPT_HEADERS.flatMap((name) => {
            const value = answer.headers[name];
            return value === undefined ? [] : [[name, String(value)]];
          }),
        );
        this.#line({ t: this.#time(), ...rest, s: answer.status, h, b: this.#hidden(answer.text) });
        return answer;
      } catch (error) {
        this.#line({ t: this.#time(), ...rest, s: 0, h: {}, b: error instanceof Error ? error.message : '' });
        throw error;
      }
    };
  }

  /** The same way to open sockets, recorded. */
  connect(connect: Connect): Connect {
    return (origin, url, on) => {
      const o = origin;
      return connect(origin, url, {
        opened: () => {
          this.#line({ t: this.#time(), k: 'open', o });
          on.opened();
        },
        frame: (text) => {
          this.#line({ t: this.#time(), k: 'ws', o, d: this.#hidden(text) });
          on.frame(text);
        },
        unreadable: (bytes) => {
          this.#line({ t: this.#time(), k: 'bad', o, n: bytes });
          on.unreadable(bytes);
        },
        closed: (code, why) => {
          this.#line({ t: this.#time(), k: 'close', o, c: code, w: why });
          on.closed(code, why);
        },
        refused: (status, retryAfterMs) => {
          this.#line({ t: this.#time(), k: 'refused', o, s: status, r: retryAfterMs ?? null });
          on.refused(status, retryAfterMs);
        },
      });
    };
  }

  #time(): number {
    return Math.round(this.#clock.mono() - this.#start);
  }

  #line(line: RecordLine): void {
    this.#write(JSON.stringify(line));
  }

  /** A text of the venue without what identifies its user. */
  #hidden(text: string): string {
    const named = text.replace(SECRET_MEMBERS, (_, before: string, quote: string, id: string, after: string) => {
      return before + quote + this.#alias(id, quote) + after;
    });
    if (!ORDER_EVENTS.test(named)) return named;
    return named.replace(ORDER_MEMBERS, (_, before: string, quote: string, id: string, after: string) => {
      return before + quote + this.#alias(id, quote) + after;
    });
  }

  /** The alias of an id: the same each time; a number stays a number. */
  #alias(id: string, quote: string): string {
    const [, prefix = '', rest = ''] = /^((?:adl_|settlement_|delivery_)?autoclose-?)?(.*)$/s.exec(id) ?? [];
    if (rest === '') return id;
    const known = this.#ids.get(rest) ?? String(this.#ids.size + 1);
    this.#ids.set(rest, known);
    return quote === '' ? known : `${prefix}X${known}`;
  }
}

const SECRET_MEMBERS =
  /("(?:listenKey|orderId|clientOrderId|algoId|clientAlgoId|actualOrderId|accountAlias|oid|cloid|hash)"\s*:\s*)("?)([^",}\]]+)("?)/g;
const ORDER_EVENTS = /"e"\s*:\s*"(?:ORDER_TRADE_UPDATE|ALGO_UPDATE|TRADE_LITE)"/;
/** Ids of orders in events: order, client, algo, client algo, actual. */
const ORDER_MEMBERS = /("(?:i|c|aid|caid|ai|si|ss)"\s*:\s*)("?)([^",}\]]+)("?)/g;

/** What a request asks, without what differs each time. */
export function plainQuery({ url, body }: Pick<WireRequest, 'url' | 'body'>): string {
  const kept = [...url.searchParams].filter(([name]) => !SECRET_PARAMETERS.has(name.toLowerCase()));
  return body ?? kept.map(([name, value]) => `${name}=${value}`).join('&');
}
