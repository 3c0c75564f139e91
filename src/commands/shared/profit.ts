import type { Pnl } from '../../core/plan/pnl.js';
import type { Figure, Figures } from '../../schema/figure.js';

/** The figures that a profit has, also where another command tells of one. */
export const PROFIT = {
  fees: {
    kind: 'amount',
    always: true,
    meaning: 'trading fees of entry and exit, margin asset',
    of: ({ fees }) => fees,
  },
  netPnl: { kind: 'amount', always: true, meaning: 'profit after fees, margin asset', of: ({ netPnl }) => netPnl },
  netRoi: {
    kind: 'percent',
    always: true,
    meaning: 'the same in percent of the initial margin; null without lev',
    of: ({ netRoi }) => netRoi?.percent(),
  },
  initialMargin: {
    kind: 'amount',
    always: true,
    meaning: 'value at entry over lev, margin asset; null without lev',
    of: ({ initialMargin }) => initialMargin,
  },
} as const satisfies Figures<Pnl>;

/** The same of an answer that may have a profit: left out where it has none. */
export function profitOf<A>(profit: (answer: A) => Pnl | undefined): Figures<A> {
  return Object.fromEntries(
    Object.entries(PROFIT).map(([key, { kind, meaning, of }]: [string, Figure<Pnl>]) => [
      key,
      {
        kind,
        meaning,
        of: (answer: A) => {
          const brought = profit(answer);
          return brought && (of(brought) ?? null);
        },
      },
    ]),
  );
}
