import { add, divide, multiply, ONE, rational, signOf, subtract, sum, ZERO, type Rational } from './rational.js';

/** A linear cross position as an exchange holds it; the rate is a fraction, the same at every size. */
export interface Holding {
  readonly symbol: string;
  readonly side: 'long' | 'short';
  readonly qty: Rational;
  readonly entry: Rational;
  readonly mark: Rational;
  readonly rate: Rational;
}

/** How an exchange counts. */
export interface Habit {
  readonly wallet: Rational;
  /** Added to every rate. */
  readonly fee?: Rational;
  /** Every rate is so many times that of the holding. */
  readonly rateFactor?: Rational;
  /** Whether maintenance stays that of the mark. */
  readonly isHeld?: boolean;
}

/** What it prints of a symbol's position. */
export interface Statement {
  /** `undefined`: no positive price. */
  readonly price: Rational | undefined;
  readonly maintenance: Rational;
  readonly profit: Rational;
}

const signed = ({ side, qty }: Holding): Rational => (side === 'long' ? qty : subtract(ZERO, qty));

export const profitOf = (holding: Holding, price = holding.mark): Rational =>
  multiply(signed(holding), subtract(price, holding.entry));

function rateOf({ rate }: Holding, { rateFactor = ONE, fee = ZERO }: Habit): Rational {
  return add(multiply(rate, rateFactor), fee);
}

const maintenanceOf = (holding: Holding, habit: Habit): Rational =>
  multiply(rateOf(holding, habit), multiply(holding.qty, holding.mark));

/**
 * What an exchange says of the first position on each symbol. The price is where `wallet + profits - maintenance` is
 * zero when that symbol alone moves: a line in the price, because rates do not change.
 */
export function statements(holdings: readonly Holding[], habit: Habit): ReadonlyMap<string, Statement> {
  const found = new Map<string, Statement>();
  for (const holding of holdings) {
    const { symbol } = holding;
    if (found.has(symbol)) continue;
    const own = holdings.filter((each) => each.symbol === symbol);
    const others = holdings.filter((each) => each.symbol !== symbol);
    const atZero = sum(
      habit.wallet,
      ...others.flatMap((each) => [profitOf(each), subtract(ZERO, maintenanceOf(each, habit))]),
      ...own.map((each) => profitOf(each, ZERO)),
      ...(habit.isHeld ? own.map((each) => subtract(ZERO, maintenanceOf(each, habit))) : []),
    );
    const charged = habit.isHeld ? [] : own.map((each) => multiply(each.qty, rateOf(each, habit)));
    const slope = subtract(sum(...own.map(signed)), sum(...charged));
    const price = signOf(slope) === 0 ? undefined : divide(subtract(ZERO, atZero), slope);
    found.set(symbol, {
      price: price && signOf(price) > 0 ? price : undefined,
      maintenance: maintenanceOf(holding, habit),
      profit: profitOf(holding),
    });
  }
  return found;
}

/** All profit of some holdings at their marks. */
export const totalProfit = (holdings: readonly Holding[]): Rational => sum(...holdings.map((each) => profitOf(each)));

/** A rational of whole numbers. */
export const ratioOf = (numerator: number, denominator = 1): Rational =>
  rational(BigInt(numerator), BigInt(denominator));
