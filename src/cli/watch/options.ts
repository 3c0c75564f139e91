import { symbolKeyOn } from '../../core/venues/index.js';
import { LiqcalcError, problem, type Problem } from '../../core/errors.js';
import { Ratio } from '../../core/ratio.js';
import {
  ALERT_SUBJECTS,
  sortedLevels,
  type AlertLevels,
  type AlertSettings,
  type AlertSubject,
} from '../../live/alerts.js';
import type { Limits } from '../../live/freshness.js';
import { choice } from '../choice.js';
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
  readonly alerts: AlertSettings;
  readonly alertTexts: readonly string[];
  readonly limits: Limits;
  readonly everyMs: number | undefined;
  readonly forMs: number | undefined;
  readonly isUntilAlert: boolean;
  readonly isOnce: boolean;
  readonly hasRules: boolean;
  readonly exec: string | undefined;
  readonly webhook: string | undefined;
  readonly log: string | undefined;
  readonly record: string | undefined;
  readonly replay: string | undefined;
  readonly speed: (typeof SPEEDS)[number] | undefined;
  readonly isBellOff: boolean;
}

const USUAL_LEVELS = '15,10,5';
const USUAL_HYSTERESIS = '0.5';
const USUAL_STALE_MS = 5_000;
const USUAL_BLIND_MS = 30_000;

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
  const time = (key: string, flag: string): number | undefined => durationOf(flag, text(key), problems);
  const files = operands.filter(isFile);
  const hasPositions = textsOf(options, 'pos').length > 0;
  const account = text('account');
  const replay = text('replay');
  const isOwnInput = operands.length === 0 && !hasPositions && account === undefined && replay === undefined;
  const file = files[0] ?? (isOwnInput && io.stdin.isPiped() ? '-' : undefined);
  const alertTexts = textsOf(options, 'alert');
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
    alerts: {
      levels: levelsOf(alertTexts.length > 0 ? alertTexts : [USUAL_LEVELS], problems),
      hysteresis: percentOf('hysteresis', text('hysteresis') ?? USUAL_HYSTERESIS, problems) ?? Ratio.ZERO,
      remindMs: time('remind', 'remind'),
    },
    alertTexts: alertTexts.length > 0 ? alertTexts.flatMap((each) => each.split(',')) : USUAL_LEVELS.split(','),
    limits: {
      staleMs: time('stale', 'stale') ?? USUAL_STALE_MS,
      blindMs: time('blind', 'blind') ?? USUAL_BLIND_MS,
    },
    everyMs: time('every', 'every'),
    forMs: time('for', 'for'),
    isUntilAlert: until !== undefined,
    isOnce: options['once'] === true,
    hasRules: options['rules'] === true,
    exec: text('exec'),
    webhook: text('webhook') ?? (io.env['LIQCALC_WEBHOOK'] === '' ? undefined : io.env['LIQCALC_WEBHOOK']),
    log: text('log'),
    record: text('record'),
    replay,
    speed: speed === undefined ? undefined : choice('speed', speed, SPEEDS, problems),
    isBellOff: options['bell'] === false || options['noBell'] === true,
  };
  problems.push(...conflictsOf(read, files, account));
  if (problems.length > 0) throw new LiqcalcError(problems);
  return read;
}

function conflictsOf(read: WatchOptions, files: readonly string[], account: string | undefined): Problem[] {
  const conflict = (field: string, other: string, why: string): Problem =>
    problem('CONFLICT', field, { with: other, why });
  const problems: Problem[] = [];
  if (files.length > 1) problems.push(problem('UNEXPECTED', '', { value: files[1] ?? '' }));
  if (read.hasPositions && files.length > 0)
    problems.push(problem('REFUSED', 'pos', { why: 'give positions by --pos or in a file, not both' }));
  if (account !== undefined && (read.hasPositions || files.length > 0))
    problems.push(conflict('account', read.hasPositions ? 'pos' : 'FILE', 'the account has its own positions'));
  if (account !== undefined && read.venue !== undefined)
    problems.push(conflict('venue', 'account', 'the account is at its venue'));
  if (read.isOnce && read.forMs !== undefined) problems.push(conflict('for', 'once', '--once already ends the run'));
  if (read.replay !== undefined) {
    if (account !== undefined) problems.push(conflict('account', 'replay', 'the recording has its account'));
    if (read.record !== undefined) problems.push(conflict('record', 'replay', 'it is a recording already'));
    if (read.isOnce) problems.push(conflict('once', 'replay', 'a recording is played to its end'));
  } else if (read.speed !== undefined) {
    problems.push(problem('NEEDS', 'speed', { other: 'replay', why: 'only a recording has a speed' }));
  }
  return problems;
}

export function textsOf(options: Parsed['options'], key: string): readonly string[] {
  const value = options[key];
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}

/** The levels of `15,10,5` and `margin-ratio=80`. */
function levelsOf(texts: readonly string[], problems: Problem[]): AlertLevels {
  const found = new Map<AlertSubject, Ratio[]>(ALERT_SUBJECTS.map((each) => [each, []]));
  for (const item of texts.flatMap((each) => each.split(','))) {
    const [, name = 'distance', value = ''] = /^(?:([a-z-]+)=)?(.*)$/.exec(item.trim()) ?? [];
    const subject = choice('alert', name, ALERT_SUBJECTS, problems);
    const level = subject && percentOf('alert', value, problems);
    if (level) found.get(subject)?.push(level);
  }
  return Object.fromEntries(
    [...found].map(([subject, levels]) => [subject, sortedLevels(subject, levels)]),
  ) as unknown as AlertLevels;
}

function percentOf(flag: string, text: string, problems: Problem[]): Ratio | undefined {
  const parsed = Ratio.parse(text.replace(/%$/, ''));
  if (parsed.kind === 'decimal' && parsed.value.sign() >= 0) return parsed.value;
  problems.push(problem('NOT_A_VALUE', flag, { value: text, advice: 'write a percentage like 10' }));
  return undefined;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** A timer of Node cannot be longer. */
const LONGEST_MS = 2 ** 31 - 1;

/** A time like `500ms`, `5s`, `15m`, `1h`, in milliseconds. */
function durationOf(flag: string, text: string | undefined, problems: Problem[]): number | undefined {
  if (text === undefined) return undefined;
  const [, number = '', unit = 's'] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)?$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? 0);
  if (number !== '' && ms > 0 && ms <= LONGEST_MS) return ms;
  problems.push(problem('NOT_A_VALUE', flag, { value: text, advice: 'write a time like 30s or 15m' }));
  return undefined;
}

/** A symbol as the venue writes it. */
export function symbolOn(venue: string, symbol: string): string {
  return venue === 'hyperliquid' ? symbol : symbolKeyOn(venue, symbol);
}
