import { assessAccount, type AccountPosition } from '../../../src/core/account.js';
import { assess } from '../../../src/core/assessment.js';
import { flatBrackets, type BracketTable } from '../../../src/core/brackets.js';
import { poolOf, safeRange } from '../../../src/core/liquidation.js';
import type { Side } from '../../../src/core/leg.js';
import type { Terms } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';
import { riskPosition, type PositionData, type RiskInput } from '../../../src/core/risk/input.js';

/** Decimal text as an exact number. */
export const n = (text: string): Ratio => Ratio.from(text);

/** A position in plain text: numbers as decimals, `mmr` in percent. */
export interface Given {
  readonly side?: Side;
  readonly entry?: string;
  readonly lev?: string;
  readonly margin?: string;
  readonly mmr?: string;
  readonly qty?: string;
  readonly mark?: string;
  readonly wallet?: string;
  readonly addMargin?: string;
  /** A fraction. */
  readonly mmFee?: string;
  /** A fraction. */
  readonly taker?: string;
  readonly symbol?: string;
  readonly venue?: string;
  readonly contract?: 'linear' | 'inverse';
  readonly mode?: 'cross' | 'isolated';
  readonly data?: PositionData;
  readonly table?: BracketTable;
}

/** What is known beside the positions. */
export type Beside = Pick<RiskInput, 'event'> & {
  /** Of an account: that its wallet was given, also where it is zero. */
  readonly isWalletGiven?: boolean;
  readonly equity?: string;
  readonly usualLev?: string;
};

const NUMBERS = ['entry', 'lev', 'margin', 'qty', 'mark', 'wallet', 'addMargin', 'mmFee', 'taker'] as const;

/** Terms of a position; without anything else it is a long at 100 with a maintenance rate of 1 %. */
export function termsOf(given: Given): Terms {
  const { side = 'long', symbol, venue, contract, mmr = '1', entry = '100' } = given;
  const numbers = NUMBERS.flatMap((key) => (given[key] === undefined ? [] : [[key, n(given[key])] as const]));
  return {
    side,
    ...(symbol !== undefined && { symbol }),
    ...(venue !== undefined && { venue }),
    ...(contract && { contract }),
    mmr: n(mmr).over(Ratio.HUNDRED),
    entry: n(entry),
    ...Object.fromEntries(numbers),
  };
}

const besideOf = ({ event, equity, usualLev }: Beside): Partial<RiskInput> => ({
  ...(event !== undefined && { event }),
  ...(equity !== undefined && { equity: n(equity) }),
  ...(usualLev !== undefined && { usualLev: n(usualLev) }),
});

/** One position alone, as flags give it. */
export function alone(given: Given, beside: Beside = {}): RiskInput {
  const terms = termsOf(given);
  const assessment = assess(terms, given.table);
  const mode = terms.wallet ? 'cross' : 'isolated';
  const assessed = { ...assessment, mode, range: safeRange(poolOf(assessment.position)) } as const;
  return { positions: [riskPosition(assessed, given.data ?? {})], ...besideOf(beside) };
}

/** An account; positions are cross unless they say otherwise. */
export function accountOf(wallet: string, positions: readonly Given[], beside: Beside = {}): RiskInput {
  const account = assessAccount({
    wallet: n(wallet),
    ...(beside.isWalletGiven !== undefined && { isWalletGiven: beside.isWalletGiven }),
    positions: positions.map((given, index): AccountPosition => {
      const mode = given.mode ?? 'cross';
      const terms = termsOf({ symbol: 'AAAUSDT', ...given, ...(mode === 'cross' && { wallet }) });
      const own = { name: `positions[${index}]`, terms, mode, formula: 'exact', beta: Ratio.ONE } as const;
      return given.table ? { ...own, table: given.table } : own;
    }),
  });
  const data = positions.map((given) => given.data ?? {});
  return {
    positions: account.positions.map((assessed, index) => riskPosition(assessed, data[index] ?? {})),
    account,
    ...besideOf(beside),
  };
}

/** A table of two brackets: up to 1000 at most 50x, up to 10000 at most 20x; a rate of 1 %. */
export const TABLE: BracketTable = {
  venue: 'test',
  symbol: 'AAAUSDT',
  contract: 'linear',
  multiplier: Ratio.ONE,
  asOf: '2026-01-01',
  confidence: 'A',
  source: 'test',
  brackets: [
    { floor: Ratio.ZERO, cap: n('1000'), rate: n('0.01'), amount: Ratio.ZERO, maxLeverage: n('50') },
    { floor: n('1000'), cap: n('10000'), rate: n('0.01'), amount: Ratio.ZERO, maxLeverage: n('20') },
  ],
};

/** The same brackets without highest leverages. */
export const PLAIN_TABLE: BracketTable = { ...TABLE, brackets: flatBrackets(n('0.01'), Ratio.ZERO) };
