import { Model, type Given, type Step } from './position.js';
import {
  add,
  decimal,
  divide,
  multiply,
  order,
  rational,
  rounded,
  signOf,
  subtract,
  type Rational,
} from './rational.js';

/** A seeded source of numbers: the same seed gives the same cases on every machine. */
export class Dice {
  constructor(private seed: number) {}

  /** A whole number from `low` to `high`, both included. */
  roll(low: number, high: number): number {
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return low + (((mixed ^ (mixed >>> 14)) >>> 0) % (high - low + 1));
  }

  chance(percent: number): boolean {
    return this.roll(1, 100) <= percent;
  }

  pick<T>(...choices: readonly T[]): T {
    return choices[this.roll(0, choices.length - 1)] as T;
  }

  /** Digits of a whole number that has exactly so many. */
  digits(count: number): string {
    let text = String(this.roll(1, 9));
    while (text.length < count) text += String(this.roll(0, 9));
    return text;
  }

  /** A plain decimal: up to so many digits before the dot, and up to so many after it. */
  plain(whole: number, fraction: number): string {
    const after = this.roll(0, fraction);
    const text = this.digits(this.roll(1, whole));
    return after === 0 ? text : `${text}.${this.digits(after)}`;
  }

  /** Any positive input: 1 to 40 digits, between 1e-30 and 1e30, in any of its spellings. */
  extreme(lowest = -30, highest = 29): string {
    const text = this.digits(this.chance(40) ? 40 : this.roll(1, 40));
    const magnitude = this.roll(lowest, highest);
    return this.chance(50)
      ? `${text}e${magnitude - text.length + 1}`
      : `${text[0] ?? ''}.${text.slice(1)}E${magnitude}`;
  }
}

/** Kinds of cases; each kind visits what the others hardly ever meet. */
export const KINDS = ['plain', 'margined', 'cross', 'table', 'aimed', 'extreme'] as const;
export type Kind = (typeof KINDS)[number];

/** A position to compare on, with brackets if it has no rate of its own. */
export interface Case {
  readonly kind: Kind;
  readonly given: Given;
  readonly steps?: readonly Step[];
  /** Decimals of prices and amounts; left out: those of the command line. */
  readonly decimals?: number;
}

/** The text of an exact decimal. */
export function exactText(value: Rational): string {
  const text = rounded(value, 150);
  if (order(decimal(text), value) !== 0) throw new RangeError('not a decimal');
  return text;
}

type Draft = { -readonly [K in keyof Given]: Given[K] };

/** One random case of a kind. */
export function caseOf(kind: Kind, dice: Dice): Case {
  if (kind === 'aimed') return aimedCase(dice);
  if (kind === 'extreme') return extremeCase(dice);
  const draft: Draft = { side: dice.pick('long', 'short'), entry: dice.plain(6, 6), ...sized(dice) };
  backed(draft, kind, dice);
  extras(draft, dice);
  const decimals = dice.chance(20) ? {} : { decimals: dice.roll(0, 30) };
  if (kind === 'table') return { kind, given: draft, steps: stepsAround(draft, dice), ...decimals };
  draft.mmr = dice.pick(dice.plain(1, 3), dice.plain(2, 1), `0.${dice.digits(2)}%`, '0.5', '0');
  if (kind !== 'plain' && dice.chance(50)) draft.cum = dice.pick(dice.plain(3, 3), `0.00${dice.digits(3)}`);
  return { kind, given: draft, ...decimals };
}

function sized(dice: Dice): Partial<Draft> {
  const size = dice.chance(30) ? { notional: dice.plain(6, 2) } : { qty: dice.plain(4, 4) };
  if (dice.chance(50)) return { ...size, ...(dice.chance(50) && { contract: 'linear' as const }) };
  return { ...size, contract: 'inverse', ...(dice.chance(70) && { multiplier: dice.pick('1', '10', '100', '2.5') }) };
}

/** A share of the value at entry, rounded to a decimal of few digits. */
function shareOfValue(draft: Draft, dice: Dice, thousandths: number): string {
  const value = new Model(draft, undefined).value(decimal(draft.entry));
  const share = multiply(value, rational(BigInt(thousandths), 1000n));
  let places = 2;
  while (rounded(share, places) === '0' && places < 40) places += 2;
  return rounded(share, places + dice.roll(0, 6));
}

