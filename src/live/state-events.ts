import { Ratio } from '../core/ratio.js';
import { symbolKeyOn } from '../core/venues/index.js';
import type { WatchEvent } from '../schema/watch.js';
import { builtPosition, figuresOf, settlementOf } from './live-position.js';
import {
  decimal,
  isSame,
  positionEvent,
  rowKey,
  tell,
  type Draft,
  type Effect,
  type Instant,
  type Mark,
  type Row,
  type Stamp,
  type State,
  type Step,
} from './state.js';
import type { LeverageEvent, LiveEvent, MarkEvent } from './venue.js';
import { without } from './without.js';

/**
 * The state after the events of one frame.
 *
 * Each thing (a mark, a position, a wallet, a leverage) keeps what happened last to it by the venue's clock, so the
 * order in which frames come, and how often, makes no difference.
 */
export function afterEvents(state: State, events: readonly LiveEvent[], now: Instant): Step {
  const draft: Draft = { ...state };
  const effects: Effect[] = [];
  const marks = events.filter((event) => event.kind === 'mark');
  if (marks.length > 0) draft.marks = withMarks(state, marks, now);
  for (const event of events) {
    if (event.kind !== 'mark') effects.push(...apply(draft, event));
  }
  return { state: draft, effects };
}

function withMarks(state: State, events: readonly MarkEvent[], { mono }: Instant): ReadonlyMap<string, Mark> {
  const marks = new Map(state.marks);
  for (const event of events) {
    const key = symbolKeyOn(state.venue, event.symbol);
    const old = marks.get(key);
    if (old && old.time >= event.time) continue;
    const mark = markOf(event, mono);
    if (mark) marks.set(key, mark);
  }
  return marks;
}

function markOf({ price, index, funding, nextFunding, time }: MarkEvent, arrived: number): Mark | undefined {
  const value = decimal(price);
  if (value?.sign() !== 1) return undefined;
  const [indexPrice, rate] = [decimal(index), decimal(funding)];
  return {
    price: value,
    ...(indexPrice?.sign() === 1 && { index: indexPrice }),
    ...(rate && { funding: rate }),
    ...(nextFunding !== undefined && { nextFunding }),
    time,
    arrived,
  };
}

type Other = Exclude<LiveEvent, MarkEvent>;

function apply(draft: Draft, event: Other): readonly Effect[] {
  switch (event.kind) {
    case 'position':
      return applyPosition(draft, event);
    case 'wallet':
      return applyWallet(draft, event);
    case 'leverage':
      return applyLeverage(draft, event);
    case 'multiAssets':
      return isRepeated(draft, event) ? [] : [{ kind: 'resync', why: 'config' }];
    case 'brackets':
      if (isRepeated(draft, event)) return [];
      return [
        tell({ type: 'brackets', symbol: event.symbol, change: 'announced by the venue' }),
        { kind: 'brackets', symbol: event.symbol },
      ];
    case 'unsupported':
      return [{ kind: 'refuse', why: event.why }];
    case 'userStreamGone':
      return [{ kind: 'reopen', because: 'gone' }];
    case 'unreadable':
      return [
        tell({ type: 'error', code: 'UNREADABLE_FRAME', message: `a frame of ${event.bytes} bytes was not read` }),
      ];
    case 'ignored':
      return [];
    case 'funding':
      return isRepeated(draft, event) ? [] : applyFunding(draft, event);
    case 'marginCall':
      return isRepeated(draft, event) ? [] : event.positions.map(marginCall);
    default:
      return isRepeated(draft, event) ? [] : [tell(happened(event))];
  }
}

const MOST_RECENT = 512;

/** Whether something that happens once was reported already; the last ones are kept. */
function isRepeated(draft: Draft, event: Other): boolean {
  const key = JSON.stringify(event);
  if (draft.recent.has(key)) return true;
  const kept = draft.recent.size < MOST_RECENT ? draft.recent : [...draft.recent].slice(MOST_RECENT / 2);
  draft.recent = new Set([...kept, key]);
  return false;
}

/** The stamp of a thing after an event, or `undefined` if the event is older, or came already. */
function stamped(old: Stamp | undefined, time: number, content: string): Stamp | undefined {
  if (!old || time > old.time) return { time, seen: [content] };
  if (time < old.time || old.seen.includes(content)) return undefined;
  return { time, seen: [...old.seen, content] };
}

type PositionEvent = Extract<LiveEvent, { kind: 'position' }>;

