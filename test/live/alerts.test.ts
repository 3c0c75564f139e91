import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ratio } from '../../src/core/ratio.js';
import {
  judged,
  NO_ALERTS,
  sortedLevels,
  withoutPosition,
  type AlertSettings,
  type Alerts,
  type AlertSubject,
  type Judged,
} from '../../src/live/alerts.js';
import type { WatchEvent } from '../../src/schema/watch.js';
import { runs } from '../share.js';

const levels = (...texts: readonly string[]): readonly Ratio[] => texts.map((text) => Ratio.from(text));
const SETTINGS: AlertSettings = {
  levels: {
    distance: levels('15', '10', '5'),
    'margin-ratio': levels('80'),
    move: levels('10'),
    funding: levels('0.1'),
  },
  hysteresis: Ratio.from('0.5'),
};

interface Given {
  readonly what?: AlertSubject;
  readonly isStale?: boolean;
  readonly isAlready?: boolean;
  readonly isKnown?: boolean;
  readonly side?: 'long' | 'short';
}

const figure = (
  value: string | undefined,
  { what = 'distance', isStale = false, isAlready = false, isKnown = true, side = 'long' }: Given = {},
): Judged => ({
  key: `${what} BTCUSDT ${side}`,
  what,
  symbol: 'BTCUSDT',
  side,
  value: value === undefined ? undefined : Ratio.from(value),
  isKnown,
  isAlready,
  isStale,
  liquidationPrice: '50000',
  mark: '60000',
  markAgeMs: isStale ? 9000 : 100,
});

const say = (event: WatchEvent): string =>
  event.type === 'alert'
    ? `alert ${event.level}${event.initial ? ' initial' : ''}${event.reminder ? ' reminder' : ''}${event.stale ? ' stale' : ''}`
    : event.type === 'clear'
      ? `clear ${event.level}${event.holds === null ? '' : `, holds ${event.holds}`}${event.closed ? ' closed' : ''}`
      : event.type;

/** What is said of a figure as it moves. */
function said(figures: readonly (readonly Judged[])[], settings = SETTINGS, stepMs = 1000): string[][] {
  let alerts: Alerts = NO_ALERTS;
  return figures.map((each, index) => {
    const judgement = judged(alerts, each, settings, { mono: index * stepMs, isInitial: index === 0 });
    alerts = judgement.alerts;
    return judgement.events.map(say);
  });
}

const course = (...values: readonly (string | undefined)[]): readonly (readonly Judged[])[] =>
  values.map((value) => [figure(value)]);

describe('alerts', () => {
  it('fire once a level, and again only after the level was left by the hysteresis', () => {
    expect(said(course('20', '15', '14', '10', '9.9', '10.2', '9.95', '10.6', '9.9'))).toEqual([
      [],
      ['alert 15'],
      [],
      ['alert 10'],
      [],
      [],
      [],
      ['clear 10, holds 15'],
      ['alert 10'],
    ]);
  });

  it('name the deepest of several levels, and 0 past the liquidation price', () => {
    expect(
      said([...course('20', '4'), [figure('-1', { isAlready: true })], ...course('0.3', '0.6', '15.4', '16')]),
    ).toEqual([[], ['alert 5'], ['alert 0'], [], ['clear 0, holds 5'], ['clear 5, holds 15'], ['clear 15']]);
  });

  it('say what already holds at the start as such', () => {
    expect(said(course('9', '4'))).toEqual([['alert 10 initial'], ['alert 5']]);
  });

  it('are raised by a stale mark, which says so, and are never cleared by one', () => {
    const stale = (value: string): readonly Judged[] => [figure(value, { isStale: true })];
    expect(said([[figure('20')], stale('9'), stale('30'), [figure('30')]])).toEqual([
      [],
      ['alert 10 stale'],
      [],
      ['clear 10'],
    ]);
  });

  it('stay while a figure is unknown, and are cleared when nothing can liquidate', () => {
    expect(said([[figure('4')], [figure(undefined, { isKnown: false })], [figure(undefined)]])).toEqual([
      ['alert 5 initial'],
      [],
      ['clear 5'],
    ]);
  });

  it('are cleared when the position is closed; the next one starts anew', () => {
    expect(said([[figure('4')], [], [figure('4')]])).toEqual([['alert 5 initial'], ['clear 5 closed'], ['alert 5']]);
    const { alerts } = judged(NO_ALERTS, [figure('4'), figure('4', { side: 'short' })], SETTINGS, {
      mono: 0,
      isInitial: true,
    });
    const without = withoutPosition(alerts, 'BTCUSDT', 'long', SETTINGS);
    expect(without.events.map(say)).toEqual(['clear 5 closed']);
    expect([...without.alerts.keys()]).toEqual(['distance BTCUSDT short']);
  });

  it('are repeated while they hold, if that is requested', () => {
    const settings = { ...SETTINGS, remindMs: 2500 };
    expect(said(course('9', '9', '9', '9', '9', '9', '9'), settings)).toEqual([
      ['alert 10 initial'],
      [],
      [],
      ['alert 10 reminder'],
      [],
      [],
      ['alert 10 reminder'],
    ]);
  });

  it('watch margin ratios and funding as they rise', () => {
    const of = (what: AlertSubject, ...values: readonly string[]): readonly (readonly Judged[])[] =>
      values.map((value) => [figure(value, { what })]);
    expect(said(of('margin-ratio', '70', '80', '79.6', '79.4'))).toEqual([[], ['alert 80'], [], ['clear 80']]);
    expect(said(of('funding', '0.09', '0.1', '0.091', '0.089'))).toEqual([[], ['alert 0.1'], [], ['clear 0.1']]);
    expect(sortedLevels('margin-ratio', levels('90', '80')).map((each) => each.toText(0))).toEqual(['80', '90']);
    expect(sortedLevels('distance', levels('5', '15')).map((each) => each.toText(0))).toEqual(['15', '5']);
  });

  const value = fc.integer({ min: -50, max: 2500 }).map((hundredths) => (hundredths / 100).toFixed(2));
  const moment = fc.record({ text: value, isStale: fc.boolean() });

  it('are never cleared by a stale mark, and say so when one raises them, on any course', () => {
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 40 }), (moments) => {
        let alerts: Alerts = NO_ALERTS;
        let deepest = Infinity;
        moments.forEach(({ text, isStale }, index) => {
          const isAlready = Number(text) < 0;
          const at = { mono: index, isInitial: index === 0 };
          const { events, alerts: next } = judged(alerts, [figure(text, { isStale, isAlready })], SETTINGS, at);
          alerts = next;
          for (const event of events) {
            if (event.type === 'clear') expect(isStale).toBe(false);
            if (event.type === 'alert') expect(event.stale).toBe(isStale);
            if (event.type === 'alert') deepest = Number(event.level);
            if (event.type === 'clear') deepest = event.holds === null ? Infinity : Number(event.holds);
          }
          // After any history, a level that is reached holds.
          const reached = Math.min(...[15, 10, 5].filter((level) => Number(text) <= level), isAlready ? 0 : Infinity);
          expect(deepest).toBeLessThanOrEqual(reached);
          if (!isStale && Number(text) > 15.5) expect(deepest).toBe(Infinity);
        });
      }),
      { numRuns: runs(500) },
    );
  });
});
