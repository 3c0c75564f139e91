import { assess, warningsOf, warningWords, type Assessment } from '../../core/assessment.js';
import type { Side } from '../../core/position.js';
import { card, cardDecimals } from '../../presenters/card.js';
import { decimalsFor } from '../../presenters/figures.js';
import { positionRows, ROW_FORMATS } from '../../presenters/position-rows.js';
import { alertCode } from '../alert.js';
import type { Invocation } from '../command.js';
import { POSITION_FLAGS, RESULT_FLAGS, type Usage } from '../flags.js';
import { FILL_FLAGS, hasFills } from '../fill-flags.js';
import { onlyLine } from '../only.js';
import { readPosition, type FlaggedPosition } from '../read-position.js';
import { tableOf } from '../tables.js';
import { printData } from '../print-data.js';
import { reportSlips, untold } from '../slips.js';
import { printText } from '../text.js';

/** `liqcalc long` and `liqcalc short`: one position from flags. */
export const usage: Usage = {
  operands: [{ usage: '[symbol]', meaning: 'symbol like BTCUSDT, the same as --symbol', takes: 'symbol' }],
  flags: [
    ...POSITION_FLAGS,
    ...FILL_FLAGS,
    { name: 'explain', meaning: 'show every step, with numbers and the check of both sides', heading: 'Answer' },
    ...RESULT_FLAGS,
  ],
};

export async function run(invocation: Invocation): Promise<number> {
  const { name, operands } = invocation;
  const side = sideOf(name);
  const flagged = hasFills(invocation)
    ? await (await import('../read-fills.js')).readFilledPosition(invocation, side)
    : readPosition(invocation, side, operands);
  const { input, common } = flagged;
  const assessment = assess(input.terms, await tableOf(invocation, input.terms), input.formula);
  await print(invocation, flagged, assessment);
  reportSlips(invocation.io, untold(common.slips, [assessment]), common);
  return alertCode(invocation.io, common, [assessment]);
}

/** The side that the command's name says. */
function sideOf(name: string): Side {
  if (name === 'long' || name === 'short') return name;
  throw new Error(`${name} is not a side`);
}

async function print(invocation: Invocation, flagged: FlaggedPosition, assessment: Assessment): Promise<void> {
  const { io, options } = invocation;
  const { input, given, common } = flagged;
  const { format = 'text', only } = common;
  const today = io.now();
  const decimals = decimalsFor(input.entryDecimals, common.decimals);
  const rows = (): ReturnType<typeof positionRows> => positionRows(given, assessment, { decimals, today });
  if (common.isVerbose) tell(invocation, assessment, decimals);
  if (only) {
    io.stdout.write(onlyLine(only, rows()));
    if (!common.isQuiet) warn(invocation, assessment);
  } else if (format !== 'text') {
    printData(io, common, ROW_FORMATS[format](rows()));
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

/** What `--verbose` tells: where the rates come from and how the answer is rounded. */
function tell({ io }: Invocation, { position }: Assessment, decimals: number): void {
  const { table, ratesFromTable } = position;
  const origin =
    table && ratesFromTable ? `${table.symbol} of ${table.asOf}, ${table.venue}: ${table.source}` : 'as given';
  io.stderr.write(`liqcalc: rates ${origin}\nliqcalc: prices and amounts rounded half-even to ${decimals} decimals\n`);
}

function warn({ io }: Invocation, assessment: Assessment): void {
  for (const warning of warningsOf(assessment, io.now()))
    io.stderr.write(`liqcalc: warning: ${warningWords(warning)}\n`);
}
