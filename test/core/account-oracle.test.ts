import { describe, expect, it } from 'vitest';
import { assessAccount, type Account, type AccountAssessment, type AccountPosition } from '../../src/core/account.js';
import { bracketsFrom, type BracketTable } from '../../src/core/brackets.js';
import { marginCall } from '../../src/core/health.js';
import { afterMarketMove } from '../../src/core/market-move.js';
import { maintenanceAt, profitAt } from '../../src/core/leg.js';
import { equityAt, totalMaintenanceAt, type Position, type Terms } from '../../src/core/position.js';
import { Ratio } from '../../src/core/ratio.js';
import { SEED } from '../seed.js';
import {
  fraction,
  isBelow,
  moveEnclosures,
  symbolEnclosures,
  type Enclosure,
  type Fraction,
  type OracleAccount,
  type OraclePosition,
  type Step,
} from '../oracle/account.js';

/** Numbers from 0 to 1, the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

interface Sample {
  readonly account: Account;
  readonly oracle: OracleAccount;
}

interface Row {
  readonly floor: string;
  readonly rate: string;
}

function sample(random: () => number): Sample {
  const between = (low: number, high: number, decimals: number): string =>
    (low + random() * (high - low)).toFixed(decimals);
  const isInverse = random() < 0.3;
  const count = random() < 0.7 ? 1 + Math.floor(random() * 6) : 1 + Math.floor(random() * 30);
  const hasBetas = !isInverse && random() < 0.5;
  const positions: AccountPosition[] = [];
  const oracle: OraclePosition[] = [];
  let gross = 0;
  while (positions.length < count) {
    const mark = random() < 0.5 ? between(50, 60000, 2) : between(0.5, 50, 4);
    const symbol = isInverse ? `COIN_${positions.length}` : `S${positions.length}USDT`;
    const beta = hasBetas && random() < 0.7 ? between(-0.5, 2, 1) : '1';
    const isHedge = random() < 0.3 && positions.length + 1 < count;
    let paired = 0;
    const firstSide: LegText['side'] = random() < 0.6 ? 'long' : 'short';
    for (const side of isHedge ? (['long', 'short'] as const) : [firstSide]) {
      const value =
        side === 'short' && isHedge && random() < 0.7 ? paired * (0.9 + 0.2 * random()) : 100 + random() * 100_000;
      paired = value;
      gross += isInverse ? value / Number(mark) : value;
      const entry = (Number(mark) * (0.7 + random() * 0.6)).toFixed(4);
      const size = (isInverse ? value : value / Number(mark)).toFixed(3);
      const marginValue = isInverse ? value / Number(mark) : value;
      const leg = { side, symbol, mark, entry, size: Number(size) > 0 ? size : '0.001', beta };
      const rated = random() < 0.5 ? flatRate(random, between) : bracketRows(random, marginValue);
      positions.push(positionOf(leg, rated, isInverse, positions.length));
      oracle.push(oracleOf(leg, rated));
    }
  }
  const wallet = (gross * (random() * 0.6 - 0.05)).toFixed(isInverse ? 6 : 2);
  return {
    account: { wallet: Ratio.from(wallet), positions },
    oracle: { isInverse, wallet: fraction(wallet), positions: oracle },
  };
}

type Rated = { readonly mmr: string; readonly cum: string } | { readonly rows: readonly Row[] };

function flatRate(random: () => number, between: (low: number, high: number, decimals: number) => string): Rated {
  return {
    mmr: random() < 0.1 ? between(0.2, 0.9, 3) : between(0, 0.05, 4),
    cum: random() < 0.5 ? '0' : between(0, 20, 2),
  };
}

function bracketRows(random: () => number, value: number): Rated {
  const rows: Row[] = [];
  let [floor, rate] = [0, 0.002 + random() * 0.01];
  for (let index = 0, last = 1 + Math.floor(random() * 5); index < last; index++) {
    rows.push({ floor: floor.toFixed(3), rate: rate.toFixed(4) });
    floor += value * (0.05 + random()) + 0.001;
    rate = Math.min(0.95, rate * (1 + random() * 8) + 0.0001);
  }
  return { rows };
}

interface LegText {
  readonly side: 'long' | 'short';
  readonly symbol: string;
  readonly mark: string;
  readonly entry: string;
  readonly size: string;
  readonly beta: string;
}

function positionOf(leg: LegText, rated: Rated, isInverse: boolean, index: number): AccountPosition {
  const contract = isInverse ? 'inverse' : 'linear';
  const table: BracketTable | undefined =
    'rows' in rated
      ? {
          venue: 'test',
          symbol: leg.symbol,
          contract,
          multiplier: Ratio.ONE,
          asOf: '2026',
          confidence: 'A',
          source: 'random',
          brackets: bracketsFrom(
            rated.rows.map(({ floor, rate }, at) => ({
              floor,
              rate,
              cap: rated.rows[at + 1]?.floor,
              amount: undefined,
            })),
            leg.symbol,
          ),
        }
      : undefined;
  const rates = 'mmr' in rated ? { mmr: Ratio.from(rated.mmr), cum: Ratio.from(rated.cum) } : {};
  return {
    name: `positions[${index}]`,
    mode: 'cross',
    formula: 'exact',
    beta: Ratio.from(leg.beta),
    ...(table && { table }),
    terms: {
      side: leg.side,
      symbol: leg.symbol,
      entry: Ratio.from(leg.entry),
      mark: Ratio.from(leg.mark),
      qty: Ratio.from(leg.size),
      wallet: Ratio.ZERO,
      contract,
      ...rates,
    },
  };
}

function oracleOf(leg: LegText, rated: Rated): OraclePosition {
  const steps: Step[] =
    'rows' in rated
      ? rated.rows.map(({ floor, rate }) => ({ floor: fraction(floor), rate: fraction(rate) }))
      : [{ floor: fraction('0'), rate: fraction(rated.mmr) }];
  return {
    symbol: leg.symbol,
    isLong: leg.side === 'long',
    size: fraction(leg.size),
    entry: fraction(leg.entry),
    mark: fraction(leg.mark),
    beta: fraction(leg.beta),
    steps,
    amount: 'rows' in rated ? fraction('0') : fraction(rated.cum),
  };
}

const asFraction = ({ numerator, denominator }: Ratio): Fraction => ({ n: numerator, d: denominator });

/** Whether an exact place lies in an enclosure. Without an enclosure there must be no place, or one beyond the search. */
function isWithin(place: Ratio | undefined, enclosure: Enclosure, isBeyond: (place: Ratio) => boolean): boolean {
  if (!enclosure) return !place || isBeyond(place);
  if (!place) return false;
  const exact = asFraction(place);
  return !isBelow(exact, enclosure[0]) && !isBelow(enclosure[1], exact);
}

