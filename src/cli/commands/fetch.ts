import { LiqcalcError, problem, type Problem } from '../../core/errors.js';
import { listed } from '../../core/names.js';
import { FETCHES, type Fetch, type FetchName, type FetchQuestion } from '../../live/venue.js';
import { choice } from '../../core/choice.js';
import { UsageError, type Invocation } from '../command.js';
import { exitCode } from '../ending.js';
import { BARE_FLAGS, type Flag, type Parsed, type Usage } from '../flags.js';
import { CONNECTION_FLAGS } from '../live/flags.js';
import { unknownFlagProblems } from '../options.js';

const OWN_FLAGS: readonly Flag[] = [
  { name: 'from-time', placeholder: 'T', meaning: 'start of a history: 2026-11-22, with a time, or milliseconds' },
  { name: 'to-time', placeholder: 'T', meaning: 'end of the history' },
  { name: 'limit', placeholder: 'N', meaning: 'at most this many rows' },
  { name: 'interval', placeholder: 'I', meaning: 'length of candles, period of open interest, default 1h' },
  {
    name: 'raw',
    meaning: 'print the answer of one request unchanged, even if the whole answer needs several requests',
  },
].map((flag) => ({ ...flag, heading: 'What' }));

/** `liqcalc fetch WHAT`: what an exchange answers, for the commands that read it. */
export const usage: Usage = {
  help: {
    usual: ['account', 'key-file', 'venue', 'from-time', 'to-time', 'limit', 'interval', 'timeout'],
    examples: [
      'fetch account | liqcalc account --from binance --reconcile',
      'fetch funding BTCUSDT --limit 200',
      'fetch brackets | liqcalc brackets import -',
    ],
  },
  operands: [
    { usage: '<what>', meaning: listed(FETCHES, 'or'), choices: FETCHES },
    { usage: '[symbol...]', meaning: 'symbols as the exchange writes them', takes: 'symbol' },
  ],
  flags: [
    ...OWN_FLAGS,
    ...CONNECTION_FLAGS,
    { name: 'venue', placeholder: 'NAME', meaning: 'exchange for public data, default binance', heading: 'Exchange' },
    {
      name: 'via',
      placeholder: 'ccxt',
      meaning: 'request from another exchange with the package ccxt, if it is installed beside liqcalc',
      heading: 'Exchange',
      choices: ['ccxt'],
    },
    { name: 'json', meaning: 'print errors as JSON on stderr, too; the answer is JSON anyway', heading: 'Output' },
    ...BARE_FLAGS,
  ],
};

export async function run(invocation: Invocation): Promise<number> {
  const { io, operands, options, unknown } = invocation;
  const { asking, connectionFor, keyWarning, refuseKeys, symbolOn, textOf, warn } = await import('../live/connect.js');
  refuseKeys(unknown);
  const [operand, ...symbols] = operands;
  if (operand === undefined) throw new UsageError(`name what to fetch: ${listed(FETCHES, 'or')}`);
  const problems = unknownFlagProblems(unknown, usage);
  const what = choice('', operand, FETCHES, problems);
  const question = questionOf(options, symbols, problems);
  const via = textOf(options, 'via');
  if (via !== undefined) choice('via', via, ['ccxt'], problems);
  if (!what || problems.length > 0) throw new LiqcalcError(problems);
  const text = await asking(async () => {
    if (via !== undefined) return (await import('../live/via-ccxt.js')).fetchedByCcxt(invocation, what, question);
    const connection = connectionFor(io, options, textOf(options, 'venue') ?? 'binance');
    const { name, venue, link } = connection;
    const fetch = venue.fetches[what];
    if (!fetch) {
      const why = `${name} has no ${what}; it has ${listed(Object.keys(venue.fetches), 'and')}`;
      throw new LiqcalcError([problem('REFUSED', '', { why })]);
    }
    const asked = { ...question, symbols: symbols.map((symbol) => symbolOn(venue.venue, symbol)) };
    refuseMisfits(what, fetch, asked);
    if (options['raw'] === true) return link.get(fetch.request, fetch.query?.(asked, link));
    if (what !== 'account') return fetch.answer(link, asked);
    const [account, warning] = await Promise.all([fetch.answer(link, asked), keyWarning(connection)]);
    warn(io, options, warning);
    return account;
  });
  io.stdout.write(`${text.trimEnd()}\n`);
  return exitCode({ kind: 'answered' });
}

function questionOf(options: Parsed['options'], symbols: readonly string[], problems: Problem[]): FetchQuestion {
  const text = (key: string): string | undefined => {
    const value = options[key];
    return typeof value === 'string' ? value : undefined;
  };
  const [from, to] = [timeOf('fromTime', text('fromTime'), problems), timeOf('toTime', text('toTime'), problems)];
  const limit = limitOf(text('limit'), problems);
  const interval = text('interval');
  if (from !== undefined && to !== undefined && from > to) {
    problems.push(
      problem('NOT_A_VALUE', 'toTime', { value: text('toTime') ?? '', advice: 'it is before --from-time' }),
    );
  }
  return {
    symbols,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(limit !== undefined && { limit }),
    ...(interval !== undefined && { interval }),
  };
}

const TIME_ADVICE = 'write a time like 2026-11-22, 2026-11-22T08:00Z, or milliseconds since 1970';

function timeOf(field: string, text: string | undefined, problems: Problem[]): number | undefined {
  if (text === undefined) return undefined;
  // A date without a zone is UTC, so that an answer does not depend on the place.
  const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(text) ? `${text}Z` : text;
  const isDate = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d))?$/.test(zoned);
  const ms = /^\d{11,14}$/.test(text) ? Number(text) : isDate ? Date.parse(zoned) : NaN;
  if (!Number.isNaN(ms)) return ms;
  problems.push(problem('NOT_A_VALUE', field, { value: text, advice: TIME_ADVICE }));
  return undefined;
}

function limitOf(text: string | undefined, problems: Problem[]): number | undefined {
  if (text === undefined || /^[1-9]\d{0,6}$/.test(text)) return text === undefined ? undefined : Number(text);
  problems.push(problem('NOT_A_VALUE', 'limit', { value: text, advice: 'write a whole number above 0' }));
  return undefined;
}

/** Refuses what a fetch does not use: an answer to another question would look like the right one. */
function refuseMisfits(
  what: FetchName,
  { symbols, isHistory, hasInterval }: Fetch,
  { symbols: given, interval, ...history }: FetchQuestion,
): void {
  const refuse = (field: string, why: string): Problem => problem('REFUSED', field, { why });
  const problems = [
    ...(symbols === 'none' && given.length > 0
      ? [refuse('', `${what} is not of one symbol; leave out ${given.join(' ')}`)]
      : []),
    ...(symbols === 'one' && given.length !== 1 ? [refuse('', `${what} needs one symbol, for example BTCUSDT`)] : []),
    ...(!isHistory && Object.keys(history).length > 0
      ? [refuse('', `${what} is what holds now: it takes neither --from-time, --to-time nor --limit`)]
      : []),
    ...(!hasInterval && interval !== undefined ? [refuse('interval', `${what} has no intervals`)] : []),
  ];
  if (problems.length > 0) throw new LiqcalcError(problems);
}
