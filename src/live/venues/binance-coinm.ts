import { LiveError } from '../failure.js';
import { KEY_RIGHTS, open, signed, stream } from '../binance/requests.js';
import { binanceVenue } from '../binance/venue.js';

const DAY = 86_400_000;

/**
 * COIN-M futures of Binance. All that is sent is below, with its weight.
 *
 * @see https://developers.binance.com/docs/derivatives/coin-margined-futures/general-info
 */
export const binanceCoinM = binanceVenue({
  meaning: 'Binance COIN-M futures',
  variable: 'BINANCE_COINM',
  streamType: '2',
  hosts: {
    live: {
      rest: 'https://dapi.binance.com',
      market: 'wss://dstream.binance.com',
      user: 'wss://dstream.binance.com',
      wallet: 'https://api.binance.com',
    },
    demo: {
      rest: 'https://testnet.binancefuture.com',
      market: 'wss://dstream.binancefuture.com',
      user: 'wss://dstream.binancefuture.com',
    },
  },
  market: {
    candleWindow: 200 * DAY,
    openInterestOf: pairOf,
    requests: {
      time: open('/dapi/v1/time', 1),
      info: open('/dapi/v1/exchangeInfo', 1),
      marks: open('/dapi/v1/premiumIndex', 10),
      funding: open('/dapi/v1/fundingRate', 1),
      fundingInfo: open('/dapi/v1/fundingInfo', 1),
      candles: open('/dapi/v1/klines', 10),
      markCandles: open('/dapi/v1/markPriceKlines', 10),
      openInterest: open('/dapi/v1/openInterest', 1),
      openInterestHistory: open('/futures/data/openInterestHist', 1),
      ticker: open('/dapi/v1/ticker/24hr', 1),
      book: open('/dapi/v1/depth', 10),
      brackets: signed('/dapi/v2/leverageBracket', 1),
      account: signed('/dapi/v1/account', 5),
      positions: signed('/dapi/v1/positionRisk', 1),
      trades: signed('/dapi/v1/userTrades', 40),
      income: signed('/dapi/v1/income', 20),
      marginLog: signed('/dapi/v1/positionMargin/history', 1),
      orders: signed('/dapi/v1/openOrders', 40),
      algoOrders: signed('/dapi/v1/openAlgoOrders', 40),
      startStream: stream('POST', '/dapi/v1/listenKey'),
      keepStream: stream('PUT', '/dapi/v1/listenKey'),
      keyRights: KEY_RIGHTS,
    },
  },
  userUrl: (host, listenKey) => `${host}/ws/${listenKey}`,
});

/** `BTCUSD_PERP` is the perpetual of the pair `BTCUSD`. Which quarter a date belongs to changes with time, so it is not guessed. */
function pairOf(symbol: string): { readonly pair: string; readonly contractType: string } {
  const [, pair] = /^(\w+)_PERP$/.exec(symbol) ?? [];
  if (pair !== undefined) return { pair, contractType: 'PERPETUAL' };
  throw new LiveError('usage', `${symbol}: only perpetuals have a history of open interest here, like BTCUSD_PERP`);
}
