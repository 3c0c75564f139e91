import { fundingPayment } from './plan/funding.js';
import { Ratio } from './ratio.js';
import { plain } from './risk-words.js';
import type { FundingRate, RiskPosition } from './risk/subject.js';

/** The latest rates of a history in percent, oldest first; nothing where it has fewer. */
export function lastRates(history: readonly FundingRate[] | undefined, count: number): readonly Ratio[] | undefined {
  if (!history || history.length < count) return undefined;
  return history.slice(history.length - count).map(({ rate }) => rate.times(Ratio.HUNDRED));
}

/** Two rates or more in words: `0.06, 0.07 and 0.08 %`. */
export function rateWords(percents: readonly Ratio[]): string {
  const texts = percents.map(plain);
  return `${texts.slice(0, -1).join(', ')} and ${texts.slice(-1).join('')} %`;
}

/** What a position pays or receives an interval at a rate, in words. */
export function paymentWords({ assessed: { position, reference } }: RiskPosition, percent: Ratio): string {
  const payment = fundingPayment(position, reference, percent.over(Ratio.HUNDRED));
  return payment.sign() < 0 ? `receives ${plain(payment.negated())}` : `pays ${plain(payment)}`;
}
