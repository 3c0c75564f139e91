import { Ratio } from '../core/ratio.js';
import { symbolKeyOn } from '../core/venues/index.js';
import type { WatchEvent } from '../schema/watch.js';
import { builtPosition, figuresOf, signedQty } from './live-position.js';
import { isFailedAccount, readSnapshot, type SnapshotAccount } from './snapshot.js';
import {
  decimal,
  isSame,
  positionEvent,
  rowKey,
  tell,
  type Draft,
  type Effect,
  type Figures,
  type Instant,
  type Row,
  type SnapshotReason,
  type State,
  type Step,
  type Suspect,
} from './state.js';
import type { Snapshot } from './venue.js';
import { without } from './without.js';

/**
 * How far the answers of a venue's requests may be behind its stream, in milliseconds: what the stream said so lately
 * is not taken back by an audit.
 */
export const LAG_MS = 10_000;

/** How long the stream has to explain a difference that an audit found. */
export const EXPLAIN_MS = 3_000;

/** Why a snapshot was taken, and how. */
interface SnapshotOf {
  readonly why: SnapshotReason;
  /** For how long there was no stream. */
  readonly awayMs: number;
  /** How long it took. */
  readonly ms: number;
  /** Whether the stream is down, so that nothing but snapshots has news. */
  readonly isUntold?: boolean;
}

/**
 * The state after a snapshot.
 *
 * A position keeps what an event said of it if that is newer than its row in the snapshot. What the snapshot changes
 * is a gap: the stream had not told it. Between audits the stream is open, so it gets some time to do so.
 */
export function afterSnapshot(state: State, snapshot: Snapshot, of: SnapshotOf, now: Instant): Step {
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
  const isAudit = of.why === 'audit' && of.isUntold !== true;
  const lag = isAudit && source.hasStream ? LAG_MS : 0;
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
  else if (isNews && isAudit) draft.suspects = [...state.suspects, ...found];
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
