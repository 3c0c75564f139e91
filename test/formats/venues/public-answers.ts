/** Answers of the venues' public endpoints, as far as tables need them. */
export const OKX = [
  { instFamily: 'BTC-USDT', minSz: '0', maxSz: '500', mmr: '0.004', imr: '0.01', maxLever: '100', tier: '1' },
  { instFamily: 'BTC-USDT', minSz: '501', maxSz: '1000', mmr: '0.005', imr: '0.0133', maxLever: '75', tier: '2' },
];
export const bybit = (rates: readonly [string, string, string, string]): unknown => ({
  retCode: 0,
  result: {
    list: [
      {
        symbol: 'BTCUSDT',
        riskLimitValue: '2000000',
        maintenanceMargin: rates[0],
        initialMargin: rates[1],
        maxLeverage: '100.00',
        mmDeduction: '',
      },
      {
        symbol: 'BTCUSDT',
        riskLimitValue: '4000000',
        maintenanceMargin: rates[2],
        initialMargin: rates[3],
        maxLeverage: '50.00',
        mmDeduction: '10000',
      },
    ],
  },
});
export const GATE = [
  {
    tier: 1,
    risk_limit: '1000000',
    maintenance_rate: '0.004',
    leverage_max: '125',
    deduction: '0',
    contract: 'BTC_USDT',
  },
  {
    tier: 2,
    risk_limit: '2000000',
    maintenance_rate: '0.005',
    leverage_max: '100',
    deduction: '1000',
    contract: 'BTC_USDT',
  },
];
export const BITGET = [
  { symbol: 'BTCUSDT', level: '1', startUnit: '0', endUnit: '200000', leverage: '125', keepMarginRate: '0.004' },
  { symbol: 'BTCUSDT', level: '2', startUnit: '200000', endUnit: '1000000', leverage: '100', keepMarginRate: '0.005' },
];
export const KUCOIN = [
  { symbol: 'XBTUSDTM', level: 1, maxRiskLimit: 200000, minRiskLimit: 0, maxLeverage: 125, maintainMargin: 0.004 },
  { symbol: 'XBTUSDTM', level: 2, maxRiskLimit: 500000, minRiskLimit: 200000, maxLeverage: 100, maintainMargin: 0.005 },
];
export const META = {
  universe: [
    { name: 'ETH', szDecimals: 4, maxLeverage: 25, marginTableId: 55 },
    { name: 'ATOM', szDecimals: 2, maxLeverage: 5, marginTableId: 5 },
    { name: 'BAD', szDecimals: 2, maxLeverage: 5, marginTableId: 77 },
  ],
  marginTables: [
    [
      55,
      {
        description: '',
        marginTiers: [
          { lowerBound: '0.0', maxLeverage: 25 },
          { lowerBound: '100000000.0', maxLeverage: 15 },
        ],
      },
    ],
  ],
};
export const DYDX = { markets: { 'BTC-USD': { ticker: 'BTC-USD', maintenanceMarginFraction: '0.03' } } };

/** What the public endpoint of each venue answers, and the symbol of a table in it. */
export const PUBLIC_ANSWERS: Readonly<Record<string, readonly [symbol: string, answer: unknown]>> = {
  okx: ['BTCUSDT', { code: '0', data: OKX }],
  bybit: ['BTCUSDT', bybit(['0.005', '0.01', '0.01', '0.02'])],
  gate: ['BTCUSDT', GATE],
  bitget: ['BTCUSDT', { code: '00000', data: BITGET }],
  kucoin: ['BTCUSDT', { code: '200000', data: KUCOIN }],
  hyperliquid: ['ETH', META],
  dydx: ['BTC-USD', DYDX],
};
