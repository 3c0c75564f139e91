import { problemsInWords } from '../core/errors.js';
import { symbolKeyOn } from '../core/venues/index.js';
import { exchanges } from '../formats/exchanges/index.js';
import type { ExchangeName } from '../formats/exchange-names.js';
import { jsonScalar } from '../formats/json.js';
import type { RawAccount, RawPosition } from '../formats/raw-account.js';
import { fieldOf, withoutReports } from './live-position.js';
import { without } from './without.js';
import type { Leg, Snapshot } from './venue.js';

/** A pool of a snapshot, without its positions. */
export interface SnapshotPool extends Omit<RawAccount, 'positions' | 'reported' | 'wallet' | 'inferred'> {
  /** Its settlement asset. */
  readonly name: string;
  readonly wallet: string | undefined;
}

/** The same with its positions. */
export interface SnapshotAccount extends SnapshotPool {
  readonly positions: readonly { readonly symbol: string; readonly leg: Leg; readonly position: RawPosition }[];
}

/** Why a snapshot is not an account that can be priced. */
export interface FailedAccount {
  readonly why: string;
  /** Whether such an account is never priced; else the next snapshot may be read. */
  readonly isRefused: boolean;
}

export function isFailedAccount(read: readonly SnapshotAccount[] | FailedAccount): read is FailedAccount {
  return 'why' in read;
}

/** The pools of a snapshot. */
export function readSnapshot(
  { account, rows }: Snapshot,
  from: ExchangeName,
  venue: string,
): readonly SnapshotAccount[] | FailedAccount {
  const raws = exchanges[from].read(account, {});
  const problems = raws.flatMap((each) => each.problems);
  if (problems.length > 0) {
    return { why: problemsInWords(problems).join('; '), isRefused: problems.some(({ code }) => code === 'REFUSED') };
  }
  const legs = new Set(rows.map(({ symbol, leg }) => `${symbolKeyOn(venue, symbol)}/${leg}`));
  return raws.map((raw) => ({
    ...without(raw, 'positions', 'reported', 'wallet', 'inferred'),
    name: assetOf(raw.own),
    wallet: typeof raw.wallet === 'string' ? raw.wallet : raw.inferred?.wallet,
    positions: raw.positions.map((each) => {
      const symbol = fieldOf(each, 'symbol') ?? '';
      const side = fieldOf(each, 'side') === 'short' ? 'short' : 'long';
      const leg = legs.has(`${symbolKeyOn(venue, symbol)}/${side}`) ? side : 'both';
      return { symbol, leg, position: withoutReports(each) };
    }),
  }));
}

const ALL_ASSETS = 'all assets';

function assetOf(own: RawAccount['own']): string {
  const json = own.find(([key]) => key === 'asset')?.[1];
  return (json !== undefined ? jsonScalar(json) : undefined) ?? ALL_ASSETS;
}
