import {
  add,
  decimal,
  divide,
  HUNDRED,
  multiply,
  ONE,
  order,
  rational,
  rounded,
  signOf,
  smaller,
  stepAbove,
  stepBelow,
  subtract,
  sum,
  ZERO,
  type Rational,
} from './rational.js';

/** A position as text, under the names and in the units of the command line. */
export interface Given {
  readonly side: 'long' | 'short';
  readonly contract?: 'linear' | 'inverse';
  readonly entry: string;
  readonly lev?: string;
  readonly margin?: string;
  readonly addMargin?: string;
  readonly wallet?: string;
  readonly othersMm?: string;
  readonly othersPnl?: string;
  readonly qty?: string;
  readonly notional?: string;
  readonly multiplier?: string;
  readonly mmr?: string;
  readonly cum?: string;
  readonly mmFee?: string;
  readonly mark?: string;
  readonly liqFee?: string;
  readonly callRatio?: string;
  readonly tick?: string;
}

/** A bracket as text: rates are fractions; it holds values with `floor < value <= cap`. */
export interface Step {
  readonly floor: string;
  readonly cap: string | undefined;
  readonly rate: string;
  readonly amount: string;
}

interface Schedule {
  readonly floor: Rational;
  readonly cap: Rational | undefined;
  readonly rate: Rational;
  readonly amount: Rational;
}

const percent = (text: string | undefined, otherwise = '0'): Rational =>
  divide(decimal((text ?? otherwise).replace('%', '')), HUNDRED);

/** The definitions of the model, evaluated at a price; nothing here is solved. */
export class Model {
  readonly side: Rational;
  readonly inverse: boolean;
  readonly entry: Rational;
  readonly size: Rational;
  readonly fee: Rational;
  readonly schedule: readonly Schedule[];
  readonly lev: Rational | undefined;
  readonly mark: Rational | undefined;
  readonly reference: Rational;

  constructor(
    readonly given: Given,
    steps: readonly Step[] | undefined,
  ) {
    this.side = rational(given.side === 'long' ? 1n : -1n);
    this.inverse = given.contract === 'inverse';
    this.entry = decimal(given.entry);
    const multiplier = decimal(given.multiplier ?? '1');
    const unsized = this.inverse ? multiplier : ONE;
    const counted = given.qty === undefined ? unsized : multiply(decimal(given.qty), this.inverse ? multiplier : ONE);
    const worth = given.notional === undefined ? undefined : decimal(given.notional);
    this.size = worth ? (this.inverse ? worth : divide(worth, this.entry)) : counted;
    this.fee = percent(given.mmFee);
    this.schedule =
      given.mmr === undefined && steps
        ? steps.map(({ floor, cap, rate, amount }) => ({
            floor: decimal(floor),
            cap: cap === undefined ? undefined : decimal(cap),
            rate: decimal(rate),
            amount: decimal(amount),
          }))
        : [{ floor: ZERO, cap: undefined, rate: percent(given.mmr), amount: decimal(given.cum ?? '0') }];
    this.lev = given.lev === undefined ? undefined : decimal(given.lev.replace(/x$/i, ''));
    this.mark = given.mark === undefined ? undefined : decimal(given.mark);
    this.reference = this.mark ?? this.entry;
  }

  /** `q p`, or `N / p`. */
  value(price: Rational): Rational {
    return this.inverse ? divide(this.size, price) : multiply(this.size, price);
  }

  /** `s q (p - E)`, or `s N (1/E - 1/p)`. */
  profit(price: Rational): Rational {
    const gain = this.inverse
      ? multiply(this.size, subtract(divide(ONE, this.entry), divide(ONE, price)))
      : multiply(this.size, subtract(price, this.entry));
    return multiply(this.side, gain);
  }

  /** The number from 0 of the bracket with `floor < value <= cap`; above every cap the last one. */
  bracketAt(price: Rational): number {
    const value = this.value(price);
    const place = this.schedule.findIndex(
      ({ floor, cap }) => order(floor, value) < 0 && (cap === undefined || order(value, cap) <= 0),
    );
    return place === -1 ? this.schedule.length - 1 : place;
  }

  /** `(r + f) value - a` of the bracket that the value belongs to. */
  maintenance(price: Rational): Rational {
    const { rate, amount } = this.schedule[this.bracketAt(price)] as Schedule;
    return subtract(multiply(add(rate, this.fee), this.value(price)), amount);
  }

  get initialMargin(): Rational | undefined {
    return this.lev && divide(this.value(this.entry), this.lev);
  }

  /** The isolated wallet before `addMargin`. */
  get ownMargin(): Rational {
    return this.given.margin === undefined ? (this.initialMargin ?? ZERO) : decimal(this.given.margin);
  }

