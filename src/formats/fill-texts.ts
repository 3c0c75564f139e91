import { problem, type Problem } from '../core/errors.js';
import type { Fill } from '../core/plan/average.js';
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

/** Parses fills, or the position before them, from the command line: `0.5@30000`, `-0.2@31000`. Adds to `problems`. */
export function readFillTexts(texts: readonly string[], problems: Problem[], key: keyof typeof FILL_ADVICE): ReadFills {
  let priceDecimals = 0;
  const fills = texts.flatMap((text): Fill[] => {
    const [quantity = '', price = '', ...rest] = text.split('@');
    const [qty, at] = [Ratio.parse(quantity.trim()), Ratio.parse(price.trim())];
    const isWhole = rest.length === 0 && qty.kind === 'decimal' && at.kind === 'decimal';
    if (!isWhole || qty.value.sign() === 0 || at.value.sign() <= 0) {
      problems.push(problem('NOT_A_VALUE', key, { value: text, advice: FILL_ADVICE[key] }));
      return [];
    }
    priceDecimals = Math.max(priceDecimals, at.decimals);
    return [{ qty: qty.value, price: at.value }];
  });
  return { fills, priceDecimals };
}
