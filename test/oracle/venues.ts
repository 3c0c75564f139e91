import {
  add,
  decimal,
  divide,
  HUNDRED,
  multiply,
  ONE,
  order,
  rational,
  signOf,
  subtract,
  sum,
  ZERO,
  type Rational,
} from './rational.js';

/** A tier as text: rates are fractions; it holds what is counted with `floor < counted <= cap`. */
export interface Tier {
  readonly cap: string | undefined;
  readonly rate: string;
}

/** A position at a venue, under the names and in the units of the command line. */
export interface VenuePosition {
  readonly venue: string;
  readonly side: 'long' | 'short';
  readonly contract: 'linear' | 'inverse';
  readonly entry: string;
  readonly qty: string;
  readonly multiplier?: string;
  readonly lev?: string;
  readonly margin?: string;
  readonly addMargin?: string;
  readonly wallet?: string;
  readonly othersMm?: string;
  readonly othersPnl?: string;
  readonly mmr?: string;
  readonly cum?: string;
  readonly mmFee?: string;
  readonly taker?: string;
  readonly liqFee?: string;
  readonly mark?: string;
}

/**
 * How a venue counts maintenance in one margin mode, as its own texts say it. `mmFee` is a share of the value and takes
 * the place of any fee that a venue counts.
 */
interface Counting {
  /** The price at which the value is taken: that of the liquidation, of the entry, or the present mark. */
  readonly at: 'liquidation' | 'entry' | 'mark';
  /** Each rate for its part of the value, or the rate of one tier for all of it. */
  readonly tiers: 'parts' | 'all by value' | 'all by contracts';
  /** The fee inside the maintenance: the usual rate, in percent, and the field that replaces it. */
  readonly fee?: readonly [usual: string, field: 'taker' | 'liqFee'];
  /** A fee fixed at the entry, as a share of the value there. */
  readonly fixed?: (rate: Rational, side: Rational, leverage: Rational, inverse: boolean) => Rational;
  /** Added margin pays for its own part of the fee to close. */
  readonly addedPaysFee?: boolean;
}

const usual = { okx: '0.05', gate: '0.075', bitget: '0.06', kucoin: '0.06', bybit: '0.055' };

/** The fee to close at the bankruptcy price of the leverage: `1 - s/lev` of the entry value, inverse `1 + s/lev`. */
const feeToClose: Counting['fixed'] = (rate, side, leverage, inverse) => {
  const shift = divide(side, leverage);
  return multiply(rate, inverse ? add(ONE, shift) : subtract(ONE, shift));
};

const atPrice: Counting = { at: 'liquidation', tiers: 'parts' };
const bybit: Counting = { ...atPrice, fee: [usual.bybit, 'taker'], addedPaysFee: true };
const bitgetCross: Counting = { at: 'mark', tiers: 'parts', fee: [usual.bitget, 'taker'] };

/** The rules, one line a venue and mode; `undefined` where a venue has no such price. */
const COUNTINGS: Readonly<Record<string, readonly [isolated: Counting, cross: Counting | undefined]>> = {
  binance: [atPrice, atPrice],
  hyperliquid: [atPrice, atPrice],
  'hyperliquid-2023': [
    { at: 'mark', tiers: 'parts' },
    { at: 'mark', tiers: 'parts' },
  ],
  dydx: [atPrice, atPrice],
  okx: [
    { at: 'liquidation', tiers: 'all by contracts', fee: [usual.okx, 'taker'] },
    { at: 'liquidation', tiers: 'all by contracts', fee: [usual.okx, 'taker'] },
  ],
  bybit: [bybit, { ...bybit, fixed: feeToClose }],
  'bybit-2024': [
    { ...bybit, at: 'entry' },
    { ...bybit, at: 'entry', fixed: feeToClose },
  ],
  gate: [
    { ...atPrice, fee: [usual.gate, 'taker'] },
    { ...atPrice, fee: [usual.gate, 'taker'] },
  ],
  bitget: [{ ...atPrice, fee: [usual.bitget, 'taker'] }, bitgetCross],
  'bitget-2024': [
    { at: 'liquidation', tiers: 'all by value', fee: [usual.bitget, 'taker'] },
    { ...bitgetCross, tiers: 'all by value' },
  ],
  kucoin: [
    { at: 'liquidation', tiers: 'all by value', fee: [usual.kucoin, 'liqFee'] },
    { at: 'liquidation', tiers: 'all by value', fee: [usual.kucoin, 'taker'] },
  ],
  'kucoin-2024': [
    {
      at: 'entry',
      tiers: 'all by value',
      fee: [usual.kucoin, 'taker'],
      fixed: (rate, _, leverage) => multiply(rate, add(ONE, divide(ONE, leverage))),
    },
    undefined,
  ],
};

