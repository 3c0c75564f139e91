import type { ExchangeName } from '../formats/exchange-names.js';
import type { Signing } from './sign.js';

/** How a request proves who asks: not at all, by the key in a header (if there is one), or by the key and a signature. */
export type Access = 'public' | 'optional key' | 'key' | 'signed';

/**
 * One request that liqcalc may send. The transport sends nothing that is not among `LiveVenue.allow`, so this list is
 * all that liqcalc can do at a venue.
 */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** May contain `{symbol}`, which the parameter `symbol` replaces. */
  readonly path: string;
  readonly access: Access;
  /** Where it goes, if not to `rest`. */
  readonly host?: 'rest' | 'wallet';
  /** What it costs of the venue's budget a minute, at most. */
  readonly weight: number;
  /** How long it may take, if less than others, ms. */
  readonly mostMs?: number;
  /** The question of a POST whose parameters are a JSON body: Hyperliquid's `type`. */
  readonly type?: string;
}

/** Parameters of a request in the order in which they are sent; those that are `undefined` are left out. */
export interface Query {
  readonly [name: string]: string | number | boolean | undefined | Query;
}

/** Sends a request and gives the text of its answer; throws `LiveError` if no answer arrives. */
export type Get = (request: Request, query?: Query) => Promise<string>;

/** Where a venue answers: origins, with the path that all requests there have in common. */
export interface Hosts {
  readonly rest: string;
  /** Sockets with marks. */
  readonly market?: string;
  /** Sockets with the events of an account. */
  readonly user?: string;
  /** What a venue answers about keys elsewhere. */
  readonly wallet?: string;
}

/** What an adapter works with. */
export interface Link {
  readonly get: Get;
  /** Milliseconds, the venue's clock as far as it was measured. */
  readonly now: () => number;
  readonly hosts: Hosts;
  /** The address of the account, at venues where accounts are public. */
  readonly address?: string;
}

/** Which position of a symbol: the only one, or a leg of a hedge. */
export type Leg = 'both' | 'long' | 'short';

export interface SnapshotRow {
  readonly symbol: string;
  readonly leg: Leg;
  /** Milliseconds, the venue's clock. */
  readonly updatedAt: number;
}

/** An account at one moment. */
export interface Snapshot {
  /** What the reader `LiveVenue.from` takes. */
  readonly account: string;
  /** When it was requested, milliseconds of the venue's clock: later events are newer. */
  readonly at: number;
  readonly rows: readonly SnapshotRow[];
}

/** Keys of an account or of a position in it, with their values as JSON. */
export type RiskMembers = Readonly<Record<string, string>>;

/** What the rules of `check` judge besides an account. */
export interface RiskData {
  /** Keys of the account with their values as JSON. */
  readonly account: RiskMembers;
  /** By symbol. */
  readonly positions: ReadonlyMap<string, RiskMembers>;
  /** What is missing, in words, and why. */
  readonly notes: readonly string[];
}

/** Bracket tables as a venue answers them. */
export interface BracketAnswer {
  readonly text: string;
  /** The requested symbol, where the answer does not name it. */
  readonly symbol?: string;
}

/** A socket to open, and what to send first. */
export interface SocketPlan {
  readonly url: string;
  /** Frames to send after the handshake, not faster than `framesPerSecond`. */
  readonly frames: readonly string[];
  readonly framesPerSecond: number;
  /** The longest silence in ms that is normal; `undefined` if silence proves nothing. */
  readonly silenceMs?: number;
  /** What must be sent so that the venue does not close a quiet socket. */
  readonly ping?: { readonly everyMs: number; readonly frame: string };
}

/** The socket of an account's events. */
export interface UserPlan extends SocketPlan {
  /** What must be repeated to keep the socket's key. */
  readonly keepAlive?: { readonly everyMs: number; readonly request: Request };
  /** Whether an error of `keepAlive` means that the key is gone: ask for a new plan and open it. */
  readonly isGone?: (error: unknown) => boolean;
}

