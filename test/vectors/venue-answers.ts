/** What a venue answered or printed about one position, with the inputs that give it. */
export interface VenueAnswer {
  readonly id: string;
  /** The position as a record; rates in percent. */
  readonly record: Readonly<Record<string, string>>;
  readonly liquidationPrice: string | null;
  /** How far the printed price may be off: its rounding, or that of the inputs. */
  readonly within: string;
  /** A tick that the venue of that time put on the safe side. */
  readonly plus?: string;
  readonly bankruptcyPrice?: string;
  readonly source: string;
  readonly date: string;
}

const ccxt = 'raw answer of the venue, quoted in ccxt 4.5.84';

/** A position of a recorded cross account of Hyperliquid: maintenance of 1 % of each value (50x), fixed at the marks. */
const hyperliquid2023 = (
  symbol: string,
  side: string,
  qty: string,
  mark: string,
  others: string,
  liquidationPrice: string | null,
): VenueAnswer => ({
  id: `hyperliquid-2023 ${symbol}${liquidationPrice === null ? ': no price' : ''}`,
  record: {
    id: symbol,
    venue: 'hyperliquid-2023',
    side,
    qty,
    entry: mark,
    mark,
    wallet: '1182.312496',
    othersMm: others,
    mmr: '1',
  },
  liquidationPrice,
  within: '0.000001',
  source: 'recorded account of the venue with nine positions',
  date: '2023-03',
});