  /** Isolated: margin. Cross: the cross wallet. */
  get wallet(): Rational {
    if (this.given.wallet !== undefined) return decimal(this.given.wallet);
    return add(this.ownMargin, decimal(this.given.addMargin ?? '0'));
  }

  get othersMaintenance(): Rational {
    return decimal(this.given.othersMm ?? '0');
  }

  /** Equity apart from the position's own profit. */
  get standing(): Rational {
    return add(this.wallet, decimal(this.given.othersPnl ?? '0'));
  }

  equity(price: Rational): Rational {
    return add(this.standing, this.profit(price));
  }

  allMaintenance(price: Rational): Rational {
    return add(this.othersMaintenance, this.maintenance(price));
  }

  /** The most that may leave an isolated wallet: `max(0, min(W - MM, W + PnL - value / lev))`; without lev MM for the last. */
  removable(wallet: Rational, price: Rational): Rational {
    const first = subtract(wallet, this.maintenance(price));
    const held = this.lev ? divide(this.value(price), this.lev) : this.maintenance(price);
    const most = smaller(first, subtract(add(wallet, this.profit(price)), held));
    return signOf(most) < 0 ? ZERO : most;
  }
}

/** The ends of the prices that are safe, or the fact that no price is safe. */
type Safe = 'nowhere' | { readonly below: Rational | undefined; readonly above: Rational | undefined };

/**
 * Where `ratio x equity > maintenance`: the equation is solved within every bracket, a solution counts only if the value
 * there belongs to that bracket, and the sign between the solutions is taken from the definitions.
 */
function safePrices(model: Model, ratio: Rational): Safe {
  const surplus = (price: Rational): number => order(multiply(ratio, model.equity(price)), model.allMaintenance(price));
  const places: Rational[] = [];
  model.schedule.forEach((bracket, index) => {
    const price = solution(model, bracket, ratio);
    if (price === 'everywhere or nowhere') places.push(...edges(model, bracket));
    else if (price && model.bracketAt(price) === index) places.push(price);
  });
  places.sort(order);
  const last = places.at(-1);
  if (!last) return surplus(model.entry) > 0 ? { below: undefined, above: undefined } : 'nowhere';
  const half = rational(1n, 2n);
  let before: Rational | undefined;
  const gaps: boolean[] = [];
  for (const place of places) {
    gaps.push(surplus(multiply(half, add(before ?? ZERO, place))) > 0);
    before = place;
  }
  gaps.push(surplus(multiply(rational(2n), last)) > 0);
  const first = gaps.indexOf(true);
  if (first === -1) return 'nowhere';
  return { below: places[first - 1], above: places[gaps.lastIndexOf(true)] };
}

/**
 * The price at which `ratio (C + profit) = M + (r + f) value - a` in one bracket, by the closed forms: linear
 * `(s q E - C + (M - a)/k) / (q (s - R))`, inverse `N (s + R) / (s N/E + C - (M - a)/k)` with `R = (r + f)/k`.
 */
function solution(model: Model, { rate, amount }: Schedule, ratio: Rational) {
  const { side, size, entry, standing } = model;
  const demanded = divide(subtract(model.othersMaintenance, amount), ratio);
  const share = divide(add(rate, model.fee), ratio);
  const top = model.inverse
    ? multiply(size, add(side, share))
    : sum(multiply(side, multiply(size, entry)), multiply(rational(-1n), standing), demanded);
  const bottom = model.inverse
    ? subtract(add(multiply(side, divide(size, entry)), standing), demanded)
    : multiply(size, subtract(side, share));
  if (signOf(bottom) === 0) return signOf(top) === 0 ? 'everywhere or nowhere' : undefined;
  if (signOf(top) === 0) return undefined;
  const price = divide(top, bottom);
  return signOf(price) > 0 ? price : undefined;
}

/** The prices at which the value is the floor or the cap of a bracket. */
function edges(model: Model, { floor, cap }: Schedule): Rational[] {
  return [floor, cap]
    .filter((edge): edge is Rational => edge !== undefined && signOf(edge) > 0)
    .map((edge) => (model.inverse ? divide(model.size, edge) : divide(edge, model.size)));
}

/** Of two ends the one that a margin call is about: below a long, above a short. */
function towardsDanger(safe: Safe, { side }: Model): Safe {
  if (safe === 'nowhere' || !safe.below || !safe.above) return safe;
  return signOf(side) > 0 ? { ...safe, above: undefined } : { ...safe, below: undefined };
}

/** The decimals that a decimal takes. */
function placesOf(value: Rational): number {
  let places = 0;
  while (order(decimal(rounded(value, places)), value) !== 0) places++;
  return places;
}

/** A price that ends safety: liquidated below it (`floor`) or above it. */
interface End {
  readonly price: Rational;
  readonly isFloor: boolean;
}

