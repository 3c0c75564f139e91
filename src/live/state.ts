import { Ratio } from '../core/ratio.js';
import { symbolKeyOn } from '../core/venues/index.js';
import type { ExchangeName } from '../formats/exchange-names.js';
import type { RawPosition } from '../formats/raw-account.js';
import type { WatchEvent } from '../schema/watch.js';
import type { figuresOf, PositionChange } from './live-position.js';
import type { SnapshotPool } from './snapshot.js';
import type { Leg } from './venue.js';

/** A moment on two clocks, in milliseconds. */
export interface Instant {
  /** A clock of this machine that only moves forward. */
  readonly mono: number;
  /** The venue's clock. */
  readonly server: number;
}

/** The mark of a symbol. */
export interface Mark {
  readonly price: Ratio;
  readonly index?: Ratio;
  /** The coming funding rate, a fraction. */
  readonly funding?: Ratio;
  /** When funding is paid next, on the venue's clock. */
  readonly nextFunding?: number;
  /** When the venue made it, on its clock. */
  readonly time: number;
  /** When it came, on the monotonic clock. */
  readonly arrived: number;
}

/** What was applied to one thing last: when it happened, and every content that came with that time. */
export interface Stamp {
  readonly time: number;
  readonly seen: readonly string[];
}

/** One position of the account, or where one was. */
export interface Row extends Stamp {
  readonly symbol: string;
  readonly leg: Leg;
  /** The pool it belongs to. */
  readonly pool: string;
  /** What the last snapshot that had it says; events change some of its fields. */
  readonly base?: RawPosition | undefined;
  /** What an event said since. */
  readonly change?: PositionChange | undefined;
  /** `undefined` once it is closed: an older event must not open it again. */
  readonly position: RawPosition | undefined;
}

export interface Stamped extends Stamp {
  readonly text: string;
}

/** A difference that an audit found, and that the stream may still explain. */
export interface Suspect {
  readonly key: string;
  readonly symbol: string;
  readonly side: Leg;
  readonly had: string;
  readonly is: string;
  readonly time: number;
  readonly since: number;
}

/** How the account of a venue is read. */
export interface AccountSource {
  readonly from: ExchangeName;
  /** Whether the venue pushes changes; else each snapshot is the news. */
  readonly hasStream: boolean;
}

/** Everything that is known of an account and its market. Never changed: each step gives a new one. */
export interface State {
  /** The venue of tables and symbols. */
  readonly venue: string;
  readonly source?: AccountSource;
  /** By the venue's key of the symbol; also of symbols without a position. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** By `rowKey`. */
  readonly rows: ReadonlyMap<string, Row>;
  /** Cross wallets by pool. */
  readonly wallets: ReadonlyMap<string, Stamped>;
  /** Leverage by symbol. */
  readonly levs: ReadonlyMap<string, Stamped>;
  /** The pools of the last snapshot, without their positions. */
  readonly accounts: readonly SnapshotPool[];
  /** Funding since the start, by asset. */
  readonly accrued: ReadonlyMap<string, Ratio>;
  /** What happened lately, so that it is said once. */
  readonly recent: ReadonlySet<string>;
  readonly suspects: readonly Suspect[];
  /** Whether a snapshot was read. */
  readonly isKnown: boolean;
}

/** What has to be done after a step. */
export type Effect =
  | { readonly kind: 'tell'; readonly event: WatchEvent }
  | { readonly kind: 'resync'; readonly why: 'config' | 'reconnected' }
  | { readonly kind: 'leverage'; readonly symbol: string }
  | { readonly kind: 'brackets'; readonly symbol: string }
  | { readonly kind: 'reopen'; readonly because: 'gone' | 'gap' }
  | { readonly kind: 'closed'; readonly symbol: string; readonly side: string }
  | { readonly kind: 'refuse'; readonly why: string };

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** The state before anything is known. */
export function initialState(venue: string, source?: AccountSource): State {
  return {
    venue,
    ...(source && { source }),
    marks: new Map(),
    rows: new Map(),
    wallets: new Map(),
    levs: new Map(),
    accounts: [],
    accrued: new Map(),
    recent: new Set(),
    suspects: [],
    isKnown: false,
  };
}

export const rowKey = (venue: string, symbol: string, leg: Leg): string => `${symbolKeyOn(venue, symbol)}/${leg}`;

/** A state that one step may still change. */
export type Draft = { -readonly [K in keyof State]: State[K] };

/** Why a snapshot was taken. */
export type SnapshotReason = 'start' | 'reconnected' | 'audit' | 'config';

export function decimal(text: string | undefined): Ratio | undefined {
  const parsed = text === undefined ? undefined : Ratio.parse(text);
  return parsed?.kind === 'decimal' ? parsed.value : undefined;
}

export const tell = (event: WatchEvent): Effect => ({ kind: 'tell', event });

/** What is compared of a position; `undefined` without one. */
export type Figures = ReturnType<typeof figuresOf>;

export const isSame = (had: Figures, is: Figures): boolean => JSON.stringify(had) === JSON.stringify(is);

/** The event of a position that is another. */
export function positionEvent(symbol: string, had: Figures, is: Figures, reason: string): Effect {
  const side = is?.side ?? had?.side ?? 'long';
  return tell({ type: 'position', symbol, side, before: had?.figures ?? null, after: is?.figures ?? null, reason });
}
