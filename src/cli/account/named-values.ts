import { symbolKey } from '../../core/brackets.js';
import { LiqcalcError, problem, type Problem } from '../../core/errors.js';
import { repeated } from '../../core/names.js';
import { Ratio } from '../../core/ratio.js';
import type { Shock } from '../../core/shock.js';
import type { Closing } from '../../core/what-if.js';
import { FIELDS } from '../../formats/fields.js';
import { flagName } from '../../formats/flag-name.js';
import { GIVEN_RATES, type GivenRate, type GivenRates } from '../../formats/raw-account.js';
import type { Shape } from '../../schema/value.js';
import { gathering } from '../gathering.js';
import { readNumber } from '../options.js';

function refuse(flag: string, value: string, want: string): never {
  throw new LiqcalcError([problem('REFUSED', flag, { why: `${JSON.stringify(value)} is not ${want}` })]);
}

type DecimalShape = Shape & { readonly kind: 'decimal' };
const ANY: DecimalShape = { kind: 'decimal', range: 'any' };
const SHOCK: DecimalShape = { kind: 'decimal', range: 'any', suffix: '%' };
const POSITIVE: DecimalShape = { kind: 'decimal', range: 'positive' };

/** The number of a flag; `undefined` if it is not given. */
export function decimalOf(flag: string, value: string | undefined, shape: DecimalShape = ANY): Ratio | undefined {
  const problems: Problem[] = [];
  const number = readNumber(shape, flag, value, problems);
  if (problems.length > 0) throw new LiqcalcError(problems);
  return number;
}

/** The named values of a flag as a map. A name that is given twice is a problem: which of the two is meant is unknown. */
export function byName<V>(
  flag: string,
  named: readonly (readonly [name: string, value: V])[],
  problems: Problem[],
): Map<string, V> {
  for (const name of repeated(named.map(([each]) => each)))
    problems.push(problem('DUPLICATE_KEY', `${flagName(flag)} ${name}`, { other: '' }));
  return new Map(named);
}

/** The betas of `--beta SYMBOL=X`. */
export function betasOf(values: readonly string[], problems: Problem[]): ReadonlyMap<string, Ratio> {
  const betas = values.flatMap((each) => gathering(problems, () => [betaOf(each)]) ?? []);
  return byName('beta', betas, problems);
}

function betaOf(value: string): readonly [string, Ratio] {
  const [, symbol, number] = /^([^=]+)=(.+)$/.exec(value) ?? [];
  if (symbol === undefined) return refuse('beta', value, 'SYMBOL=X; write ETHUSDT=1.3');
  return [symbolKey(symbol), decimalOf('beta', number) ?? Ratio.ONE];
}

/** The rates of `--mmr`, `--cum` and `--mm-fee`, valid: for all positions, and for those of a symbol. */
export function ratesOf(textsOf: (key: string) => readonly string[], problems: Problem[]): GivenRates {
  const [mmr, cum, mmFee] = GIVEN_RATES.map((key) => rateOf(key, textsOf(key), problems)) as [
    GivenRate,
    GivenRate,
    GivenRate,
  ];
  if (cum.all !== undefined && mmr.all === undefined && mmr.bySymbol.size === 0)
    problems.push(problem('NEEDS', 'cum', { other: 'mmr', why: 'the amount belongs to that rate' }));
  return { mmr, cum, mmFee };
}

function rateOf(key: keyof GivenRates, values: readonly string[], problems: Problem[]): GivenRate {
  const named: [string, string][] = [];
  const all: string[] = [];
  for (const value of values) {
    const [, symbol, number = value] = /^([^=]*)=(.*)$/.exec(value) ?? [];
    if (symbol === '')
      problems.push(problem('REFUSED', key, { why: `${JSON.stringify(value)} has no symbol; write SYMBOL=RATE` }));
    gathering(problems, () => decimalOf(key, number, FIELDS[key]));
    if (symbol === undefined) all.push(number);
    else named.push([symbolKey(symbol), number]);
  }
  if (all.length > 1) problems.push(problem('DUPLICATE_KEY', key, { other: '' }));
  return { all: all[0], bySymbol: byName(key, named, problems) };
}