interface Verdict {
  readonly outcome: 'at' | 'never' | 'already';
  readonly end?: End | undefined;
}

function verdict(safe: Safe, reference: Rational): Verdict {
  if (safe === 'nowhere') return { outcome: 'already' };
  const below = safe.below && { price: safe.below, isFloor: true };
  const above = safe.above && { price: safe.above, isFloor: false };
  if (below && order(reference, below.price) <= 0) return { outcome: 'already', end: below };
  if (above && order(reference, above.price) >= 0) return { outcome: 'already', end: above };
  if (!below && !above) return { outcome: 'never' };
  if (!below || !above) return { outcome: 'at', end: below ?? above };
  const isAboveNearer = order(subtract(above.price, reference), subtract(reference, below.price)) < 0;
  return { outcome: 'at', end: isAboveNearer ? above : below };
}

/** Rules of the price; `article` and `simple` are those of the web. */
export type Rule = 'exact' | 'simple' | 'article';

/** `E - s((C + a)/q - (r + f) E)`, inverse `N / (N/E + s (C + a - (r + f) N/E))`, with the entry's bracket. */
function simplePrice(model: Model): Rational | undefined {
  const { side, size, entry } = model;
  const { rate, amount } = model.schedule[model.bracketAt(entry)] as Schedule;
  const margin = sum(model.standing, multiply(rational(-1n), model.othersMaintenance), amount);
  const held = multiply(add(rate, model.fee), model.value(entry));
  const room = multiply(side, subtract(margin, held));
  const bottom = model.inverse ? add(divide(size, entry), room) : size;
  const top = model.inverse ? size : subtract(multiply(size, entry), room);
  if (signOf(bottom) === 0) return undefined;
  const price = divide(top, bottom);
  return signOf(price) > 0 ? price : undefined;
}

/** `MM = E r`; long `(E lev - MM)/(lev - 1)`, short `(E lev + MM)/(lev + 1)`; a long at `lev` <= 1 has no such price. */
function articlePrice(model: Model): Rational | undefined {
  const { side, entry, lev, schedule } = model;
  const held = multiply(entry, (schedule[0] as Schedule).rate);
  const leverage = lev ?? ONE;
  const bottom = subtract(leverage, side);
  return signOf(bottom) > 0 ? divide(subtract(multiply(entry, leverage), multiply(side, held)), bottom) : undefined;
}

function verdictOf(model: Model, rule: Rule): Verdict {
  if (rule === 'exact') return verdict(safePrices(model, ONE), model.reference);
  const isLong = signOf(model.side) > 0;
  if (rule === 'article') {
    const price = articlePrice(model);
    if (!price) return { outcome: 'never' };
    const isSafe = order(model.equity(model.reference), model.allMaintenance(model.reference)) > 0;
    return { outcome: isSafe ? 'at' : 'already', end: { price, isFloor: isLong } };
  }
  const price = simplePrice(model);
  const held = add(model.maintenance(model.entry), model.othersMaintenance);
  const isSafe = order(model.equity(model.reference), held) > 0;
  if (!price) return { outcome: isSafe ? 'never' : 'already' };
  return { outcome: isSafe ? 'at' : 'already', end: { price, isFloor: isLong } };
}

/** Every answer of a position, written as the command line writes it; a key that is left out does not apply. */
export type Answers = Readonly<Record<string, string | number | null>>;

/** What the oracle says of a position. */
export interface Statement {
  readonly model: Model;
  readonly answers: Answers;
  /** The liquidation price, unrounded. */
  readonly price: Rational | undefined;
  /** Whether the tick moves the liquidation price to the reference, past it or, beyond it already, by more than itself. */
  readonly isTickTooCoarse: boolean;
}

/** Why a position is refused, as the code of the problem; `undefined` if it is valid. */
export function refusal(given: Given, steps?: readonly Step[]): string | undefined {
  const model = new Model(given, steps);
  const highest = (model.schedule.at(-1) as Schedule).rate;
  if (order(add(highest, model.fee), ONE) >= 0) return 'RATES_TOO_HIGH';
  const cap = given.mmr === undefined ? model.schedule.at(-1)?.cap : undefined;
  if (cap && order(model.value(model.entry), cap) > 0) return 'NOTIONAL_OUTSIDE_BRACKETS';
  if (given.wallet !== undefined) return undefined;
  const change = decimal(given.addMargin ?? '0');
  if (signOf(change) < 0) {
    const taken = multiply(rational(-1n), change);
    if (order(taken, model.removable(model.ownMargin, model.reference)) > 0) return 'NOT_REMOVABLE';
  }
  return signOf(model.wallet) > 0 ? undefined : 'WALLET_NOT_POSITIVE';
}