function backed(draft: Draft, kind: Kind, dice: Dice): void {
  const way = kind === 'plain' ? 'lev' : kind === 'cross' ? 'cross' : dice.pick('lev', 'margin', 'both', 'cross');
  if (way === 'cross') {
    draft.wallet = `${dice.chance(10) ? '-' : ''}${shareOfValue(draft, dice, dice.roll(5, 1500))}`;
    if (dice.chance(60)) draft.othersPnl = `${dice.pick('', '-')}${shareOfValue(draft, dice, dice.roll(1, 900))}`;
    if (dice.chance(60)) draft.othersMm = shareOfValue(draft, dice, dice.roll(1, 200));
  } else if (way !== 'lev') {
    draft.margin = shareOfValue(draft, dice, dice.roll(5, 1300));
  }
  if (way === 'lev' || way === 'both' || dice.chance(30)) {
    draft.lev = dice.pick(String(dice.roll(1, 125)), dice.plain(2, 2), `${dice.roll(2, 20)}x`, '1');
  }
  if (way !== 'cross' && kind !== 'plain' && dice.chance(40)) {
    draft.addMargin = `${dice.pick('', '-')}${shareOfValue(draft, dice, dice.roll(1, 120))}`;
  }
}

function extras(draft: Draft, dice: Dice): void {
  const near = multiply(decimal(draft.entry), rational(BigInt(dice.roll(700, 1300)), 1000n));
  if (dice.chance(60)) draft.mark = exactText(near);
  if (dice.chance(30)) draft.liqFee = dice.plain(1, 3);
  if (dice.chance(30)) draft.mmFee = `0.${dice.digits(2)}`;
  if (dice.chance(40)) draft.callRatio = dice.pick(String(dice.roll(1, 100)), '66.6', '99.99%', '100');
  if (dice.chance(30)) draft.tick = dice.pick('0.01', '0.5', '0.1', '0.0005', '3', '0.07');
}

/** One to twelve brackets from rising rates at the caps given; the last may be without a cap. */
function stepsOf(caps: readonly Rational[], dice: Dice): Step[] {
  let [floor, rate, amount] = [decimal('0'), decimal(`0.00${dice.digits(2)}`), decimal('0')];
  const isOpen = dice.chance(50);
  return caps.map((cap, index) => {
    if (index > 0) {
      const next = add(rate, decimal(dice.pick('0', '0.001', '0.0025', '0.01', '0.0333', '0.05')));
      amount = add(multiply(floor, subtract(next, rate)), amount);
      rate = next;
    }
    const text = (value: Rational): string => exactText(value);
    const isLast = index === caps.length - 1;
    const step: Step = {
      floor: text(floor),
      cap: isLast && isOpen ? dice.pick(undefined, '9223372036854775807') : text(cap),
      rate: text(rate),
      amount: text(amount),
    };
    floor = cap;
    return step;
  });
}

function stepsAround(draft: Draft, dice: Dice): Step[] {
  const value = new Model(draft, undefined).value(decimal(draft.entry));
  let places = 0;
  while (rounded(multiply(value, decimal(`1e${places}`)), 0).length < 3) places++;
  const unit = decimal(rounded(divide(value, rational(BigInt(dice.roll(15, 60)))), places + 2));
  let count = 0;
  const caps = Array.from({ length: dice.roll(1, 12) }, () => {
    count += dice.roll(1, 15);
    return multiply(unit, rational(BigInt(count)));
  });
  return stepsOf(caps, dice);
}

/**
 * A case that is built backwards from its liquidation price: the collateral is what the definitions demand there. The
 * price lies on a bracket edge, or right beside one, or half way between two decimals.
 */
