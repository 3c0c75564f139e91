import { createHmac, randomBytes } from 'node:crypto';
import { FakeExchange, type Handler, type Reply, type Seen } from './fake-exchange.js';

export const KEY = 'fakekeyfakekeyfakekeyfakekeyfakekeyfakekeyfakekeyfakekeyfake3f9a';
export const SECRET = 'fakesecretfakesecretfakesecretfakesecretfakesecretfakesecret77aa';

/** A position of the fake account. */
export interface FakePosition {
  readonly symbol: string;
  readonly positionSide: 'BOTH' | 'LONG' | 'SHORT';
  readonly positionAmt: string;
  readonly entryPrice: string;
  readonly marginType: 'CROSSED' | 'ISOLATED';
  readonly isolatedWallet: string;
  readonly leverage: number;
  readonly updateTime: number;
}

const HOUR = 3_600_000;
const T0 = 1_764_288_000_000;

/** Binance USDⓈ-M futures as documented, with one account. Figures are invented; shapes and texts of errors are not. */
export class FakeBinance extends FakeExchange {
  wallet = '5000.00000000';
  multiAssets = false;
  weight = 0;
  readonly marks = new Map([
    ['BTCUSDT', '59000.00000000'],
    ['ETHUSDT', '3100.00000000'],
    ['SOLUSDT', '148.20000000'],
  ]);
  readonly positions = new Map<string, FakePosition>([
    ['BTCUSDT', held({ symbol: 'BTCUSDT', positionAmt: '0.500', entryPrice: '60000.0', leverage: 20 })],
    [
      'ETHUSDT',
      held({
        symbol: 'ETHUSDT',
        positionAmt: '-2.000',
        entryPrice: '3000.0',
        leverage: 10,
        marginType: 'ISOLATED',
        isolatedWallet: '600.00000000',
      }),
    ],
    ['SOLUSDT', held({ symbol: 'SOLUSDT', positionAmt: '0', entryPrice: '0.0', leverage: 5 })],
  ]);
  /** Rows of histories, oldest first. */
  readonly histories: Record<'trades' | 'income' | 'funding' | 'candles' | 'openInterest' | 'marginLog', object[]> = {
    trades: trades(),
    income: income(),
    funding: funding(),
    candles: [],
    openInterest: openInterest(),
    marginLog: [],
  };
  openOrders: object[] = [RESTING];
  algoOrders: object[] = [STOP];
  listenKey: string | undefined;

  constructor() {
    super();
    this.histories.candles.push(...candles());
    for (const [path, handler] of Object.entries(this.#public())) this.on(`GET ${path}`, this.#counted(handler));
    for (const [path, handler] of Object.entries(this.#private())) {
      this.on(
        `GET ${path}`,
        this.#counted((seen) => this.#refusal(seen) ?? handler(seen)),
      );
    }
    this.on(
      'POST /fapi/v1/listenKey',
      (seen) => this.#keyRefusal(seen) ?? { body: { listenKey: this.#startStream() } },
    );
    this.on('PUT /fapi/v1/listenKey', (seen) => this.#keyRefusal(seen) ?? this.#keepStream());
    this.routeOf = (path, query) => {
      if (path.startsWith('/market/')) return 'market';
      const isOurs = path === '/private/ws' && query.get('listenKey') === this.listenKey;
      return isOurs ? 'private' : undefined;
    };
  }

  /** The environment of a program that asks this exchange with its key. */
  get env(): Record<string, string> {
    return { LIQCALC_BASE_BINANCE: this.url, LIQCALC_BINANCE_KEY: KEY, LIQCALC_BINANCE_SECRET: SECRET };
  }

  #counted(handler: Handler): Handler {
    return (seen) => {
      this.weight += 5;
      const reply = handler(seen);
      return { ...reply, headers: { 'x-mbx-used-weight-1m': String(this.weight), ...reply.headers } };
    };
  }

  #startStream(): string {
    return (this.listenKey ??= randomBytes(32).toString('hex'));
  }

  #keepStream(): Reply {
    if (this.listenKey !== undefined) return { body: { listenKey: this.listenKey } };
    return refused(400, -1125, 'This listenKey does not exist.');
  }

  #keyRefusal({ headers }: Seen): Reply | undefined {
    return headers['x-mbx-apikey'] === KEY ? undefined : refused(401, -2014, 'API-key format invalid.');
  }

