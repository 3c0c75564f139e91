import type { TableSource } from '../core/brackets.js';
import type { AccountDefaults } from '../formats/raw-account.js';
import type { WatchEvent, WatchEventName, WatchState } from '../schema/watch.js';
import type { Alerts, AlertSettings } from './alerts.js';
import type { Freshness, Limits } from './freshness.js';
import type { Pool, Source } from './pools.js';
import type { Instant, Mark } from './state.js';
import type { BracketAnswer, Link, LiveVenue } from './venue.js';

/** What a session asks the venue with. */
export interface WatchLink extends Link {
  /** Measures the venue's clock. */
  readonly measureClock: () => Promise<number>;
  readonly weightUsed: number | undefined;
}

/** An event as it is written. */
export interface WrittenEvent {
  readonly type: WatchEventName;
  readonly seq: number;
  readonly at: string;
  /** The event; that of an account is only written. */
  readonly event: WatchEvent;
  /** One line of JSON. */
  readonly json: string;
}

/** Data of a watch besides account and marks: rules, feeds. They say what changed. */
export interface Watcher {
  /** @returns events to tell. */
  readonly judge: (view: WatchView) => readonly WatchEvent[];
  /** Takes each event that is written. */
  readonly heard?: (event: WatchEvent) => void;
  readonly start?: (session: { readonly tell: (event: WatchEvent) => void; readonly view: () => WatchView }) => void;
  readonly stop?: () => void;
  /** Lines for a screen, each with a label. */
  readonly facts?: () => readonly { readonly label: string; readonly text: string }[];
  /** Lines for the page of rules. */
  readonly lines?: () => readonly string[];
}

export interface WatchSettings {
  /** The name of the venue in events. */
  readonly name: string;
  readonly venue: LiveVenue;
  readonly version: string;
  /** How the account is shown; `null` for marks only. */
  readonly shownAccount: string | null;
  /** Whether the account of the venue is watched. */
  readonly hasAccount: boolean;
  /** Positions that are given. */
  readonly own: readonly Source[];
  /** Symbols that are watched without a position, as the venue spells them. */
  readonly symbols: readonly string[];
  readonly defaults: AccountDefaults;
  /** The tables in answers of the venue. */
  readonly readTables?: ((answers: readonly BracketAnswer[], wall: number) => TableSource) | undefined;
  readonly decimals: number | undefined;
  readonly alerts: AlertSettings;
  /** The same as they were given. */
  readonly alertTexts: readonly string[];
  readonly limits: Limits;
  /** The account is written this often, changed or not; by default when it changed, once a second at most. */
  readonly everyMs?: number | undefined;
  readonly forMs?: number | undefined;
  readonly untilAlert: boolean;
  readonly watchers: readonly Watcher[];
}

/** Why a session ended. */
export type SessionEnd =
  { readonly kind: 'stopped' | 'over' | 'alert' } | { readonly kind: 'failed'; readonly error: unknown };

/** Everything that a screen shows. */
export interface WatchView {
  readonly name: string;
  readonly state: WatchState;
  readonly reason: string | null;
  /** When this state began, milliseconds since 1970. */
  readonly since: number;
  readonly pools: readonly Pool[];
  readonly marks: ReadonlyMap<string, Mark>;
  readonly symbols: readonly string[];
  readonly freshness: Freshness | undefined;
  readonly alerts: Alerts;
  readonly now: Instant;
  readonly wall: number;
  readonly sockets: number;
  readonly weight: { readonly used: number | undefined; readonly limit: number | undefined };
}
