import type { Pnl } from '../../core/plan/pnl.js';
import type { Figure, Figures } from '../../schema/figure.js';

/** The figures of a profit, also in other commands that report one. */
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
    meaning: 'profit after fees in percent of the initial margin; null without lev',
    of: ({ netRoi }) => netRoi?.percent(),
  },
  initialMargin: {
    kind: 'amount',
    always: true,
    meaning: 'value at entry over lev, margin asset; null without lev',
    of: ({ initialMargin }) => initialMargin,
  },
} as const satisfies Figures<Pnl>;

/** The figures of a profit for an answer that may have one. */
type ProfitFigures<A> = {
  readonly [K in keyof typeof PROFIT]: Omit<(typeof PROFIT)[K], 'always' | 'of'> & {
    readonly of: (answer: A) => ReturnType<(typeof PROFIT)[K]['of']> | null | undefined;
  };
};

/** The same figures for an answer that may have a profit; they are left out if it has no profit. */
export function profitOf<A>(profit: (answer: A) => Pnl | undefined): ProfitFigures<A> {
  const figures: Figures<A> = Object.fromEntries(
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
  return figures as ProfitFigures<A>;
}
