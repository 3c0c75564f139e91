import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountJson } from '../../src/report/text/account-rows.js';
import { afterEvents } from '../../src/live/state-events.js';
import { afterSnapshot, afterWaiting, EXPLAIN_MS } from '../../src/live/state-snapshot.js';
import type { Effect, State, Step } from '../../src/live/state.js';
import type { LiveEvent, Snapshot } from '../../src/live/venue.js';
import { run } from '../cli/run.js';
import { runs } from '../share.js';
import { at, begun, markEvent, poolsOf, positionEvent, snapshotOf, walletEvent, type Held } from './book.js';

const START = 1_000_000;
const BTC: Held = { symbol: 'BTCUSDT', amount: '0.500', entry: '60000.0' };
const ETH: Held = { symbol: 'ETHUSDT', amount: '-2.000', entry: '3000.0', mode: 'isolated', margin: '450', lev: '10' };
const FIRST = snapshotOf('4400', [BTC, ETH], START);

const opened = (snapshot: Snapshot = FIRST): State =>
  afterSnapshot(begun(), snapshot, { why: 'start', awayMs: 0, ms: 1 }, at(START)).state;
const after = (state: State, events: readonly LiveEvent[], now = START + 100): Step =>
  afterEvents(state, events, at(now));
const audited = (state: State, snapshot: Snapshot, why: 'audit' | 'reconnected' = 'audit'): Step =>
  afterSnapshot(state, snapshot, { why, awayMs: 3100, ms: 5 }, at(snapshot.at));

/** What figures depend on, without the marks of what was said already. */
function book({ marks, rows, wallets, levs, accrued }: State): unknown {
  const sorted = (entries: Iterable<readonly [string, unknown]>): unknown =>
    [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    marks: sorted([...marks].map(([key, { price, time }]) => [key, [price.toText(8), time]] as const)),
    rows: sorted([...rows].map(([key, { position, time }]) => [key, [position?.own(), time]] as const)),
    wallets: sorted([...wallets].map(([key, { text, time }]) => [key, [text, time]] as const)),
    levs: sorted([...levs].map(([key, { text, time }]) => [key, [text, time]] as const)),
    accrued: sorted([...accrued].map(([key, sum]) => [key, sum.toText(8)] as const)),
  };
}

const told = ({ effects }: Step, type: string): object[] =>
  effects.flatMap((each) => (each.kind === 'tell' && each.event.type === type ? [each.event] : []));
const kinds = ({ effects }: Step): string[] => effects.map(({ kind }: Effect) => kind);
const qtyOf = (state: State, key: string): string | undefined => {
  const found = state.rows.get(key)?.position?.record.find(([name]) => name === 'qty')?.[1];
  return typeof found === 'string' ? found : undefined;
};