function applyPosition(draft: Draft, event: PositionEvent): readonly Effect[] {
  const { symbol, leg, time, reason } = event;
  const change = without(event, 'kind', 'symbol', 'leg', 'time', 'reason');
  const key = rowKey(draft.venue, symbol, leg);
  const old = draft.rows.get(key);
  const stamp = stamped(old, time, JSON.stringify(change));
  if (!stamp) return [];
  draft.suspects = draft.suspects.filter((each) => each.key !== key || each.time > time);
  const lev = draft.levs.get(symbolKeyOn(draft.venue, symbol))?.text;
  const position = builtPosition(draft.venue, { symbol, leg, base: old?.base, change, lev });
  const pool = old?.pool ?? poolOf(draft, symbol);
  const row: Row = { symbol, leg, pool, base: old?.base, change, position, ...stamp };
  draft.rows = new Map(draft.rows).set(key, row);
  if (!draft.isKnown) return [];
  const [had, is] = [figuresOf(old?.position), figuresOf(position)];
  const side = is?.side ?? had?.side;
  if (side === undefined || isSame(had, is)) return [];
  const effects: Effect[] = [positionEvent(symbol, had, is, reason)];
  if (had && had.side !== is?.side) effects.push({ kind: 'closed', symbol, side: had.side });
  if (is && is.figures.lev === null) effects.push({ kind: 'leverage', symbol });
  return effects;
}

/** The pool of a symbol that no position had before: that of its other leg, or of its settlement asset. */
function poolOf(draft: Draft, symbol: string): string {
  const [only] = draft.accounts;
  if (only && (draft.accounts.length === 1 || only.isMultiAssets)) return only.name;
  const key = symbolKeyOn(draft.venue, symbol);
  const sibling = [...draft.rows.values()].find((row) => symbolKeyOn(draft.venue, row.symbol) === key);
  return sibling?.pool ?? settlementOf(draft.venue, symbol);
}

function applyWallet(draft: Draft, event: Extract<LiveEvent, { kind: 'wallet' }>): readonly Effect[] {
  const { asset, cross, time } = event;
  // The wallet of several assets is a value that only the venue knows.
  if (draft.accounts.some(({ isMultiAssets }) => isMultiAssets))
    return isRepeated(draft, event) ? [] : [{ kind: 'resync', why: 'config' }];
  const stamp = stamped(draft.wallets.get(asset), time, cross);
  if (!stamp) return [];
  draft.suspects = draft.suspects.filter((each) => each.key !== asset || each.time > time);
  draft.wallets = new Map(draft.wallets).set(asset, { text: cross, ...stamp });
  return [];
}

function applyLeverage(draft: Draft, { symbol, lev, time }: LeverageEvent): readonly Effect[] {
  const key = symbolKeyOn(draft.venue, symbol);
  const old = draft.levs.get(key);
  const stamp = stamped(old, time, lev);
  if (!stamp) return [];
  draft.levs = new Map(draft.levs).set(key, { text: lev, ...stamp });
  const effects: Effect[] = [];
  const rows = new Map(draft.rows);
  for (const [at, row] of draft.rows) {
    if (!row.position || symbolKeyOn(draft.venue, row.symbol) !== key) continue;
    const position = builtPosition(draft.venue, { ...row, lev });
    rows.set(at, { ...row, position });
    const [had, is] = [figuresOf(row.position), figuresOf(position)];
    if (!isSame(had, is)) effects.push(positionEvent(symbol, had, is, 'LEVERAGE'));
  }
  draft.rows = rows;
  return draft.isKnown ? effects : [];
}

function applyFunding(draft: Draft, event: Extract<LiveEvent, { kind: 'funding' }>): readonly Effect[] {
  const { asset, amount, symbol } = event;
  const paid = decimal(amount);
  if (!paid) return [];
  const accrued = (draft.accrued.get(asset) ?? Ratio.ZERO).plus(paid);
  draft.accrued = new Map(draft.accrued).set(asset, accrued);
  return [tell({ type: 'funding', asset, amount, symbol: symbol ?? null, accrued: accrued.toText(30) })];
}

function marginCall(of: Extract<LiveEvent, { kind: 'marginCall' }>['positions'][number]): Effect {
  const { symbol, leg, amount, mark, maintenance } = of;
  const side = leg === 'both' ? (amount.startsWith('-') ? 'short' : 'long') : leg;
  return tell({ type: 'marginCall', symbol, side, mark, maintenance, ourMaintenance: null, difference: null });
}

type Happened = Extract<LiveEvent, { kind: 'order' | 'fill' | 'liquidation' | 'adl' }>;

function happened(event: Happened): WatchEvent {
  if (event.kind === 'order') {
    const { kind, price = null, trigger = null, type: orderType } = event;
    return { ...without(event, 'kind', 'leg'), type: kind, orderType, price, trigger };
  }
  const { kind, fee = null, feeAsset = null, realised = null } = event;
  return { ...without(event, 'kind', 'leg'), type: kind, fee, feeAsset, realised };
}
