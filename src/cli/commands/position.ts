import { FILLS } from '../../commands/shared/fill-inputs.js';
import { assess, untoldSlips, warningsOf, type Assessment } from '../../core/assessment.js';
import type { Side } from '../../core/position.js';
import { RESULT_LIST } from '../../formats/results.js';
import { card, cardDecimals } from '../../presenters/card.js';
import { decimalsFor, writtenResult, type Rendering } from '../../presenters/figures.js';
import type { Style } from '../../presenters/style.js';
import type { Member, Report } from '../../report/report.js';
import type { Invocation } from '../command.js';
import { inputFlag, POSITION_FLAGS, RESULT_FLAGS, type Flag, type Usage } from '../flags.js';
import { printReport } from '../print-report.js';
import { readPosition, type FlaggedPosition } from '../read-position.js';
import { tableOf } from '../tables.js';

const FILL_FLAGS: readonly Flag[] = Object.entries(FILLS).map(([key, input]) => inputFlag(key, input));

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
  const { io, name, operands, options } = invocation;
  const side = sideOf(name);
  const flagged = Object.keys(FILLS).some((key) => options[key] !== undefined)
    ? await (await import('../read-fills.js')).readFilledPosition(invocation, side)
    : readPosition(invocation, side, operands);
  const { input, common } = flagged;
  const assessment = assess(input.terms, await tableOf(invocation, input.terms), input.formula);
  if (common.isVerbose) tell(invocation, assessment, decimalsFor(input.entryDecimals, common.decimals));
  return printReport(io, common, await reportOf(invocation, flagged, assessment));
}

/** The side that the command's name says. */
function sideOf(name: string): Side {
  if (name === 'long' || name === 'short') return name;
  throw new Error(`${name} is not a side`);
}

/** Every result that a position has. */
function figuresOf(assessment: Assessment, rendering: Rendering): Member[] {
  return RESULT_LIST.flatMap(([key]): Member[] => {
    const value = writtenResult(key, assessment, rendering);
    return value === undefined ? [] : [[key, value]];
  });
}

/** A position and its results as a report. */
async function reportOf(
  { io, options }: Invocation,
  { input, given, common }: FlaggedPosition,
  assessment: Assessment,
): Promise<Report> {
  const { entryDecimals } = input;
  const { decimals, isQuiet } = common;
  const today = io.now();
  const rendering = { decimals: decimalsFor(entryDecimals, decimals), today };
  const explain = options['explain'] === true ? (await import('../../presenters/explain.js')).explanation : undefined;
  return {
    inputs: given,
    // The card shows other figures, and its own notes.
    get figures() {
      return figuresOf(assessment, rendering);
    },
    get warnings() {
      return warningsOf(assessment, today);
    },
    slips: untoldSlips(common.slips, [assessment]),
    positions: [assessment],
    isNo: false,
    text: (style: Style) => {
      const shown = card(assessment, { ...style, entryDecimals, decimals, today, isQuiet });
      const steps = explain?.(assessment, Math.max(4, cardDecimals({ entryDecimals, decimals })));
      return steps === undefined ? shown : `${shown}\n${steps}`;
    },
  };
}

/** What `--verbose` tells: where the rates come from and how the answer is rounded. */
function tell({ io }: Invocation, { position }: Assessment, decimals: number): void {
  const { table, ratesFromTable } = position;
  const origin =
    table && ratesFromTable ? `${table.symbol} of ${table.asOf}, ${table.venue}: ${table.source}` : 'as given';
  io.stderr.write(`liqcalc: rates ${origin}\nliqcalc: prices and amounts rounded half-even to ${decimals} decimals\n`);
}
