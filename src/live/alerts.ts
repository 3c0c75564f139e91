import { Ratio } from '../core/ratio.js';
import type { WatchEvent } from '../schema/watch.js';

/** What an alert can be about. */
export const ALERT_SUBJECTS = ['distance', 'margin-ratio', 'move', 'funding'] as const;
export type AlertSubject = (typeof ALERT_SUBJECTS)[number];

/** The levels of each subject, in percent. */
export type AlertLevels = Readonly<Record<AlertSubject, readonly Ratio[]>>;

export interface AlertSettings {
  readonly levels: AlertLevels;
  /** By how many points a level must be left before it can fire again. */
  readonly hysteresis: Ratio;
  /** After which time an alert that holds is repeated; never by default. */
  readonly remindMs?: number | undefined;
}

/** A figure that alerts watch. */
export interface Judged {
  /** Its identity over time: symbol, side and subject. */
  readonly key: string;
  readonly what: AlertSubject;
  readonly symbol: string | null;
  readonly side: 'long' | 'short' | null;
  /** In percent; `undefined` if nothing can happen. */
  readonly value: Ratio | undefined;
  /** Whether it can be computed now. */
  readonly isKnown: boolean;
  /** Whether the position is past its liquidation price. */
  readonly isAlready: boolean;
  /** Whether a mark that it depends on is stale. */
  readonly isStale: boolean;
  readonly liquidationPrice: string | null;
  readonly mark: string | null;
  readonly markAgeMs: number | null;
}

interface Held {
  /** How many levels hold; one more if the position is past its liquidation price. */
  readonly depth: number;
  /** When it was said last, on the monotonic clock. */
  readonly saidAt: number;
  readonly figure: Judged;
}

/** The alerts that hold, by the key of their figure. */
export type Alerts = ReadonlyMap<string, Held>;

export const NO_ALERTS: Alerts = new Map();

/** The alerts that hold after a judgement, and what to say. */
export interface Judgement {
  readonly alerts: Alerts;
  readonly events: readonly WatchEvent[];
}

const PERCENT_DECIMALS = 4;
/** How far below its level a funding rate must fall: funding is much smaller than the points of the others. */
const FUNDING_SHARE = Ratio.from('0.9');

/** Whether a figure is dangerous when it rises; the others are when they fall. */
const RISES: Readonly<Record<AlertSubject, boolean>> = {
  distance: false,
  move: false,
  'margin-ratio': true,
  funding: true,
};

/**
 * The alerts after the figures of a moment.
 *
 * A level fires when a figure reaches it; of several at once, the deepest. It is cleared when the figure has left it by
 * the hysteresis, but never by a stale mark: a false alarm is cheap, a false all-clear is not. A figure that is gone, as
 * its position was closed, clears its level.
 */
export function judged(
  alerts: Alerts,
  figures: readonly Judged[],
  settings: AlertSettings,
  at: { readonly mono: number; readonly isInitial: boolean },
): Judgement {
  const next = new Map<string, Held>();
  const events: WatchEvent[] = [];
  for (const figure of figures) {
    const held = alerts.get(figure.key);
    const depth = depthOf(figure, held?.depth ?? 0, settings);
    const isDue = held && settings.remindMs !== undefined && at.mono - held.saidAt >= settings.remindMs;
    const was = held?.depth ?? 0;
    if (depth > was) events.push(alertEvent(figure, depth, settings, { isInitial: at.isInitial, isReminder: false }));
    else if (depth < was) events.push(clearEvent(figure, was, depth, settings));
    else if (isDue) events.push(alertEvent(figure, depth, settings, { isInitial: false, isReminder: true }));
    const isSaid = depth !== was || isDue === true;
    if (depth > 0) next.set(figure.key, { depth, figure, saidAt: isSaid ? at.mono : (held?.saidAt ?? at.mono) });
  }
  const present = new Set(figures.map(({ key }) => key));
  for (const [key, held] of alerts) if (!present.has(key)) events.push(closedEvent(held, settings));
  return { alerts: next, events };
}

