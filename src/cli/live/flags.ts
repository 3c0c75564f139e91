import { FEED_NAMES } from '../../live/feed-names.js';
import type { Flag } from '../flags.js';

/** The flags of every command that can ask an exchange. */
export const CONNECTION_FLAGS: readonly Flag[] = [
  {
    name: 'account',
    placeholder: 'VENUE',
    meaning: 'your account: binance, binance-coinm, hyperliquid:0xADDRESS',
  },
  {
    name: 'key-file',
    placeholder: 'FILE',
    meaning:
      'file with the API key, readable only by you; default: the variables LIQCALC_BINANCE_KEY and LIQCALC_BINANCE_SECRET',
    takes: 'file' as const,
  },
  { name: 'timeout', placeholder: 'TIME', meaning: 'how long to wait for the exchange, default 30s' },
  { name: 'demo', meaning: "use the exchange's demo trading" },
].map((flag) => ({ ...flag, heading: 'Exchange' }));

const LIVE: Flag = { name: 'live', meaning: 'request missing data from the exchange', heading: 'Exchange' };
const OWN_KEY: ReadonlySet<string> = new Set(['key-file', 'timeout']);

/** The flags of commands about positions that can request what they lack: marks, and more where they need more. */
export const LIVE_FLAGS: readonly Flag[] = [LIVE, ...CONNECTION_FLAGS.filter(({ name }) => OWN_KEY.has(name))];

/** The flags of commands that can also request a whole account. */
export const LIVE_ACCOUNT_FLAGS: readonly Flag[] = [LIVE, ...CONNECTION_FLAGS];

/** The flag of commands that compare marks with prices of others. */
export const FEEDS_FLAG: Flag = {
  name: 'feeds',
  placeholder: 'NAMES',
  meaning: `also compare the mark with prices of others: ${FEED_NAMES.join(', ')}`,
  heading: 'Exchange',
};
