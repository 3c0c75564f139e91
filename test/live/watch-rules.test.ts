import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/live/clock.js';
import { KeyWatcher } from '../../src/live/key-watcher.js';
import { RuleWatcher } from '../../src/live/rules.js';
import { Secret } from '../../src/live/secret.js';
import type { LiveVenue, Link } from '../../src/live/venue.js';
import { liveVenues } from '../../src/live/venues/index.js';
import { STOP } from './fake-binance.js';
import { START, Trial, VirtualBinance } from './virtual-binance.js';

class WithOrders extends VirtualBinance {
  stops: object[] = [];

  protected override bodies(): Readonly<Record<string, unknown>> {
    const other = { ...STOP, symbol: 'SOLUSDT' };
    return {
      ...super.bodies(),
      '/fapi/v1/openOrders': [],
      '/fapi/v1/openAlgoOrders': [...this.stops, other],
    };
  }
}

/** A session with the rules of check. */
function trialWith(exchange: WithOrders, hasAccount = true): Trial<WithOrders> {
  const link: Pick<Link, 'get' | 'now' | 'hosts'> = {
    get: (request, query) => trial.link.get(request, query),
    now: () => exchange.now(),
    hosts: liveVenues.binance.hosts.live,
  };
  const rules = new RuleWatcher({}, { venue: liveVenues.binance, link, clock: exchange.clock, hasAccount });
  const trial = new Trial(exchange, { watchers: [rules] });
  return trial;
}

const stopless = (trial: Trial<WithOrders>, type: string): unknown[] =>
  trial
    .all(type)
    .filter(({ rule }) => rule === 'stop-missing')
    .map(({ symbol }) => symbol);
const reads = ({ exchange }: Trial<WithOrders>): number =>
  exchange.sent.filter((each) => each === 'GET /fapi/v1/openAlgoOrders').length;

describe('--rules', () => {
  it('knows the stops of an account, and reads them again when an order changes', async () => {
    const exchange = new WithOrders();
    const trial = await trialWith(exchange).go(30_000);
    expect(stopless(trial, 'finding').toSorted()).toEqual(['BTCUSDT', 'ETHUSDT']);
    expect(reads(trial)).toBe(1);
    exchange.stops = [STOP];
    const { algoId: aid, orderType: o, symbol: s, side: S, quantity: q, triggerPrice: tp } = STOP;
    const order = { aid, o, s, S, q, tp, X: 'NEW', ps: 'BOTH', R: true };
    exchange.send('private', { e: 'ALGO_UPDATE', E: exchange.now(), T: exchange.now(), o: order });
    await trial.go(20_000);
    expect(stopless(trial, 'resolved')).toEqual(['BTCUSDT']);
    expect(reads(trial)).toBe(2);
    await trial.go(300_000);
    expect(reads(trial)).toBe(3);
  });

  it('does not judge orders that it could not read, and reads them again', async () => {
    const exchange = new WithOrders();
    exchange.fail('/fapi/v1/openAlgoOrders', { status: 403, text: '<html></html>' });
    const trial = await trialWith(exchange).go(8000);
    expect([stopless(trial, 'finding'), reads(trial)]).toEqual([[], 1]);
    await trial.go(10_000);
    expect([stopless(trial, 'finding').toSorted(), reads(trial)]).toEqual([['BTCUSDT', 'ETHUSDT'], 2]);
    exchange.stops = [{ ...STOP, orderType: 'SOMETHING_NEW' }];
    exchange.fail('/fapi/v1/openAlgoOrders', { status: 403, text: '<html></html>' });
    await trial.go(620_000);
    // Neither a failure nor an order that is not understood is an all-clear.
    expect([stopless(trial, 'resolved'), reads(trial)]).toEqual([[], 5]);
  });

  it('reads no orders for positions that were given', async () => {
    const exchange = new WithOrders();
    const trial = await trialWith(exchange, false).go(30_000);
    expect([stopless(trial, 'finding'), reads(trial)]).toEqual([[], 0]);
  });
});

describe('the rights of the key', () => {
  it('are warned of at the start and when they change, not again', async () => {
    const clock = new VirtualClock(START);
    let rights: readonly string[] = ['trade'];
    let asked = 0;
    const venue: LiveVenue = {
      ...liveVenues.binance,
      keyRights: () => {
        asked++;
        return Promise.resolve(rights);
      },
    };
    const secret = new Secret('fakekeyfakekeyfakekey3f9a');
    const { link } = new Trial();
    const connection = { name: 'binance', venue, link, hasKey: () => true, address: undefined };
    const credential = () => ({ key: secret, signer: { kind: 'hmac', secret } }) as const;
    const watcher = new KeyWatcher({ ...connection, credential }, clock);
    const warnings: unknown[] = [];
    watcher.start({ tell: (event) => warnings.push(event) });
    const warning = (may: string): unknown => ({
      type: 'error',
      code: 'KEY_RIGHTS',
      message: `the key ...3f9a may ${may}; liqcalc only reads: use a key with Enable Reading alone`,
    });
    await clock.run(7 * 3_600_000);
    expect([asked, warnings]).toEqual([2, [warning('trade')]]);
    rights = ['trade', 'withdraw'];
    await clock.run(13 * 3_600_000);
    expect(warnings).toEqual([warning('trade'), warning('trade and withdraw')]);
    watcher.stop();
    await clock.run(30 * 3_600_000);
    expect([asked, watcher.judge()]).toEqual([3, []]);
  });
});
