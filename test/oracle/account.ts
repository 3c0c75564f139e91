/**
 * Accounts judged from the definitions of equity and maintenance alone: no formula for a price, no lines, no brackets
 * with amounts. Prices and moves are enclosed by bisection on exact fractions.
 */

/** A fraction of two whole numbers, the lower one positive. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export function fraction(text: string): Fraction {
  const [, sign = '', whole = '', decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const n = BigInt(`${sign}${whole}${decimals}`);
  return { n, d: 10n ** BigInt(decimals.length) };
}

function add(a: Fraction, b: Fraction): Fraction {
  if (a.d % b.d === 0n) return { n: a.n + b.n * (a.d / b.d), d: a.d };
  if (b.d % a.d === 0n) return { n: a.n * (b.d / a.d) + b.n, d: b.d };
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}
const subtract = (a: Fraction, b: Fraction): Fraction => add(a, { n: -b.n, d: b.d });
const multiply = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
const divide = (a: Fraction, b: Fraction): Fraction =>
  b.n > 0n ? { n: a.n * b.d, d: a.d * b.n } : { n: -a.n * b.d, d: -a.d * b.n };
export const isBelow = (a: Fraction, b: Fraction): boolean => a.n * b.d < b.n * a.d;
const smaller = (a: Fraction, b: Fraction): Fraction => (isBelow(b, a) ? b : a);
const ZERO: Fraction = { n: 0n, d: 1n };
const ONE: Fraction = { n: 1n, d: 1n };

/** Rates by value: each charges what of the value lies between its floor and the next one's. */
export interface Step {
  readonly floor: Fraction;
  readonly rate: Fraction;
}

/** One position; `size` is base units (linear) or the quote value of all contracts (inverse). */
export interface OraclePosition {
  readonly symbol: string;
  readonly isLong: boolean;
  readonly size: Fraction;
  readonly entry: Fraction;
  readonly mark: Fraction;
  readonly beta: Fraction;
  readonly steps: readonly Step[];
  /** Taken off maintenance, for any value. */
  readonly amount: Fraction;
}

export interface OracleAccount {
  readonly isInverse: boolean;
  readonly wallet: Fraction;
  readonly positions: readonly OraclePosition[];
}

/**
 * Equity minus maintenance over a margin ratio, with each position at a price.
 *
 * @param ratio - as a fraction: 1 asks for liquidation.
 */
export function surplusAt(
  { isInverse, wallet, positions }: OracleAccount,
  priceOf: (position: OraclePosition) => Fraction,
  ratio: Fraction = ONE,
): Fraction {
  let surplus = wallet;
  for (const position of positions) surplus = add(surplus, contribution(position, priceOf(position), isInverse, ratio));
  return surplus;
}

function contribution(
  { isLong, size, entry, steps, amount }: OraclePosition,
  price: Fraction,
  isInverse: boolean,
  ratio: Fraction,
): Fraction {
  const value = isInverse ? divide(size, price) : multiply(size, price);
  const cost = isInverse ? divide(size, entry) : multiply(size, entry);
  const profit = isLong !== isInverse ? subtract(value, cost) : subtract(cost, value);
  return subtract(profit, divide(subtract(maintenance(value, steps), amount), ratio));
}

function maintenance(value: Fraction, steps: readonly Step[]): Fraction {
  let charged = ZERO;
  steps.forEach(({ floor, rate }, index) => {
    if (index > 0 && !isBelow(floor, value)) return;
    const next = steps[index + 1];
    const end = next ? smaller(next.floor, value) : value;
    charged = add(charged, multiply(rate, subtract(end, floor)));
  });
  return charged;
}

/** An interval that holds the only place in it where safety ends; `undefined` if safety does not end within the search. */
export type Enclosure = readonly [Fraction, Fraction] | undefined;

export interface Enclosures {
  readonly isSafe: boolean;
  readonly below: Enclosure;
  readonly above: Enclosure;
  /** Whether anything within the search is safe. */
  readonly isAnySafe: boolean;
}

/** The grid that searches stay on: 12 decimals. */
const GRID = 10n ** 12n;
const onGrid = (steps: bigint): Fraction => ({ n: steps, d: GRID });

/**
 * Where a function of which the positive part is one interval changes its sign, seen from a place.
 *
 * @param from - the place, in steps of the grid, with the ends of the search.
 */
