import { choice } from '../../core/choice.js';
import type { Invocation } from '../command.js';
import { problem, type Problem } from '../../core/errors.js';
import type { Configuration } from '../../core/risk/configuration.js';
import { SEVERITIES, type Severity } from '../../core/risk/rule.js';
import { ACCOUNT_USAGE, RATE_FLAGS } from '../account/options.js';
import { dictionaryOf, keysNamed } from '../../report/dictionary.js';
import { BARE_KEYS } from '../../report/text/risk/report-rows.js';
import { FEEDS_FLAG, LIVE_ACCOUNT_FLAGS } from '../live/flags.js';
import { withoutProblems } from '../gathering.js';
import { configuredByFlags } from '../../formats/risk-config.js';
import { FIELDS } from '../../formats/fields.js';
import { formatsFor, type FormatFor } from '../../report/writers/index.js';
import { ACCOUNT_DATA_FLAGS, CHECK_POSITION_FLAGS } from './position-flags.js';
import {
  COMMON_FLAGS,
  ofAccounts,
  optionKey,
  withFormats,
  withIdle,
  type Flag,
  type Parsed,
  type Usage,
} from '../flags.js';

/** The formats that findings can have. */
export type FindingFormat = FormatFor<'nested' | 'pages'>;
export const FINDING_FORMATS: readonly FindingFormat[] = [...formatsFor('nested'), ...formatsFor('pages')];

const FAIL_ON = [...SEVERITIES, 'never'] as const;

/** The flags of `check` besides those of the account or position that it judges. */
const CHECK_FLAGS: readonly Flag[] = [
  {
    name: 'rule',
    placeholder: 'ID[.SETTING]=X',
    takes: 'rule',
    meaning: 'set a rule: distance=off, allocation.error=5; may be given several times',
    heading: 'Rules',
    repeats: true,
  },
  { name: 'init', meaning: 'write .liqcalc.json (or --config FILE) with every rule and its default', heading: 'Rules' },
  { name: 'list', meaning: 'list the rules with their limits, reasons and sources', heading: 'Rules' },
  { name: 'explain', placeholder: 'RULE', takes: 'rule', meaning: 'explain one rule', heading: 'Rules' },
  {
    name: 'fail-on',
    placeholder: 'SEVERITY',
    meaning: 'exit 1 for a finding of at least this severity, default error',
    heading: 'Rules',
    choices: FAIL_ON,
  },
  { name: 'max-warnings', placeholder: 'N', meaning: 'exit 1 if there are more warnings than this', heading: 'Rules' },
];

const RATE_NAMES = RATE_FLAGS.map(({ name }) => name);
const ACCOUNT_NAMES: ReadonlySet<string> = new Set([
  ...RATE_NAMES,
  'wallet',
  'pos',
  'from',
  'venue',
  'asset',
  'tick',
  'brackets',
]);
const ACCOUNT_FLAGS = ACCOUNT_USAGE.flags.filter(({ name }) => ACCOUNT_NAMES.has(name));
const SHARED_NAMES: ReadonlySet<string> = new Set([
  ...ACCOUNT_DATA_FLAGS.map(({ name }) => name),
  ...RATE_NAMES,
  'wallet',
  'venue',
  'tick',
  'brackets',
]);

const named = (flags: readonly Flag[]): ReadonlySet<string> => new Set(flags.map(({ name }) => name));

/** Keys of flags that only one position has. */
const POSITION_KEYS: ReadonlySet<string> = new Set(
  CHECK_POSITION_FLAGS.filter(({ name }) => !SHARED_NAMES.has(name)).map(({ name }) => optionKey(name)),
);

/** Whether a call is about one position, not about accounts. */
export const isPosition = ({ operands }: Pick<Parsed, 'operands'>): boolean =>
  /^(long|short)$/i.test(operands[0] ?? '');

/** `liqcalc check`: one usage for an account and for one position. */
export const CHECK_USAGE: Usage = {
  forms: [
    '[FILE] [FLAGS]',
    '[--wallet W] --pos SPEC... [FLAGS]',
    'SIDE [SYMBOL] --entry P (--lev X | --margin M | --wallet W) [FLAGS]',
    '--list | --explain RULE | --init',
  ],
  help: {
    usual: ['rule', 'explain', 'list', 'fail-on', 'equity', 'stop', 'mark', 'wallet', 'pos', 'from'],
    examples: [
      'check long BTCUSDT --entry 60000 --lev 20 --qty 0.5 --mark 59000 --equity 10000 --stop 58000',
      'check account.json --rule distance.error=10',
      'check --explain distance',
    ],
    no: 'a finding is at or above --fail-on',
  },
  leavesDefault: (key, parsed) =>
    isPosition(parsed) ? false : POSITION_KEYS.has(key) || ACCOUNT_USAGE.leavesDefault?.(key, parsed) === true,
  operands: [
    {
      usage: '[what]',
      meaning: 'a file of accounts (stdin if absent or -), or long or short for one position',
      choices: FIELDS.side.choices,
      takes: 'file',
    },
    { usage: '[symbol]', meaning: 'symbol of one position, like BTCUSDT; same as --symbol', takes: 'symbol' },
  ],
  flags: [
    ...CHECK_FLAGS,
    ...ACCOUNT_FLAGS.filter(({ name }) => RATE_NAMES.includes(name) || !named(CHECK_POSITION_FLAGS).has(name)),
    ...CHECK_POSITION_FLAGS.filter(({ name }) => !RATE_NAMES.includes(name)),
    ...LIVE_ACCOUNT_FLAGS,
    FEEDS_FLAG,
    ...withIdle(withFormats(COMMON_FLAGS, FINDING_FORMATS).map(ofAccounts), 'dp'),
  ],
};