/** Everything that cli.md section 2 describes of one position, from the definitions. */
export function state(
  given: Given,
  steps: readonly Step[] | undefined,
  decimals: number,
  rule: Rule = 'exact',
): Statement {
  const model = new Model(given, steps);
  const { reference, mark, lev } = model;
  const found = verdictOf(model, rule);
  const price = found.end?.price;
  const call = verdict(towardsDanger(safePrices(model, percent(given.callRatio, '80')), model), reference).end;
  const isCross = given.wallet !== undefined;
  const isTabled = given.mmr === undefined;
  const amount = (value: Rational | undefined): string | null => (value ? rounded(value, decimals) : null);
  const four = (value: Rational | undefined): string | null => (value ? rounded(value, 4) : null);
  const inPercent = (part: Rational | undefined, whole: Rational | undefined): string | null =>
    part && whole && signOf(whole) > 0 ? four(divide(multiply(part, HUNDRED), whole)) : null;
  const onTick = (value: Rational | undefined): string | null =>
    value ? rounded(value, Math.max(decimals, given.tick === undefined ? 0 : placesOf(decimal(given.tick)))) : null;
  const room = (end: End, at: Rational): Rational => (end.isFloor ? subtract(reference, at) : subtract(at, reference));
  const ticked = (end: End | undefined): Rational | undefined => {
    if (!end || given.tick === undefined) return end?.price;
    const step = decimal(given.tick);
    const moved = (end.isFloor ? stepAbove : stepBelow)(end.price, step);
    const isUsable =
      signOf(room(end, end.price)) > 0 ? signOf(room(end, moved)) > 0 : signOf(subtract(end.price, step)) >= 0;
    return isUsable ? moved : undefined;
  };
  const distance =
    found.end && (found.end.isFloor ? subtract(reference, found.end.price) : subtract(found.end.price, reference));
  const place = price ? model.bracketAt(price) : isTabled ? undefined : 0;
  const bracket = place === undefined ? undefined : model.schedule[place];
  const loss = price && multiply(rational(-1n), model.profit(price));
  const fee = price && given.liqFee !== undefined ? multiply(model.value(price), percent(given.liqFee)) : undefined;
  const total = loss && fee && add(loss, fee);
  const marked: Record<string, string | null> = {};
  if (mark) {
    const equity = model.equity(mark);
    const solvent = signOf(equity) > 0 ? equity : undefined;
    marked['unrealizedPnl'] = amount(model.profit(mark));
    marked['roi'] = inPercent(model.profit(mark), model.initialMargin ?? model.wallet);
    marked['positionRoi'] = lev ? inPercent(model.profit(mark), divide(model.value(mark), lev)) : null;
    marked['marginRatio'] = inPercent(model.allMaintenance(mark), solvent);
    marked['effectiveLeverage'] = four(solvent && divide(model.value(mark), solvent));
    marked['removableMargin'] = amount(isCross || !lev ? undefined : model.removable(model.wallet, mark));
  }
  const answers: Answers = {
    outcome: found.outcome,
    liquidationPrice: onTick(ticked(found.end)),
    distance: amount(distance),
    distancePercent: inPercent(distance, reference),
    bankruptcyPrice: amount(bankruptcyPrice(model)),
    marginCallPrice: onTick(ticked(call)),
    entryNotional: amount(model.inverse ? model.size : multiply(model.size, model.entry)),
    initialMargin: amount(model.initialMargin),
    walletMargin: amount(subtract(model.standing, model.othersMaintenance)),
    maintenanceMargin: amount(model.maintenance(reference)),
    maintenanceAtLiquidation: amount(price && model.maintenance(price)),
    maintenanceRate: four(bracket && multiply(bracket.rate, HUNDRED)),
    maintenanceAmount: amount(bracket?.amount),
    bracket: isTabled && place !== undefined ? place + 1 : null,
    lossAtLiquidation: amount(loss),
    liquidationFee: amount(fee),
    lossIfLiquidated: amount(total && smaller(total, signOf(model.standing) > 0 ? model.standing : ZERO)),
    ...marked,
  };
  const isTickTooCoarse = found.end !== undefined && ticked(found.end) === undefined;
  return { model, answers, price, isTickTooCoarse };
}

/** `E - s C / q`, or `N / (N/E + s C)`, where it is positive. */
function bankruptcyPrice({ inverse, side, size, entry, standing }: Model): Rational | undefined {
  const shift = multiply(side, standing);
  const bottom = inverse ? add(divide(size, entry), shift) : size;
  if (signOf(bottom) === 0) return undefined;
  const price = inverse ? divide(size, bottom) : subtract(entry, divide(shift, size));
  return signOf(price) > 0 ? price : undefined;
}
