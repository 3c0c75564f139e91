import { fail } from '../../core/errors.js';
import { average, type Averaged } from '../../core/plan/average.js';
import { fillPath, type FillStep } from '../../core/plan/fill-path.js';
import { contradictionOf, type Contradiction, type ReportedFill } from '../../core/plan/fill-check.js';
import { contractOf, type Terms } from '../../core/position.js';
import { Ratio } from '../../core/ratio.js';
import type { ReadFills } from '../../formats/fill-texts.js';
import { readUserTrades, type Trade } from '../../formats/fills.js';
import type { ValuesOf } from '../../schema/input.js';
import type { Context } from './command.js';
import type { FILLS } from './fill-inputs.js';
import { tableOfTrade } from './trade.js';

/** The position that remains after fills, and how their prices were written. */
export interface Filled extends Averaged {
  readonly priceDecimals: number;
  /** The position after each fill; the first `opened` of them are the position before the fills. */
  readonly path: () => { readonly steps: readonly FillStep[]; readonly opened: number };
}

const NO_FILLS: ReadFills = { fills: [], priceDecimals: 0 };

/** The position that remains after fills. */
export function positionOfFills(
  terms: Pick<Terms, 'symbol' | 'contract' | 'multiplier'>,
  input: ValuesOf<typeof FILLS>,
  context: Context,
): Filled {
  const { fill: typed = NO_FILLS, open = NO_FILLS, fills: file, positionSide } = input;
  const filter = { symbol: terms.symbol, positionSide };
  const filed = file === undefined ? undefined : readUserTrades(context.readFile(file), filter);
  const table = tableOfTrade(terms, context);
  const symbol = terms.symbol ?? filed?.fills[0]?.symbol;
  const contract = contractOf({ ...terms, ...(symbol !== undefined && { symbol }) }, table);
  const multiplier = table?.multiplier ?? terms.multiplier;
  if (filed) {
    const before = open.fills.map((each) => ({ ...each, leg: filed.fills[0]?.leg, name: 'open' }));
    const found = contradictionOf([...before, ...filed.fills], contract, multiplier);
    refuseOtherStart(filed.fills[0], Ratio.sum(open.fills.map(({ qty }) => qty)));
    if (found) fail('REFUSED', found.fill.name === 'open' ? 'open' : 'fills', { why: contradictionWords(found) });
  }
  const { fills, priceDecimals } = filed ?? typed;
  const all = [...open.fills, ...fills];
  const averaged = average(all, contract, multiplier);
  return {
    ...averaged,
    effects: averaged.effects.slice(open.fills.length),
    priceDecimals: Math.max(priceDecimals, open.priceDecimals),
    path: () => ({ steps: fillPath(all, contract, multiplier), opened: open.fills.length }),
  };
}

/** Refuses trades that begin inside a position, if the exchange reports its size before the first of them. */
function refuseOtherStart(first: Trade | undefined, open: Ratio): void {
  if (!first?.startPosition || first.startPosition.compare(open) === 0) return;
  const size = first.startPosition.toText(30);
  fail('REFUSED', 'fills', {
    why: `the position was ${size} before trade ${first.name}; give all trades since it was opened, or --open ${size}@PRICE`,
  });
}

const FROM_THE_START =
  'give all trades since the position was opened, or the position before them with --open QTY@PRICE';

function contradictionWords(found: Contradiction<ReportedFill & { readonly name: string }>): string {
  const { name } = found.fill;
  switch (found.kind) {
    case 'wrong-side': {
      const [leg, other] = found.leg === 'long' ? ['LONG', 'short'] : ['SHORT', 'long'];
      if (name === 'open') return `the file has the ${leg} position, which cannot be ${other}; change the sign`;
      return `trade ${name} would make the ${leg} position ${other} (${found.qty.toText(30)}), which is impossible; ${FROM_THE_START}`;
    }
    case 'closes-nothing':
      return `trade ${name} closed a size (realizedPnl ${found.reported.toText(8)}) that the trades before it did not open; ${FROM_THE_START}`;
    case 'other-profit':
      return `trade ${name} has a realizedPnl of ${found.reported.toText(8)}, but the trades before it give ${found.profit.toText(8)}; ${FROM_THE_START} (if they are complete, check --contract and --multiplier)`;
  }
}
