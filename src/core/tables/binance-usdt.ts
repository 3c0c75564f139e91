import { tablesInLines } from './tier-lines.js';

/**
 * The most traded of Binance's other USDT contracts, as the exchange answered on 2026-05-01: maximum leverage and
 * maintenance rate in percent by notional in USDT.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Notional-and-Leverage-Brackets (Notional and Leverage Brackets), a public copy of its answer of 2026-05-01
 */
const TIERS = `
  DOGEUSDT: 75x 0.65 to 80k, 50x 1 to 150k, 40x 1.25 to 750k, 25x 2 to 2M, 20x 2.5 to 4M, 10x 5 to 20M, 5x 10 to 40M, 4x 12.5 to 50M, 2x 25 to 100M, 1x 50 to 200M
  XRPUSDT: 100x 0.5 to 40k, 75x 0.6 to 80k, 50x 1 to 150k, 40x 1.25 to 400k, 25x 2 to 1M, 20x 2.5 to 2M, 10x 5 to 10M, 5x 10 to 20M, 4x 12.5 to 25M, 2x 25 to 50M, 1x 50 to 100M
  ADAUSDT: 75x 0.5 to 10k, 50x 1 to 50k, 40x 1.5 to 200k, 25x 2 to 1M, 20x 2.5 to 2M, 10x 5 to 10M, 5x 10 to 20M, 4x 12.5 to 25M, 2x 25 to 50M, 1x 50 to 100M
  1000PEPEUSDT: 75x 0.65 to 20k, 50x 1 to 200k, 40x 1.5 to 300k, 25x 2 to 1.5M, 20x 2.5 to 3M, 10x 5 to 15M, 5x 10 to 20M, 4x 12.5 to 25M, 2x 25 to 30M, 1x 50 to 35M
  LINKUSDT: 75x 0.5 to 10k, 50x 1 to 200k, 40x 1.5 to 400k, 25x 2 to 800k, 20x 2.5 to 1.6M, 10x 5 to 8M, 5x 10 to 16M, 4x 12.5 to 20M, 2x 25 to 40M, 1x 50 to 80M
  AVAXUSDT: 75x 0.5 to 25k, 50x 1 to 80k, 40x 1.5 to 160k, 25x 2 to 800k, 20x 2.5 to 1.6M, 10x 5 to 8M, 5x 10 to 16M, 4x 12.5 to 20M, 2x 25 to 40M, 1x 50 to 80M
  SUIUSDT: 75x 1 to 20k, 50x 1.5 to 200k, 25x 2 to 1M, 20x 2.5 to 2M, 10x 5 to 10M, 5x 10 to 20M, 4x 12.5 to 25M, 2x 25 to 50M, 1x 50 to 100M
  LTCUSDT: 75x 0.5 to 10k, 50x 1 to 50k, 40x 1.5 to 160k, 25x 2 to 800k, 20x 2.5 to 1.6M, 10x 5 to 8M, 5x 10 to 16M, 4x 12.5 to 20M, 2x 25 to 40M, 1x 50 to 80M
  BCHUSDT: 75x 0.5 to 10k, 50x 1 to 100k, 40x 1.5 to 160k, 25x 2 to 800k, 20x 2.5 to 1.6M, 10x 5 to 8M, 5x 10 to 16M, 4x 12.5 to 20M, 2x 25 to 40M, 1x 50 to 80M
  TRXUSDT: 75x 0.65 to 10k, 50x 1 to 90k, 40x 1.5 to 120k, 25x 2 to 650k, 20x 2.5 to 800k, 10x 5 to 3M, 5x 10 to 6M, 4x 12.5 to 12M, 2x 25 to 20M, 1x 50 to 30M
  DOTUSDT: 75x 0.65 to 10k, 50x 1 to 50k, 40x 1.5 to 100k, 25x 2 to 500k, 20x 2.5 to 800k, 10x 5 to 4M, 5x 10 to 8M, 4x 12.5 to 10M, 2x 25 to 30M, 1x 50 to 50M
  NEARUSDT: 75x 1 to 20k, 50x 1.5 to 200k, 25x 2 to 1M, 20x 2.5 to 2M, 10x 5 to 10M, 5x 10 to 20M, 4x 12.5 to 25M, 2x 25 to 30M, 1x 50 to 35M
  UNIUSDT: 75x 0.6 to 10k, 50x 1 to 50k, 40x 1.5 to 100k, 25x 2 to 500k, 20x 2.5 to 1M, 10x 5 to 5M, 5x 10 to 10M, 4x 12.5 to 12.5M, 2x 25 to 25M, 1x 50 to 50M
  AAVEUSDT: 75x 1 to 50k, 50x 1.5 to 150k, 25x 2 to 500k, 20x 2.5 to 600k, 10x 5 to 3M, 5x 10 to 6M, 4x 12.5 to 7.5M, 2x 25 to 15M, 1x 50 to 30M
  APTUSDT: 75x 1 to 10k, 50x 1.5 to 100k, 25x 2 to 900k, 20x 2.5 to 1.1M, 10x 5 to 5M, 5x 10 to 7M, 4x 12.5 to 8M, 2x 25 to 9M, 1x 50 to 10M
  ARBUSDT: 75x 0.6 to 5k, 50x 1 to 50k, 25x 1.5 to 100k, 20x 2 to 500k, 10x 2.5 to 1M, 5x 5 to 5M, 4x 10 to 6M, 3x 12.5 to 7M, 2x 25 to 8M, 1x 50 to 9M
  OPUSDT: 75x 0.6 to 10k, 50x 1 to 50k, 40x 1.5 to 80k, 25x 2 to 300k, 20x 2.5 to 600k, 10x 5 to 3M, 5x 10 to 6M, 4x 12.5 to 7.5M, 2x 25 to 18M, 1x 50 to 30M
  WLDUSDT 1000BONKUSDT HYPEUSDT: 75x 1 to 20k, 50x 1.5 to 200k, 25x 2 to 1M, 20x 2.5 to 2M, 10x 5 to 5M, 5x 10 to 7.5M, 4x 12.5 to 10M, 2x 25 to 12.5M, 1x 50 to 15M
  TIAUSDT: 75x 1 to 10k, 50x 1.5 to 100k, 25x 2 to 500k, 20x 2.5 to 1M, 10x 5 to 5M, 5x 10 to 6M, 4x 12.5 to 7M, 2x 25 to 8M, 1x 50 to 9M
  SEIUSDT ONDOUSDT: 75x 1 to 7.5k, 50x 1.5 to 15k, 25x 2 to 75k, 20x 2.5 to 200k, 15x 3.33 to 350k, 10x 5 to 750k, 5x 10 to 3M, 4x 12.5 to 4.5M, 3x 16.67 to 7.5M, 2x 25 to 12M, 1x 50 to 18M
  INJUSDT: 75x 1 to 10k, 50x 1.5 to 80k, 25x 2 to 400k, 20x 2.5 to 800k, 10x 5 to 4M, 5x 10 to 5M, 4x 12.5 to 6M, 2x 25 to 7M, 1x 50 to 8M
  FILUSDT: 75x 0.6 to 50k, 50x 1 to 250k, 40x 1.5 to 350k, 25x 2 to 600k, 20x 2.5 to 1M, 10x 5 to 5M, 5x 10 to 10M, 4x 12.5 to 12.5M, 2x 25 to 25M, 1x 50 to 50M
  ETCUSDT: 75x 0.5 to 10k, 50x 1 to 50k, 40x 1.5 to 80k, 25x 2 to 400k, 20x 2.5 to 800k, 10x 5 to 3M, 5x 10 to 5M, 4x 12.5 to 7M, 2x 25 to 8M, 1x 50 to 9M
  ATOMUSDT: 75x 0.6 to 10k, 50x 1 to 50k, 40x 1.5 to 80k, 25x 2 to 200k, 20x 2.5 to 600k, 10x 5 to 2M, 5x 10 to 4M, 4x 12.5 to 5M, 2x 25 to 12M, 1x 50 to 20M
  HBARUSDT: 75x 1 to 10k, 50x 1.5 to 80k, 25x 2 to 400k, 20x 2.5 to 800k, 10x 5 to 4M, 5x 10 to 8M, 4x 12.5 to 10M, 2x 25 to 20M, 1x 50 to 40M
  XLMUSDT TAOUSDT: 75x 1 to 10k, 50x 1.5 to 100k, 25x 2 to 500k, 20x 2.5 to 1M, 10x 5 to 5M, 5x 10 to 10M, 4x 12.5 to 12.5M, 2x 25 to 25M, 1x 50 to 50M
  ICPUSDT FETUSDT JUPUSDT PENDLEUSDT: 75x 1 to 5k, 50x 1.5 to 10k, 25x 2 to 50k, 20x 2.5 to 100k, 15x 3.33 to 175k, 10x 5 to 250k, 5x 10 to 750k, 4x 12.5 to 1.5M, 3x 16.67 to 4.5M, 2x 25 to 7.5M, 1x 50 to 12M
  ENAUSDT: 75x 1 to 20k, 50x 1.5 to 160k, 25x 2 to 800k, 20x 2.5 to 1.6M, 10x 5 to 8M, 5x 10 to 16M, 4x 12.5 to 20M, 2x 25 to 40M, 1x 50 to 80M
  WIFUSDT: 75x 1 to 5k, 50x 1.5 to 10k, 25x 2 to 50k, 20x 2.5 to 100k, 15x 3.33 to 175k, 10x 5 to 250k, 5x 10 to 750k, 4x 12.5 to 1.5M, 3x 16.67 to 4.5M, 2x 25 to 7.5M, 1x 50 to 12.5M
  1000SHIBUSDT: 75x 0.65 to 25k, 50x 1 to 150k, 40x 1.5 to 200k, 25x 2 to 800k, 20x 2.5 to 1.6M, 10x 5 to 3M, 5x 10 to 5M, 4x 12.5 to 6M, 2x 25 to 7M, 1x 50 to 8M
  TONUSDT: 75x 1 to 10k, 50x 1.5 to 80k, 25x 2 to 400k, 20x 2.5 to 800k, 10x 5 to 3M, 5x 10 to 5M, 4x 12.5 to 6M, 2x 25 to 7M, 1x 50 to 8M
  CRVUSDT: 75x 0.65 to 10k, 50x 1 to 50k, 40x 1.5 to 80k, 25x 2 to 300k, 20x 2.5 to 600k, 10x 5 to 3M, 5x 10 to 6M, 4x 12.5 to 7.5M, 2x 25 to 15M, 1x 50 to 30M
  LDOUSDT: 75x 0.6 to 5k, 50x 1 to 50k, 40x 1.5 to 80k, 25x 2 to 200k, 20x 2.5 to 400k, 10x 5 to 2M, 5x 10 to 4M, 4x 12.5 to 5M, 3x 16.67 to 7.5M, 2x 25 to 12M, 1x 50 to 20M
`;

export const binanceUsdt = tablesInLines(
  {
    venue: 'binance',
    contract: 'linear',
    multiplier: '1',
    asOf: '2026-05-01',
    confidence: 'B',
    source: 'public copy of an API answer of 2026-05-01',
  },
  TIERS,
);
