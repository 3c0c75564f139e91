import { choice } from '../../core/choice.js';
import { LiqcalcError, problem, type Problem } from '../../core/errors.js';
import { watchChoices, watchConflicts, type WatchChoices } from '../../live/watch-choices.js';
import type { Invocation } from '../command.js';
import type { Parsed } from '../flags.js';
import { readCommonOptions, unknownFlagProblems, type CommonOptions } from '../options.js';

export const WATCH_FORMATS = ['text', 'ndjson'] as const;
type WatchFormat = (typeof WATCH_FORMATS)[number];

const SPEEDS = ['1', '10', 'max'] as const;

/** The options of a call of `liqcalc watch`. */
export interface WatchOptions {
  readonly common: CommonOptions<WatchFormat | 'json'>;
  /** A file with positions, `-` for stdin. */
  readonly file: string | undefined;
  readonly symbols: readonly string[];
  readonly hasPositions: boolean;
  readonly account: string | undefined;
  readonly venue: string | undefined;
  readonly choices: WatchChoices;
  readonly isUntilAlert: boolean;
  readonly isOnce: boolean;
  readonly hasRules: boolean;
  readonly hasFeeds: boolean;
  readonly exec: string | undefined;
  readonly webhook: string | undefined;
  readonly log: string | undefined;
  readonly record: string | undefined;
  readonly replay: string | undefined;
  readonly speed: (typeof SPEEDS)[number] | undefined;
  readonly isBellOff: boolean;
}

/**
 * The options of a call.
 *
 * @param isFile - whether an operand names a file; else it is a symbol.
 * @throws {LiqcalcError} with all problems at once.
 */
export function readWatchOptions(
  { options, operands, unknown, usage, io }: Invocation,
  isFile: (operand: string) => boolean,
): WatchOptions {
  const problems: Problem[] = unknownFlagProblems(unknown, usage);
  const text = (key: string): string | undefined => {
    const value = options[key];
    return typeof value === 'string' ? value : undefined;
  };
  const files = operands.filter(isFile);
  const hasPositions = textsOf(options, 'pos').length > 0;
  const account = text('account');
  const replay = text('replay');
  const isOwnInput = operands.length === 0 && !hasPositions && account === undefined && replay === undefined;
  const file = files[0] ?? (isOwnInput && io.stdin.isPiped() ? '-' : undefined);
  const until = text('until');
  if (until !== undefined) choice('until', until, ['alert'], problems);
  const speed = text('speed');
  const read: WatchOptions = {
    common: readCommonOptions(options, problems, WATCH_FORMATS),
    file,
    symbols: operands.filter((each) => !isFile(each)),
    hasPositions,
    account,
    venue: text('venue')?.toLowerCase(),
    choices: watchChoices(
      {
        alert: textsOf(options, 'alert'),
        hysteresis: text('hysteresis'),
        remind: text('remind'),
        stale: text('stale'),
        blind: text('blind'),
        every: text('every'),
        for: text('for'),
      },
      problems,
    ),
    isUntilAlert: until !== undefined,
    isOnce: options['once'] === true,
    hasRules: options['rules'] === true,
    hasFeeds: options['feeds'] !== undefined,
    exec: text('exec'),
    webhook: text('webhook') ?? (io.env['LIQCALC_WEBHOOK'] === '' ? undefined : io.env['LIQCALC_WEBHOOK']),
    log: text('log'),
    record: text('record'),
    replay,
    speed: speed === undefined ? undefined : choice('speed', speed, SPEEDS, problems),
    isBellOff: options['bell'] === false || options['noBell'] === true,
  };
  problems.push(...conflictsOf(read, files));
  if (problems.length > 0) throw new LiqcalcError(problems);
  return read;
}

function conflictsOf(read: WatchOptions, files: readonly string[]): Problem[] {
  const { hasPositions, account, venue, isOnce, choices, record, replay, speed, hasFeeds } = read;
  const problems: Problem[] = [];
  if (files.length > 1) problems.push(problem('UNEXPECTED', '', { value: files[1] ?? '' }));
  if (hasPositions && files.length > 0)
    problems.push(problem('REFUSED', 'pos', { why: 'give positions by --pos or in a file, not both' }));
  const positions = hasPositions ? 'pos' : files.length > 0 ? 'FILE' : undefined;
  return [
    ...problems,
    ...watchConflicts({
      account,
      venue,
      positions,
      isOnce,
      forMs: choices.forMs,
      isRecorded: record !== undefined,
      isReplay: replay !== undefined,
      hasSpeed: speed !== undefined,
      hasFeeds,
    }),
  ];
}

export function textsOf(options: Parsed['options'], key: string): readonly string[] {
  const value = options[key];
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}
