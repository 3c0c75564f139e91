import { describe, expect, it } from 'vitest';
import { RealStorm, program } from '../live/real-storm.js';
import { STARTS, Storm, type Stormy } from '../live/storm.js';
import { Truth } from '../live/truth.js';
import { Trial, VirtualBinance } from '../live/virtual-binance.js';
import { readScreen, Witness } from '../live/witness.js';
import { runs } from '../share.js';

const SECONDS = 900;
/** Of real time; a quarter of an hour is tried by hand: `LIQCALC_TRIAL_SECONDS=900`. */
const REAL_SECONDS = Number(process.env['LIQCALC_TRIAL_SECONDS'] ?? 40);
/** A virtual exchange as a storm sees it. */
function stormy(exchange: VirtualBinance): Stormy {
  return {
    symbols: STARTS.map(({ symbol }) => symbol),
    now: () => exchange.now(),
    setMark: (symbol, price) => exchange.marks.set(symbol, price),
    trade: ({ symbol, amount, entry, wallet }, isTold) => {
      exchange.wallet = wallet;
      exchange.hold(symbol, amount, entry);
      if (isTold) exchange.send('private', exchange.update(symbol));
      return isTold && !exchange.isDeaf ? 'told' : 'lost';
    },
    repeat: (symbol, agoMs) => exchange.send('private', exchange.update(symbol, 'ORDER', exchange.now() - agoMs)),
    garbage: (of) => exchange.send(of, '{"e":"markPriceUpdate","p":'),
    close: (of, code = 1006) => exchange.close(of, code),
    refuse: (status, seconds) => exchange.refuse(status, seconds === undefined ? undefined : seconds * 1000),
    silence: (isOn) => (exchange.isSilent = isOn),
    mute: (symbol, isOn) => {
      if (isOn) exchange.muted.add(symbol);
      else exchange.muted.delete(symbol);
    },
    delay: (ms) => (exchange.markAgeMs = ms),
    dropKey: (isSaid) => {
      if (isSaid) exchange.send('private', { e: 'listenKeyExpired', E: exchange.now() });
      exchange.listenKey = undefined;
    },
    failRequests: (fault, times) => {
      const answer =
        typeof fault === 'string'
          ? fault
          : {
              status: fault.status,
              text: '<html></html>',
              headers: fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
            };
      exchange.fail('*', ...Array.from({ length: times }, () => answer));
    },
    slow: (ms) => (exchange.latencyMs = ms),
  };
}

describe('a quarter of an hour with all faults by chance', () => {
  const first = Number(process.env['LIQCALC_SEED'] ?? 1);
  it.each(Array.from({ length: runs(20) }, (_, index) => first + index))(
    'shows nothing that is wrong or old without saying so, seed %i',
    async (seed) => {
      const truth = new Truth({ mark: 5600, told: 6500, lost: 185_000 });
      const exchange = new VirtualBinance();
      exchange.places.clear();
      exchange.wallet = '4400.00';
      for (const { symbol, mark, amount, entry, decimals } of STARTS) {
        const mode = symbol === 'ETHUSDT' ? ({ mode: 'ISOLATED', margin: '900' } as const) : {};
        exchange.marks.set(symbol, mark.toFixed(decimals));
        exchange.hold(symbol, amount, entry, mode);
        truth.mark(symbol, mark.toFixed(decimals), exchange.now());
        truth.position({ symbol, amount, entry, wallet: exchange.wallet }, exchange.now(), 'told');
      }
      const storm = new Storm(seed, stormy(exchange), truth, STARTS);
      const witness = new Witness(truth);
      const trial = await new Trial(exchange).go(1000);
      const { terminal, screen } = readScreen(exchange.clock);
      screen.start(trial.session.view);
      for (let second = 0; second < SECONDS && trial.end === undefined; second++) {
        storm.step();
        await trial.go(1000);
        for (const event of trial.news()) witness.see(event);
        const rows = terminal.rows() ?? [];
        witness.wrong.push(...truth.wrongRows(rows, exchange.now()).map((each) => `${second} s, screen: ${each}`));
      }
      expect(witness.wrong).toEqual([]);
      expect(trial.end).toBeUndefined();
      expect(witness.judged.fresh).toBeGreaterThan(SECONDS / 2);
      expect(witness.judged.stale).toBeGreaterThan(10);
    },
  );
});

describe('the same with the real program on real connections', () => {
  it(
    'shows nothing that is wrong or old without saying so, in a pipe and on a terminal',
    async () => {
      const seed = Number(process.env['LIQCALC_SEED'] ?? 1);
      const truth = new Truth({ mark: 7000, told: 9500, lost: 185_000 });
      const exchange = await new RealStorm(truth).start();
      const storm = new Storm(seed, exchange, truth, STARTS);
      const [pipe, screen] = [program(exchange.env, 'pipe'), program(exchange.env, 'terminal')];
      const witness = new Witness(truth);
      for (let second = 0; second < REAL_SECONDS; second++) {
        storm.step();
        await new Promise((resolve) => setTimeout(resolve, 1000));
        for (const event of pipe.news()) witness.see(event);
        const { rows, at } = screen.shown();
        witness.wrong.push(...truth.wrongRows(rows ?? [], at).map((each) => `${second} s, screen: ${each}`));
      }
      for (const { stop } of [pipe, screen]) stop();
      const codes = await Promise.all([pipe.code, screen.code]);
      await exchange.stop();
      process.stdout.write(`${[...storm.counts].map(([name, count]) => `${name} ${count}`).join(', ')}\n`);
      process.stdout.write(
        `${witness.judged.fresh} figures were judged, ${witness.judged.stale} were said to be old\n`,
      );
      expect(witness.wrong).toEqual([]);
      expect(codes).toEqual([0, 0]);
      expect(witness.judged.fresh).toBeGreaterThan(REAL_SECONDS / 3);
    },
    (REAL_SECONDS + 60) * 1000,
  );
});
