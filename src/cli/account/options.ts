import type { AccountQuestion } from '../../commands/shared/account-answer.js';
import { choice } from '../../core/choice.js';
import type { TableSource } from '../../core/brackets.js';
import { LiqcalcError, problem, type Problem } from '../../core/errors.js';
import { listed } from '../../core/names.js';
import { VENUE_NAMES } from '../../core/venue-names.js';
import { REFUSED_VENUES } from '../../core/venues/index.js';
import type { GivenRates, RawPosition } from '../../formats/raw-account.js';
import { EXCHANGES, type ExchangeName } from '../../formats/exchange-names.js';
import { FIELDS } from '../../formats/fields.js';
import { positionOfSpec, SPEC_GRAMMAR, withMarks } from '../../formats/position-spec.js';
import type { DrawnContent } from '../../report/report.js';
import { formatsDrawing, formatsFor, type FormatFor } from '../../report/writers/index.js';
import { choicesOf, readValue } from '../../schema/value.js';
import { LIVE_ACCOUNT_FLAGS } from '../live/flags.js';
import type { Marks } from '../live/marks.js';
import { gathering } from '../gathering.js';
import { UsageError, type Invocation } from '../command.js';
import {
  BRACKETS_FLAG,
  COMMON_FLAGS,
  ofAccounts,
  ORDER_FLAGS,
  VENUE_FLAG,
  venueOf,
  WITHIN_FLAG,
  withFormats,
  type Flag,
  type Parsed,
  type Usage,
} from '../flags.js';
import {
  excessProblems,
  readCommonOptions,
  readOrder,
  readWithin,
  unknownFlagProblems,
  type CommonOptions,
} from '../options.js';
import { betasOf, closingsOf, decimalOf, needOf, ratesOf, shockOf, withoutAmount } from './named-values.js';

/** Venues without a rule, whose positions `--from ccxt` reads with their own rates. */
const UNRULED = VENUE_NAMES.filter(
  (name) => !choicesOf(FIELDS.venue).includes(name) && REFUSED_VENUES[name] === undefined,
);

/** The formats that an account's answer can have. */
export type AccountFormat = FormatFor<'nested' | keyof DrawnContent>;
const ACCOUNT_FORMATS: readonly AccountFormat[] = [
  ...formatsFor('nested'),
  ...formatsDrawing<keyof DrawnContent>({ charts: true, pictures: true, pages: true }),
];

/** Rates for positions without their own. In `check`, they are also those of one position. */
export const RATE_FLAGS: readonly Flag[] = [
  {
    name: 'mmr',
    placeholder: '[SYMBOL=]R',
    meaning: 'maintenance rate in percent, for positions that do not have one',
  },
  { name: 'cum', placeholder: '[SYMBOL=]A', meaning: 'maintenance amount that belongs to the rate of --mmr' },
  { name: 'mm-fee', placeholder: '[SYMBOL=]R', meaning: 'fee in percent that the venue includes in maintenance' },
].map((flag): Flag => ({ ...flag, heading: 'Account', repeats: true }));

const INPUT_FLAGS: readonly Flag[] = [
  { name: 'wallet', placeholder: 'W', meaning: 'cross wallet, for accounts that do not have one', heading: 'Account' },
  { name: 'pos', placeholder: 'SPEC', meaning: `a position: ${SPEC_GRAMMAR}`, heading: 'Account', repeats: true },
  {
    name: 'from',
    placeholder: 'WHAT',
    meaning: 'the file is an unchanged API response of this exchange, or positions of ccxt',
    heading: 'Account',
    choices: EXCHANGES,
  },
  {
    ...VENUE_FLAG,
    meaning: `venue whose rule applies to positions that do not name their venue; with --from ccxt also ${listed(UNRULED)}`,
    heading: 'Account',
    choices: choicesOf(FIELDS.venue),
  },
  { name: 'asset', placeholder: 'A', meaning: 'only the positions of this margin asset', heading: 'Account' },
  {
    name: 'beta',
    placeholder: 'SYMBOL=X',
    meaning: 'beta of a symbol: its price moves X times the market move, default 1; linear only',
    heading: 'Account',
    repeats: true,
  },
  ...RATE_FLAGS,
  { name: 'tick', placeholder: 'T', meaning: 'tick size, for positions that do not have one', heading: 'Account' },
];

