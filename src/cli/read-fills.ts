import { LiqcalcError, problem, type Problem } from '../core/errors.js';
import type { FormulaName } from '../core/formulas/index.js';
import { average, type Averaged } from '../core/plan/average.js';
import { contractOf, type Terms } from '../core/position.js';
import { FIELD_LIST, type FieldKey } from '../formats/fields.js';
import { readFillTexts, readUserTrades, type ReadFills } from '../formats/fills.js';
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
  requires: [['positionSide', ['fills'], 'it chooses within the file']],
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
): Promise<Averaged & ReadFills> {
  const problems: Problem[] = [];
  const read =
    asked.fills === undefined
      ? readFillTexts(asked.fill ?? [], problems)
      : readUserTrades(fileText(invocation.io, asked.fills), {
          symbol: terms.symbol,
          positionSide: asked.positionSide,
        });
  if (problems.length > 0) throw new LiqcalcError(problems);
  const table = await tableOfTrade(invocation, terms);
  const contract = contractOf(terms, table);
  return { ...read, ...average(read.fills, contract, table?.multiplier ?? terms.multiplier) };
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