export const VENUE_ANSWERS: readonly VenueAnswer[] = [
  {
    id: 'okx inverse isolated',
    record: {
      venue: 'okx',
      side: 'long',
      contract: 'inverse',
      multiplier: '10',
      qty: '1',
      entry: '2566.31',
      margin: '0.0003896645377994',
      mmr: '0.8',
      taker: '0.05',
    },
    liquidationPrice: '2352.8496681818233',
    within: '0.000000000001',
    plus: '0.01',
    source: ccxt,
    date: '2021-04-27',
  },
  {
    id: 'okx cross: equity is mgnRatio x (mmr + fee) = 23.67318558505833',
    record: {
      venue: 'okx',
      side: 'long',
      qty: '0.15',
      entry: '1597.74',
      mark: '1584.33',
      wallet: '25.68468558505833',
      mmr: '0.8',
    },
    liquidationPrice: '1438.7380360728976',
    within: '0.000000000001',
    source: 'OKX documents v5, Get signal bot positions, response example',
    date: '2023-10-17',
  },
  {
    id: 'bybit-2024 isolated, prices on the tick',
    record: {
      venue: 'bybit-2024',
      side: 'long',
      qty: '0.10',
      entry: '1198.45',
      lev: '4.2',
      mmr: '0.5',
      tick: '0.05',
    },
    liquidationPrice: '919.10',
    within: '0',
    bankruptcyPrice: '913.15',
    source: ccxt,
    date: '2022',
  },
  {
    id: 'bybit-2024 inverse with added margin',
    record: {
      venue: 'bybit-2024',
      side: 'long',
      contract: 'inverse',
      qty: '200',
      entry: '1812.70004844',
      lev: '12',
      addMargin: '0.01',
      taker: '0.06',
      mmr: '0.5',
      tick: '0.05',
    },
    liquidationPrice: '1550.80',
    within: '0',
    bankruptcyPrice: '1544.20',
    source: 'Bybit API documents, position list, response example',
    date: '2023',
  },
  {
    id: 'bybit-2024, printed example',
    record: { venue: 'bybit-2024', side: 'long', qty: '1', entry: '10000', lev: '50', mmr: '0.5' },
    liquidationPrice: '9850',
    within: '0',
    source: 'Bybit help, Liquidation Price (USDT Contract), example 1',
    date: '2020',
  },
  {
    id: 'gate ADA',
    record: { venue: 'gate', side: 'long', qty: '20', entry: '0.79271', margin: '0.80460065', mmr: '2.5' },
    liquidationPrice: '0.77237',
    within: '0.000005',
    source: ccxt,
    date: '2022',
  },
  {
    id: 'gate LTC',
    record: { venue: 'gate', side: 'long', qty: '0.1', entry: '74.35', margin: '1.49257625', mmr: '1' },
    liquidationPrice: '60.07',
    within: '0.005',
    source: ccxt,
    date: '2024',
  },
  {
    id: 'bitget cross: equity is value x (rate + fee) / marginRatio = 11.61176139, maintenance of the mark',
    record: {
      venue: 'bitget',
      side: 'long',
      qty: '0.002',
      entry: '37355.5',
      mark: '37359',
      wallet: '11.604761395166',
      mmr: '0.4',
      taker: '0.06',
    },
    liquidationPrice: '31724.970702417',
    within: '0.0000000005',
    source: ccxt,
    date: '2023-11',
  },
  {
    id: 'bitget cross at another mark',
    record: {
      venue: 'bitget',
      side: 'long',
      qty: '0.002',
      entry: '37370.5',
      mark: '37370.5',
      wallet: '11.634761395166',
      mmr: '0.4',
    },
    liquidationPrice: '31725.023602417',
    within: '0.0000000005',
    source: ccxt,
    date: '2023-11',
  },
  {
    id: 'kucoin cross: the equity at the mark is n (mark - bankruptcy price)',
    record: {
      venue: 'kucoin',
      side: 'long',
      qty: '0.001',
      entry: '96985.6',
      wallet: '44.87473',
      mmr: '0.40000133',
      taker: '0.06',
    },
    liquidationPrice: '52351.69',
    within: '0.005',
    bankruptcyPrice: '52110.87',
    source: ccxt,
    date: '2026-01',
  },
  {
    id: 'hyperliquid isolated ETH: marginUsed contains the PnL, rawUsd has 6 decimals',
    record: { venue: 'hyperliquid', side: 'long', qty: '0.0335', entry: '2985.9', margin: '4.967826', mmr: '1' },
    liquidationPrice: '2866.26936529',
    within: '0.00003',
    source: 'Hyperliquid documents, clearinghouseState, response example',
    date: '2024',
  },
  {
    id: 'hyperliquid isolated XYZ100, cut',
    record: { venue: 'hyperliquid', side: 'long', qty: '0.0004', entry: '25074', margin: '0.491266', mmr: '2.5' },
    liquidationPrice: '24457.2666',
    within: '0.0001',
    source: 'recorded answer of the venue, nktkas/hyperliquid@db80d598',
    date: '2025',
  },
  {
    id: 'hyperliquid isolated BTC at 1x: the collateral is of a mark that is not printed',
    record: { venue: 'hyperliquid', side: 'long', qty: '0.00039', entry: '63287', margin: '24.673292', mmr: '1' },
    liquidationPrice: '22.37166537',
    within: '0.0008',
    source: ccxt,
    date: '2024',
  },
  ...[
    hyperliquid2023('ETH', 'long', '0.1334', '1706.71', '32.0714022', null),
    hyperliquid2023('ATOM', 'short', '0.45', '10.8', '34.29955334', '2561.83187333'),
    hyperliquid2023('DYDX', 'short', '121.2', '2.37', '31.47571334', '11.841653'),
    hyperliquid2023('APE', 'short', '131.8', '3.866', '29.25276534', '12.57589638'),
    hyperliquid2023('SOL', 'long', '7.39', '19.69', '32.89306234', null),
    hyperliquid2023('BNB', 'long', '1.916', '306.9', '28.46794934', null),
    hyperliquid2023('LTC', 'long', '5.33', '88.14', '29.65029134', null),
    hyperliquid2023('ARB', 'long', '246.5', '1.1798', '31.43994634', null),
  ],
  {
    id: 'dydx',
    record: { venue: 'dydx', side: 'long', qty: '1', entry: '1000', wallet: '100', mmr: '3' },
    liquidationPrice: '927.8350515463918',
    within: '0.000000000002',
    source: 'test of the dYdX client library',
    date: '2024',
  },
];
