import type { Given } from '../oracle/position.js';

/** Where an expected value comes from, best first. */
export type Origin = 'printed by the venue' | "computed from the venue's formula" | 'test of another tool' | 'own';

/** One answer that a venue printed, or that its own formula gives: text at the decimals it was printed with. */
export interface Vector {
  readonly id: string;
  readonly origin: Origin;
  readonly source: string;
  readonly note: string;
  readonly inputs: Given & { readonly formula?: 'simple' };
  readonly result: 'liquidationPrice' | 'bankruptcyPrice' | 'maintenanceMargin';
  /** `null`: there is no such price. */
  readonly expected: string | null;
}

const FAQ = 'Binance FAQ b3c689c1f50a44cabb3a84e663b81d93 (How to calculate the liquidation price of USDⓈ-M futures)';
const COINM_FAQ = 'Binance FAQ ceccfcfb4e3a45e3b48b0b1bb1a8ae46 (COIN-M maintenance margin), newer text';
const VALUED_AT_ENTRY = 'maintenance valued at entry: formula simple';

/** One position each; rates are in percent here, fractions in most sources. */
export const VECTORS: readonly Vector[] = [
  {
    id: 'binance-um-cross-eth',
    origin: 'printed by the venue',
    source: FAQ,
    note: 'the other position is BTCUSDT long 109.488 @ 32481.98, mark 31967.27, 2.5 %, 16300; printed half-up',
    inputs: {
      side: 'long',
      qty: '3683.979',
      entry: '1456.84',
      mark: '1335.18',
      mmr: '10',
      cum: '135365',
      wallet: '1535443.01',
      othersMm: '71200.81144',
      othersPnl: '-56354.57',
    },
    result: 'liquidationPrice',
    expected: '1153.26',
  },
  {
    id: 'binance-um-cross-btc',
    origin: 'printed by the venue',
    source: FAQ,
    note: 'the other leg of the same account; an older text printed a PnL of -447482.10',
    inputs: {
      side: 'long',
      qty: '109.488',
      entry: '32481.98',
      mark: '31967.27',
      mmr: '2.5',
      cum: '16300',
      wallet: '1535443.01',
      othersMm: '356512.508',
      othersPnl: '-448192.89',
    },
    result: 'liquidationPrice',
    expected: '26316.89',
  },
  {
    id: 'binance-um-iso-eth-derived',
    origin: 'test of another tool',
    source: 'freqtrade test, from the example of the Binance FAQ without other positions',
    note: 'not printed by Binance',
    inputs: { side: 'long', qty: '3683.979', entry: '1456.84', mmr: '10', cum: '135365', margin: '1535443.01' },
    result: 'liquidationPrice',
    expected: '1114.78',
  },
  {
    id: 'binance-um-iso-btc-derived',
    origin: 'test of another tool',
    source: 'freqtrade test, from the example of the Binance FAQ without other positions',
    note: 'not printed by Binance',
    inputs: { side: 'long', qty: '109.488', entry: '32481.98', mmr: '2.5', cum: '16300', margin: '1535443.01' },
    result: 'liquidationPrice',
    expected: '18778.73',
  },
  {
    id: 'binance-um-api-isolated-long',
    origin: 'printed by the venue',
    source: 'Binance API documentation, sample answer of GET /fapi/v2/positionRisk in hedge mode (older text)',
    note: 'isolatedMargin 15517.54150468 holds the PnL 2316.83423560; the wallet is their difference. The bracket (0.5 %, 50) is inferred: no other one gives the printed price',
    inputs: {
      side: 'long',
      qty: '20.000',
      entry: '6563.66500',
      mark: '6679.50671178',
      lev: '10',
      margin: '13200.70726908',
      mmr: '0.5',
      cum: '50',
    },
    result: 'liquidationPrice',
    expected: '5930.78',
  },
  {
    id: 'binance-um-api-maintmargin-ada',
    origin: 'printed by the venue',
    source: 'Binance API documentation, sample answer of GET /fapi/v3/positionRisk',
    note: 'maintenance at the mark, not at the entry 0.385; printed with 8 decimals',
    inputs: { side: 'long', qty: '30', entry: '0.385', mark: '0.41047590', wallet: '100', mmr: '0.65', cum: '0' },
    result: 'maintenanceMargin',
    expected: '0.08004280',
  },
  {
    id: 'binance-cm-mm-example',
    origin: 'printed by the venue',
    source: COINM_FAQ,
    note: 'contracts x multiplier / mark x rate - amount, in coin',
    inputs: {
      side: 'long',
      contract: 'inverse',
      multiplier: '100',
      qty: '100',
      entry: '24000',
      mark: '25000',
      lev: '10',
      mmr: '0.4',
    },
    result: 'maintenanceMargin',
    expected: '0.0016',
  },
  {
    id: 'bybit-usdt-isolated-long',
    origin: 'printed by the venue',
    source: "Bybit help, 'Liquidation Price (USDT Contract)', example 1, older text",
    note: VALUED_AT_ENTRY,
    inputs: { side: 'long', qty: '1', entry: '20000', lev: '50', mmr: '0.5', formula: 'simple' },
    result: 'liquidationPrice',
    expected: '19700',
  },
  {
    id: 'bybit-bankruptcy-usdt-long',
    origin: 'printed by the venue',
    source: "Bybit help, 'Bankruptcy Price (USDT Contract)'",
    note: 'bankruptcy does not depend on the rate',
    inputs: { side: 'long', qty: '1', entry: '10000', lev: '50', mmr: '0.5' },
    result: 'bankruptcyPrice',
    expected: '9800',
  },
  {
    id: 'bybit-inverse-uta-short-legacy',
    origin: "computed from the venue's formula",
    source: "Bybit help, 'Liquidation Price Calculation under Isolated Mode (UTA)', text of 2024-09",
    note: VALUED_AT_ENTRY,
    inputs: {
      side: 'short',
      contract: 'inverse',
      qty: '60000',
      entry: '50000',
      lev: '10',
      mmr: '0.5',
      formula: 'simple',
    },
    result: 'liquidationPrice',
    expected: '55248.62',
  },
  {
    id: 'kucoin-linear-short-legacy',
    origin: 'printed by the venue',
    source: 'KuCoin help 4408061803033, before 2025-05-22',
    note: `${VALUED_AT_ENTRY}; 5 contracts of 0.001`,
    inputs: { side: 'short', qty: '0.005', entry: '28000', lev: '100', mmr: '0.4', formula: 'simple' },
    result: 'liquidationPrice',
    expected: '28168',
  },
  {
    id: 'kucoin-bankruptcy-linear-short',
    origin: 'printed by the venue',
    source: 'KuCoin help 27619032569113',
    note: 'bankruptcy does not depend on the rate',
    inputs: { side: 'short', qty: '1', entry: '28000', lev: '100', mmr: '0.4' },
    result: 'bankruptcyPrice',
    expected: '28280',
  },
  {
    id: 'dydx-v4-short-eth',
    origin: 'printed by the venue',
    source: 'dydxprotocol/v4-documentation, liquidations.mdx, 2026-04',
    note: 'equity 1000 at the oracle price 3000, which stands for entry and mark',
    inputs: { side: 'short', qty: '3', entry: '3000', mark: '3000', margin: '1000', mmr: '5' },
    result: 'liquidationPrice',
    expected: '3174.60',
  },
  {
    id: 'dydx-v4-bankruptcy',
    origin: 'printed by the venue',
    source: 'dydxprotocol/v4-documentation, contract-loss-mechanism.mdx',
    note: 'bankruptcy does not depend on the rate',
    inputs: { side: 'short', qty: '500', entry: '1', margin: '100', mmr: '5' },
    result: 'bankruptcyPrice',
    expected: '1.2',
  },
  {
    id: 'bitmex-illustrative',
    origin: 'printed by the venue',
    source: 'BitMEX app, liquidationExamples',
    note: `${VALUED_AT_ENTRY}; initial margin 1 % and rate 0.5 % are inferred from the printed prices`,
    inputs: { side: 'long', qty: '1', entry: '100', margin: '1', mmr: '0.5', formula: 'simple' },
    result: 'liquidationPrice',
    expected: '99.50',
  },
  {
    id: 'bitmex-illustrative',
    origin: 'printed by the venue',
    source: 'BitMEX app, liquidationExamples',
    note: 'the bankruptcy price of the same example',
    inputs: { side: 'long', qty: '1', entry: '100', margin: '1', mmr: '0.5' },
    result: 'bankruptcyPrice',
    expected: '99.00',
  },
  {
    id: 'hyperliquid-iso-long-10x',
    origin: "computed from the venue's formula",
    source: "Hyperliquid documentation, 'Liquidations', 2026-08; it prints no example",
    note: 'the rate is half the initial rate at the highest leverage 40: 1/80',
    inputs: { side: 'long', qty: '1', entry: '50000', margin: '5000', mmr: '1.25' },
    result: 'liquidationPrice',
    expected: '45569.62',
  },
  {
    id: 'okx-linear-iso-long',
    origin: "computed from the venue's formula",
    source: 'OKX isolated margin ratio of 100 %, as freqtrade and copies of the page quote it',
    note: 'the taker fee counts into maintenance',
    inputs: { side: 'long', qty: '1', entry: '50000', margin: '5000', mmr: '0.4', mmFee: '0.05' },
    result: 'liquidationPrice',
    expected: '45203.42',
  },
  {
    id: 'mcs-inverse-long',
    origin: 'printed by the venue',
    source: 'help.mcs.io 360041008371',
    note: VALUED_AT_ENTRY,
    inputs: { side: 'long', contract: 'inverse', entry: '2000', lev: '10', mmr: '0.5', formula: 'simple' },
    result: 'liquidationPrice',
    expected: '1826.48',
  },
  {
    id: 'mcs-inverse-short',
    origin: 'printed by the venue',
    source: 'help.mcs.io 360041008371',
    note: VALUED_AT_ENTRY,
    inputs: { side: 'short', contract: 'inverse', entry: '2000', lev: '10', mmr: '0.5', formula: 'simple' },
    result: 'liquidationPrice',
    expected: '2209.94',
  },
  {
    id: 'own-long-liq-above-entry',
    origin: 'own',
    source: 'the general model',
    note: "legal: the other positions' losses ate the wallet; judged at the mark, not clamped",
    inputs: {
      side: 'long',
      qty: '1',
      entry: '1000',
      mark: '1050',
      mmr: '1',
      cum: '0',
      wallet: '1000',
      othersMm: '40',
      othersPnl: '-990',
    },
    result: 'liquidationPrice',
    expected: '1040.40',
  },
  {
    id: 'own-none-long-1x',
    origin: 'own',
    source: 'the general model',
    note: 'the price would be 0; the Binance UI prints "--"',
    inputs: { side: 'long', qty: '1', entry: '1000', margin: '1000', mmr: '0.4', cum: '0' },
    result: 'liquidationPrice',
    expected: null,
  },
  {
    id: 'own-none-inverse-short-1x',
    origin: 'own',
    source: 'the general model',
    note: 'the wallet is N/E: the denominator is 0',
    inputs: {
      side: 'short',
      contract: 'inverse',
      qty: '10000',
      entry: '50000',
      margin: '0.2',
      mmr: '0.4',
      cum: '0',
    },
    result: 'liquidationPrice',
    expected: null,
  },
];