  #refusal(seen: Seen): Reply | undefined {
    const wrongKey = this.#keyRefusal(seen);
    if (wrongKey) return wrongKey;
    const [, signed = '', signature = ''] = /^(.*)&signature=([0-9a-f]{64})$/.exec(seen.search) ?? [];
    if (createHmac('sha256', SECRET).update(signed).digest('hex') !== signature) {
      return refused(400, -1022, 'Signature for this request is not valid.');
    }
    const [time, window] = [Number(seen.query.get('timestamp')), Number(seen.query.get('recvWindow') ?? 5000)];
    if (time < this.now() + 1000 && this.now() - time <= window) return undefined;
    return refused(400, -1021, 'Timestamp for this request is outside of the recvWindow.');
  }

  #public(): Readonly<Record<string, Handler>> {
    return {
      '/fapi/v1/time': () => ({ body: { serverTime: this.now() } }),
      '/fapi/v1/exchangeInfo': () => ({ body: exchangeInfo([...this.marks.keys()]) }),
      '/fapi/v1/premiumIndex': ({ query }) => this.#ofSymbol(query, this.#premiumIndex(), 'object'),
      '/fapi/v1/fundingRate': ({ query }) => page(this.histories.funding, query, 'fundingTime', 100),
      '/fapi/v1/fundingInfo': () => ({ body: [FUNDING_INFO] }),
      '/fapi/v1/klines': ({ query }) => page(this.histories.candles, query, 0, 500),
      '/fapi/v1/markPriceKlines': ({ query }) => page(this.histories.candles, query, 0, 500),
      '/fapi/v1/ticker/24hr': ({ query }) => this.#ofSymbol(query, this.#tickers(), 'object'),
      '/fapi/v1/depth': () => ({ body: BOOK }),
      '/fapi/v1/openInterest': ({ query }) => ({
        body: { symbol: query.get('symbol'), openInterest: '10659.509', time: this.now() },
      }),
      '/futures/data/openInterestHist': ({ query }) => page(this.histories.openInterest, query, 'timestamp', 30),
    };
  }

  #private(): Readonly<Record<string, Handler>> {
    return {
      '/fapi/v3/account': () => ({ body: this.#account() }),
      '/fapi/v3/positionRisk': ({ query }) => this.#ofSymbol(query, this.#positionRisk(), 'array'),
      '/fapi/v1/symbolConfig': ({ query }) => this.#ofSymbol(query, this.#symbolConfig(), 'array'),
      '/fapi/v1/accountConfig': () => ({ body: { dualSidePosition: false, multiAssetsMargin: this.multiAssets } }),
      '/fapi/v1/leverageBracket': ({ query }) => ({ body: bracketText([...this.marks.keys()], query.get('symbol')) }),
      '/fapi/v1/userTrades': ({ query }) => page(this.histories.trades, query, 'time', 500),
      '/fapi/v1/income': ({ query }) => page(this.histories.income, query, 'time', 100),
      '/fapi/v1/positionMargin/history': ({ query }) => page(this.histories.marginLog, query, 'time', 500),
      '/fapi/v1/openOrders': ({ query }) => this.#ofSymbol(query, this.openOrders, 'array'),
      '/fapi/v1/openAlgoOrders': ({ query }) => this.#ofSymbol(query, this.algoOrders, 'array'),
      '/sapi/v1/account/apiRestrictions': () => ({
        body: { enableReading: true, enableFutures: false, enableWithdrawals: false },
      }),
    };
  }

  #ofSymbol(query: URLSearchParams, rows: readonly object[], one: 'object' | 'array'): Reply {
    const symbol = query.get('symbol');
    if (symbol === null) return { body: rows };
    if (!this.marks.has(symbol)) return refused(400, -1121, 'Invalid symbol.');
    const own = rows.filter((row) => (row as { readonly symbol: string }).symbol === symbol);
    return { body: one === 'object' ? own[0] : own };
  }

  #premiumIndex(): object[] {
    return [...this.marks].map(([symbol, markPrice]) => ({
      symbol,
      markPrice,
      indexPrice: markPrice,
      estimatedSettlePrice: markPrice,
      lastFundingRate: '0.00010000',
      interestRate: '0.00010000',
      nextFundingTime: T0 + 8 * HOUR,
      time: this.now(),
    }));
  }

  #tickers(): object[] {
    return [...this.marks].map(([symbol, lastPrice]) => ({
      symbol,
      lastPrice,
      volume: '40.5',
      quoteVolume: '2389500',
    }));
  }

  #account(): object {
    const [wallet, isolated] = [this.wallet, 600];
    const cross = (Number(wallet) - isolated).toFixed(8);
    return {
      totalInitialMargin: '0.00000000',
      totalWalletBalance: wallet,
      totalCrossWalletBalance: cross,
      assets: [{ asset: 'USDT', walletBalance: wallet, crossWalletBalance: cross, updateTime: T0 }],
      positions: [...this.positions.values()].map(({ symbol, positionSide, positionAmt, isolatedWallet }) => ({
        symbol,
        positionSide,
        positionAmt,
        isolatedWallet,
        updateTime: T0,
      })),
    };
  }

  #positionRisk(): object[] {
    return [...this.positions.values()].map(
      ({ symbol, positionSide, positionAmt, entryPrice, isolatedWallet, updateTime }) => ({
        symbol,
        positionSide,
        positionAmt,
        entryPrice,
        breakEvenPrice: entryPrice,
        markPrice: this.marks.get(symbol),
        liquidationPrice: '0',
        isolatedWallet,
        marginAsset: 'USDT',
        updateTime,
      }),
    );
  }

  #symbolConfig(): object[] {
    return [...this.positions.values()].map(({ symbol, marginType, leverage }) => ({
      symbol,
      marginType,
      isAutoAddMargin: false,
      leverage,
      maxNotionalValue: '1000000',
    }));
  }
}