function enclose(
  isPositive: (x: Fraction) => boolean,
  slopeIsUp: (steps: bigint) => boolean,
  from: bigint,
  [low, high]: readonly [bigint, bigint],
): Enclosures {
  const isSafe = isPositive(onGrid(from));
  const inside = isSafe ? from : peak(isPositive, slopeIsUp, low, high);
  if (inside === undefined) return { isSafe, below: undefined, above: undefined, isAnySafe: false };
  const bisect = (safe: bigint, end: bigint): Enclosure => {
    let [good, bad] = [safe, end];
    // Strides that double from the safe place find an end near it sooner than halving from the limit.
    for (let stride = strideFrom(safe, end); ; stride *= 2n) {
      const next = stride === 0n || (safe - stride - end) * (safe - end) <= 0n ? end : safe - stride;
      if (!isPositive(onGrid(next))) {
        bad = next;
        break;
      }
      if (next === end) return undefined;
      good = next;
    }
    while (good - bad > 1n || bad - good > 1n) {
      const middle = (good + bad) / 2n;
      if (isPositive(onGrid(middle))) good = middle;
      else bad = middle;
    }
    return good > bad ? [onGrid(bad), onGrid(good)] : [onGrid(good), onGrid(bad)];
  };
  return { isSafe, below: bisect(inside, low), above: bisect(inside, high), isAnySafe: true };
}

/** A positive place near the top of a concave function, or nothing. */
function peak(
  isPositive: (x: Fraction) => boolean,
  slopeIsUp: (steps: bigint) => boolean,
  low: bigint,
  high: bigint,
): bigint | undefined {
  let [left, right] = [low, high];
  while (right - left > 1n) {
    const middle = (left + right) / 2n;
    if (isPositive(onGrid(middle))) return middle;
    if (slopeIsUp(middle)) left = middle;
    else right = middle;
  }
  return [left, right].find((place) => isPositive(onGrid(place)));
}

/** The first step of a search from a place towards an end of it; it is subtracted. */
function strideFrom(safe: bigint, end: bigint): bigint {
  const size = (safe < 0n ? -safe : safe) / 64n + GRID / 1000n;
  return safe > end ? size : -size;
}

const isPositiveValue = ({ n }: Fraction): boolean => n > 0n;

/** Where the price of one symbol, the others at their marks, takes the account to a margin ratio; 1 ends its safety. */
export function symbolEnclosures(account: OracleAccount, symbol: string, ratio: Fraction = ONE): Enclosures {
  const own = account.positions.filter((position) => position.symbol === symbol);
  const others = { ...account, positions: account.positions.filter((position) => position.symbol !== symbol) };
  const fixed = surplusAt(others, ({ mark }) => mark, ratio);
  const at = (price: Fraction): Fraction =>
    surplusAt({ ...account, wallet: fixed, positions: own }, () => price, ratio);
  const mark = own[0]?.mark ?? ONE;
  const limits: readonly [bigint, bigint] = [1n, 10n ** 24n];
  // An inverse account is concave in one over the price, and there a fall is a rise.
  const isUp = (steps: bigint): boolean => isBelow(at(onGrid(steps)), at(onGrid(steps + 1n)));
  return enclose((price) => isPositiveValue(at(price)), isUp, (mark.n * GRID) / mark.d, limits);
}

/** Where a common move of all marks, each by its beta, ends the safety of the account. */
export function moveEnclosures(account: OracleAccount): Enclosures {
  const priceAfter =
    (move: Fraction) =>
    ({ mark, beta }: OraclePosition): Fraction =>
      multiply(mark, add(ONE, multiply(beta, move)));
  const at = (move: Fraction): Fraction => surplusAt(account, priceAfter(move));
  const [low, high] = moveLimits(account.positions);
  return enclose(
    (move) => isPositiveValue(at(move)),
    () => false,
    0n,
    [low, high],
  );
}

/** The moves in steps of the grid that leave every price positive, up to a billionfold. */
function moveLimits(positions: readonly OraclePosition[]): readonly [bigint, bigint] {
  let [low, high] = [-(10n ** 9n) * GRID, 10n ** 9n * GRID];
  for (const { beta } of positions) {
    if (beta.n === 0n) continue;
    const limit = (-GRID * beta.d) / beta.n;
    if (beta.n > 0n && limit + 1n > low) low = limit + 1n;
    if (beta.n < 0n && limit - 1n < high) high = limit - 1n;
  }
  return [low, high];
}