/** Decimals are texts as the venue wrote them; times are milliseconds of the venue's clock. */
export interface MarkEvent {
  readonly kind: 'mark';
  readonly symbol: string;
  readonly price: string;
  readonly index?: string;
  /** The coming funding rate, as a fraction. */
  readonly funding?: string;
  readonly nextFunding?: number;
  readonly time: number;
}

/** The leverage that a symbol is set to. */
export interface LeverageEvent {
  readonly kind: 'leverage';
  readonly symbol: string;
  readonly lev: string;
  readonly time: number;
}

/** What a frame of a socket says. */
export type LiveEvent =
  | MarkEvent
  | LeverageEvent
  | { readonly kind: 'wallet'; readonly asset: string; readonly cross: string; readonly time: number }
  | {
      readonly kind: 'position';
      readonly symbol: string;
      readonly leg: Leg;
      /** Signed: negative is short. */
      readonly amount: string;
      readonly entry: string;
      readonly mode: 'cross' | 'isolated';
      /** The isolated wallet. */
      readonly margin?: string;
      readonly time: number;
      /** The venue's word: `ORDER`, `FUNDING_FEE` ... */
      readonly reason: string;
    }
  | {
      readonly kind: 'order';
      readonly id: string;
      readonly symbol: string;
      readonly side: 'buy' | 'sell';
      readonly leg: Leg;
      /** The venue's words: `STOP_MARKET`, `NEW` ... */
      readonly type: string;
      readonly status: string;
      readonly qty: string;
      readonly price?: string;
      readonly trigger?: string;
      readonly reduceOnly: boolean;
      readonly closePosition: boolean;
      readonly time: number;
    }
  | {
      /** A fill of an own order, of the liquidation engine, or of auto-deleveraging. */
      readonly kind: 'fill' | 'liquidation' | 'adl';
      readonly id: string;
      readonly symbol: string;
      readonly side: 'buy' | 'sell';
      readonly leg: Leg;
      readonly qty: string;
      readonly price: string;
      readonly fee?: string;
      readonly feeAsset?: string;
      readonly realised?: string;
      readonly time: number;
    }
  | {
      readonly kind: 'marginCall';
      readonly positions: readonly {
        readonly symbol: string;
        readonly leg: Leg;
        readonly amount: string;
        readonly mark: string;
        /** The venue's own maintenance margin. */
        readonly maintenance: string;
      }[];
      readonly time: number;
    }
  | {
      readonly kind: 'funding';
      readonly asset: string;
      /** Signed: negative was paid. */
      readonly amount: string;
      /** Left out where the venue does not say which symbol paid. */
      readonly symbol?: string;
      readonly time: number;
    }
  /** The venue changed the brackets of a symbol. */
  | { readonly kind: 'brackets'; readonly symbol: string; readonly time: number }
  /** All assets now back all positions, or no longer: the pools are others. */
  | { readonly kind: 'multiAssets'; readonly isOn: boolean; readonly time: number }
  /** The account became one that is not priced. */
  | { readonly kind: 'unsupported'; readonly why: string }
  /** The key of the user's socket is no longer valid. */
  | { readonly kind: 'userStreamGone' }
  | { readonly kind: 'ignored'; readonly name: string }
  | { readonly kind: 'unreadable'; readonly bytes: number };

/** What `fetch` can ask for. */
export const FETCHES = [
  'account',
  'brackets',
  'positions',
  'orders',
  'symbol-config',
  'account-config',
  'trades',
  'income',
  'funding',
  'funding-info',
  'candles',
  'mark-candles',
  'open-interest',
  'open-interest-now',
  'ticker',
  'book',
  'margin-log',
  'marks',
  'time',
  'info',
] as const;

export type FetchName = (typeof FETCHES)[number];

