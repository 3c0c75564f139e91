import { LiveError } from './failure.js';
import type { Hosts, Service } from './venue.js';

type Env = Readonly<Record<string, string | undefined>>;

const BASE = 'LIQCALC_BASE_';
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Where a venue answers. `LIQCALC_BASE_<VENUE>` puts an address of this computer in place of all its hosts; while one is
 * set, no venue without its own gets a request.
 *
 * @throws {LiveError} if live commands are switched off, or for a base that is another computer.
 */
export function hostsOf({ hosts, variable, meaning }: Service, env: Env, isDemo = false): Hosts {
  refuseOffline(env);
  const base = env[`${BASE}${variable}`];
  const other = Object.keys(env).find((name) => name.startsWith(BASE) && env[name]);
  if (!base && other !== undefined) {
    throw new LiveError('badConfig', `${other} is set, so ${meaning} is not asked without ${BASE}${variable}`);
  }
  const found = isDemo ? hosts.demo : hosts.live;
  if (!found) throw new LiveError('usage', `${meaning} has no demo`);
  return base ? replaced(found, localBase(base, `${BASE}${variable}`)) : found;
}

/** `LIQCALC_OFFLINE` with any value but 0 switches live commands off: a mistyped value must not open a connection. */
export function refuseOffline(env: Env): void {
  const value = env['LIQCALC_OFFLINE'] ?? '';
  if (value === '' || value === '0') return;
  throw new LiveError('badConfig', `LIQCALC_OFFLINE=${value.slice(0, 20)}: live commands are switched off`);
}

function localBase(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url?.protocol === 'http:' && LOOPBACK.has(url.hostname) && url.pathname === '/' && url.search === '';
  if (!isLocal || url.username !== '' || url.password !== '') {
    throw new LiveError('badConfig', `${name}: only an address of this computer, like http://127.0.0.1:8080`);
  }
  return url;
}

/** Every host replaced; paths stay. */
function replaced(hosts: Hosts, base: URL): Hosts {
  const local = (host: string): string => {
    const { protocol, pathname } = new URL(host);
    const origin = protocol === 'wss:' ? `ws://${base.host}` : base.origin;
    return `${origin}${pathname === '/' ? '' : pathname}`;
  };
  const { rest, market, user, wallet } = hosts;
  return {
    rest: local(rest),
    ...(market !== undefined && { market: local(market) }),
    ...(user !== undefined && { user: local(user) }),
    ...(wallet !== undefined && { wallet: local(wallet) }),
  };
}
