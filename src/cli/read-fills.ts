import { fail, LiqcalcError, problem, type Problem } from '../core/errors.js';
import type { FormulaName } from '../core/formulas/index.js';
import { average, type Averaged } from '../core/plan/average.js';
import { contradictionOf, type Contradiction, type ReportedFill } from '../core/plan/fill-check.js';
import { contractOf, type Terms } from '../core/position.js';
import { FIELD_LIST, type FieldKey } from '../formats/fields.js';
import { readFillTexts, readUserTrades } from '../formats/fills.js';
import { fileText } from './files.js';
import type { Invocation } from './command.js';
import { FILL_ASKS, type FillAsks } from './fill-flags.js';
import { onlyProblems } from './only.js';
import { tableOfTrade } from './plan-fields.js';
import type { FlaggedPosition } from './read-position.js';
import { readQuestion, type Question, type QuestionSpec } from './read-question.js';

const gives = 'the fills give it';

/** What every question about fills shares: they give entry and size. */
export const FILL_RULES = {
  needs: [{ what: 'fills', give: ['fill', 'fills'] }],
  excludes: [
    ['fill', 'fills', 'both give the fills'],
    ['entry', 'fill', gives],
    ['entry', 'fills', gives],
    ['qty', 'fill', gives],
    ['qty', 'fills', gives],
    ['notional', 'fill', gives],
    ['notional', 'fills', gives],
  ],
  requires: [
    ['positionSide', ['fills'], 'it chooses within the file'],
    ['open', ['fill', 'fills'], 'they change what it opens'],
  ],
} as const satisfies Pick<QuestionSpec<FillAsks>, 'needs' | 'excludes' | 'requires'>;

const SPEC: QuestionSpec<FillAsks> = {
  fields: FIELD_LIST.map(([key]): FieldKey => key),
  asked: FILL_ASKS,
  supplies: ['entry', 'qty'],
  ...FILL_RULES,
};

/** The fills of a question, and the position that they leave. */
export async function averageOf(
  invocation: Invocation,
  { terms, asked }: Pick<Question<FillAsks>, 'terms' | 'asked'>,
): Promise<Averaged & { readonly priceDecimals: number }> {
  const problems: Problem[] = [];
  const open = readFillTexts(asked.open === undefined ? [] : [asked.open], problems, 'open');
  const typed = readFillTexts(asked.fill ?? [], problems);
  if (problems.length > 0) throw new LiqcalcError(problems);
  const filed = asked.fills === undefined ? undefined : tradesOf(invocation, asked.fills, { terms, asked });
  const table = await tableOfTrade(invocation, terms);
  const symbol = terms.symbol ?? filed?.fills[0]?.symbol;
  const contract = contractOf({ ...terms, ...(symbol !== undefined && { symbol }) }, table);
  const multiplier = table?.multiplier ?? terms.multiplier;
  if (filed) {
    const before = open.fills.map((fill) => ({ ...fill, leg: filed.fills[0]?.leg, name: 'open' }));
    const found = contradictionOf([...before, ...filed.fills], contract, multiplier);
    if (found) fail('REFUSED', found.fill.name === 'open' ? 'open' : 'fills', { why: contradictionWords(found) });
  }
  const { fills, priceDecimals } = filed ?? typed;
  const averaged = average([...open.fills, ...fills], contract, multiplier);
  return {
    ...averaged,
    effects: averaged.effects.slice(open.fills.length),
    priceDecimals: Math.max(priceDecimals, open.priceDecimals),
  };
}

function tradesOf(
  { io }: Invocation,
  file: string,
  { terms, asked }: Pick<Question<FillAsks>, 'terms' | 'asked'>,
): ReturnType<typeof readUserTrades> {
  return readUserTrades(fileText(io, file), { symbol: terms.symbol, positionSide: asked.positionSide });
}

const FROM_THE_START =
  'give the trades from the start of the position, or what was held before them with --open QTY@PRICE';

function contradictionWords(found: Contradiction<ReportedFill & { readonly name: string }>): string {
  const { name } = found.fill;
  switch (found.kind) {
    case 'wrong-side': {
      const [leg, other] = found.leg === 'long' ? ['LONG', 'short'] : ['SHORT', 'long'];
      if (name === 'open') return `the file has the ${leg} position, which cannot be ${other}; turn the sign around`;
      return `trade ${name} would make the ${leg} position ${other} (${found.qty.toText(30)}), which cannot be; ${FROM_THE_START}`;
    }
    case 'closes-nothing':
      return `trade ${name} closed something (realizedPnl ${found.reported.toText(8)}) that the trades before it do not hold; ${FROM_THE_START}`;
    case 'other-profit':
      return `trade ${name} has a realizedPnl of ${found.reported.toText(8)}, by the trades before it that is ${found.profit.toText(8)}; ${FROM_THE_START} (if they are complete: --contract and --multiplier must be those of the file)`;
  }
}

/** The position of `long` or `short` whose entry and size come from fills. */
export async function readFilledPosition(invocation: Invocation, side: 'long' | 'short'): Promise<FlaggedPosition> {
  const question = readQuestion({ ...invocation, operands: [side, ...invocation.operands] }, SPEC);
  const { holding, priceDecimals } = await averageOf(invocation, question);
  const net = holding.kind === 'flat' ? '0' : `${holding.side === 'long' ? '' : '-'}${holding.qty.toText(30)}`;
  if (holding.kind === 'flat' || holding.side !== side) {
    const must = `${side === 'long' ? 'above' : 'below'} 0 in sum for a ${side}; a minus sells`;
    throw new LiqcalcError([problem('WRONG_SIDE', 'fill', { value: net, must })]);
  }
  const { formula, ...terms } = question.terms as Terms & { readonly formula?: FormulaName };
  const { qty, entry } = holding;
  const found = [
    ['entry', entry.toText(Math.max(8, priceDecimals))],
    ['qty', qty.toText(30)],
  ] as const;
  const given = [...question.given, ...found];
  const unknown = onlyProblems(question.common.only, given);
  if (unknown.length > 0) throw new LiqcalcError(unknown);
  return {
    input: { terms: { ...terms, entry, qty }, formula: formula ?? 'exact', entryDecimals: priceDecimals },
    given,
    common: question.common as FlaggedPosition['common'],
  };
}