function aimedCase(dice: Dice): Case {
  for (;;) {
    const decimals = dice.pick(8, 8, 2, dice.roll(0, 12), dice.roll(0, 30));
    const aim = dice.pick('edge', 'tie', 'both');
    const places = aim === 'edge' ? dice.roll(0, 4) : decimals + 1;
    const fraction = places === 0 ? '' : `.${places > 1 ? dice.digits(places - 1) : ''}5`;
    const price = `${dice.digits(dice.roll(1, 5))}${fraction}`;
    const made = aimedAt(price, aim !== 'tie', dice);
    const texts = [made.given, ...(made.steps ?? [])];
    const numbers = texts.flatMap((each) => Object.values<string | undefined>({ ...each }));
    const isReadable = numbers.every((text = '') => text.replace(/^-?0*\.?0*|\./g, '').length <= 40);
    if (isReadable) return { ...made, decimals: aim === 'edge' ? dice.roll(0, 30) : decimals };
  }
}

function aimedAt(price: string, isOnEdge: boolean, dice: Dice): Case {
  const isInverse = dice.chance(40);
  const size = isInverse ? exactText(multiply(decimal(price), decimal(dice.plain(2, 2)))) : dice.plain(2, 2);
  const entry = isInverse ? dice.pick('1', '20', '12500', '4000', '64000', '0.5') : dice.plain(5, 2);
  const draft: Draft = { side: dice.pick('long', 'short'), entry, qty: size, wallet: '1' };
  if (isInverse) draft.contract = 'inverse';
  const at = decimal(price);
  const value = new Model(draft, undefined).value(at);
  const above = dice.roll(0, 3);
  const tenths = [2, 4, 7, 9].slice(dice.roll(0, 4)).concat(isOnEdge ? 10 : [], [11, 13, 30].slice(0, above));
  const steps = dice.chance(60) || isOnEdge ? stepsOf(capsAt(value, tenths), dice) : undefined;
  if (!steps) draft.mmr = dice.plain(1, 2);
  const model = new Model(draft, steps);
  const nudge = isOnEdge ? decimal(dice.pick('0', '0', '1e-9', '-1e-9', '1e-3', '-1e-3')) : decimal('0');
  const collateral = add(subtract(model.maintenance(at), model.profit(at)), nudge);
  draft.wallet = exactText(collateral);
  if (signOf(collateral) > 0 && dice.chance(70)) {
    draft.margin = draft.wallet;
    delete draft.wallet;
  }
  return { kind: 'aimed', given: draft, ...(steps && { steps }) };
}

const capsAt = (value: Rational, tenths: readonly number[]): Rational[] =>
  (tenths.length > 0 ? tenths : [10]).map((tenth) => multiply(value, rational(BigInt(tenth), 10n)));

function extremeCase(dice: Dice): Case {
  const entry = dice.extreme();
  const mmr = dice.chance(5) ? dice.extreme(1, 2) : dice.extreme(-30, 1);
  const draft: Draft = { side: dice.pick('long', 'short'), entry, mmr };
  if (dice.chance(50)) draft.contract = 'inverse';
  if (draft.contract === 'inverse' && dice.chance(50)) draft.multiplier = dice.extreme();
  const way = dice.pick('lev', 'margin', 'cross', 'alone');
  if (way === 'lev' || way === 'alone' || dice.chance(30)) draft.lev = dice.extreme(-2, 3);
  if (way === 'margin') draft.margin = dice.extreme();
  if (way === 'cross') {
    draft.wallet = `${dice.pick('', '', '-')}${dice.extreme()}`;
    draft.othersPnl = `${dice.pick('', '-', '+')}${dice.extreme()}`;
    draft.othersMm = dice.extreme();
  }
  if (way !== 'alone') draft[dice.pick('qty', 'notional')] = dice.extreme();
  if (way === 'margin' && dice.chance(50)) draft.addMargin = `${dice.pick('', '-')}${dice.extreme()}`;
  if (way !== 'alone' && dice.chance(30)) draft.cum = dice.extreme();
  if (dice.chance(40)) draft.mark = dice.chance(50) ? dice.extreme() : entry;
  if (dice.chance(30)) draft.liqFee = dice.extreme(-30, 1);
  if (dice.chance(30)) draft.mmFee = dice.extreme(-30, 1);
  if (dice.chance(30)) draft.callRatio = dice.extreme(-30, 1);
  return { kind: 'extreme', given: draft, ...(dice.chance(70) && { decimals: dice.roll(0, 30) }) };
}
