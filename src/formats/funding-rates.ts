import { symbolKey } from '../core/brackets.js';
import { fail, LiqcalcError, problem, type Problem } from '../core/errors.js';
import type { FundingStamp } from '../core/plan/funding.js';
import { Ratio } from '../core/ratio.js';
import { isJson, jsonItems, jsonKind, jsonMembers, jsonScalar } from './json.js';

/**
 * Reads what the exchange answers to fundingRate, oldest first: rates are fractions, marks may be missing.
 *
 * @throws {LiqcalcError} for what is no such answer, and where several symbols are in it and none is chosen.
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-History (Get Funding Rate History)
 */
export function readFundingRates(text: string, symbol: string | undefined): readonly FundingStamp[] {
  if (!isJson(text) || jsonKind(text) !== 'array') {
    const advice = "the file must be the exchange's fundingRate answer: a JSON array of objects with fundingRate";
    return fail('NOT_A_VALUE', 'rates', { value: text.trim().slice(0, 40), advice });
  }
  const problems: Problem[] = [];
  const stamps = jsonItems(text).flatMap((item, index) => readStamp(item, index + 1, problems));
  if (problems.length > 0) throw new LiqcalcError(problems);
  const chosen = stamps.filter(
    (each) => symbol === undefined || each.symbol === '' || each.symbol === symbolKey(symbol),
  );
  const symbols = [...new Set(chosen.map((each) => each.symbol))];
  if (symbols.length > 1)
    fail('NOT_A_VALUE', 'rates', { value: symbols.join(', '), advice: 'choose one with --symbol' });
  if (chosen.length === 0)
    fail('REFUSED', 'rates', { why: `the file has no rates${symbol === undefined ? '' : ` of ${symbol}`}` });
  const time = (stamp: FundingStamp): bigint => stamp.time ?? 0n;
  return chosen.sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
}

function readStamp(item: string, number: number, problems: Problem[]): (FundingStamp & { readonly symbol: string })[] {
  const members = jsonKind(item) === 'object' ? jsonMembers(item) : [];
  const values = new Map(members.map(({ key, json }) => [key, jsonScalar(json) ?? ''] as const));
  const wrong = (key: string, value: string): [] => {
    problems.push(
      problem('NOT_A_VALUE', 'rates', { value, advice: `${key} of rate ${number} must be a plain decimal` }),
    );
    return [];
  };
  const [rateText, markText] = [values.get('fundingRate') ?? '', values.get('markPrice') ?? ''];
  const [rate, mark] = [Ratio.parse(rateText), Ratio.parse(markText)];
  if (rate.kind !== 'decimal') return wrong('fundingRate', rateText);
  if (markText !== '' && (mark.kind !== 'decimal' || mark.value.sign() <= 0)) return wrong('markPrice', markText);
  const time = values.get('fundingTime') ?? '';
  return [
    {
      rate: rate.value,
      mark: mark.kind === 'decimal' ? mark.value : undefined,
      time: /^\d{1,20}$/.test(time) ? BigInt(time) : undefined,
      symbol: (values.get('symbol') ?? '').toUpperCase(),
    },
  ];
}
