import { assess, warningsOf, warningWords, type Assessment } from '../../core/assessment.js';
import { tableFor, type BracketTable } from '../../core/brackets.js';
import { LiqcalcError } from '../../core/errors.js';
import type { Terms } from '../../core/position.js';
import { card, cardDecimals } from '../../presenters/card.js';
import { decimalsFor } from '../../presenters/figures.js';
import { positionRows, ROW_FORMATS } from '../../presenters/position-rows.js';
import { alertCode } from '../alert.js';
import type { Invocation } from '../command.js';
import { COMMON_FLAGS, POSITION_FLAGS, type Usage } from '../flags.js';
import { onlyLine, onlyProblems } from '../only.js';
import { readPosition, type FlaggedPosition } from '../read-position.js';
import { tablesFor } from '../tables.js';
import { printText } from '../text.js';

/** `liqcalc long` and `liqcalc short`: one position from flags. */
export const usage: Usage = {
  operands: [{ usage: '[symbol]', meaning: 'symbol like BTCUSDT, the same as --symbol' }],
  flags: [
    ...POSITION_FLAGS,
    { name: 'explain', meaning: 'show every step, with numbers and the check of both sides', heading: 'Answer' },
    ...COMMON_FLAGS,
  ],
};

export async function run(invocation: Invocation): Promise<number> {
  const flagged = await readPosition(invocation, invocation.name, invocation.operands);
  const { input, common } = flagged;
  const problems = onlyProblems(common.only, flagged.given);
  if (problems.length > 0) throw new LiqcalcError(problems);
  const assessment = assess(input.terms, await table(invocation, input.terms), input.formula);
  await print(invocation, flagged, assessment);
  return alertCode(common.alert, assessment);
}

/** The table of the position's symbol; without one nothing is looked for, but a file that was named must be right. */
async function table({ io, options }: Invocation, terms: Terms): Promise<BracketTable | undefined> {
  const isAsked = terms.symbol !== undefined || options['brackets'] !== undefined;
  return isAsked ? tableFor(terms, await tablesFor(io, options)) : undefined;
}

async function print(invocation: Invocation, flagged: FlaggedPosition, assessment: Assessment): Promise<void> {
  const { io, options } = invocation;
  const { input, given, common } = flagged;
  const { format = 'text', only } = common;
  const today = io.now();
  const decimals = decimalsFor(input.entryDecimals, common.decimals, input.terms.tick);
  const rows = (): ReturnType<typeof positionRows> => positionRows(given, assessment, { decimals, today });
  if (only) {
    io.stdout.write(onlyLine(only, rows()));
    if (!common.isQuiet) warn(invocation, assessment);
  } else if (format !== 'text') {
    io.stdout.write(ROW_FORMATS[format](rows()));
  } else {
    await printText(io, common, async (style) => {
      const shown = card(assessment, {
        ...style,
        entryDecimals: input.entryDecimals,
        decimals: common.decimals,
        today,
      });
      if (options['explain'] !== true) return shown;
      const { explanation } = await import('../../presenters/explain.js');
      return `${shown}\n${explanation(assessment, Math.max(4, cardDecimals({ entryDecimals: input.entryDecimals, decimals: common.decimals })))}`;
    });
  }
}

function warn({ io }: Invocation, assessment: Assessment): void {
  for (const warning of warningsOf(assessment, io.now()))
    io.stderr.write(`liqcalc: warning: ${warningWords(warning)}\n`);
}
