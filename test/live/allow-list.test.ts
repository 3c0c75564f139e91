import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LiveVenue, Request, Service } from '../../src/live/venue.js';
import { feeds } from '../../src/live/feeds/index.js';
import { liveVenues } from '../../src/live/venues/index.js';

/** Everything that may be sent, literally: a request that is new in the program must be added here, too. */
const ALLOWED: Readonly<Record<keyof typeof liveVenues | keyof typeof feeds, readonly string[]>> = {
  binance: [
    'GET /fapi/v1/time',
    'GET /fapi/v1/exchangeInfo',
    'GET /fapi/v1/premiumIndex',
    'GET /fapi/v1/fundingRate',
    'GET /fapi/v1/fundingInfo',
    'GET /fapi/v1/klines',
    'GET /fapi/v1/markPriceKlines',
    'GET /fapi/v1/openInterest',
    'GET /futures/data/openInterestHist',
    'GET /fapi/v1/ticker/24hr',
    'GET /fapi/v1/depth',
    'GET /fapi/v1/leverageBracket',
    'GET /fapi/v3/account',
    'GET /fapi/v3/positionRisk',
    'GET /fapi/v1/symbolConfig',
    'GET /fapi/v1/accountConfig',
    'GET /fapi/v1/userTrades',
    'GET /fapi/v1/income',
    'GET /fapi/v1/positionMargin/history',
    'GET /fapi/v1/openOrders',
    'GET /fapi/v1/openAlgoOrders',
    'POST /fapi/v1/listenKey',
    'PUT /fapi/v1/listenKey',
    'GET /sapi/v1/account/apiRestrictions',
  ],
  'binance-coinm': [
    'GET /dapi/v1/time',
    'GET /dapi/v1/exchangeInfo',
    'GET /dapi/v1/premiumIndex',
    'GET /dapi/v1/fundingRate',
    'GET /dapi/v1/fundingInfo',
    'GET /dapi/v1/klines',
    'GET /dapi/v1/markPriceKlines',
    'GET /dapi/v1/openInterest',
    'GET /futures/data/openInterestHist',
    'GET /dapi/v1/ticker/24hr',
    'GET /dapi/v1/depth',
    'GET /dapi/v2/leverageBracket',
    'GET /dapi/v1/account',
    'GET /dapi/v1/positionRisk',
    'GET /dapi/v1/userTrades',
    'GET /dapi/v1/income',
    'GET /dapi/v1/positionMargin/history',
    'GET /dapi/v1/openOrders',
    'GET /dapi/v1/openAlgoOrders',
    'POST /dapi/v1/listenKey',
    'PUT /dapi/v1/listenKey',
    'GET /sapi/v1/account/apiRestrictions',
  ],
  hyperliquid: [
    'POST /info clearinghouseState',
    'POST /info meta',
    'POST /info metaAndAssetCtxs',
    'POST /info fundingHistory',
    'POST /info candleSnapshot',
    'POST /info frontendOpenOrders',
    'POST /info userFills',
    'POST /info userFillsByTime',
    'POST /info userFunding',
  ],
  okx: ['GET /api/v5/public/position-tiers'],
  bybit: ['GET /v5/market/risk-limit'],
  gate: ['GET /api/v4/futures/usdt/risk_limit_tiers'],
  bitget: ['GET /api/v2/mix/market/query-position-lever'],
  kucoin: ['GET /api/v1/contracts/risk-limit/{symbol}'],
  dydx: ['GET /v4/perpetualMarkets'],
  coingecko: ['GET /api/v3/simple/price'],
  cryptocompare: ['GET /data/pricemultifull'],
};

const venues: readonly (readonly [string, LiveVenue])[] = Object.entries(liveVenues);
const services: readonly (readonly [string, Service])[] = [...venues, ...Object.entries(feeds)];
const worded = ({ method, path, type }: Request): string =>
  [method, path, ...(type === undefined ? [] : [type])].join(' ');

describe('what may be sent', () => {
  it.each(services)('%s: exactly this', (name, { allow }) => {
    expect(allow.map(worded)).toEqual(ALLOWED[name as keyof typeof ALLOWED]);
  });

  it('is reading: besides questions to /info, only listenKey is not a GET, and nothing is deleted', () => {
    const others = services.flatMap(([, { allow }]) => allow).filter(({ method }) => method !== 'GET');
    expect(
      others.filter(({ path, type }) => !path.endsWith('/listenKey') && (path !== '/info' || type === undefined)),
    ).toEqual([]);
  });

  it('is all that any fetch begins with', () => {
    for (const [, { allow, fetches }] of venues) {
      for (const { request } of Object.values(fetches)) expect(allow).toContain(request);
    }
  });

  it('is the table in docs/live.md', () => {
    const rows = services.flatMap(([, { meaning, hosts, allow }]) =>
      allow.map((each) => {
        const host = new URL(hosts.live[each.host ?? 'rest'] ?? '').host;
        return `| ${meaning} | ${host} | \`${worded(each)}\` | ${each.access} | ${each.weight} |`;
      }),
    );
    const table = ['| venue | host | request | proof | weight |', '|---|---|---|---|---|', ...rows].join('\n');
    const text = readFileSync('docs/live.md', 'utf8');
    const [whole = '', before = '', after = ''] = /(<!-- requests: [^>]*-->\n)[^]*?(<!-- end -->)/.exec(text) ?? [];
    const written = `${before}\n${table}\n\n${after}`;
    if (process.env['LIQCALC_ACCEPT'] === '1')
      writeFileSync(
        'docs/live.md',
        text.replace(whole, () => written),
      );
    else expect(whole).toBe(written);
  });
});