/** The parts of positions to close of `--close SYMBOL[:QTY]`, with or without a side. */
export function closingsOf(values: readonly string[], problems: Problem[]): readonly Closing[] {
  const closings = values.flatMap((each) => gathering(problems, () => closingOf(each)) ?? []);
  closings.forEach((each, index) => {
    if (closings.slice(0, index).some((before) => isSamePosition(before, each)))
      problems.push(problem('DUPLICATE_KEY', `--close ${each.symbol}`, { other: '' }));
  });
  return closings;
}

/** Whether two closings are about one position. Without a side, a symbol means both of its legs. */
function isSamePosition(one: Closing, other: Closing): boolean {
  const hasSides = one.side !== undefined && other.side !== undefined;
  return symbolKey(one.symbol) === symbolKey(other.symbol) && !(hasSides && one.side !== other.side);
}

function closingOf(value: string): Closing {
  const match = /^(?:(long|short):)?(.+?)(?::([+\-.\d][^:]*))?$/i.exec(value);
  const [, side, symbol, number] = match ?? [];
  if (symbol === undefined) return refuse('close', value, 'SYMBOL[:QTY]; write BTCUSDT or BTCUSDT:0.5');
  const quantity = decimalOf('close', number, POSITIVE);
  const named = side?.toLowerCase() === 'long' ? 'long' : side === undefined ? undefined : 'short';
  return { symbol, ...(named && { side: named }), ...(quantity && { quantity }) };
}

const SHOCK_FORM = 'SYMBOL=PERCENT; write BTCUSDT=-10,DOGEUSDT=-25, or all=-10';
const ALL = 'all';

/** The amount of a `--shock` that is written in two words, and the other operands. */
export function withoutAmount(
  shocks: readonly string[],
  operands: readonly string[],
): { readonly amount?: string | undefined; readonly others: readonly string[] } {
  if (shocks.every((value) => value.includes('='))) return { others: operands };
  const amount = operands.find((each) => /^[+-]?\d+(?:\.\d*)?%?$/.test(each));
  return { amount, others: operands.filter((each) => each !== amount) };
}

/**
 * The moves of `--shock`, as fractions.
 *
 * @param amount - the word after a symbol, if it is an amount.
 */
export function shockOf(values: readonly string[], problems: Problem[], amount?: string): Shock | undefined {
  if (values.length === 0) return undefined;
  const parts = values.flatMap((value) => value.split(','));
  const moves = byName(
    'shock',
    parts.map((part) => moveOf(part, amount)),
    problems,
  );
  const all = moves.get(ALL);
  moves.delete(ALL);
  return { bySymbol: moves, all };
}

/** The move of a symbol, or of all others. */
function moveOf(part: string, amount: string | undefined): readonly [symbol: string, move: Ratio] {
  const [, symbol, number] = /^([^=]+)=(.+)$/.exec(part.trim()) ?? [];
  if (symbol === undefined && amount !== undefined && !part.includes('='))
    return refuse('shock', `${part} ${amount}`, `one word; write ${part.trim()}=${amount}`);
  if (symbol === undefined) return refuse('shock', part, SHOCK_FORM);
  const move = decimalOf('shock', number, SHOCK) as Ratio;
  if (!move.plus(Ratio.ONE).isAbove(Ratio.ZERO)) return refuse('shock', part, 'above -100 %: a price stays above zero');
  return [symbol.trim().toLowerCase() === ALL ? ALL : symbolKey(symbol.trim()), move];
}

/** The margin ratio of `--need margin-ratio=R`, in percent. */
export function needOf(value: string | undefined): Ratio | undefined {
  if (value === undefined) return undefined;
  const number = /^margin-ratio=(.+?)%?$/i.exec(value)?.[1];
  if (number === undefined) return refuse('need', value, 'margin-ratio=PERCENT; write margin-ratio=30');
  const wanted = decimalOf('need', number, POSITIVE);
  if (!wanted?.isBelow(Ratio.HUNDRED)) {
    return refuse('need', value, 'below 100 % (the account is liquidated at 100 %); write margin-ratio=30');
  }
  return wanted;
}
