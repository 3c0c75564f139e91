import { accountMarginRatio, isFailed, type AssessedPosition } from '../core/account.js';
import { roomTo } from '../core/liquidation.js';
import type { Ratio } from '../core/ratio.js';
import type { AlertSubject, Judged } from './alerts.js';
import { ageOf, type Freshness } from './freshness.js';
import type { Pool } from './pools.js';
import type { Instant } from './state.js';

/** Everything that alerts watch, as it is now. */
export function judgedFigures(
  pools: readonly Pool[],
  freshness: Freshness,
  now: Instant,
  subjects: ReadonlySet<AlertSubject>,
): readonly Judged[] {
  return pools.flatMap((pool) => [
    ...(subjects.has('distance') ? pool.keys.map((_, index) => distanceOf(pool, index, freshness, now)) : []),
    ...(subjects.has('funding') ? pool.keys.map((_, index) => fundingOf(pool, index, freshness, now)) : []),
    ...(subjects.has('margin-ratio') ? [ratioOf(pool, freshness)] : []),
    ...(subjects.has('move') ? [moveOf(pool, freshness)] : []),
  ]);
}

/** How far a position is from its liquidation price, a fraction of its reference; `undefined` without a price. */
export function roomOf({ outcome, reference }: AssessedPosition): Ratio | undefined {
  return outcome.bound && roomTo(outcome.bound, reference).over(reference);
}

type Placed = Pick<Judged, 'key' | 'what' | 'symbol' | 'side' | 'mark' | 'markAgeMs'>;

function placed(what: AlertSubject, pool: Pool, index: number, now: Instant): Placed {
  const { symbol = '', side } = pool.input?.account.positions[index]?.terms ?? {};
  const mark = pool.marks[index];
  return {
    key: JSON.stringify([what, pool.name, pool.keys[index], side]),
    what,
    symbol: symbol === '' ? (pool.keys[index] ?? '') : symbol,
    side: side ?? null,
    mark: mark?.price.toText(30) ?? null,
    markAgeMs: mark ? ageOf(mark, now) : null,
  };
}

function distanceOf(pool: Pool, index: number, freshness: Freshness, now: Instant): Judged {
  const answer = pool.answer?.assessment.positionAt(index);
  const rest = { ...placed('distance', pool, index, now), isStale: freshness.isTouched(pool, index) };
  if (!answer || isFailed(answer)) {
    return { ...rest, value: undefined, isKnown: false, isAlready: false, liquidationPrice: null };
  }
  return {
    ...rest,
    value: roomOf(answer)?.percent(),
    isKnown: true,
    isAlready: answer.outcome.kind === 'already',
    liquidationPrice: answer.price?.toText(8) ?? null,
  };
}

/** The coming funding rate that a position pays, in percent: what it receives is negative. */
function fundingOf(pool: Pool, index: number, freshness: Freshness, now: Instant): Judged {
  const funding = pool.marks[index]?.funding;
  const side = pool.input?.account.positions[index]?.terms.side;
  return {
    ...placed('funding', pool, index, now),
    value: side === 'short' ? funding?.negated().percent() : funding?.percent(),
    isKnown: funding !== undefined,
    isAlready: false,
    isStale: freshness.isStale(pool.keys[index] ?? ''),
    liquidationPrice: null,
  };
}

const OF_ACCOUNT = { symbol: null, side: null, mark: null, markAgeMs: null, liquidationPrice: null };

function ratioOf(pool: Pool, freshness: Freshness): Judged {
  const assessment = pool.answer?.assessment;
  const ratio = assessment && accountMarginRatio(assessment);
  const isAlready = assessment?.outcome === 'already';
  return {
    ...OF_ACCOUNT,
    key: JSON.stringify(['margin-ratio', pool.name]),
    what: 'margin-ratio',
    value: ratio?.percent(),
    isKnown: assessment !== undefined && assessment.lacking.length === 0,
    isAlready,
    isStale: freshness.isPoolTouched(pool),
  };
}

function moveOf(pool: Pool, freshness: Freshness): Judged {
  const assessment = pool.answer?.assessment;
  const { down, up } = assessment?.move ?? {};
  const moves = [down?.abs(), up].filter((each) => each !== undefined);
  const [first, ...others] = moves;
  return {
    ...OF_ACCOUNT,
    key: JSON.stringify(['move', pool.name]),
    what: 'move',
    value: first && others.reduce((nearest, each) => nearest.min(each), first).percent(),
    isKnown: assessment !== undefined && assessment.lacking.length === 0,
    isAlready: assessment?.outcome === 'already',
    isStale: freshness.isPoolTouched(pool),
  };
}