/** Bybit and old KuCoin do not count their fee as a share of the value, only as a fixed amount. */
const isFeeOfValue = ({ fixed, addedPaysFee }: Counting): boolean => fixed === undefined && addedPaysFee !== true;

/** The venues that the oracle has a rule for. */
export const ORACLE_VENUES = Object.keys(COUNTINGS);

/** Whether the oracle can price a margin mode and a contract type of a venue. */
export function isPriced(venue: string, isCross: boolean, contract: VenuePosition['contract']): boolean {
  const isLinearOnly = ['hyperliquid', 'hyperliquid-2023', 'dydx'].includes(venue);
  return COUNTINGS[venue]?.[isCross ? 1 : 0] !== undefined && !(isLinearOnly && contract === 'inverse');
}

const rateOf = (percent: string): Rational => divide(decimal(percent), HUNDRED);

/** Equity and maintenance of a position, by definition, at a place `x` of the axis: the price, or one over it. */
class VenueModel {
  readonly inverse: boolean;
  readonly side: Rational;
  readonly entry: Rational;
  readonly reference: Rational;
  readonly size: Rational;
  private readonly counting: Counting;
  private readonly tiers: readonly { readonly cap: Rational | undefined; readonly rate: Rational }[];
  /** The venue's own fee. */
  private readonly fee: Rational;
  /** The fee that is a share of the value: the one of `mmFee`, which takes the place of the venue's own. */
  private readonly feeOfValue: Rational;

  constructor(
    private readonly given: VenuePosition,
    tiers: readonly Tier[] | undefined,
  ) {
    const isCross = given.wallet !== undefined;
    this.counting = COUNTINGS[given.venue]?.[isCross ? 1 : 0] as Counting;
    this.inverse = given.contract === 'inverse';
    this.side = rational(given.side === 'long' ? 1n : -1n);
    this.entry = decimal(given.entry);
    this.reference = decimal(given.mark ?? given.entry);
    this.size = multiply(decimal(given.qty), decimal(given.multiplier ?? '1'));
    this.tiers = tiers
      ? tiers.map(({ cap, rate }) => ({ cap: cap === undefined ? undefined : decimal(cap), rate: decimal(rate) }))
      : [{ cap: undefined, rate: rateOf(given.mmr ?? '0') }];
    const [usualFee, field] = this.counting.fee ?? ['0', undefined];
    this.fee = rateOf((field && given[field]) ?? usualFee);
    this.feeOfValue = given.mmFee === undefined ? (isFeeOfValue(this.counting) ? this.fee : ZERO) : rateOf(given.mmFee);
  }

  axis(price: Rational): Rational {
    return this.inverse ? divide(ONE, price) : price;
  }

  profit(x: Rational): Rational {
    const rise = multiply(this.size, subtract(x, this.axis(this.entry)));
    return multiply(this.inverse ? multiply(rational(-1n), this.side) : this.side, rise);
  }

  /** The margin of the position, apart from its own profit. */
  get backing(): Rational {
    const { wallet, othersPnl, margin, addMargin, lev } = this.given;
    if (wallet !== undefined) return add(decimal(wallet), decimal(othersPnl ?? '0'));
    const value = multiply(this.size, this.axis(this.entry));
    const own = margin === undefined ? divide(value, decimal(lev ?? '1')) : decimal(margin);
    const added = decimal(addMargin ?? '0');
    if (this.counting.addedPaysFee !== true) return add(own, added);
    const signed = multiply(this.inverse ? this.side : multiply(rational(-1n), this.side), this.fee);
    return add(own, divide(added, add(ONE, signed)));
  }

  equity(x: Rational): Rational {
    return add(this.backing, this.profit(x));
  }

  /** The value where the venue takes it, with the liquidation at `x`. */
  private valued(x: Rational): Rational {
    const { at } = this.counting;
    if (at === 'liquidation') return multiply(this.size, x);
    return multiply(this.size, this.axis(at === 'entry' ? this.entry : this.reference));
  }

  /** The rate of the one tier that applies to all: by contracts, or by the value when the position was looked at. */
  private levelRate(): Rational {
    const { tiers, at } = this.counting;
    const looked = this.axis(at === 'entry' ? this.entry : this.reference);
    const counted = tiers === 'all by contracts' ? decimal(this.given.qty) : multiply(this.size, looked);
    const tier = this.tiers.find(({ cap }) => cap === undefined || order(counted, cap) <= 0);
    return (tier ?? this.tiers.at(-1))?.rate as Rational;
  }