/** Of what to fetch, and from when. */
export interface FetchQuestion {
  readonly symbols: readonly string[];
  /** Milliseconds. */
  readonly from?: number;
  readonly to?: number;
  readonly limit?: number;
  readonly interval?: string;
}

/** One thing that can be fetched from a venue. */
export interface Fetch {
  /** The first request it sends, and its parameters: `--raw` prints this answer untouched. */
  readonly request: Request;
  readonly query?: (question: FetchQuestion, link: Link) => Query;
  /** How many symbols it needs; absent: any number, or no symbols. */
  readonly symbols?: 'none' | 'one' | 'some';
  /** Whether it takes `--from-time`, `--to-time` and `--limit`. */
  readonly isHistory?: true;
  /** Whether it takes `--interval`. */
  readonly hasInterval?: true;
  /** The JSON to print. */
  readonly answer: (link: Link, question: FetchQuestion) => Promise<string>;
}

/** What a transport sends requests to: a venue, or a feed of prices. */
export interface Service {
  readonly meaning: string;
  /** In `LIQCALC_BASE_<name>`. */
  readonly variable: string;
  /** How its requests show the key. */
  readonly signing?: Signing;
  readonly hosts: Readonly<Record<'live', Hosts> & Partial<Record<'demo', Hosts>>>;
  /** All that may be sent to it. */
  readonly allow: readonly Request[];
  /** The response header with the weight used in this minute, and the limit. */
  readonly budget?: { readonly header: string; readonly limit: number };
  /** Its clock, milliseconds. */
  readonly time?: (link: Link) => Promise<number>;
}

/**
 * A venue that liqcalc can send requests to. One file in `venues`, one line in its index; help, choices, documents and the conformance
 * tests follow from that.
 */
export interface LiveVenue extends Service {
  /** The venue of the rules and tables: `--venue`. */
  readonly venue: string;
  /** What an account needs: a key, a public address; or there is public data only. */
  readonly credential: 'key' | 'address' | 'none';
  /** In `LIQCALC_<name>_KEY` and `LIQCALC_<name>_SECRET`; also its name in the file of keys, in lower case. */
  readonly keys?: string;
  /** The reader of its accounts. */
  readonly from?: ExchangeName;
  readonly snapshot?: (link: Link) => Promise<Snapshot>;
  /** Leverage of a symbol that no snapshot had. */
  readonly leverage?: (link: Link, symbol: string) => Promise<LeverageEvent>;
  /** Marks now, without a socket. */
  readonly marks?: (link: Link, symbols: readonly string[]) => Promise<readonly MarkEvent[]>;
  /** What its key may do besides reading, in words: `withdraw`. */
  readonly keyRights?: (link: Link) => Promise<readonly string[]>;
  /** What is known for the rules of `check` of an account with positions in these symbols. */
  readonly risk?: (link: Link, symbols: readonly string[]) => Promise<RiskData>;
  /** Texts that `readBracketFile` takes. */
  readonly brackets?: (link: Link, symbols: readonly string[]) => Promise<readonly BracketAnswer[]>;
  /** The liquidation fee of each symbol, a fraction, in the answer to `info`. */
  readonly liquidationFees?: (info: string) => readonly (readonly [symbol: string, fee: string])[];
  /** Whether `brackets` answers for one symbol at a time, so that symbols must be given. */
  readonly bracketsNeedSymbols?: true;
  readonly market?: (hosts: Hosts, symbols: readonly string[]) => SocketPlan;
  readonly user?: (link: Link) => Promise<UserPlan>;
  /** Whether the user's socket reports each change of a position; else fills only say that there is one. */
  readonly tellsPositions?: true;
  /**
   * What a frame says: never throws; unknown is `ignored`, broken is `unreadable`.
   *
   * @param cameAt - when it came, on the venue's clock: the time of frames without their own.
   */
  readonly read?: (frame: string, cameAt: number) => readonly LiveEvent[];
  readonly fetches: Readonly<Partial<Record<FetchName, Fetch>>>;
}