/** The alerts after a position was closed: another one on its symbol starts anew. */
export function withoutPosition(alerts: Alerts, symbol: string, side: string, settings: AlertSettings): Judgement {
  const next = new Map(alerts);
  const events: WatchEvent[] = [];
  for (const [key, held] of alerts) {
    const { figure } = held;
    if (figure.symbol !== symbol || figure.side !== side) continue;
    next.delete(key);
    events.push(closedEvent(held, settings));
  }
  return { alerts: next, events };
}

/** How many levels hold. */
function depthOf(figure: Judged, held: number, { levels, hysteresis }: AlertSettings): number {
  const all = levels[figure.what];
  if (!figure.isKnown || all.length === 0) return held;
  const slackOf = (level: Ratio): Ratio =>
    figure.what === 'funding' ? level.minus(level.times(FUNDING_SHARE)) : hysteresis;
  const depth = Math.max(
    reachedLevels(figure, all, () => Ratio.ZERO),
    Math.min(held, reachedLevels(figure, all, slackOf)),
  );
  return figure.isStale ? Math.max(held, depth) : depth;
}

/** How many levels a figure has reached, each moved towards it by a slack. */
function reachedLevels(
  { what, value, isAlready }: Judged,
  levels: readonly Ratio[],
  slackOf: (level: Ratio) => Ratio,
): number {
  if (isAlready) return levels.length + 1;
  if (!value) return 0;
  const nearZero = slackOf(Ratio.ZERO);
  if (what === 'distance' && nearZero.sign() > 0 && !value.isAbove(nearZero)) return levels.length + 1;
  return levels.filter((level) => {
    const slack = slackOf(level);
    return RISES[what] ? !value.isBelow(level.minus(slack)) : !value.isAbove(level.plus(slack));
  }).length;
}

/** The level of a depth. */
function levelText(what: AlertSubject, depth: number, { levels }: AlertSettings): string {
  const all = levels[what];
  return depth > all.length ? '0' : (all[depth - 1]?.toText(30) ?? '0');
}

function figuresOf({ what, symbol, side, value, liquidationPrice, mark, markAgeMs, isStale }: Judged): {
  what: string;
  symbol: string | null;
  side: 'long' | 'short' | null;
  value: string | null;
  liquidationPrice: string | null;
  mark: string | null;
  markAgeMs: number | null;
  stale: boolean;
} {
  const text = value?.toText(PERCENT_DECIMALS) ?? null;
  return { what, symbol, side, value: text, liquidationPrice, mark, markAgeMs, stale: isStale };
}

function alertEvent(
  figure: Judged,
  depth: number,
  settings: AlertSettings,
  { isInitial, isReminder }: { readonly isInitial: boolean; readonly isReminder: boolean },
): WatchEvent {
  const level = levelText(figure.what, depth, settings);
  return { type: 'alert', ...figuresOf(figure), level, initial: isInitial, reminder: isReminder };
}

function clearEvent(figure: Judged, was: number, depth: number, settings: AlertSettings): WatchEvent {
  const [level, holds] = [was, depth].map((each) => levelText(figure.what, each, settings)) as [string, string];
  return { type: 'clear', ...figuresOf(figure), level, holds: depth > 0 ? holds : null, closed: false };
}

function closedEvent({ figure, depth }: Held, settings: AlertSettings): WatchEvent {
  const gone = { value: null, liquidationPrice: null, mark: null, markAgeMs: null, stale: false };
  const level = levelText(figure.what, depth, settings);
  return { type: 'clear', ...figuresOf(figure), ...gone, level, holds: null, closed: true };
}

/** Levels in the order in which they are reached. */
export function sortedLevels(what: AlertSubject, levels: readonly Ratio[]): readonly Ratio[] {
  const sorted = [...levels].sort((one, other) => one.compare(other));
  return RISES[what] ? sorted : sorted.reverse();
}
