import type { Contract } from '../../contracts/index.js';
import { quantityOf } from '../../position.js';
import type { Side } from '../../leg.js';
import { Ratio } from '../../ratio.js';
import { lacks, reducingRisk, type Level, type RiskPosition, type Rule, type SettingValues } from '../rule.js';
import { figure, plain, roundedDown } from '../words.js';

/** How much of the market's volume a position is. */
export const illiquidSize: Rule = {
  title: 'size of the position as a share of the volume of a day, or of the order book',
  reason:
    'A stop or a liquidation closes the whole size at once. If the size is large compared with what is traded, the ' +
    'order itself moves the price, and on an illiquid pair this alone can lead to liquidation. The rule divides the ' +
    'size by the volume of a day, and by the side of the order book that the position is closed against: bids for a ' +
    'long, asks for a short. The book counts as it is given, so give the same number of levels each time. If ' +
    'both are given, the one that allows the smaller size counts. The article gives no number; both limits are ' +
    'chosen here.',
  source: reducingRisk('sizing 2'),
  needs: ['dailyVolume', 'book', 'qty'],
  unit: '%',
  settings: {
    day: { default: '1', meaning: 'warn: largest share of the volume of a day, %' },
    book: { default: '20', meaning: 'warn: largest share of one side of the book, %' },
  },
  comparison: 'above',
  scope: 'position',
  judge: ({ position, settings }) => {
    const { assessed, data } = position;
    const { dailyVolume, book } = data;
    if (!dailyVolume && !book) return lacks({ dailyVolume, book });
    if (assessed.position.perUnit) return lacks({ qty: undefined });
    const [tightest] = volumesOf(position, settings).toSorted((a, b) => allowed(a).compare(allowed(b)));
    if (!tightest) return { kind: 'idle' };
    const size = quantityOf(assessed);
    const { volume, limit, words } = tightest;
    const value = volume.sign() > 0 ? size.over(volume).percent() : undefined;
    if (value && !value.isAbove(limit)) return { kind: 'ok', value };
    const share = value ? `${figure(value, limit)} % of ${words}, ${plain(volume)}` : `more than ${words}, 0`;
    const most = allowed(tightest);
    return {
      kind: 'finding',
      severity: 'warn',
      value,
      limit,
      message: `the size ${plain(size)} is ${share}; the limit is ${plain(limit)} %${costWords(position, size)}`,
      advice:
        most.sign() > 0
          ? `reduce the size to ${plain(roundedDown(most))} or less`
          : 'close the position in parts, with limit orders',
    };
  },
};

/** A volume that the size is compared with, in the unit of the size. */
interface Volume {
  readonly words: string;
  readonly volume: Ratio;
  /** The largest share, percent. */
  readonly limit: Ratio;
}

function volumesOf({ assessed, data }: RiskPosition, { day, book }: SettingValues): readonly Volume[] {
  const volumes: Volume[] = [];
  if (data.dailyVolume && day instanceof Ratio) {
    volumes.push({ words: 'the volume of a day', volume: data.dailyVolume, limit: day });
  }
  if (data.book && book instanceof Ratio) {
    const { side } = assessed.position;
    const volume = Ratio.sum(data.book[CLOSED_AGAINST[side]].map(({ quantity }) => quantity));
    volumes.push({ words: `the ${CLOSED_AGAINST[side]} in the order book`, volume, limit: book });
  }
  return volumes;
}

const CLOSED_AGAINST = { long: 'bids', short: 'asks' } as const satisfies Record<Side, string>;

/** The largest size within the limit of a volume. */
const allowed = ({ volume, limit }: Volume): Ratio => volume.times(limit).over(Ratio.HUNDRED);

/** What a market order for the whole size costs, if the book holds it. */
function costWords({ assessed: { position }, data: { book } }: RiskPosition, size: Ratio): string {
  const levels = book?.[CLOSED_AGAINST[position.side]] ?? [];
  const [best] = levels;
  const average = averagePrice(levels, size, position.contract);
  if (!best || !average) return '';
  const cost = average.minus(best.price).abs().over(best.price).percent();
  return `; a market order for it fills at ${plain(average)} on average, ${plain(cost)} % from the best price`;
}

/**
 * The average price of a market order; `undefined` if the book does not hold its size. Money is what each contract counts
 * along its axis, so the average of an inverse contract is harmonic.
 */
function averagePrice(levels: readonly Level[], size: Ratio, { coordinate }: Contract): Ratio | undefined {
  let [left, paid] = [size, Ratio.ZERO];
  for (const { price, quantity } of levels) {
    const taken = left.min(quantity);
    [left, paid] = [left.minus(taken), paid.plus(taken.times(coordinate(price)))];
  }
  return left.sign() > 0 ? undefined : coordinate(paid.over(size));
}
