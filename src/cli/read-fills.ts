import { FILL_RULES, positionOfFills } from '../commands/shared/fills.js';
import type { Asking } from '../commands/shared/question.js';
import { LiqcalcError, problem, type Problem } from '../core/errors.js';
import type { FormulaName } from '../core/formulas/index.js';
import type { Terms } from '../core/position.js';
import { FIELD_LIST } from '../formats/fields.js';
import { keysNamed, POSITION_NAMES } from '../report/dictionary.js';
import type { Invocation } from './command.js';
import { readCommonOptions } from './options.js';
import { contextOf } from './plan.js';
import type { FlaggedPosition } from './read-position.js';
import { readQuestion } from './read-question.js';

const ASKING = {
  ...FILL_RULES,
  position: FIELD_LIST.map(([key]) => key),
  supplies: ['entry', 'qty'],
} as const satisfies Asking;

/** The position of `long` or `short` whose entry and size come from fills. */
export async function readFilledPosition(invocation: Invocation, side: 'long' | 'short'): Promise<FlaggedPosition> {
  const problems: Problem[] = [];
  const common = readCommonOptions(invocation.options, problems);
  const only = common.only && keysNamed(common.only, POSITION_NAMES, problems);
  const asked = { ...invocation, operands: [side, ...invocation.operands] };
  const { values, given, ...question } = readQuestion(asked, ASKING, problems);
  const { formula, ...terms } = question.terms as Terms & { readonly formula?: FormulaName };
  const { holding, priceDecimals } = await positionOfFills(terms, values, contextOf(invocation));
  const net = holding.kind === 'flat' ? '0' : `${holding.side === 'long' ? '' : '-'}${holding.qty.toText(30)}`;
  if (holding.kind === 'flat' || holding.side !== side) {
    const must = `${side === 'long' ? 'above' : 'below'} 0 in sum for a ${side}; a minus sells`;
    throw new LiqcalcError([problem('WRONG_SIDE', 'fill', { value: net, must })]);
  }
  const { qty, entry } = holding;
  const found = [
    ['entry', entry.toText(Math.max(8, priceDecimals))],
    ['qty', qty.toText(30)],
  ] as const;
  return {
    input: { terms: { ...terms, entry, qty }, formula: formula ?? 'exact', entryDecimals: priceDecimals },
    given: [...given, ...found],
    common: { ...common, only },
  };
}