  /** Rate by rate, each for the part of the value that lies in its tier. */
  private inParts(value: Rational): Rational {
    let [total, floor] = [ZERO, ZERO];
    this.tiers.forEach(({ cap, rate }, index) => {
      const isLast = index === this.tiers.length - 1;
      const top = cap === undefined || isLast || order(value, cap) < 0 ? value : cap;
      if (order(top, floor) > 0 || index === 0) total = add(total, multiply(rate, subtract(top, floor)));
      floor = cap ?? value;
    });
    return total;
  }

  maintenance(x: Rational): Rational {
    const value = this.valued(x);
    const rated = this.counting.tiers === 'parts' ? this.inParts(value) : multiply(this.levelRate(), value);
    const fee = multiply(this.feeOfValue, value);
    const fixed = this.given.mmFee === undefined ? this.counting.fixed : undefined;
    const entryValue = multiply(this.size, this.axis(this.entry));
    const lev = decimal(this.given.lev ?? '1');
    const constant = fixed ? multiply(entryValue, fixed(this.fee, this.side, lev, this.inverse)) : ZERO;
    return sum(
      rated,
      fee,
      constant,
      decimal(this.given.othersMm ?? '0'),
      multiply(rational(-1n), decimal(this.given.cum ?? '0')),
    );
  }

  surplus(x: Rational): Rational {
    return subtract(this.equity(x), this.maintenance(x));
  }

  /** Where the surplus may bend: zero and the edges of the tiers. */
  bends(): Rational[] {
    const caps = this.tiers.slice(0, -1).flatMap(({ cap }) => (cap ? [divide(cap, this.size)] : []));
    return [ZERO, ...caps];
  }
}

export interface VenueStatement {
  readonly outcome: 'at' | 'already' | 'never';
  readonly price: Rational | undefined;
  readonly bankruptcy: Rational | undefined;
}

/** The zero of a line through two of its points; `undefined` if the line is level. */
function zeroBetween(a: Rational, atA: Rational, b: Rational, atB: Rational): Rational | undefined {
  const rise = subtract(atB, atA);
  return signOf(rise) === 0 ? undefined : subtract(a, divide(multiply(atA, subtract(b, a)), rise));
}

/** The ends of the places with a surplus above zero; `undefined` if it is nowhere above zero. Between bends the surplus is a line. */
function safePlaces(model: VenueModel): { from: Rational | undefined; to: Rational | undefined } | undefined {
  const bends = model.bends();
  const last = bends.at(-1) as Rational;
  const places = [...bends, add(last, ONE)];
  const heights = places.map((place) => model.surplus(place));
  let [from, to]: (Rational | undefined)[] = [undefined, undefined];
  let isAny = signOf(heights[0] as Rational) > 0;
  for (let index = 0; index + 1 < places.length; index++) {
    const [a, b] = [places[index], places[index + 1]] as [Rational, Rational];
    const [atA, atB] = [heights[index], heights[index + 1]] as [Rational, Rational];
    const zero = zeroBetween(a, atA, b, atB);
    const isRay = index + 2 === places.length;
    if (!zero) continue;
    if (signOf(atA) <= 0 && (isRay ? order(atB, atA) > 0 : signOf(atB) > 0)) [from, isAny] = [zero, true];
    if (signOf(atA) > 0 && (isRay ? order(atB, atA) < 0 : signOf(atB) <= 0)) to = zero;
  }
  return isAny ? { from, to } : undefined;
}

/** The outcome and the exact prices of a position, by evaluating its definitions at the bends of its tiers. */
export function stateAtVenue(given: VenuePosition, tiers: readonly Tier[] | undefined): VenueStatement {
  const model = new VenueModel(given, tiers);
  const back = (x: Rational | undefined): Rational | undefined =>
    x && signOf(x) > 0 ? (model.inverse ? divide(ONE, x) : x) : undefined;
  const broke = zeroBetween(ZERO, model.equity(ZERO), ONE, model.equity(ONE));
  const bankruptcy = back(broke);
  const safe = safePlaces(model);
  if (!safe) return { outcome: 'already', price: undefined, bankruptcy };
  const [below, above] = model.inverse ? [back(safe.to), back(safe.from)] : [back(safe.from), back(safe.to)];
  const { reference } = model;
  if (below && order(reference, below) <= 0) return { outcome: 'already', price: below, bankruptcy };
  if (above && order(reference, above) >= 0) return { outcome: 'already', price: above, bankruptcy };
  if (!below || !above) return { outcome: below || above ? 'at' : 'never', price: below ?? above, bankruptcy };
  const isAboveNearer = order(subtract(above, reference), subtract(reference, below)) < 0;
  return { outcome: 'at', price: isAboveNearer ? above : below, bankruptcy };
}
