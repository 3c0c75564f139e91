import { LiqcalcError, problem, type Problem } from '../../core/errors.js';
import type { LiveVenueName } from '../../live/connection.js';
import { FEED_NAMES, type FeedName } from '../../live/feed-names.js';
import { readForMarks } from '../../live/pools.js';
import { RuleWatcher } from '../../live/rules.js';
import { watchChoices, watchConflicts } from '../../live/watch-choices.js';
import type { GivenPositions, WatchRequest } from '../../live/watch-plan.js';
import { questionOf, rawAccountOf } from '../account.js';
import type { Account, AccountOptions } from '../account-types.js';
import { readChoice } from '../choice.js';
import { listOf, wordOf, type Numeric } from '../given.js';
import { numberOf, PERCENT } from '../numbers.js';
import { decimalsOf } from '../options.js';
import { configurationOf, type RuleOptions } from '../rule-options.js';
import { timeText, type Duration, type LiveAccount, type LiveOptions } from './options.js';

/** What `watch` watches, and when it says something. Give `account`, `book`, `symbols` or `replay`. */
export interface WatchOptions
  extends LiveOptions, RuleOptions, Pick<AccountOptions, 'beta' | 'brackets' | 'cum' | 'decimals' | 'mmFee' | 'mmr'> {
  /** The account of a key, or of a public address. */
  readonly account?: LiveAccount | undefined;
  /** Your own positions at public marks, as `account` takes them; no key is needed. */
  readonly book?: Account | string | undefined;
  /** Symbols whose marks are watched without a position. */
  readonly symbols?: readonly string[] | undefined;
  /** The exchange of the marks without `account`; by default Binance. */
  readonly venue?: LiveVenueName | undefined;
  /** Levels in percent: `'15,10,5'` (the default), `'margin-ratio=80'`, `'move=10'`, `'funding=0.1'`. */
  readonly alert?: string | readonly string[] | undefined;
  /** Points by which a level must be left to fire again, 0.5 by default. */
  readonly hysteresis?: Numeric | undefined;
  /** Repeats an alert while its level holds; never by default. */
  readonly remind?: Duration | undefined;
  /** From which age a mark is stale, `5s` by default. */
  readonly stale?: Duration | undefined;
  /** After which time without a figure to trust to say so, `30s` by default. */
  readonly blind?: Duration | undefined;
  /** Gives the account this often; by default when it changed, at most each second. */
  readonly every?: Duration | undefined;
  /** Ends after this time. */
  readonly for?: Duration | undefined;
  /** One snapshot, one answer, then the end. */
  readonly once?: boolean | undefined;
  /** `alert`: ends at the first alert. */
  readonly until?: 'alert' | undefined;
  /** Whether the rules of `check` are judged on every change. */
  readonly rules?: boolean | undefined;
  /** Prices of other sources to compare with the marks, each at its own time. */
  readonly feeds?: readonly FeedName[] | undefined;
  /** Takes each line of a recording of this watch, without secrets. */
  readonly record?: ((line: string) => void) | undefined;
  /** The text of a recording: it is played, and nothing is sent. */
  readonly replay?: string | undefined;
  /** How fast a recording is played, `max` by default: as fast as its events are taken. */
  readonly speed?: 1 | 10 | 'max' | undefined;
}

const NOTHING_TO_WATCH = 'nothing to watch: give account, book, symbols or replay';

const SPEEDS: readonly string[] = ['1', '10', 'max'];

/** What every watch needs to know, from the options of a call. */
export function requestOf(options: WatchOptions): WatchRequest {
  const {
    account,
    book,
    venue,
    symbols = [],
    alert = [],
    hysteresis,
    once,
    until,
    rules,
    record,
    replay,
    speed,
    feeds = [],
  } = options;
  const problems: Problem[] = [];
  const time = (key: 'remind' | 'stale' | 'blind' | 'every' | 'for'): string | undefined => timeText(key, options[key]);
  const choices = watchChoices(
    {
      alert: typeof alert === 'string' ? [alert] : listOf('alert', alert).map((each) => wordOf('alert', each)),
      hysteresis: numberOf('hysteresis', PERCENT, hysteresis, problems)?.toText(30),
      remind: time('remind'),
      stale: time('stale'),
      blind: time('blind'),
      every: time('every'),
      for: time('for'),
    },
    problems,
  );
  readChoice('until', until, ['alert']);
  for (const feed of listOf('feeds', feeds)) readChoice('feeds', feed, FEED_NAMES);
  readChoice('speed', speed === undefined ? undefined : String(speed), SPEEDS);
  problems.push(
    ...watchConflicts({
      account,
      venue,
      positions: book === undefined ? undefined : 'book',
      isOnce: once === true,
      forMs: choices.forMs,
      isRecorded: record !== undefined,
      isReplay: replay !== undefined,
      hasSpeed: speed !== undefined,
      hasFeeds: feeds.length > 0,
    }),
  );
  if (account === undefined && book === undefined && replay === undefined && symbols.length === 0)
    problems.push(problem('REFUSED', '', { why: NOTHING_TO_WATCH }));
  if (problems.length > 0) throw new LiqcalcError(problems);
  const configuration = rules === true ? configurationOf(options) : undefined;
  return {
    choices,
    decimals: decimalsOf(options),
    isUntilAlert: until === 'alert',
    watchersOf: (source) => (configuration ? [new RuleWatcher(configuration, source)] : []),
  };
}

/** The positions of `book`, with what is given for those that lack it. */
export function givenPositions(options: WatchOptions): GivenPositions {
  const { book, beta, brackets, cum, mmFee, mmr, decimals } = options;
  const { betas, rates, tables } = questionOf({ beta, brackets, cum, mmFee, mmr, decimals });
  const defaults = { betas, rates, tables, fields: [] };
  if (book === undefined) return { sources: [], defaults, name: null };
  const { raw } = rawAccountOf(book);
  readForMarks(raw, defaults);
  return { sources: [{ name: 'account 1', raw }], defaults, name: 'book' };
}