/** The configured rules, and the file that configures them. */
export interface FoundConfig {
  readonly configuration: Configuration;
  /** Named in every output; `undefined` if no file was read. */
  readonly path: string | undefined;
}

/** The configuration of a run: its file, and on top of it the flags, whose problems are added. */
export function configurationFor({ options, config }: Invocation, problems: Problem[]): FoundConfig {
  const configuration = configuredByFlags(textsOf(options['rule']), config?.rules ?? {}, problems);
  return { configuration, path: config?.path };
}

/** How findings decide the exit code. */
export interface Gate {
  /** The lowest severity that fails; if it is `undefined`, nothing fails. */
  readonly failOn: Severity | undefined;
  readonly maxWarnings: bigint | undefined;
}

/** The values of a flag that may be given several times. */
export function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value as readonly string[];
  return typeof value === 'string' ? [value] : [];
}

/** Whether findings, counted by severity, make the answer "no". */
export function isViolated({ failOn, maxWarnings }: Gate, counts: Readonly<Record<Severity, number>>): boolean {
  if (maxWarnings !== undefined && BigInt(counts.warn) > maxWarnings) return true;
  return failOn !== undefined && SEVERITIES.slice(SEVERITIES.indexOf(failOn)).some((each) => counts[each] > 0);
}

/**
 * Throws for names in `--only` that no finding has.
 *
 * @throws {LiqcalcError} with all of them.
 */
export function refuseUnknownKeys(only: readonly string[] | undefined): void {
  withoutProblems([], (problems) => keysNamed(only ?? [], dictionaryOf([], BARE_KEYS), problems));
}

/** Reads the flags that decide the exit code, and adds anything invalid to the problems. */
export function readGate(options: Parsed['options'], problems: Problem[]): Gate {
  const { failOn, maxWarnings } = options;
  const found = choice('failOn', typeof failOn === 'string' ? failOn : 'error', FAIL_ON, problems);
  const isCount = typeof maxWarnings === 'string' && /^\d{1,9}$/.test(maxWarnings);
  if (typeof maxWarnings === 'string' && !isCount) {
    problems.push(problem('NOT_A_VALUE', 'maxWarnings', { value: maxWarnings, advice: 'write a whole number' }));
  }
  if (isCount && found === 'never') {
    problems.push(
      problem('CONFLICT', 'maxWarnings', { with: 'failOn', why: 'with never, no number of warnings fails' }),
    );
  }
  return {
    failOn: found === 'never' ? undefined : found,
    maxWarnings: isCount ? BigInt(maxWarnings) : undefined,
  };
}

/** Flags that belong to the other kind of call: flags of one position with an account, or the reverse. */
export function strayFlagProblems(options: Parsed['options'], kind: 'account' | 'position'): Problem[] {
  const [flags, why] =
    kind === 'account'
      ? [CHECK_POSITION_FLAGS, 'it belongs to one position; write liqcalc check long or short, or put it into the file']
      : [ACCOUNT_FLAGS, 'it belongs to accounts, but one position is given'];
  return flags
    .filter(({ name }) => !SHARED_NAMES.has(name) && isGiven(options, name))
    .map(({ name }) => problem('REFUSED', `--${name}`, { why }));
}

/** The options of one position: of rates that are given several times, for several positions, the last one. */
export function withSingleRates(options: Parsed['options']): Parsed['options'] {
  const single = RATE_NAMES.map(optionKey).flatMap((key) => {
    const last = textsOf(options[key]).at(-1);
    return last === undefined ? [] : [[key, last] as const];
  });
  return { ...options, ...Object.fromEntries(single) };
}

/** Whether a flag was given; `--stop` and `--no-stop` share one option. */
function isGiven(options: Parsed['options'], name: string): boolean {
  const value = options[optionKey(name.replace(/^no-/, ''))];
  return name.startsWith('no-') ? value === false : value !== undefined && value !== false;
}