function held(
  own: Pick<FakePosition, 'symbol' | 'positionAmt' | 'entryPrice' | 'leverage'> & Partial<FakePosition>,
): FakePosition {
  return { positionSide: 'BOTH', marginType: 'CROSSED', isolatedWallet: '0', updateTime: T0, ...own };
}

/** An error as Binance writes it. */
export const refused = (
  status: number,
  code: number,
  msg: string,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  status,
  headers,
  body: { code, msg },
});

type Row = Readonly<Record<string | number, unknown>>;

/** A page of a history: rows of a symbol from `startTime` to `endTime`, oldest first; without a start, the newest. */
function page(rows: readonly object[], query: URLSearchParams, time: string | number, usual: number): Reply {
  const [symbol, start, end] = [query.get('symbol'), query.get('startTime'), query.get('endTime')];
  const limit = Number(query.get('limit') ?? usual);
  const fitting = (rows as readonly Row[]).filter(
    (row) =>
      (symbol === null || row['symbol'] === undefined || row['symbol'] === symbol) &&
      (start === null || Number(row[time]) >= Number(start)) &&
      (end === null || Number(row[time]) <= Number(end)),
  );
  return { body: start === null ? fitting.slice(-limit) : fitting.slice(0, limit) };
}

/** JSON as the exchange writes it, with digits that a float would lose. */
function bracketText(symbols: readonly string[], only: string | null): string {
  const tables = symbols
    .filter((symbol) => only === null || symbol === only)
    .map((symbol) => `{"symbol":"${symbol}","brackets":[${BRACKETS}]}`);
  return `[${tables.join(',')}]`;
}

const BRACKETS = [
  '{"bracket":1,"initialLeverage":125,"notionalCap":50000,"notionalFloor":0,"maintMarginRatio":0.004,"cum":0.0}',
  '{"bracket":2,"initialLeverage":100,"notionalCap":600000,"notionalFloor":50000,"maintMarginRatio":0.005,"cum":50.0}',
  '{"bracket":3,"initialLeverage":75,"notionalCap":3000000,"notionalFloor":600000,"maintMarginRatio":0.0065,"cum":950.000}',
].join(',');

