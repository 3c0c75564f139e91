import { KEY_RIGHTS, open, signed, stream } from '../binance/requests.js';
import { binanceVenue } from '../binance/venue.js';

/**
 * USDⓈ-M futures of Binance. All that is sent is below, with its weight.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info
 */
export const binance = binanceVenue({
  meaning: 'Binance USDⓈ-M futures',
  variable: 'BINANCE',
  streamType: '1',
  hosts: {
    live: {
      rest: 'https://fapi.binance.com',
      market: 'wss://fstream.binance.com/market',
      user: 'wss://fstream.binance.com/private',
      wallet: 'https://api.binance.com',
    },
    demo: {
      rest: 'https://demo-fapi.binance.com',
      market: 'wss://demo-fstream.binance.com/market',
      user: 'wss://demo-fstream.binance.com/private',
    },
  },
  market: {
    openInterestOf: (symbol) => ({ symbol }),
    requests: {
      time: open('/fapi/v1/time', 1),
      info: open('/fapi/v1/exchangeInfo', 1),
      marks: open('/fapi/v1/premiumIndex', 10),
      funding: open('/fapi/v1/fundingRate', 1),
      fundingInfo: open('/fapi/v1/fundingInfo', 1),
      candles: open('/fapi/v1/klines', 10),
      markCandles: open('/fapi/v1/markPriceKlines', 10),
      openInterest: open('/fapi/v1/openInterest', 1),
      openInterestHistory: open('/futures/data/openInterestHist', 1),
      ticker: open('/fapi/v1/ticker/24hr', 1),
      book: open('/fapi/v1/depth', 10),
      brackets: signed('/fapi/v1/leverageBracket', 1),
      account: signed('/fapi/v3/account', 5),
      positions: signed('/fapi/v3/positionRisk', 5),
      symbolConfig: signed('/fapi/v1/symbolConfig', 5),
      accountConfig: signed('/fapi/v1/accountConfig', 5),
      trades: signed('/fapi/v1/userTrades', 5),
      income: signed('/fapi/v1/income', 30),
      marginLog: signed('/fapi/v1/positionMargin/history', 1),
      orders: signed('/fapi/v1/openOrders', 40),
      algoOrders: signed('/fapi/v1/openAlgoOrders', 40),
      startStream: stream('POST', '/fapi/v1/listenKey'),
      keepStream: stream('PUT', '/fapi/v1/listenKey'),
      keyRights: KEY_RIGHTS,
    },
  },
  userUrl: (host, listenKey) => `${host}/ws?listenKey=${listenKey}`,
});
