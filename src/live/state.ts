import { Ratio } from '../core/ratio.js';
import { symbolKeyOn } from '../core/venues/index.js';
import { isFailedAccount, readSnapshot, type SnapshotAccount, type SnapshotPool } from './snapshot.js';
import type { RawPosition } from '../formats/raw-account.js';
import { builtPosition, figuresOf, settlementOf, signedQty, type PositionChange } from './live-position.js';
import type { WatchEvent } from '../schema/watch.js';
import { without } from './without.js';
import type { Leg, LeverageEvent, LiveEvent, MarkEvent, Snapshot } from './venue.js';
import type { ExchangeName } from '../formats/exchange-names.js';

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
interface Stamp {
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

interface Stamped extends Stamp {
  readonly text: string;
}

/** A difference that an audit found, and that the stream may still explain. */
interface Suspect {
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
type Draft = { -readonly [K in keyof State]: State[K] };

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

function decimal(text: string | undefined): Ratio | undefined {
  const parsed = text === undefined ? undefined : Ratio.parse(text);
  return parsed?.kind === 'decimal' ? parsed.value : undefined;
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

const tell = (event: WatchEvent): Effect => ({ kind: 'tell', event });

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

type Figures = ReturnType<typeof figuresOf>;

const isSame = (had: Figures, is: Figures): boolean => JSON.stringify(had) === JSON.stringify(is);

/**
 * The part of a margin by which two readings of the same position may differ: some venues give it with the profit at
 * the mark in it, and round both.
 */
const MARGIN_NOISE = Ratio.from('0.0001');

/** Whether two readings show the same position. */
function isAlike(had: Figures, is: Figures): boolean {
  if (!had || !is || isSame(had, is)) return isSame(had, is);
  const [before, after] = [decimal(had.figures.margin ?? undefined), decimal(is.figures.margin ?? undefined)];
  if (!before || !after || before.minus(after).abs().compare(before.abs().times(MARGIN_NOISE)) > 0) return false;
  return isSame(had, { ...is, figures: { ...is.figures, margin: had.figures.margin } });
}

function positionEvent(symbol: string, had: Figures, is: Figures, reason: string): Effect {
  const side = is?.side ?? had?.side ?? 'long';
  return tell({ type: 'position', symbol, side, before: had?.figures ?? null, after: is?.figures ?? null, reason });
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

/** Why a snapshot was taken. */
export type SnapshotReason = 'start' | 'reconnected' | 'audit' | 'config';

/**
 * How far the answers of a venue's requests may be behind its stream, in milliseconds: what the stream said so lately
 * is not taken back by an audit.
 */
export const LAG_MS = 10_000;

/** How long the stream has to explain a difference that an audit found. */
export const EXPLAIN_MS = 3_000;

/**
 * The state after a snapshot.
 *
 * A position keeps what an event said of it if that is newer than its row in the snapshot. What the snapshot changes
 * is a gap: the stream had not told it. Between audits the stream is open, so it gets some time to do so.
 */
export function afterSnapshot(
  state: State,
  snapshot: Snapshot,
  of: { readonly why: SnapshotReason; readonly awayMs: number; readonly ms: number },
  now: Instant,
): Step {
  const { venue, source } = state;
  if (!source) return { state, effects: [] };
  const accounts = readSnapshot(snapshot, source.from, venue);
  if (isFailedAccount(accounts)) {
    const { why, isRefused } = accounts;
    return {
      state,
      effects: [
        isRefused ? { kind: 'refuse', why } : tell({ type: 'error', code: 'UNREADABLE_ACCOUNT', message: why }),
      ],
    };
  }
  const lag = of.why === 'audit' && source.hasStream ? LAG_MS : 0;
  const found: Suspect[] = [];
  const draft: Draft = { ...state, accounts: accounts.map((each) => without(each, 'positions')), isKnown: true };
  draft.levs = levsOf(state, accounts, snapshot.at);
  draft.rows = mergedRows(draft, state, accounts, { snapshot, lag, now, found });
  draft.wallets = mergedWallets(state, accounts, { snapshot, lag, now, found });
  const closed = found.flatMap((each) => closedBy(each));
  const effects: Effect[] = [];
  const isNews = state.isKnown && found.length > 0;
  // Without a stream of positions nothing was missed: only a snapshot shows a change.
  if (isNews && !source.hasStream) effects.push(...found.flatMap((each) => changedBy(each, state, draft)));
  else if (isNews && of.why === 'audit') draft.suspects = [...state.suspects, ...found];
  else if (isNews) effects.push(tell(gapEvent(found, of.awayMs)));
  const positions = [...draft.rows.values()].filter(({ position }) => position).length;
  effects.push(tell({ type: 'snapshot', why: of.why, positions, ms: of.ms }), ...closed);
  return { state: draft, effects };
}

/** The change of a position that a snapshot shows; what the wallet is now, the account says. */
function changedBy({ key, symbol }: Suspect, before: State, after: Draft): readonly Effect[] {
  if (symbol === '') return [];
  const [had, is] = [figuresOf(before.rows.get(key)?.position), figuresOf(after.rows.get(key)?.position)];
  return [positionEvent(symbol, had, is, 'SNAPSHOT')];
}

function closedBy({ symbol, side, had, is }: Suspect): readonly Effect[] {
  const isOther = is === '0' || had.startsWith('-') !== is.startsWith('-');
  if (symbol === '' || had === '0' || !isOther) return [];
  const was = side !== 'both' ? side : had.startsWith('-') ? 'short' : 'long';
  return [{ kind: 'closed', symbol, side: was }];
}

function levsOf(state: State, accounts: readonly SnapshotAccount[], at: number): State['levs'] {
  const levs = new Map(state.levs);
  for (const { positions } of accounts) {
    for (const { symbol, position } of positions) {
      const text = figuresOf(position)?.figures.lev;
      const key = symbolKeyOn(state.venue, symbol);
      const old = levs.get(key);
      if (typeof text === 'string' && (!old || old.time <= at)) levs.set(key, { text, time: at, seen: [] });
    }
  }
  return levs;
}

interface Merge {
  readonly snapshot: Snapshot;
  readonly lag: number;
  readonly now: Instant;
  readonly found: Suspect[];
}

function mergedRows(draft: Draft, state: State, accounts: readonly SnapshotAccount[], merge: Merge): State['rows'] {
  const { snapshot, lag, now, found } = merge;
  const { venue } = state;
  const updated = new Map(snapshot.rows.map(({ symbol, leg, updatedAt }) => [rowKey(venue, symbol, leg), updatedAt]));
  const rows = new Map(state.rows);
  const present = new Set<string>();
  const note = (key: string, row: Row, old: Row | undefined): void => {
    const [had, is] = [signedQty(old?.position), signedQty(row.position)];
    if (!isAlike(figuresOf(old?.position), figuresOf(row.position)))
      found.push({ key, symbol: row.symbol, side: row.leg, had, is, time: row.time, since: now.mono });
  };
  for (const account of accounts) {
    for (const { symbol, leg, position } of account.positions) {
      const key = rowKey(venue, symbol, leg);
      present.add(key);
      const old = rows.get(key);
      const time = updated.get(key) ?? snapshot.at;
      if (old && old.time > time) continue;
      const lev = draft.levs.get(symbolKeyOn(venue, symbol))?.text;
      const current = builtPosition(venue, { symbol, leg, base: position, lev });
      const seen = old?.time === time ? old.seen : [];
      const row = { symbol, leg, pool: account.name, base: position, position: current, time, seen };
      rows.set(key, row);
      note(key, row, old);
    }
  }
  for (const [key, old] of state.rows) {
    if (present.has(key) || !old.position) continue;
    const known = updated.get(key);
    if (known === undefined ? old.time > snapshot.at - lag : old.time > known) continue;
    const row = { ...old, position: undefined, time: Math.max(old.time, known ?? 0) };
    rows.set(key, row);
    note(key, row, old);
  }
  return rows;
}

function mergedWallets(state: State, accounts: readonly SnapshotAccount[], merge: Merge): State['wallets'] {
  const { snapshot, lag, now, found } = merge;
  const wallets = new Map(state.wallets);
  for (const { name, wallet } of accounts) {
    const old = wallets.get(name);
    if (wallet === undefined || (old && old.time > snapshot.at - lag && old.seen.length > 0)) continue;
    wallets.set(name, { text: wallet, time: old?.time ?? 0, seen: old?.seen ?? [] });
    const differs = old && decimal(old.text)?.compare(decimal(wallet) ?? Ratio.ZERO) !== 0;
    if (old && differs)
      found.push({
        key: name,
        symbol: '',
        side: 'both',
        had: old.text,
        is: wallet,
        time: snapshot.at,
        since: now.mono,
      });
  }
  return wallets;
}

function gapEvent(found: readonly Suspect[], awayMs: number): WatchEvent {
  const wallet = found.find(({ symbol }) => symbol === '');
  return {
    type: 'gap',
    awayMs,
    positions: found
      .filter(({ symbol }) => symbol !== '')
      .map(({ symbol, side, had, is }) => ({ symbol, side, had, is })),
    wallet: wallet ? { had: wallet.had, is: wallet.is } : null,
  };
}

/** The state a while after an audit: differences that the stream did not explain are a gap. */
export function afterWaiting(state: State, { mono }: Instant): Step {
  const due = state.suspects.filter(({ since }) => mono - since >= EXPLAIN_MS);
  if (due.length === 0) return { state, effects: [] };
  const suspects = state.suspects.filter((each) => !due.includes(each));
  return {
    state: { ...state, suspects },
    effects: [tell(gapEvent(due, 0)), { kind: 'reopen', because: 'gap' }],
  };
}
