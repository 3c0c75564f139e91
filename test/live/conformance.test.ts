import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LiveVenue } from '../../src/live/venue.js';
import { liveVenues } from '../../src/live/venues/index.js';
import { newHome, runLive } from './run-live.js';
import { START, Trial } from './virtual-binance.js';
import { virtualVenues, type ConformingVenue } from './virtual-venues.js';

/** Each venue whose accounts can be watched must pass this with a session as `watch` runs it. */
const watched = Object.entries<LiveVenue>(liveVenues).filter(([, { snapshot }]) => snapshot !== undefined);

type Row = Readonly<Record<string, unknown>>;

const trialOf = (name: string): Trial<ConformingVenue> => {
  const make = virtualVenues[name];
  if (!make)
    throw new Error(`${name} has accounts and no fake: add one to virtualVenues in test/live/virtual-venues.ts`);
  return new Trial(make());
};

const last = (trial: Trial<ConformingVenue>, symbol: string): Row => {
  for (const account of trial.all('account').reverse()) {
    const found = (account['positions'] as readonly Row[]).find((each) => each['symbol'] === symbol);
    if (found) return found;
  }
  throw new Error(`no account has ${symbol}`);
};

const without = (row: Row, ...keys: readonly string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key)));

/**
 * What an account event and the answer of `account` have in common: all but the event's own members, what the venue
 * reported of the moment, and the zeros at the end of a mark.
 */
const common = (account: Row): Row => ({
  ...without(account, 'type', 'seq', 'at', 'venue', 'bracketAsOf', 'stale'),
  positions: (account['positions'] as readonly Row[]).map((each) => ({
    ...without(each, 'markAgeMs', 'stale', 'reported', 'difference'),
    mark: Number(each['mark']),
  })),
});

it('each venue with accounts has a fake here', () => {
  expect(Object.keys(virtualVenues).sort()).toEqual(watched.map(([name]) => name).sort());
});

describe.each(watched)('watch --account %s', (name, venue) => {
  it('starts, reads the account and is live, without an error', async () => {
    const trial = await trialOf(name).go(4000);
    expect(trial.events.slice(0, 2).map(({ type }) => type)).toEqual(['start', 'status']);
    expect(trial.all('status').map(({ state }) => state)).toEqual(['connecting', 'live']);
    expect(trial.all('snapshot')[0]).toMatchObject({ why: 'start', positions: 2 });
    expect(trial.all('error')).toEqual([]);
    for (const symbol of trial.exchange.symbols) expect(last(trial, symbol)).toMatchObject({ stale: false });
  });

  it('writes only accounts and snapshots while marks move', async () => {
    const trial = await trialOf(name).go(4000);
    const from = trial.events.length;
    for (let step = 0; step < 70; step++) {
      for (const [symbol, mark] of trial.exchange.marks)
        trial.exchange.marks.set(symbol, (Number(mark) + (step % 2 === 0 ? 0.37 : -0.36)).toFixed(4));
      await trial.go(1000);
    }
    const types = new Set(trial.events.slice(from).map(({ type }) => type));
    expect([...types].sort()).toEqual(['account', 'snapshot']);
  });

  it('a mark through a level alerts once', async () => {
    const trial = await trialOf(name).go(4000);
    const [symbol] = trial.exchange.symbols;
    const price = Number(last(trial, symbol)['liquidationPrice']);
    const from = trial.all('alert').length;
    trial.exchange.marks.set(symbol, (price / 0.88).toFixed(4));
    await trial.go(6000);
    trial.exchange.marks.set(symbol, (price / 0.93).toFixed(4));
    await trial.go(20_000);
    const said = trial.all('alert').slice(from);
    expect(said.filter((each) => each['symbol'] === symbol && each['level'] === '10')).toHaveLength(1);
  });

  it('a position that grows and is closed gives an event each', async () => {
    const trial = await trialOf(name).go(4000);
    const [symbol] = trial.exchange.symbols;
    const qty = String(Number(last(trial, symbol)['qty']));
    const more = String(Number(qty) * 2);
    trial.exchange.resize(more);
    await trial.go(2000);
    expect(trial.all('position')).toMatchObject([{ symbol, side: 'long', before: { qty }, after: { qty: more } }]);
    expect(Number(last(trial, symbol)['qty'])).toBe(Number(more));
    trial.exchange.resize('0');
    await trial.go(2000);
    expect(trial.all('position').slice(1)).toMatchObject([
      { symbol, side: 'long', before: { qty: more }, after: null },
    ]);
    const held = (trial.all('account').at(-1)?.['positions'] as readonly Row[]).map((each) => each['symbol']);
    expect(held).not.toContain(symbol);
    expect(trial.all('gap')).toEqual([]);
  });

  it('a change that no stream told is found by the next audit', async () => {
    const trial = await trialOf(name).go(20_000);
    const [symbol] = trial.exchange.symbols;
    const qty = String(Number(last(trial, symbol)['qty']));
    const more = String(Number(qty) * 2);
    trial.exchange.resizeUnsaid(more);
    await trial.go(90_000);
    const said = [
      ...trial.all('position'),
      ...trial.all('gap').flatMap(({ positions }) => positions as readonly Row[]),
    ];
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject(
      venue.tellsPositions ? { symbol, had: qty, is: more } : { symbol, before: { qty }, after: { qty: more } },
    );
    expect(Number(last(trial, symbol)['qty'])).toBe(Number(more));
  });

  it('frames that are broken or unknown end nothing', async () => {
    const trial = await trialOf(name).go(4000);
    const broken = [
      '',
      '{',
      'hello',
      '[]',
      'null',
      '{"e":"new"}',
      '{"channel":"new","data":{}}',
      '{"channel":"userFills","data":{}}',
    ];
    for (const frame of broken) trial.exchange.sendAll(frame);
    await trial.go(4000);
    expect(trial.end).toBeUndefined();
    expect(trial.all('status').at(-1)).toMatchObject({ state: 'live' });
    expect(new Set(trial.all('error').map(({ code }) => code))).toEqual(new Set(['UNREADABLE_FRAME']));
  });

  it('its account is the answer of `account` to the same snapshot and brackets', async () => {
    const trial = await trialOf(name).go(4000);
    const { link } = trial;
    const asked = Promise.all([venue.snapshot?.(link), venue.brackets?.(link, [])]);
    await trial.go(3000);
    const [snapshot, tables] = await asked;
    const file = join(newHome(), 'brackets.json');
    writeFileSync(file, tables?.[0]?.text ?? '');
    // The day of a table is that of its file.
    utimesSync(file, START / 1000, START / 1000);
    const argv = ['account', '--from', venue.from ?? '', '--brackets', file, '--json'];
    const run = await runLive(argv, { stdin: snapshot?.account ?? '' });
    expect(run.code).toBe(0);
    const answers = [JSON.parse(run.stdout) as Row | readonly Row[]].flat();
    expect(answers.length).toBeGreaterThan(0);
    const events = trial.all('account').slice(-answers.length).map(common);
    expect(events).toEqual(answers.map(common));
  });
});