/** Positions whose bracket at liquidation is not that of the entry; brackets of Binance BTCUSDT of 2026-05-01. */
export const REBRACKETED = [
  {
    id: 'own-rebracket-long',
    note: "the entry's bracket says 70307.00, whose notional lies in the one below",
    inputs: { side: 'long', symbol: 'BTCUSDT', qty: '10', entry: '100000', margin: '300000' },
    wrong: { mmr: '0.65', cum: '1500', price: '70307.00' },
    bracket: 2,
    expected: '70321.61',
  },
  {
    id: 'own-rebracket-short',
    note: "the entry's bracket says 109561.75, whose notional lies in the one above",
    inputs: { side: 'short', symbol: 'BTCUSDT', qty: '2.9', entry: '100000', margin: '29000' },
    wrong: { mmr: '0.4', cum: '0', price: '109561.75' },
    bracket: 2,
    expected: '109555.67',
  },
] as const;

/** Maintenance amounts that a venue printed: each continues the maintenance of the bracket before. */
export const AMOUNTS = [
  {
    id: 'binance-um-cum-l3',
    source: FAQ,
    floor: '250000',
    rate: '0.01',
    rateBefore: '0.005',
    amountBefore: '50',
    /** The bracket before the one before: makes 50 the amount of a table that begins at 0. */
    first: { cap: '50000', rate: '0.004' },
    expected: '1300',
  },
  {
    id: 'binance-cm-cum-l5-old',
    source: 'Binance FAQ ceccfcfb4e3a45e3b48b0b1bb1a8ae46, text of 2021: an older table, where newer ones say 1.605',
    floor: '50',
    rate: '0.05',
    rateBefore: '0.025',
    amountBefore: '0.56',
    first: { cap: '25', rate: '0.0026' },
    expected: '1.81',
  },
] as const;

