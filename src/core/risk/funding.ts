import { fundingPayment } from '../plan/funding.js';
import { listed } from '../names.js';
import { Ratio } from '../ratio.js';
import { fundingHours } from '../venues/index.js';
import { plain } from './words.js';
import { measured, type FundingRate, type PositionRule, type RiskPosition } from './rule.js';
import type { Side } from '../leg.js';

/** The exchange's usual interval, on which the limits are based, in hours. */
const USUAL = Ratio.of(8n);
const HALF = Ratio.from('0.5');
const MS_PER_HOUR = Ratio.of(3_600_000n);

/** A funding rate as paid, and its equivalent per eight hours. */
export interface NormalRate {
  /** Percent per interval. */
  readonly paid: Ratio;
  /** Percent per 8 hours. */
  readonly rate: Ratio;
  /** Hours. */
  readonly interval: Ratio;
  /** Whether the interval is unknown, so that the usual one of the venue is assumed. */
  readonly isAssumed: boolean;
}

/** The latest rates of a history, oldest first; `undefined` if it has fewer. */
export function lastRates(
  { assessed: { terms }, data: { funding, fundingInterval } }: RiskPosition,
  count: number,
): readonly NormalRate[] | undefined {
  if (!funding || funding.length < count) return undefined;
  const intervals = fundingInterval ? [] : intervalsOf(funding);
  const first = funding.length - count;
  return funding.slice(first).map(({ rate }, index) => {
    const known = fundingInterval ?? intervals[first + index];
    const interval = known ?? fundingHours(terms.venue);
    const paid = rate.percent();
    return { paid, rate: paid.times(USUAL).over(interval), interval, isAssumed: !known };
  });
}

/**
 * Hours before each payment, from the times. The first one has the interval of the second; a gap of more than eight
 * hours in a history with shorter intervals means that a payment is missing.
 */
function intervalsOf(funding: readonly FundingRate[]): readonly (Ratio | undefined)[] {
  const own = funding.map(({ time }, index) => {
    const before = funding[index - 1]?.time;
    if (time === undefined || before === undefined) return undefined;
    const hours = Ratio.of(time - before)
      .over(MS_PER_HOUR)
      .plus(HALF)
      .floorTo(Ratio.ONE);
    return hours.sign() > 0 ? hours : undefined;
  });
  const least = Ratio.least(own.flatMap((each) => each ?? []));
  const usual = own.map((each) => (each && !each.isAbove(USUAL) ? each : least));
  return [usual[1] ?? usual[0], ...usual.slice(1)];
}

/**
 * Rates per 8 hours, at least one, in words: `0.06, 0.07 and 0.08 % per 8 hours`; also as paid, if that is different.
 */
export function rateWords(rates: readonly NormalRate[]): string {
  const listed = `${list(rates.map(({ rate }) => rate))} % per 8 hours`;
  const last = rates.at(-1) as NormalRate;
  if (last.isAssumed) return `${listed} (interval unknown: ${hoursWords(last.interval, 'one hour')} assumed)`;
  const isUsual = rates.every(({ interval }) => interval.compare(USUAL) === 0);
  if (isUsual) return listed;
  const hours = rates.every(({ interval }) => interval.compare(last.interval) === 0)
    ? `every ${hoursWords(last.interval)}`
    : `after ${list(rates.map(({ interval }) => interval))} hours`;
  return `${listed} (${list(rates.map(({ paid }) => paid))} % ${hours})`;
}

const hoursWords = (hours: Ratio, one = 'hour'): string =>
  hours.compare(Ratio.ONE) === 0 ? one : `${plain(hours)} hours`;

const list = (values: readonly Ratio[]): string => listed(values.map(plain), 'and');

/** What a position pays or receives per interval at a rate in percent, in words. */
export function paymentWords({ assessed: { position, reference } }: RiskPosition, percent: Ratio): string {
  const payment = fundingPayment(position, reference, percent.over(Ratio.HUNDRED));
  return payment.sign() < 0 ? `receives ${plain(payment.negated())}` : `pays ${plain(payment)}`;
}

/** The number of rates that must all be high. */
const COUNT = 3;

/** A rule about a side that has paid high funding at each of the last rates. */
export function lastingFunding(
  side: Side,
  facts: Pick<PositionRule, 'title' | 'reason' | 'source' | 'settings'>,
): PositionRule {
  const comparison = side === 'long' ? 'above' : 'below';
  return {
    ...facts,
    needs: ['funding'],
    least: { funding: COUNT },
    unit: '%',
    comparison,
    scope: 'position',
    judge: ({ position }) => {
      if (position.assessed.position.side !== side) return { kind: 'idle' };
      const rates = lastRates(position, COUNT);
      if (!rates) return { kind: 'lacks', data: ['funding'] };
      const all = rates.map(({ rate }) => rate);
      const value = side === 'long' ? Ratio.least(all) : Ratio.greatest(all);
      return measured(value, ({ limit }) => ({
        message: `${side} while the last funding rates are ${rateWords(rates)}, all ${comparison} ${plain(limit)} %`,
        advice: `reduce or close the position: at the last rate it ${paymentWords(position, (rates.at(-1) as NormalRate).paid)} per interval`,
      }));
    },
  };
}