describe('the state of an account', () => {
  const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'] as const;
  const eventAt = (time: number): fc.Arbitrary<LiveEvent> =>
    fc.oneof(
      fc
        .tuple(fc.constantFrom(...symbols), fc.integer({ min: -3, max: 3 }), fc.integer({ min: 1, max: 999 }))
        .map(([symbol, amount, entry]) =>
          positionEvent({ symbol, amount: String(amount), entry: String(entry), mode: 'isolated', margin: '70' }, time),
        ),
      fc.integer({ min: 1, max: 9999 }).map((cross) => walletEvent(String(cross), time)),
      fc
        .tuple(fc.constantFrom(...symbols), fc.integer({ min: 1, max: 99 }))
        .map(([symbol, price]) => markEvent(symbol, String(price), time)),
      fc
        .tuple(fc.constantFrom(...symbols), fc.integer({ min: 1, max: 125 }))
        .map(([symbol, lev]): LiveEvent => ({ kind: 'leverage', symbol, lev: String(lev), time })),
      fc
        .integer({ min: -9, max: 9 })
        .map((amount): LiveEvent => ({ kind: 'funding', asset: 'USDT', amount: String(amount), time })),
    );
  const history = fc
    .array(fc.nat(), { minLength: 1, maxLength: 25 })
    .chain((gaps) => fc.tuple(...gaps.map((_, index) => eventAt(START + 10 * (index + 1)))));

  it('is the same for events in any order and with duplicates', () => {
    fc.assert(
      fc.property(
        history.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length })),
        ),
        ([events, shuffled]) => {
          const inOrder = after(opened(), events).state;
          let other = opened();
          for (const each of shuffled) other = after(other, [each]).state;
          expect(book(other)).toEqual(book(inOrder));
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it('keeps two changes of one moment in the order in which they came', () => {
    const two = [1, 2].map((amount) => positionEvent({ ...BTC, amount: String(amount) }, START + 5));
    const { state } = after(opened(), [...two, ...two]);
    expect(qtyOf(state, 'BTCUSDT/both')).toBe('2');
  });

  it('reports a change once, with what was before and after', () => {
    const event = positionEvent({ ...BTC, amount: '0.750', entry: '59900.0' }, START + 5);
    const step = after(opened(), [event, event]);
    const figures = { mode: 'cross', margin: null, lev: '20' };
    expect(told(step, 'position')).toEqual([
      {
        type: 'position',
        symbol: 'BTCUSDT',
        side: 'long',
        before: { qty: '0.5', entry: '60000', ...figures },
        after: { qty: '0.75', entry: '59900', ...figures },
        reason: 'ORDER',
      },
    ]);
  });

  it('drops an event of 15 minutes ago', () => {
    const old = positionEvent({ ...BTC, amount: '9' }, START - 900_000);
    const step = after(opened(), [old]);
    expect(step.effects).toEqual([]);
    expect(qtyOf(step.state, 'BTCUSDT/both')).toBe('0.500');
  });

  it('does not take back what the stream said by an older snapshot', () => {
    const { state } = after(opened(), [
      positionEvent({ ...BTC, amount: '0.9' }, START + 50),
      walletEvent('4300', START + 50),
    ]);
    const step = audited(state, snapshotOf('4400', [{ ...BTC, updatedAt: START + 10 }, ETH], START + 60));
    expect(qtyOf(step.state, 'BTCUSDT/both')).toBe('0.9');
    expect(step.state.wallets.get('USDT')?.text).toBe('4300');
    expect(step.state.suspects).toEqual([]);
  });

  it('keeps a position that an answer behind the stream does not have yet, and takes it away later', () => {
    const SOL: Held = { symbol: 'SOLUSDT', amount: '40', entry: '150', mode: 'isolated', margin: '900' };
    const { state } = after(opened(), [positionEvent(SOL, START + 50)]);
    const early = audited(state, snapshotOf('4400', [BTC, ETH], START + 100)).state;
    expect(qtyOf(early, 'SOLUSDT/both')).toBe('40');
    const late = audited(early, snapshotOf('4400', [BTC, ETH], START + 60_000));
    expect(qtyOf(late.state, 'SOLUSDT/both')).toBeUndefined();
    expect(kinds(late)).toContain('closed');
  });

  it('does not open a closed position again by an older event', () => {
    const { state } = after(opened(), [positionEvent({ ...BTC, amount: '0' }, START + 50)]);
    expect(qtyOf(after(state, [positionEvent(BTC, START + 20)]).state, 'BTCUSDT/both')).toBeUndefined();
  });

  it('says that a position was closed, also if another is open before the next tick', () => {
    const step = after(opened(), [
      positionEvent({ ...BTC, amount: '0' }, START + 50),
      positionEvent({ ...BTC, amount: '-0.1' }, START + 51),
    ]);
    expect(kinds(step)).toEqual(['tell', 'closed', 'tell']);
    expect(qtyOf(step.state, 'BTCUSDT/both')).toBe('0.1');
  });

  it('asks for the leverage of a symbol that it never saw', () => {
    const step = after(opened(), [positionEvent({ symbol: 'SOLUSDT', amount: '1', entry: '150' }, START + 5)]);
    expect(step.effects.at(-1)).toEqual({ kind: 'leverage', symbol: 'SOLUSDT' });
    const known = after(step.state, [{ kind: 'leverage', symbol: 'SOLUSDT', lev: '7', time: START + 9 }]);
    const [position] = told(known, 'position') as { after: { lev: string } }[];
    expect(position?.after.lev).toBe('7');
  });

  it('reports a lost update as a gap, after the stream had time to explain it', () => {
    const snapshot = snapshotOf('4400', [{ ...BTC, amount: '0.7', updatedAt: START + 20_000 }, ETH], START + 20_100);
    const found = audited(opened(), snapshot);
    expect(told(found, 'gap')).toEqual([]);
    expect(qtyOf(found.state, 'BTCUSDT/both')).toBe('0.7');
    const step = afterWaiting(found.state, at(START + 20_100 + EXPLAIN_MS));
    expect(told(step, 'gap')).toEqual([
      {
        type: 'gap',
        awayMs: 0,
        positions: [{ symbol: 'BTCUSDT', side: 'both', had: '0.5', is: '0.7' }],
        wallet: null,
      },
    ]);
    expect(kinds(step)).toContain('reopen');
    const explained = after(found.state, [positionEvent({ ...BTC, amount: '0.7' }, START + 20_000)]).state;
    expect(afterWaiting(explained, at(START + 30_000)).effects).toEqual([]);
  });

  it('reports what was missed while the stream was away at once', () => {
    const step = audited(opened(), snapshotOf('4100', [{ ...ETH, updatedAt: START + 9 }], START + 10), 'reconnected');
    expect(told(step, 'gap')).toEqual([
      {
        type: 'gap',
        awayMs: 3100,
        positions: [{ symbol: 'BTCUSDT', side: 'both', had: '0.5', is: '0' }],
        wallet: { had: '4400', is: '4100' },
      },
    ]);
  });

  it('reads both legs of a hedge apart', () => {
    const legs: Held[] = [
      { ...BTC, leg: 'long' },
      { ...BTC, leg: 'short', amount: '-0.2' },
    ];
    const { state } = after(opened(snapshotOf('4400', legs, START)), [
      positionEvent({ ...BTC, leg: 'short', amount: '-0.3' }, START + 5),
    ]);
    expect(qtyOf(state, 'BTCUSDT/long')).toBe('0.500');
    expect(qtyOf(state, 'BTCUSDT/short')).toBe('0.3');
  });

  it('takes added margin and another margin mode', () => {
    const margin = (state: State): unknown => state.rows.get('ETHUSDT/both')?.position?.own();
    const added = after(opened(), [positionEvent({ ...ETH, margin: '600' }, START + 5, 'MARGIN_TRANSFER')]).state;
    expect(margin(added)).toContainEqual(['margin', '"600"']);
    const cross = after(added, [positionEvent({ ...ETH, mode: 'cross' }, START + 6, 'MARGIN_TYPE_CHANGE')]).state;
    expect(margin(cross)).toContainEqual(['mode', '"cross"']);
    expect(JSON.stringify(margin(cross))).not.toContain('"margin"');
  });

  it('reads the account again when all assets begin to back all positions, and when the brackets change', () => {
    const step = after(opened(), [
      { kind: 'multiAssets', isOn: true, time: START + 5 },
      { kind: 'brackets', symbol: 'SOLUSDT', time: START + 5 },
      { kind: 'brackets', symbol: 'SOLUSDT', time: START + 5 },
    ]);
    expect(kinds(step)).toEqual(['resync', 'tell', 'brackets']);
  });

  it('refuses an account that is not priced', () => {
    expect(kinds(after(opened(), [{ kind: 'unsupported', why: 'portfolio margin' }]))).toEqual(['refuse']);
    const portfolio: Snapshot = { account: '{"uniMMR":"5","accountEquity":"1"}', at: START, rows: [] };
    expect(kinds(audited(begun(), portfolio))).toEqual(['refuse']);
  });

  it('survives frames and answers that it cannot read', () => {
    expect(told(after(opened(), [{ kind: 'unreadable', bytes: 7 }]), 'error')).toHaveLength(1);
    const broken: Snapshot = { account: '{"assets":[],"positions":[{"symbol":"BTCUSDT"}]}', at: START, rows: [] };
    const step = audited(opened(), broken);
    expect(told(step, 'error')).toHaveLength(1);
    expect(book(step.state)).toEqual(book(opened()));
  });
});

describe('the account event', () => {
  const decimal = (min: number, max: number): fc.Arbitrary<string> =>
    fc.integer({ min: min * 1000, max: max * 1000 }).map((thousandths) => (thousandths / 1000).toFixed(3));

  it('is what liqcalc account answers for the same figures', async () => {
    await fc.assert(
      fc.asyncProperty(
        decimal(2000, 90_000),
        decimal(1, 3),
        decimal(50_000, 70_000),
        decimal(2500, 3500),
        fc.boolean(),
        async (wallet, size, bitcoin, ether, isChanged) => {
          let state = opened(snapshotOf(wallet, [{ ...BTC, amount: size }, ETH], START));
          if (isChanged) state = after(state, [positionEvent({ ...ETH, amount: '3', margin: '700' }, START + 5)]).state;
          state = after(state, [markEvent('BTCUSDT', bitcoin, START), markEvent('ETHUSDT', ether, START)]).state;
          const [pool] = poolsOf(state);
          const json = [
            ...accountJson(pool?.answer as never, { decimals: undefined, today: Date.UTC(2026, 10, 22) }),
          ].join('');
          const { stdout } = await run(['account', '--json'], { stdin: json });
          expect(stdout).toBe(`${json}\n`);
        },
      ),
      { numRuns: runs(25) },
    );
  });
});
