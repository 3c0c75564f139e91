import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { LiveError } from '../../live/failure.js';
import { refuseOffline } from '../../live/hosts.js';
import type { FetchName, FetchQuestion } from '../../live/venue.js';
import { listed } from '../../core/names.js';
import type { Invocation } from '../command.js';
import { textOf } from './connect.js';

/** The methods of ccxt that are called; nothing that trades is among them. */
const METHODS = {
  positions: 'fetchPositions',
  account: 'fetchPositions',
  brackets: 'fetchLeverageTiers',
  orders: 'fetchOpenOrders',
  trades: 'fetchMyTrades',
  funding: 'fetchFundingRateHistory',
  candles: 'fetchOHLCV',
} as const satisfies Partial<Record<FetchName, string>>;

type Method = (typeof METHODS)[keyof typeof METHODS];
type Exchange = Readonly<Record<Method, (...args: unknown[]) => Promise<unknown>>> & { number: unknown };
type Ccxt = Readonly<Record<string, (new (config: Readonly<Record<string, unknown>>) => Exchange) | undefined>>;

/**
 * What another exchange answers, by the package ccxt in its unified form. Its numbers are texts, as the exchange wrote
 * them.
 */
export async function fetchedByCcxt(
  { io, options }: Invocation,
  what: FetchName,
  question: FetchQuestion,
): Promise<string> {
  refuseOffline(io.env);
  const base = Object.keys(io.env).find((name) => name.startsWith('LIQCALC_BASE_') && io.env[name]);
  if (base !== undefined) throw new LiveError('badConfig', `${base} is set, so no other host gets a request`);
  const method: Method | undefined = (METHODS as Partial<Record<FetchName, Method>>)[what];
  if (method === undefined) {
    throw new LiveError('usage', `--via ccxt has no ${what}; it has ${listed(Object.keys(METHODS), 'and')}`);
  }
  const id = textOf(options, 'account') ?? textOf(options, 'venue');
  if (id === undefined) throw new LiveError('usage', '--via ccxt needs an exchange: --venue NAME or --account NAME');
  const exchange = exchangeOf(loadedCcxt(), id, io.env);
  try {
    return JSON.stringify(await exchange[method](...argumentsOf(method, question)), undefined, 2);
  } catch (error) {
    const why = error instanceof Error ? error.constructor.name : 'unknown reason';
    const isKey = /Authentication|Permission/.test(why);
    throw new LiveError(isKey ? 'noKey' : 'unavailable', `ccxt ${id} ${method}: ${why}`);
  }
}

function loadedCcxt(): Ccxt {
  try {
    // Beside liqcalc only: code of the working directory is not run.
    return createRequire(realpathSync(process.argv[1] ?? __filename))('ccxt') as Ccxt;
  } catch {
    throw new LiveError(
      'usage',
      '--via ccxt: the package ccxt is not installed beside liqcalc; install it where liqcalc is: npm install -g ccxt',
    );
  }
}

function exchangeOf(ccxt: Ccxt, id: string, env: Invocation['io']['env']): Exchange {
  const make = /^[a-z0-9]+$/.test(id) && Object.hasOwn(ccxt, id) ? ccxt[id] : undefined;
  if (typeof make !== 'function') throw new LiveError('usage', `ccxt has no exchange ${id}`);
  const of = (name: string): string | undefined => env[`LIQCALC_${id.toUpperCase()}_${name}`];
  const exchange = new make({
    apiKey: of('KEY'),
    secret: of('SECRET'),
    password: of('PASSWORD'),
    enableRateLimit: true,
    options: { defaultType: 'swap' },
  });
  exchange.number = String;
  return exchange;
}

function argumentsOf(method: Method, { symbols, from, to, limit, interval = '1h' }: FetchQuestion): readonly unknown[] {
  const [symbol] = symbols;
  const until = to === undefined ? {} : { until: to };
  switch (method) {
    case 'fetchPositions':
    case 'fetchLeverageTiers':
      return [symbols.length === 0 ? undefined : symbols];
    case 'fetchOpenOrders':
      return [symbol];
    case 'fetchOHLCV':
      return [symbol, interval, from, limit, until];
    default:
      return [symbol, from, limit, until];
  }
}
