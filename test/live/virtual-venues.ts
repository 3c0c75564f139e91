import { VirtualClock } from '../../src/live/clock.js';
import type { Connect, SocketHandlers } from '../../src/live/stream.js';
import type { WireAnswer, WireRequest } from '../../src/live/wire.js';
import { BRACKETS, START, VirtualBinance, type VirtualExchange } from './virtual-binance.js';

/** A venue as the conformance suite drives it: a long in cross margin, and a short in isolated margin. */
export interface ConformingVenue extends VirtualExchange {
  /** The symbols of the two, as the venue spells them; the methods are about the first. */
  readonly symbols: readonly [cross: string, isolated: string];
  readonly marks: Map<string, string>;
  /** Changes the size and reports it as the venue does. */
  readonly resize: (amount: string) => void;
  /** The same, not reported. */
  readonly resizeUnsaid: (amount: string) => void;
  /** Sends a frame to every socket. */
  readonly sendAll: (frame: string) => void;
}

class ConformingBinance extends VirtualBinance implements ConformingVenue {
  readonly symbols: ConformingVenue['symbols'] = ['BTCUSDT', 'ETHUSDT'];

  resize(amount: string): void {
    this.trade(this.symbols[0], amount, '60000.0');
  }

  resizeUnsaid(amount: string): void {
    this.hold(this.symbols[0], amount, '60000.0');
  }

  sendAll(frame: string): void {
    this.send('market', frame);
    this.send('private', frame);
  }
}

/** COIN-M: contracts of 100 and 10 USD, a wallet in each coin, other paths, and no requests of their own for modes. */
class VirtualCoinM extends ConformingBinance {
  override readonly name = 'binance-coinm';
  override readonly symbols: ConformingVenue['symbols'] = ['BTCUSD_PERP', 'ETHUSD_PERP'];
  protected override readonly market = 2;
  protected override readonly keyPath = '/dapi/v1/listenKey';
  protected override readonly asset = 'BTC';

  constructor() {
    super();
    this.wallet = '0.05';
    this.places.clear();
    this.marks.clear();
    this.marks.set('BTCUSD_PERP', '59000.00000000').set('ETHUSD_PERP', '3100.00000000');
    this.hold('BTCUSD_PERP', '20', '60000.0');
    this.hold('ETHUSD_PERP', '-30', '3000.0', { mode: 'ISOLATED', margin: '0.020000005', lev: 10 });
  }

  protected override bodies(): Readonly<Record<string, unknown>> {
    const usdM = super.bodies();
    const coin = (asset: string, walletBalance: string): object => ({
      asset,
      walletBalance,
      crossWalletBalance: walletBalance,
    });
    return {
      '/dapi/v1/time': usdM['/fapi/v1/time'],
      '/dapi/v1/premiumIndex': usdM['/fapi/v1/premiumIndex'],
      '/dapi/v1/account': { assets: [coin('BTC', this.wallet), coin('ETH', '0.1')], positions: [] },
      '/dapi/v1/positionRisk': [...this.places].map(([symbol, { amount, entry, mode, margin, lev, updatedAt }]) => {
        const mark = this.marks.get(symbol) ?? '';
        const size = Number(amount) * (symbol.startsWith('BTC') ? 100 : 10);
        // Isolated margin has the profit in it, and of more digits each is rounded to 8: their difference is never the same.
        const profit = size * (1 / Number(entry) - 1 / Number(mark));
        return {
          symbol,
          positionAmt: amount,
          entryPrice: entry,
          markPrice: mark,
          unRealizedProfit: profit.toFixed(8),
          liquidationPrice: '0',
          leverage: String(lev),
          marginType: mode === 'ISOLATED' ? 'isolated' : 'cross',
          isolatedMargin: mode === 'ISOLATED' ? (Number(margin) + profit).toFixed(8) : '0.00000000',
          isAutoAddMargin: 'false',
          positionSide: 'BOTH',
          updateTime: updatedAt,
        };
      }),
      '/dapi/v2/leverageBracket': this.symbols.map((symbol) => ({
        symbol,
        brackets: BRACKETS.map(({ notionalFloor, notionalCap, ...rest }) => ({
          ...rest,
          qtylFloor: notionalFloor,
          qtyCap: notionalCap,
        })),
      })),
    };
  }
}

interface Wanted {
  readonly type: string;
  readonly coin?: string;
  readonly user?: string;
}

