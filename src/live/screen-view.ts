import { isFailed } from '../core/account.js';
import { shownPrice } from '../core/liquidation.js';
import type { Ratio } from '../core/ratio.js';
import { symbolKeyOn } from '../core/venues/index.js';
import { failureOf } from '../report/failure.js';
import { priceDecimals } from '../report/figures.js';
import { sizeWords } from '../report/text/account-rows.js';
import type { Screen, ScreenPool, ScreenRow } from '../report/text/watch-screen.js';
import { timeWords } from '../report/text/watch-words.js';
import { ageOf, LATE_MS } from './freshness.js';
import { roomOf } from './judge.js';
import type { Pool } from './pools.js';
import type { WatchView } from './session-settings.js';

/** How rows are sorted. */
export const SORTS = ['room', 'symbol', 'input'] as const;
export type Sort = (typeof SORTS)[number];

/** A row with the position it shows. */
export interface ViewedRow extends ScreenRow {
  readonly pool: Pool;
  readonly index: number;
}

/** The positions of a watch as rows of a screen. */
export function viewedRows(view: WatchView, sort: Sort): readonly ViewedRow[] {
  const rows = view.pools.flatMap((pool) => pool.keys.map((_, index) => rowOf(view, pool, index)));
  if (sort === 'symbol') return rows.toSorted((one, other) => (one.symbol < other.symbol ? -1 : 1));
  if (sort === 'input') return rows;
  return rows.toSorted((one, other) => (one.room ?? Infinity) - (other.room ?? Infinity));
}

function rowOf({ now, freshness, alerts }: WatchView, pool: Pool, index: number): ViewedRow {
  const position = pool.input?.account.positions[index];
  const mark = pool.marks[index];
  const answer = pool.answer?.assessment.positionAt(index);
  const ageMs = mark ? ageOf(mark, now) : undefined;
  const { side = 'long', symbol = pool.keys[index] ?? '' } = position?.terms ?? {};
  const isTouched = freshness?.isTouched(pool, index) ?? true;
  const oldest = Math.max(ageMs ?? 0, ...(position?.mode === 'cross' ? agesOf(pool, now) : []));
  return {
    pool,
    index,
    symbol,
    side,
    isIsolated: position?.mode === 'isolated',
    size: answer && !isFailed(answer) ? sizeWords(answer.terms, 12) : (position?.terms.qty?.toText(12) ?? ''),
    mark: mark ? priceIn(pool, index, mark.price) : '',
    age: ageMs === undefined ? '' : shortAge(ageMs),
    isLate: (ageMs ?? 0) >= LATE_MS,
    ...priceOf(pool, index),
    stale: isTouched ? (mark ? shortAge(oldest) : '') : undefined,
    depth: alerts.get(JSON.stringify(['distance', pool.name, pool.keys[index], side]))?.depth ?? 0,
  };
}

const agesOf = (pool: Pool, now: WatchView['now']): readonly number[] =>
  pool.marks.flatMap((mark, index) =>
    mark && pool.input?.account.positions[index]?.mode === 'cross' ? [ageOf(mark, now)] : [],
  );

function shortAge(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)}s` : timeWords(ms).replace(' ', '');
}

function priceOf(pool: Pool, index: number): Pick<ScreenRow, 'liquidation' | 'room'> {
  const answer = pool.answer?.assessment.positionAt(index);
  if (!answer) return { liquidation: '', room: undefined };
  if (isFailed(answer)) return { liquidation: `failed: ${failureOf(answer.failure).code}`, room: undefined };
  const { outcome, reference, terms } = answer;
  const price = shownPrice(outcome, reference, terms.tick);
  if (!price) return { liquidation: outcome.kind, room: undefined };
  const room = roomOf(answer)?.percent().toFixed(4);
  return {
    liquidation: priceIn(pool, index, price),
    room: room === undefined ? undefined : Number(room),
  };
}

/** Decimals of an entry that count for the shown prices. */
const MOST_ENTRY_DECIMALS = 4;

/** A price with the decimals of its position. */
function priceIn({ answer }: Pool, index: number, price: Ratio): string {
  const entryDecimals = Math.min(answer?.input.facts[index]?.entryDecimals ?? 2, MOST_ENTRY_DECIMALS);
  return price.toFixed(priceDecimals({ entryDecimals, decimals: undefined }, price));
}

/** The pools of a watch for a screen. */
export function viewedPools({ pools, freshness }: WatchView): readonly ScreenPool[] {
  return pools.map((pool) => ({
    answer: pool.answer,
    problem: pool.problem?.message,
    isStale: freshness?.isPoolTouched(pool) ?? true,
  }));
}

const FACTS_SHOWN = 4;

/** Funding of the watched symbols: the coming rate, when it is paid, and the amount. */
export function fundingFact(view: WatchView, rows: readonly ViewedRow[]): Screen['facts'] {
  const texts = rows.slice(0, FACTS_SHOWN).flatMap(({ pool, index, symbol, side }) => {
    const mark = pool.marks[index];
    const answer = pool.answer?.assessment.positionAt(index);
    if (!mark?.funding) return [];
    const left = mark.nextFunding === undefined ? '' : ` in ${countdown(mark.nextFunding - serverNow(view))}`;
    const size = answer && !isFailed(answer) ? answer.position.size : undefined;
    const isLinear = answer && !isFailed(answer) && answer.position.contract.name === 'linear';
    const value = size && (isLinear ? size.times(mark.price) : size);
    const paid = value?.times(mark.funding);
    const amount = paid && (side === 'long' ? paid.negated() : paid);
    const unit = isLinear ? '' : ' USD';
    return [`${symbol} ${mark.funding.percent().toFixed(4)} %${left}${amount ? ` (${amount.toFixed(2)}${unit})` : ''}`];
  });
  return texts.length > 0 ? [{ label: 'Funding', text: texts.join('   ') }] : [];
}

const serverNow = ({ now, wall }: WatchView): number => (Number.isFinite(now.server) ? now.server : wall);

function countdown(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** The symbols that are watched without a position. */
export function watchedLines({
  symbols,
  marks,
  now,
  freshness,
  venue,
}: WatchView & { readonly venue: string }): readonly string[] {
  return symbols.map((symbol) => {
    const key = symbolKeyOn(venue, symbol);
    const mark = marks.get(key);
    if (!mark) return `   ${key}  no mark yet`;
    const age = ageOf(mark, now);
    const old = freshness?.isStale(key) ? `STALE ${shortAge(age)}` : shortAge(age);
    const index = mark.index ? `   index ${mark.index.toText(8)}` : '';
    const funding = mark.funding ? `   funding ${mark.funding.percent().toFixed(4)} %` : '';
    return `   ${key}  mark ${mark.price.toText(8)}  ${old}${index}${funding}`;
  });
}
