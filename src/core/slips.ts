import { Ratio } from './ratio.js';

/** A percentage so low that it is likely a fraction: 0.005 for 0.5 %. */
export interface LowRate {
  /** What it is, with its article. */
  readonly what: string;
  readonly percent: string;
  /** The percentage that the fraction would be. */
  readonly meant?: string;
}

/** A price so far from the entry that a digit or the dot is probably wrong. */
export interface FarFromEntry {
  readonly what: string;
  readonly price: string;
  readonly entry: string;
}

/** A number whose point may be meant to group thousands: `60.000`. */
export interface GroupOrPoint {
  readonly flag: string;
  readonly written: string;
  readonly value: string;
}

/** A value that is accepted but probably a mistake. */
export type Slip =
  | { readonly code: 'GROUP_OR_POINT'; readonly details: GroupOrPoint }
  | { readonly code: 'LOW_RATE'; readonly details: LowRate }
  | { readonly code: 'FAR_FROM_ENTRY'; readonly details: FarFromEntry };

/** The percentage below which a value is probably a mistake. */
interface SlipLimit {
  readonly what: string;
  /** Values nearer to 0 than this, in percent. */
  readonly below: string;
  /** The highest percentage that the user can have meant. */
  readonly most: string;
  /** Whether 0 is unlikely, too. */
  readonly withZero?: true;
}

/**
 * The limits of every input that is a percentage, by its key. They are below the values that venues and traders use,
 * and above as many as possible of the same values written as fractions: a taker fee of 0.05 % is 0.0005.
 */
export const SLIP_LIMITS = {
  mmr: { what: 'a maintenance rate', below: '0.1', most: '5', withZero: true },
  mmFee: { what: 'a fee counted into maintenance', below: '0.005', most: '0.5' },
  liqFee: { what: 'a liquidation fee', below: '0.02', most: '5' },
  taker: { what: 'a trading fee', below: '0.005', most: '0.5' },
  callRatio: { what: 'a margin-call ratio', below: '2', most: '100' },
  risk: { what: 'a risk', below: '0.1', most: '100' },
  allocate: { what: 'an allocation', below: '1', most: '100' },
  buffer: { what: 'a buffer', below: '0.05', most: '100' },
  targetDistance: { what: 'a target distance', below: '0.5', most: '100' },
  roi: { what: 'a return', below: '1', most: '100' },
  rate: { what: 'a funding rate', below: '0.001', most: '5' },
  alert: { what: 'an alert', below: '0.2', most: '100' },
  need: { what: 'a margin ratio', below: '2', most: '100' },
} as const satisfies Record<string, SlipLimit>;

/** The inputs that are prices and are compared with the entry, by key. */
export const PRICES_NEAR_ENTRY = {
  mark: 'the mark',
  stop: 'the stop',
  take: 'the price where profit is taken',
  exit: 'the exit price',
  target: 'the target',
} as const;

/** A price is far if it is this many times the entry, or the entry is this many times the price. */
export const FAR_TIMES = 10;

const TIMES = Ratio.of(BigInt(FAR_TIMES));
const RATES = Object.entries<SlipLimit>(SLIP_LIMITS);
const PRICES = Object.entries(PRICES_NEAR_ENTRY);
const inPercent = (rate: Ratio): string => rate.percent().toText(30);

const rates = new Map<string, Ratio>();

/** A percentage of the list above as a fraction; cached, because every record of a stream needs the same ones. */
function rateOf(percent: string): Ratio {
  const known = rates.get(percent);
  if (known) return known;
  const rate = Ratio.from(percent).hundredth();
  rates.set(percent, rate);
  return rate;
}

/**
 * The probable mistakes among some inputs, in the order of the lists above.
 *
 * @param inputs - by key: percentages as fractions, prices; `entry` is what prices are compared with.
 */
export function slipsOf(inputs: object): Slip[] {
  const slips: Slip[] = [];
  const values = inputs as Readonly<Record<string, unknown>>;
  for (const [key, { what, below, most, withZero }] of RATES) {
    const value = values[key];
    if (!(value instanceof Ratio) || (value.sign() === 0 && !withZero)) continue;
    const size = value.abs();
    if (!size.isBelow(rateOf(below))) continue;
    const meant = size.percent();
    const isLikely = meant.sign() > 0 && !meant.isAbove(rateOf(most));
    const details = {
      what,
      percent: inPercent(value),
      ...(isLikely && { meant: inPercent(value.percent()) }),
    };
    slips.push({ code: 'LOW_RATE', details });
  }
  const { entry } = values;
  if (!(entry instanceof Ratio)) return slips;
  for (const [key, what] of PRICES) {
    const price = values[key];
    if (!(price instanceof Ratio) || !isFar(price, entry)) continue;
    slips.push({ code: 'FAR_FROM_ENTRY', details: { what, price: price.toText(30), entry: entry.toText(30) } });
  }
  return slips;
}

function isFar(price: Ratio, entry: Ratio): boolean {
  return !price.isBelow(entry.times(TIMES)) || !price.times(TIMES).isAbove(entry);
}

const GROUPED = /(?:^|@)(([1-9]\d{0,2})\.000)(?:,|$)/;

/** A number, or the price after `@`, that may be meant as thousands; `undefined` for any other text. */
export function groupOrPoint(flag: string, text: string): Slip | undefined {
  const [, written = '', value] = GROUPED.exec(text) ?? [];
  return value === undefined ? undefined : { code: 'GROUP_OR_POINT', details: { flag, written, value } };
}

/** The message about a number whose point may be meant to group thousands. */
export function groupOrPointWords({ flag, written, value }: GroupOrPoint): string {
  return `${flag}: ${written} is read as ${value}; did you mean ${value}000?`;
}

/** The message about a percentage that is probably a fraction. */
export function lowRateWords({ what, percent, meant }: LowRate): string {
  return `${what} of ${percent} % is very low${meant === undefined ? '' : `: did you mean ${meant}?`}`;
}

/** The message about a price that is probably mistyped. */
export function farFromEntryWords({ what, price, entry }: FarFromEntry): string {
  return `${what} ${price} and the entry ${entry} differ by a factor of ${FAR_TIMES} or more: is there a wrong digit or a misplaced decimal point?`;
}