/** Both legs of a symbol in hedge mode with a shared cross wallet of 50, rate 1 %: one price for both. */
export const HEDGES = [
  {
    id: 'own-hedge-net-long',
    note: 'one price, shared by both legs',
    long: { qty: '2', entry: '100' },
    short: { qty: '1', entry: '110' },
    below: '41.24',
    above: null,
  },
  {
    id: 'own-hedge-flat',
    note: 'profit does not depend on the price, but maintenance grows with it: liquidated on the way up only',
    long: { qty: '1', entry: '100' },
    short: { qty: '1', entry: '110' },
    below: null,
    above: '3000.00',
  },
] as const;

/** Examples that the model does not cover, with the reason. */
export const LEFT_OUT = {
  'bybit-inverse-cross-bankruptcy':
    'a bankruptcy price with the taker fee of closing in it; ours is where equity is zero, before fees',
  'bitmex-xbtusd-long-20x':
    'a third party formula: maintenance at entry plus taker fee and funding at the bankruptcy price, three reference prices at once',
  'deribit-linear-mm': 'a rate that grows with the size continuously, without brackets',
  'binance-multiassets-exchange': 'the sizing of an automatic conversion of collateral, no figure of a position',
  'kucoin-bankruptcy-inverse-long': 'printed as 27,450 where the exact value is 27450.98: cut off at a tick not stated',
} as const;
