import { choice } from '../core/choice.js';
import { problem, type Problem } from '../core/errors.js';
import { Ratio } from '../core/ratio.js';
import { ALERT_SUBJECTS, sortedLevels, type AlertLevels, type AlertSubject } from './alerts.js';
import { durationOf } from './duration.js';
import type { WatchSettings } from './session-settings.js';

/** When a watch says something and when it ends, as text. */
export interface WatchTexts {
  /** `15,10,5` or `margin-ratio=80`. */
  readonly alert: readonly string[];
  readonly hysteresis: string | undefined;
  readonly remind: string | undefined;
  readonly stale: string | undefined;
  readonly blind: string | undefined;
  readonly every: string | undefined;
  readonly for: string | undefined;
}

/** The settings that these texts decide. */
export type WatchChoices = Pick<WatchSettings, 'alerts' | 'alertTexts' | 'limits' | 'everyMs' | 'forMs'>;

const USUAL_LEVELS = '15,10,5';
const USUAL_HYSTERESIS = '0.5';
const USUAL_STALE_MS = 5_000;
const USUAL_BLIND_MS = 30_000;

/** Reads the texts; what is wrong with them is added to the problems. */
export function watchChoices(texts: WatchTexts, problems: Problem[]): WatchChoices {
  const time = (key: Exclude<keyof WatchTexts, 'alert'>): number | undefined => durationOf(key, texts[key], problems);
  const alerts = texts.alert.length > 0 ? texts.alert : [USUAL_LEVELS];
  return {
    alerts: {
      levels: levelsOf(alerts, problems),
      hysteresis: percentOf('hysteresis', texts.hysteresis ?? USUAL_HYSTERESIS, problems) ?? Ratio.ZERO,
      remindMs: time('remind'),
    },
    alertTexts: alerts.flatMap((each) => each.split(',')),
    limits: { staleMs: time('stale') ?? USUAL_STALE_MS, blindMs: time('blind') ?? USUAL_BLIND_MS },
    everyMs: time('every'),
    forMs: time('for'),
  };
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

function percentOf(field: string, text: string, problems: Problem[]): Ratio | undefined {
  const parsed = Ratio.parse(text.replace(/%$/, '').trim());
  if (parsed.kind === 'decimal' && parsed.value.sign() >= 0) return parsed.value;
  problems.push(problem('NOT_A_VALUE', field, { value: text, advice: 'write a percentage like 10' }));
  return undefined;
}

/** What a watch is about and how it runs, as far as two of them may exclude each other. */
export interface WatchForms {
  readonly account: string | undefined;
  readonly venue: string | undefined;
  /** The input that gives positions, if one does. */
  readonly positions: string | undefined;
  readonly isOnce: boolean;
  readonly forMs: number | undefined;
  readonly isRecorded: boolean;
  readonly isReplay: boolean;
  readonly hasSpeed: boolean;
  readonly hasFeeds?: boolean;
}

/** The inputs that exclude each other. */
export function watchConflicts(forms: WatchForms): readonly Problem[] {
  const { account, venue, positions, isOnce, forMs, isRecorded, isReplay, hasSpeed, hasFeeds = false } = forms;
  const conflict = (isOne: boolean, field: string, other: string, why: string): readonly Problem[] =>
    isOne ? [problem('CONFLICT', field, { with: other, why })] : [];
  const hasAccount = account !== undefined;
  return [
    ...conflict(hasAccount && positions !== undefined, 'account', positions ?? '', 'the account has its own positions'),
    ...conflict(hasAccount && venue !== undefined, 'venue', 'account', 'the account is at its venue'),
    ...conflict(isOnce && forMs !== undefined, 'for', 'once', 'it already ends the run'),
    ...conflict(isReplay && hasAccount, 'account', 'replay', 'the recording has its account'),
    ...conflict(isReplay && isRecorded, 'record', 'replay', 'it is a recording already'),
    ...conflict(isReplay && isOnce, 'once', 'replay', 'a recording is played to its end'),
    ...conflict(isReplay && hasFeeds, 'feeds', 'replay', 'the recording has its feeds'),
    ...conflict(
      isOnce && hasFeeds,
      'feeds',
      'once',
      'a feed is compared with the marks of minutes: check --live --feeds',
    ),
    ...(!isReplay && hasSpeed
      ? [problem('NEEDS', 'speed', { other: 'replay', why: 'only a recording has a speed' })]
      : []),
  ];
}
