import { notAChoice } from '../../core/choice.js';
import { LiqcalcError, problem, type Problem } from '../../core/errors.js';
import { isDay } from '../../formats/written-table.js';
import type { BracketsAction } from '../brackets-action.js';
import { bracketsActions } from '../brackets/index.js';
import { dayOf } from '../bracket-files.js';
import type { Invocation } from '../command.js';
import { BRACKETS_FLAG, UNALARMED_FLAGS, VENUE_FLAG, venueOf, withFormats, withIdle, type Usage } from '../flags.js';
import { CONNECTION_FLAGS } from '../live/flags.js';
import { formatsFor } from '../../report/writers/index.js';
import { excessProblems, readCommonOptions, unknownFlagProblems } from '../options.js';

const NAMES = Object.keys(bracketsActions);
const FORMATS = formatsFor('tables');

const wordsOf = (name: string, { operands, more }: BracketsAction): string =>
  [name, ...operands.map(([word]) => word), ...(more === undefined ? [] : [`[${more}...]`])].join(' ');

/** `liqcalc brackets ACTION`: the bracket tables, built-in or imported. */
export const usage: Usage = {
  forms: Object.entries(bracketsActions).map(([name, action]) => `${wordsOf(name, action)} [FLAGS]`),
  help: {
    usual: ['brackets', 'venue', 'symbol', 'as-of', 'format', 'only'],
    examples: ['brackets list', 'brackets show BTCUSDT', 'brackets validate tables.json'],
    no: 'diff found differences',
  },
  operands: [
    {
      usage: '[action]',
      meaning: Object.entries(bracketsActions)
        .map(([name, action]) => wordsOf(name, action))
        .join(' | '),
      choices: NAMES,
    },
    { usage: '[operand...]', meaning: 'a symbol or files, as the action needs; - is stdin' },
  ],
  flags: [
    { ...BRACKETS_FLAG, heading: 'Tables' },
    {
      name: 'as-of',
      placeholder: 'DATE',
      meaning: 'date of tables that have no date, like 2026-11-22',
      heading: 'Tables',
    },
    {
      name: 'symbol',
      placeholder: 'SYMBOL',
      meaning: 'symbol of a table that does not name it',
      heading: 'Tables',
    },
    { ...VENUE_FLAG, meaning: 'venue of tables that do not name it, default binance; list shows only its tables' },
    { name: 'dry-run', meaning: 'with update: show what would change, and store nothing', heading: 'Exchange' },
    ...CONNECTION_FLAGS,
    ...withIdle(withFormats(UNALARMED_FLAGS, FORMATS), 'dp', 'config', 'no-config'),
  ],
  actions: Object.fromEntries(
    Object.entries(bracketsActions).map(([name, { meaning, operands, more }]) => [
      name,
      {
        meaning,
        takes: [
          ...operands.map(([word]) => (word === 'SYMBOL' ? ('symbol' as const) : ('file' as const))),
          ...(more === undefined ? [] : ['symbol' as const]),
        ],
      },
    ]),
  ),
};

export async function run({ io, operands, options, unknown }: Invocation): Promise<number> {
  const [name = 'list', ...rest] = operands;
  if (name === 'update') (await import('../live/connect.js')).refuseKeys(unknown);
  const problems: Problem[] = unknownFlagProblems(unknown, usage);
  const common = readCommonOptions(options, problems, FORMATS);
  const asOf = dayGiven(options['asOf'], io.now(), problems);
  const venue = venueOf(options, problems);
  const symbol = typeof options['symbol'] === 'string' ? options['symbol'] : undefined;
  const action = Object.hasOwn(bracketsActions, name) ? bracketsActions[name] : undefined;
  problems.push(...(action ? operandProblems(name, action, rest) : [notAChoice('', name, NAMES)]));
  if (!action || problems.length > 0) throw new LiqcalcError(problems);
  return action.run({ io, operands: rest, options, common, asOf, venue, symbol });
}

function operandProblems(name: string, action: BracketsAction, given: readonly string[]): Problem[] {
  const { operands, wants: explained } = action;
  const [missing] = operands.slice(given.length);
  const written = `liqcalc brackets ${wordsOf(name, action)}`;
  return [
    ...(missing ? [problem('MISSING_OPERAND', '', { what: missing[1], usage: written, explained })] : []),
    ...(action.more === undefined ? excessProblems(given.slice(operands.length)) : []),
  ];
}

function dayGiven(value: unknown, now: number, problems: Problem[]): string | undefined {
  if (typeof value !== 'string') return undefined;
  const isRight = isDay(value) && value <= dayOf(now);
  const advice = isDay(value) ? 'that day is in the future' : 'write a date like 2026-11-22';
  if (!isRight) problems.push(problem('NOT_A_VALUE', 'as-of', { value, advice }));
  return value;
}