const QUESTION_FLAGS: readonly Flag[] = [
  {
    name: 'add',
    placeholder: 'SPEC',
    meaning: 'the account with this position added',
    heading: 'What if',
    repeats: true,
  },
  {
    name: 'close',
    placeholder: 'SYMBOL[:QTY]',
    meaning: 'the account with this position, or a part of it, closed at its mark',
    heading: 'What if',
    repeats: true,
  },
  {
    name: 'wallet-change',
    placeholder: 'X',
    meaning: 'the account with this amount added to its wallet; negative removes',
    heading: 'What if',
  },
  {
    name: 'fill-orders',
    meaning: 'the account after its open orders filled one after another, each at its price',
    heading: 'What if',
  },
  {
    name: 'orders',
    placeholder: 'FILE',
    meaning: "open orders as JSON: the exchange's openOrders and openAlgoOrders; by default those of the positions",
    heading: 'What if',
    takes: 'file',
    repeats: true,
  },
  {
    name: 'shock',
    placeholder: 'SYMBOL=PERCENT',
    meaning: 'the account after these sudden moves of marks, comma-separated; all=PERCENT moves all other symbols',
    heading: 'What if',
    repeats: true,
  },
  {
    name: 'need',
    placeholder: 'margin-ratio=R',
    meaning: 'the amount to add to the wallet for this margin ratio in percent',
    heading: 'What if',
  },
  {
    name: 'candles',
    placeholder: 'SYMBOL=FILE',
    meaning: 'candles of a symbol: adds the distance in average true ranges',
    heading: 'Output',
    repeats: true,
  },
  {
    name: 'reconcile',
    meaning: "compare with the exchange's own figures; list differences and likely reasons",
    heading: 'Output',
  },
  {
    ...WITHIN_FLAG,
    meaning: 'only positions at or below this distance to liquidation, and failed accounts',
    heading: 'Output',
  },
  ...ORDER_FLAGS.map((flag) => ({ ...flag, heading: 'Output' })),
  { name: 'chart', meaning: 'draw equity against maintenance over the market move', heading: 'Output' },
];

export const ACCOUNT_USAGE: Usage = {
  forms: ['[FILE] [FLAGS]', '[--wallet W] --pos SPEC... [FLAGS]'],
  help: {
    usual: ['pos', 'wallet', 'from', 'mmr', 'add', 'close', 'need', 'within', 'chart', 'alert'],
    examples: [
      'account account.json',
      'account --wallet 5000 --pos long:BTCUSDT:1@60000 --need margin-ratio=30',
      'account --from binance positionRisk.json --wallet 5000 --reconcile',
    ],
  },
  leavesDefault: (key, { options: { from } }) => key === 'venue' && from !== undefined && from !== 'ccxt',
  operands: [{ usage: '[file]', meaning: 'accounts as JSON; stdin if absent or -', takes: 'file' }],
  flags: [
    ...INPUT_FLAGS,
    { ...BRACKETS_FLAG, heading: 'Account' },
    ...QUESTION_FLAGS,
    ...LIVE_ACCOUNT_FLAGS,
    ...withFormats(COMMON_FLAGS, ACCOUNT_FORMATS).map(ofAccounts),
  ],
};

/** The options of a call of `liqcalc account`. */
export interface AccountOptions extends AccountQuestion {
  /** Fills positions of a file that lack their marks. */
  readonly marks?: Marks | undefined;
  readonly common: CommonOptions<AccountFormat>;
  /** The command that was called. */
  readonly command: string;
  /** `-` for stdin; `undefined` if flags give the positions. */
  readonly file: string | undefined;
  readonly positions: readonly RawPosition[];
  readonly from: ExchangeName | undefined;
  /** The venue of positions that do not show theirs. */
  readonly venue: string | undefined;
  readonly asset: string | undefined;
  readonly rates: GivenRates;
  readonly isCharted: boolean;
  /** Symbols with the files of their candles. */
  readonly candles: readonly string[];
  /** The files with the open orders of the account. */
  readonly orderFiles: readonly string[];
}

/**
 * The options of a call.
 *
 * @throws {LiqcalcError} with all problems at once.
 */
