import * as z from 'zod/mini';
import { Ratio } from '../../core/ratio.js';
import { JsonObject } from '../../schema/json-value.js';
import { OLDEST_MS, type Feed, type FeedPrice, type Pair } from '../feed.js';
import { membersOf, objectIn, PRICE, TIME } from '../payload.js';
import { keyHeader } from '../sign.js';
import type { Link, Request } from '../venue.js';

const PRICES: Request = { method: 'GET', path: '/api/v3/simple/price', access: 'optional key', weight: 1 };

const ID_LIST = `
  AAVE=aave ADA=cardano ALGO=algorand APT=aptos ARB=arbitrum ATOM=cosmos AVAX=avalanche-2 AXS=axie-infinity
  BCH=bitcoin-cash BNB=binancecoin BONK=bonk BTC=bitcoin CRV=curve-dao-token DASH=dash DOGE=dogecoin DOT=polkadot
  ENA=ethena ETC=ethereum-classic ETH=ethereum FDUSD=first-digital-usd FIL=filecoin FLOKI=floki GALA=gala
  GRT=the-graph HBAR=hedera-hashgraph HYPE=hyperliquid ICP=internet-computer IMX=immutable-x INJ=injective-protocol
  JUP=jupiter-exchange-solana KAS=kaspa LDO=lido-dao LINK=chainlink LTC=litecoin MANA=decentraland NEAR=near
  ONDO=ondo-finance OP=optimism PAXG=pax-gold PENDLE=pendle PEPE=pepe POL=polygon-ecosystem-token RUNE=thorchain
  SAND=the-sandbox SEI=sei-network SHIB=shiba-inu SOL=solana STX=blockstack SUI=sui TAO=bittensor TIA=celestia
  TON=the-open-network TRX=tron UNI=uniswap USDC=usd-coin USDT=tether VET=vechain WIF=dogwifcoin WLD=worldcoin-wld
  XLM=stellar XMR=monero XRP=ripple XTZ=tezos ZEC=zcash`;

/**
 * The ids of assets. Several assets share a ticker, so an id cannot be derived from it: an asset that is not in this
 * list has no price here, which is better than the price of another asset.
 */
const IDS: ReadonlyMap<string, string> = new Map(
  ID_LIST.trim()
    .split(/\s+/)
    .map((entry) => entry.split('=') as [string, string]),
);

const ENTRY = z.object({ usd: PRICE, last_updated_at: TIME });

/**
 * CoinGecko: prices in USD, refreshed every minute. A key is not needed.
 *
 * @see https://docs.coingecko.com/reference/simple-price
 */
export const coingecko: Feed = {
  meaning: 'CoinGecko',
  variable: 'COINGECKO',
  signing: keyHeader('x-cg-demo-api-key'),
  hosts: { live: { rest: 'https://api.coingecko.com' } },
  allow: [PRICES],
  everyMs: 60_000,
  prices,
};

interface Priced {
  readonly usd: Ratio;
  readonly time: number;
}

/** USD itself: its price has no age. */
const DOLLAR: Priced = { usd: Ratio.ONE, time: Infinity };

async function prices({ get }: Link, pairs: readonly Pair[]): Promise<readonly FeedPrice[]> {
  const ids = new Set(pairs.flatMap(({ base, quote }) => [base, quote]).flatMap((asset) => IDS.get(asset) ?? []));
  if (!pairs.some(({ base }) => IDS.has(base))) return [];
  const query = {
    ids: [...ids].sort().join(','),
    vs_currencies: 'usd',
    include_last_updated_at: true,
    precision: 'full',
  };
  const answer = objectIn(await get(PRICES, query), PRICES);
  const pricedOf = (asset: string): Priced | undefined =>
    asset === 'USD' ? DOLLAR : pricedIn(answer.value(IDS.get(asset) ?? ''));
  return pairs.flatMap(({ symbol, base, quote, multiple }) => {
    const [own, unit] = [pricedOf(base), pricedOf(quote)];
    if (!own || !unit || own.time - unit.time > OLDEST_MS) return [];
    return [{ symbol, price: own.usd.times(multiple).over(unit.usd), time: own.time }];
  });
}

/** The price of an asset; `undefined` for one that the answer lacks, or whose price is unknown (null). */
function pricedIn(value: unknown): Priced | undefined {
  if (!(value instanceof JsonObject) || !value.has('usd') || value.value('usd') === null) return undefined;
  const { usd, last_updated_at: seconds } = membersOf(ENTRY, value, PRICES);
  return { usd, time: seconds * 1000 };
}
