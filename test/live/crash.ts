import { transportClock } from '../../src/live/clock.js';
import { Recorder } from '../../src/live/record.js';
import { Secret } from '../../src/live/secret.js';
import { Session } from '../../src/live/session.js';
import { Transport } from '../../src/live/transport.js';
import { liveVenues } from '../../src/live/venues/index.js';
import { SETTINGS, START, VirtualBinance } from './virtual-binance.js';

/** The seconds of the crash: marks, and what else happens. */
const COURSE: Readonly<Record<number, (exchange: VirtualBinance) => void>> = {
  8: (exchange) => order(exchange, 'ETHUSDT', 'SELL', '0.500', '3098.50'),
  20: (exchange) => {
    exchange.close('private', 1006);
    exchange.hold('SOLUSDT', '45', '149.80', { margin: '900' });
  },
  34: (exchange) => (exchange.isSilent = true),
  44: (exchange) => (exchange.isSilent = false),
  58: (exchange) => {
    const position = {
      s: 'BTCUSDT',
      ps: 'BOTH',
      pa: '0.500',
      mt: 'CROSSED',
      iw: '0',
      mp: mark(exchange),
      up: '-4300',
      mm: '103',
    };
    exchange.send('private', { e: 'MARGIN_CALL', E: exchange.now(), cw: '4400', p: [position] });
  },
  64: (exchange) => {
    exchange.wallet = '3020.40000000';
    order(exchange, 'BTCUSDT', 'SELL', '0.200', mark(exchange), 'stop-1');
    exchange.trade('BTCUSDT', '0.300', '60000.0');
  },
};

const mark = (exchange: VirtualBinance): string => Number(exchange.marks.get('BTCUSDT')).toFixed(2);

function order(exchange: VirtualBinance, s: string, S: string, l: string, L: string, c = 'web-1'): void {
  const T = exchange.now();
  const o = {
    s,
    c,
    S,
    o: 'MARKET',
    f: 'GTC',
    q: l,
    p: '0',
    sp: '0',
    x: 'TRADE',
    X: 'FILLED',
    i: T % 1_000_000,
    l,
    z: l,
    L,
    N: 'USDT',
    n: '0.77',
    T,
    t: 5,
    ps: 'BOTH',
    rp: '0',
  };
  exchange.send('private', { e: 'ORDER_TRADE_UPDATE', E: T, T, o });
  if (s === 'ETHUSDT') exchange.trade('ETHUSDT', '-2.500', '3019.70', { margin: '560' });
}

/** Where bitcoin is at a second: it falls by a seventh in a minute, then recovers a little. */
function bitcoinAt(second: number): number {
  const wave = 35 * Math.sin(second / 2);
  if (second < 10) return 59_000 + wave;
  if (second < 60) return 59_000 - ((second - 10) * 8000) / 50 + wave;
  return 51_000 + (second - 60) * 90 + wave;
}

/** A recording of a crash that never happened: the exchange is the one of these tests. */
export async function crashRecording(): Promise<string> {
  const lines: string[] = [];
  const exchange = new VirtualBinance();
  exchange.marks.set('SOLUSDT', '148.20000000');
  exchange.hold('SOLUSDT', '40', '150.00', { mode: 'ISOLATED', margin: '900', lev: 10 });
  const { clock } = exchange;
  const head = {
    liqcalc: 'record/1' as const,
    version: '0.1.0',
    venue: 'binance',
    wall: START,
    node: '20.20.2',
    seed: 7,
    account: '...3f9a',
    address: null,
    symbols: [],
    own: [],
  };
  const recorder = new Recorder(clock, head, (line) => lines.push(line));
  const link = new Transport(liveVenues.binance, {
    hosts: { ...liveVenues.binance.hosts.live },
    credential: () => ({
      key: new Secret('fakekeyfakekeyfakekey3f9a'),
      signer: { kind: 'hmac', secret: new Secret('fakesecretfakesecret') },
    }),
    timeoutMs: 60_000,
    clock: transportClock(clock),
    send: recorder.send(exchange.wire),
  });
  const session = new Session(SETTINGS, { link, clock, connect: recorder.connect(exchange.connect) }, () => undefined);
  void session.run();
  for (let second = 0; second < 90; second++) {
    const bitcoin = bitcoinAt(second);
    exchange.marks.set('BTCUSDT', bitcoin.toFixed(8));
    exchange.marks.set('ETHUSDT', (3100 + (bitcoin - 59_000) / 40 + 3 * second).toFixed(8));
    exchange.marks.set('SOLUSDT', (148.2 * (1 + (1.2 * (bitcoin - 59_000)) / 59_000)).toFixed(8));
    COURSE[second]?.(exchange);
    await clock.run(clock.mono() + 1000);
  }
  session.stop();
  return `${lines.join('\n')}\n`;
}