const FARTHEST = Ratio.from('1000000000');
const NEAREST = Ratio.from('0.000000000001');

const seen = {
  accounts: 0,
  positions: 0,
  never: 0,
  already: 0,
  nowhere: 0,
  two: 0,
  moveDown: 0,
  moveUp: 0,
  placesOfMoves: 0,
  moveNever: 0,
  inverse: 0,
  hedged: 0,
  betas: 0,
  calls: 0,
  callsOfHedges: 0,
  callsAbove: 0,
};

/** The margin ratio of the margin call if it is not given. */
const CALL_RATIO = fraction('0.8');

/**
 * Whether the margin call of a position is where the definitions put it: both legs of a hedge have the end nearer to the
 * mark, one leg the end towards its danger.
 */
function isRightCall(oracle: OracleAccount, terms: Terms, position: Position): boolean {
  const { isAnySafe, below, above } = symbolEnclosures(oracle, terms.symbol ?? '', CALL_RATIO);
  const call = marginCall(position);
  const price = call.bound?.price;
  if (!isAnySafe) return call.kind === 'already' && !price;
  const isBeyond = (place: Ratio): boolean => place.isBelow(NEAREST) || place.isAbove(FARTHEST);
  const mark = asFraction(position.mark as Ratio);
  const danger = terms.side === 'long' ? below : above;
  seen.calls++;
  if (!position.partner) return isWithin(price, below && above ? danger : (below ?? above), isBeyond);
  seen.callsOfHedges++;
  const wanted = nearerOf(below, above, mark);
  if (wanted === above && above) seen.callsAbove++;
  return isWithin(price, wanted, isBeyond);
}

/** The end that is nearer to a place, or the one that was passed. */
function nearerOf(below: Enclosure, above: Enclosure, place: Fraction): Enclosure {
  if (!below || !above) return below ?? above;
  if (!isBelow(below[1], place)) return below;
  if (!isBelow(place, above[0])) return above;
  const [toBelow, toAbove] = [less(place, below[0]), less(above[0], place)];
  return isBelow(toAbove, toBelow) ? above : below;
}

const less = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });

function judgePositions({ oracle }: Sample, { positions }: AccountAssessment): string[] {
  const wrong: string[] = [];
  for (const { terms, range, outcome, position, price } of positions) {
    const symbol = terms.symbol ?? '';
    const enclosed = symbolEnclosures(oracle, symbol);
    const [below, above] = range.kind === 'between' ? [range.below, range.above] : [undefined, undefined];
    const isRight =
      range.kind === 'nowhere'
        ? !enclosed.isAnySafe && outcome.kind === 'already' && !price
        : (outcome.kind === 'already') === !enclosed.isSafe &&
          (!enclosed.isAnySafe || isWithin(below, enclosed.below, (place) => place.isBelow(NEAREST))) &&
          (!enclosed.isAnySafe || isWithin(above, enclosed.above, (place) => place.isAbove(FARTHEST)));
    if (!isRight) wrong.push(`${symbol} ${terms.side}`);
    const isJudged = seen.positions % (position.partner ? 3 : 20) === 0;
    if (isJudged && !isRightCall(oracle, terms, position)) {
      wrong.push(`${symbol} ${terms.side} margin call`);
    }
    for (const end of [below, above]) {
      if (end && equityAt(position, end).compare(totalMaintenanceAt(position, end)) !== 0)
        wrong.push(`${symbol} residual`);
    }
    seen.positions++;
    if (outcome.kind === 'never') seen.never++;
    if (outcome.kind === 'already') seen.already++;
    if (range.kind === 'nowhere') seen.nowhere++;
    if (below && above) seen.two++;
    if (position.partner) seen.hedged++;
  }
  return wrong;
}

function judgeMove({ oracle }: Sample, assessment: AccountAssessment): string[] {
  const enclosed = moveEnclosures(oracle);
  const { move, outcome } = assessment;
  const isAlready = outcome === 'already';
  const wrong: string[] = [];
  if (isAlready !== !enclosed.isSafe) wrong.push('outcome');
  if (isAlready) return move.down || move.up ? [...wrong, 'a move though it is liquidated'] : wrong;
  const isEnd = (place: Ratio): boolean => place.isAbove(FARTHEST) || isLimit(oracle, place);
  if (!isWithin(move.down, enclosed.below, isEnd)) wrong.push('down');
  if (!isWithin(move.up, enclosed.above, isEnd)) wrong.push('up');
  for (const each of [move.down, move.up]) {
    if (!each) continue;
    const { equity, maintenance } = legByLeg(assessment, each);
    if (equity.compare(maintenance) !== 0) wrong.push('residual of the move');
  }
  const after = afterMarketMove(assessment.moving, assessment.account.wallet);
  for (const text of ['-0.4', '0', '0.3']) {
    const place = Ratio.from(text);
    if (oracle.positions.some(({ beta }) => Ratio.of(beta.n, beta.d).times(place).plus(Ratio.ONE).sign() <= 0))
      continue;
    const [along, summed] = [after(place), legByLeg(assessment, place)];
    if (along.equity.compare(summed.equity) !== 0) wrong.push(`equity after ${text}`);
    if (along.maintenance.compare(summed.maintenance) !== 0) wrong.push(`maintenance after ${text}`);
    seen.placesOfMoves++;
  }
  if (move.down) seen.moveDown++;
  if (move.up) seen.moveUp++;
  if (outcome === 'never') seen.moveNever++;
  if ((outcome === 'at') !== (move.down !== undefined || move.up !== undefined)) wrong.push('outcome without a move');
  return wrong;
}

/** Equity and maintenance after a move, every leg at its own price. */
function legByLeg({ account, moving }: AccountAssessment, move: Ratio): { equity: Ratio; maintenance: Ratio } {
  const priced = moving.map(({ leg, mark, beta }) => ({ leg, price: mark.times(Ratio.ONE.plus(beta.times(move))) }));
  return {
    equity: Ratio.sum([account.wallet, ...priced.map(({ leg, price }) => profitAt(leg, price))]),
    maintenance: Ratio.sum(priced.map(({ leg, price }) => maintenanceAt(leg, price))),
  };
}

/** Whether a move is so near to a price of zero that the search does not reach it. */
function isLimit({ positions }: OracleAccount, move: Ratio): boolean {
  return positions.some(({ beta }) => {
    const left = Ratio.of(beta.n, beta.d).times(move).plus(Ratio.ONE);
    return left.sign() > 0 && left.isBelow(Ratio.from('0.00000000001'));
  });
}

describe('accounts against an oracle that knows the definitions alone', () => {
  it('agrees on 20,000 random accounts', { timeout: 600_000 }, () => {
    const random = randomNumbers(SEED);
    const wrong: string[] = [];
    for (let number = 0; number < 20_000 && wrong.length < 5; number++) {
      const each = sample(random);
      const assessment = assessAccount(each.account);
      const found = [...judgePositions(each, assessment), ...judgeMove(each, assessment)];
      if (found.length > 0) wrong.push(`account ${number}: ${found.join(', ')}`);
      seen.accounts++;
      if (each.oracle.isInverse) seen.inverse++;
      if (each.oracle.positions.some(({ beta }) => beta.n !== beta.d)) seen.betas++;
    }
    expect(wrong).toEqual([]);
    expect(seen.accounts).toBe(20_000);
  });

  it('has seen every kind of answer', () => {
    const rare = Object.entries(seen).filter(([, count]) => count < 100);
    expect(rare).toEqual([]);
  });
});
