import { Ratio } from '../core/ratio.js';
import { isOf, refuseForeign, type Owner } from './risk-orders.js';
import { givenUnder, type DecimalShape, type WrittenValue } from './written-value.js';

/** The exchange's interval for symbols that its fundingInfo does not list, hours. */
const UNLISTED = Ratio.of(8n);

/** How hours are written: `8`, `8h`. */
export const HOURS = { range: 'positive', suffix: 'h' } as const satisfies DecimalShape;

/** The key of the interval in the exchange's fundingInfo. */
export const INTERVAL_KEY = 'fundingIntervalHours';

/**
 * Reads the hours between payments of funding: a number, the fundingInfo of the position's symbol, or the whole answer,
 * which lists only symbols whose cap, floor or interval was adjusted.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-Info
 */
export function readFundingInterval(written: WrittenValue | undefined, owner: Owner): Ratio | undefined {
  if (!written) return undefined;
  if (written.kind === 'object') return intervalIn(written, owner);
  if (written.kind !== 'array') return written.decimal(HOURS);
  const own = (written.items('') ?? []).filter((item) => {
    const members = item.members(ADVICE);
    return members && isOf(givenUnder(members, 'symbol'), owner.symbol);
  });
  const [first] = own;
  if (!first || owner.symbol === undefined) return owner.symbol === undefined ? undefined : UNLISTED;
  return intervalIn(first, owner);
}

const ADVICE = `write hours, or the exchange's fundingInfo with ${INTERVAL_KEY}`;

function intervalIn(written: WrittenValue, owner: Owner): Ratio | undefined {
  const members = written.members(ADVICE);
  if (members) refuseForeign(members, owner);
  const hours = members && givenUnder(members, INTERVAL_KEY);
  if (members && !hours) written.refuse(ADVICE);
  return hours?.decimal(HOURS);
}
