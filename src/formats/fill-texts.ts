import { problem, type Problem } from '../core/errors.js';
import type { Fill } from '../core/plan/average.js';
import { plainSpelling } from '../core/number-spelling.js';
import { Ratio } from '../core/ratio.js';

/** Fills, and the largest number of decimals of their prices as written. */
export interface ReadFills {
  readonly fills: readonly Fill[];
  readonly priceDecimals: number;
}

const FILL_ADVICE = {
  fill: 'write QTY@PRICE like 0.5@30000, a sale with a minus',
  open: 'write QTY@PRICE like 0.5@30000, a short with a minus',
} as const;

/** What is wrong with the size or the price of a fill. */
function faultOf(text: string, quantity: string, price: string): string {
  const [qty, at] = [Ratio.parse(quantity.trim()), Ratio.parse(price.trim())];
  const of = (what: string): string => `the ${what} in ${JSON.stringify(text)}`;
  if (qty.kind !== 'decimal') return `${of('size')} is not a plain decimal; ${plainSpelling(quantity.trim())}`;
  if (at.kind !== 'decimal') return `${of('price')} is not a plain decimal; ${plainSpelling(price.trim())}`;
  return qty.value.sign() === 0 ? `${of('size')} must not be 0` : `${of('price')} must be greater than 0`;
}

/** Parses fills, or the position before them, from the command line: `0.5@30000`, `-0.2@31000`. Adds to `problems`. */
export function readFillTexts(texts: readonly string[], problems: Problem[], key: keyof typeof FILL_ADVICE): ReadFills {
  let priceDecimals = 0;
  const fills = texts.flatMap((text): Fill[] => {
    const [quantity = '', price = '', ...rest] = text.split('@');
    const [qty, at] = [Ratio.parse(quantity.trim()), Ratio.parse(price.trim())];
    const isWhole = rest.length === 0 && quantity.trim() !== '' && price.trim() !== '';
    if (!isWhole) {
      problems.push(problem('NOT_A_VALUE', key, { value: text, advice: FILL_ADVICE[key] }));
      return [];
    }
    if (qty.kind !== 'decimal' || at.kind !== 'decimal' || qty.value.sign() === 0 || at.value.sign() <= 0) {
      problems.push(problem('REFUSED', key, { why: faultOf(text, quantity, price) }));
      return [];
    }
    priceDecimals = Math.max(priceDecimals, at.decimals);
    return [{ qty: qty.value, price: at.value }];
  });
  return { fills, priceDecimals };
}