export function readAccountOptions(
  { io, name, options, operands, unknown, usage }: Invocation,
  tables: TableSource,
  formats: readonly AccountFormat[] = ACCOUNT_FORMATS,
): AccountOptions {
  const { amount, others } = withoutAmount(texts(options, 'shock'), operands);
  const [file, ...excess] = others;
  const problems: Problem[] = [...unknownFlagProblems(unknown, usage), ...excessProblems(excess)];
  const common = readCommonOptions(options, problems, formats);
  const specs = texts(options, 'pos');
  const take = <T>(read: () => T): T | undefined => gathering(problems, read);
  const read: AccountOptions = {
    tables,
    common,
    command: name,
    file: specs.length > 0 ? file : (file ?? (io.stdin.isPiped() ? '-' : undefined)),
    wallet: take(() => fieldText('wallet', text(options, 'wallet'))),
    positions: withMarks(specs.flatMap((spec, index) => take(() => positionOfSpec(spec, 'pos', index + 1)) ?? [])),
    from: take(() => sourceOf(text(options, 'from'))),
    venue: venueFor(options, problems),
    asset: text(options, 'asset')?.toUpperCase(),
    betas: betasOf(texts(options, 'beta'), problems),
    rates: ratesOf((key) => texts(options, key), problems),
    tick: take(() => fieldText('tick', text(options, 'tick'))),
    add: texts(options, 'add').flatMap((spec, index) => take(() => positionOfSpec(spec, 'add', index + 1)) ?? []),
    close: closingsOf(texts(options, 'close'), problems),
    walletChange: take(() => decimalOf('wallet-change', text(options, 'walletChange'))),
    shock: take(() => shockOf(texts(options, 'shock'), problems, amount)),
    need: take(() => needOf(text(options, 'need'))),
    isReconciled: options['reconcile'] === true,
    isCharted: options['chart'] === true,
    candles: texts(options, 'candles'),
    orderFiles: texts(options, 'orders'),
    within: readWithin(options, problems),
    order: readOrder(options, problems),
  };
  if (specs.length > 0 && file !== undefined)
    problems.push(
      problem('REFUSED', 'pos', { why: `give positions by --pos or in a file, not both; leave out ${file}` }),
    );
  if (options['orders'] !== undefined && options['fillOrders'] !== true)
    problems.push(problem('NEEDS', 'orders', { other: 'fillOrders', why: 'only then do they count' }));
  if (specs.length > 0 && read.from) problems.push(conflict('from', 'pos', '--from names the format of a file'));
  if (read.asset !== undefined && !read.from)
    problems.push(
      problem('NEEDS', 'asset', { other: 'from', why: 'accounts in the format of liqcalc have one asset' }),
    );
  if (read.venue !== undefined && read.from && read.from !== 'ccxt')
    problems.push(
      conflict('venue', 'from', `only positions of --from ccxt need a venue; those of ${read.from} have theirs`),
    );
  if (problems.length > 0) throw new LiqcalcError(problems);
  if (specs.length === 0 && read.file === undefined) {
    throw new UsageError('no account: give a file, positions with --pos, or accounts through stdin');
  }
  return read;
}

const conflict = (field: string, other: string, why: string): Problem =>
  problem('CONFLICT', field, { with: other, why });

function text(options: Parsed['options'], key: string): string | undefined {
  const value = options[key];
  return typeof value === 'string' ? value : undefined;
}

function texts(options: Parsed['options'], key: string): readonly string[] {
  const value = options[key];
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}

/** A venue of ccxt's records, or the rule of positions that do not name a venue. */
function venueFor(options: Parsed['options'], problems: Problem[]): string | undefined {
  if (text(options, 'from') !== undefined) return venueOf(options, problems);
  const value = text(options, 'venue');
  const read = value === undefined ? undefined : readValue(FIELDS.venue, 'venue', value);
  if (read && 'problem' in read) problems.push(read.problem);
  return read && 'value' in read ? (read.value as string) : undefined;
}

function sourceOf(value: string | undefined): ExchangeName | undefined {
  if (value === undefined) return undefined;
  const problems: Problem[] = [];
  const found = choice('from', value, EXCHANGES, problems);
  if (!found) throw new LiqcalcError(problems);
  return found;
}

/** The text of a field for positions that lack it. It is validated before any record is read. */
function fieldText(key: 'wallet' | 'tick', value: string | undefined): string | undefined {
  decimalOf(key, value, FIELDS[key]);
  return value;
}