/** Hyperliquid: one path for questions, one address for sockets, fills in place of positions, figures of 6 digits. */
class VirtualHyperliquid implements ConformingVenue {
  readonly name = 'hyperliquid';
  readonly address = `0x${'ab'.repeat(20)}`;
  readonly symbols: ConformingVenue['symbols'] = ['BTC', 'ETH'];
  readonly clock = new VirtualClock(START, 7);
  readonly marks = new Map([
    ['BTC', '59000.0'],
    ['ETH', '3100.0'],
  ]);
  readonly #places = new Map([
    ['BTC', { amount: '0.51237', entry: '60000.0', type: 'cross', value: 20 }],
    ['ETH', { amount: '-2.0137', entry: '3000.0', type: 'isolated', value: 10 }],
  ]);
  readonly #lines = new Map<SocketHandlers, Wanted[]>();
  #trades = 0;

  constructor() {
    this.#beat();
  }

  #beat(): void {
    this.clock.after(1000, () => {
      for (const [coin, markPx] of this.marks) {
        const ctx = { markPx, oraclePx: markPx, midPx: markPx, funding: '0.0000125', openInterest: '1.0' };
        this.#tell({ type: 'activeAssetCtx', coin }, { coin, ctx });
      }
      this.#beat();
    });
  }

  #tell({ type, coin, user }: Wanted, data: object): void {
    const frame = JSON.stringify({ channel: type, data });
    for (const [on, wanted] of [...this.#lines])
      if (wanted.some((each) => each.type === type && each.coin === coin && each.user === user)) on.frame(frame);
  }

  resize(amount: string): void {
    const before = Number(this.#places.get('BTC')?.amount ?? '0');
    this.resizeUnsaid(amount);
    const sz = String(Math.abs(Number(amount) - before));
    const side = Number(amount) > before ? 'B' : 'A';
    const time = this.clock.wall();
    const fill = { coin: 'BTC', px: '60000.0', sz, side, time, tid: ++this.#trades, fee: '0.1', feeToken: 'USDC' };
    this.#tell({ type: 'userFills', user: this.address }, { user: this.address, fills: [fill] });
  }

  resizeUnsaid(amount: string): void {
    if (Number(amount) === 0) this.#places.delete('BTC');
    else this.#places.set('BTC', { amount, entry: '60000.0', type: 'cross', value: 20 });
  }

  sendAll(frame: string): void {
    for (const on of [...this.#lines.keys()]) on.frame(frame);
  }

  readonly connect: Connect = (_origin, _url, on) => {
    let isOver = false;
    this.clock.after(20, () => {
      if (isOver) return;
      this.#lines.set(on, []);
      on.opened();
      // Its own client for Python skips this line, which is not JSON.
      on.frame('Websocket connection established.');
    });
    return {
      send: (text) => {
        const { method, subscription } = JSON.parse(text) as { method: string; subscription?: Wanted };
        if (subscription) this.#lines.get(on)?.push(subscription);
        const answer =
          method === 'ping' ? { channel: 'pong' } : { channel: 'subscriptionResponse', data: { method, subscription } };
        on.frame(JSON.stringify(answer));
        if (subscription?.type === 'userFills')
          on.frame(JSON.stringify({ channel: 'userFills', data: { isSnapshot: true, user: this.address, fills: [] } }));
      },
      end: () => {
        isOver = true;
        this.#lines.delete(on);
      },
    };
  };

  readonly wire = ({ method, url, body = '{}' }: WireRequest): Promise<WireAnswer> =>
    new Promise((resolve) => {
      this.clock.after(20, () => {
        const { type = '' } = JSON.parse(body) as { readonly type?: string };
        const answer = method === 'POST' && url.pathname === '/info' ? this.#answer(type) : undefined;
        if (answer === undefined) resolve({ status: 422, text: '{}', headers: {} });
        else resolve({ status: 200, text: JSON.stringify(answer), headers: {} });
      });
    });

  #answer(type: string): unknown {
    const universe = [
      { name: 'BTC', szDecimals: 5, maxLeverage: 40, marginTableId: 40 },
      { name: 'ETH', szDecimals: 4, maxLeverage: 25, marginTableId: 25 },
    ];
    if (type === 'meta') return { universe, marginTables: [] };
    if (type === 'metaAndAssetCtxs')
      return [
        { universe },
        [...this.marks.values()].map((markPx) => ({ markPx, oraclePx: markPx, funding: '0.0000125' })),
      ];
    if (type !== 'clearinghouseState') return undefined;
    const positions = [...this.#places].map(([coin, place]) => ({ coin, ...place, ...this.#valued(coin, place) }));
    const cross = positions.filter((each) => each.type === 'cross');
    const equity = cross.reduce((sum, { profit }) => sum + profit, 4400);
    return {
      assetPositions: positions.map(({ coin, amount, entry, type: mode, value, worth, profit }) => ({
        type: 'oneWay',
        position: {
          coin,
          szi: amount,
          entryPx: entry,
          positionValue: worth.toFixed(6),
          unrealizedPnl: profit.toFixed(6),
          marginUsed: (mode === 'cross' ? worth / value : 620.123456 + profit).toFixed(6),
          leverage: { type: mode, value },
          liquidationPx: null,
          maxLeverage: coin === 'BTC' ? 40 : 25,
        },
      })),
      crossMarginSummary: { accountValue: equity.toFixed(6) },
      time: this.clock.wall(),
    };
  }

  #valued(coin: string, { amount, entry }: { amount: string; entry: string }): { worth: number; profit: number } {
    const [size, mark] = [Number(amount), Number(this.marks.get(coin))];
    return { worth: Math.abs(size) * mark, profit: size * (mark - Number(entry)) };
  }
}

/** A fake of each venue whose accounts can be watched, by its name. */
export const virtualVenues: Readonly<Record<string, () => ConformingVenue>> = {
  binance: () => new ConformingBinance(),
  'binance-coinm': () => new VirtualCoinM(),
  hyperliquid: () => new VirtualHyperliquid(),
};