const BOOK = {
  lastUpdateId: 1027024,
  E: T0,
  T: T0,
  bids: [
    ['58999.90', '0.800'],
    ['58999.80', '0.200'],
  ],
  asks: [['59000.10', '40.000']],
};

const FUNDING_INFO = {
  symbol: 'SOLUSDT',
  adjustedFundingRateCap: '0.02500000',
  adjustedFundingRateFloor: '-0.02500000',
  fundingIntervalHours: 4,
  disclaimer: false,
};

const exchangeInfo = (symbols: readonly string[]): object => ({
  timezone: 'UTC',
  rateLimits: [{ rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 2400 }],
  symbols: symbols.map((symbol) => ({
    symbol,
    contractType: 'PERPETUAL',
    status: 'TRADING',
    liquidationFee: '0.015000',
  })),
});

const RESTING = {
  orderId: 8389765612345678901n.toString(),
  symbol: 'BTCUSDT',
  type: 'LIMIT',
  side: 'SELL',
  positionSide: 'BOTH',
  price: '65000',
  stopPrice: '0',
  origQty: '0.500',
  executedQty: '0',
  reduceOnly: true,
  closePosition: false,
  workingType: 'CONTRACT_PRICE',
  timeInForce: 'GTC',
  status: 'NEW',
  time: T0,
};

/** A stop of the whole BTC position, as the exchange writes it. */
export const STOP = {
  algoId: 2148627,
  algoType: 'CONDITIONAL',
  orderType: 'STOP_MARKET',
  symbol: 'BTCUSDT',
  side: 'SELL',
  positionSide: 'BOTH',
  timeInForce: 'GTC',
  quantity: '0.500',
  algoStatus: 'NEW',
  triggerPrice: '57000.000',
  price: '0.000',
  workingType: 'MARK_PRICE',
  closePosition: false,
  priceProtect: false,
  reduceOnly: true,
};

/** More than two pages of 1,000, three of them at one moment, over four weeks. */
function trades(): object[] {
  return Array.from({ length: 2300 }, (_, place) => ({
    symbol: 'BTCUSDT',
    id: 7000 + place,
    side: place % 2 === 0 ? 'BUY' : 'SELL',
    price: '60000.10',
    qty: place % 2 === 0 ? '0.002' : '0.001',
    realizedPnl: '0',
    marginAsset: 'USDT',
    commission: '0.00000454',
    commissionAsset: 'USDT',
    time: T0 - 28 * 24 * HOUR + Math.floor(place / 3) * 3_000_000,
    positionSide: 'BOTH',
  }));
}

function income(): object[] {
  return Array.from({ length: 30 }, (_, place) => ({
    symbol: 'BTCUSDT',
    incomeType: place % 3 === 2 ? 'COMMISSION' : 'FUNDING_FEE',
    income: '-1.80000000',
    asset: 'USDT',
    time: T0 - (30 - place) * 8 * HOUR,
    tranId: 9689322392 + place,
    tradeId: '',
  }));
}

function funding(): object[] {
  return ['BTCUSDT', 'ETHUSDT'].flatMap(fundingOf);
}

function fundingOf(symbol: string): object[] {
  return Array.from({ length: 90 }, (_, place) => ({
    symbol,
    fundingRate: place % 2 === 0 ? '0.00010000' : '0.00012000',
    fundingTime: T0 - (90 - place) * 8 * HOUR,
    markPrice: '59000.12345678',
    rateType: 'Regular',
  }));
}

function candles(): object[] {
  return Array.from({ length: 500 }, (_, place) => {
    const time = T0 - (500 - place) * HOUR;
    return [time, '59000.10', '59100.50', '58900.25', '59050.00', '12.5', time + HOUR - 1, '0', 10, '0', '0', '0'];
  });
}

function openInterest(): object[] {
  return ['BTCUSDT', 'ETHUSDT'].flatMap(openInterestOf);
}

function openInterestOf(symbol: string): object[] {
  return Array.from({ length: 48 }, (_, place) => ({
    symbol,
    sumOpenInterest: `${20400 + (place % 5)}.12345678`,
    sumOpenInterestValue: '176196512.12345678',
    timestamp: T0 - (48 - place) * HOUR,
  }));
}
