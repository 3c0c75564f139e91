import type { Account, AccountPosition } from './account.js';
import { DEFAULT_VENUE, symbolKey, UNKNOWN_VENUE } from './brackets.js';
import { contracts, type ContractName } from './contracts/index.js';
import { fieldOfPart, problem, type Problem } from './errors.js';
import { placesOfHedges } from './hedge.js';
import { Ratio } from './ratio.js';
import { settlementAsset } from './settlement.js';
import { tablesVenue, venues, type Venue } from './venues/index.js';

/**
 * All problems of positions as one account, even if each position is valid alone.
 *
 * One pool has one contract type and one settlement asset, except in multi-assets mode; a symbol has one position per
 * side; both legs of a hedge have one mark and one beta; all betas of an inverse account are 1.
 */
export function accountProblems({ positions, isMultiAssets }: Pick<Account, 'positions' | 'isMultiAssets'>): Problem[] {
  return [
    ...poolProblems(positions, isMultiAssets),
    ...legProblems(positions),
    ...betaProblems(positions),
    ...aloneProblems(positions),
  ];
}

/** The problem of several cross positions whose venue prices only one alone. */
function aloneProblems(positions: readonly AccountPosition[]): Problem[] {
  const cross = positions.filter(({ mode }) => mode === 'cross');
  if (cross.length < 2) return [];
  for (const { name, terms } of cross) {
    const venue = venues[terms.venue ?? DEFAULT_VENUE] as Venue;
    if ('alone' in venue.cross) {
      return [problem('VENUE_REFUSES', fieldOfPart(name, 'venue'), { venue: venue.name, why: venue.cross.alone })];
    }
  }
  return [];
}

function poolProblems(positions: readonly AccountPosition[], isMultiAssets = false): Problem[] {
  const types = new Set(positions.map(contractNameOf));
  if (types.size > 1) return [problem('MIXED_POOL', 'positions', { what: 'contract type', values: [...types] })];
  const assets = new Set(
    positions.flatMap((each) => settlementAsset(each.terms.symbol ?? '', contractNameOf(each)) ?? []),
  );
  const pools = new Set(positions.filter(({ mode }) => mode === 'cross').flatMap(venueOf));
  if (pools.size > 1)
    return [problem('MIXED_POOL', 'positions', { what: 'venue', values: [...pools], of: 'cross positions' })];
  if (assets.size <= 1 || isMultiAssets) return [];
  return [problem('MIXED_POOL', 'positions', { what: 'settlement asset', values: [...assets] })];
}

/** The venue whose wallet a position shares, if it is known: rules of different years belong to one venue. */
function venueOf({ venue = DEFAULT_VENUE }: AccountPosition): string | readonly [] {
  return venue === UNKNOWN_VENUE ? [] : tablesVenue(venue);
}

function contractNameOf({ terms, table }: AccountPosition): ContractName {
  return table?.contract ?? terms.contract ?? 'linear';
}

function legProblems(positions: readonly AccountPosition[]): Problem[] {
  const problems: Problem[] = [];
  const seen = { long: new Map<string, AccountPosition>(), short: new Map<string, AccountPosition>() };
  for (const place of placesOfHedges(positions.map(({ terms }) => terms.symbol))) {
    const each = positions[place] as AccountPosition;
    const { side, symbol = '' } = each.terms;
    const key = symbolKey(symbol);
    const same = seen[side].get(key);
    if (same)
      problems.push(problem('REPEATED_POSITION', fieldOfPart(each.name, 'symbol'), { side, symbol, first: same.name }));
    const other = seen[side === 'long' ? 'short' : 'long'].get(key);
    if (other) problems.push(...hedgeProblems(each, other, symbol));
    seen[side].set(key, each);
  }
  return problems;
}

function hedgeProblems(leg: AccountPosition, first: AccountPosition, symbol: string): Problem[] {
  const differs = (key: string, what: string, value: Ratio | undefined, other: Ratio | undefined): Problem[] => {
    if (!value || !other || value.compare(other) === 0) return [];
    const texts = { value: value.toText(30), first: first.name, other: other.toText(30) };
    return [problem('HEDGE_DIFFERS', fieldOfPart(leg.name, key), { what, symbol, ...texts })];
  };
  if (leg.mode === 'isolated' || first.mode === 'isolated') return [];
  return [
    ...differs('mark', 'mark', leg.terms.mark, first.terms.mark),
    ...differs('beta', 'beta', leg.beta, first.beta),
  ];
}

function betaProblems(positions: readonly AccountPosition[]): Problem[] {
  return positions
    .filter((each) => contracts[contractNameOf(each)].marginAsset === 'base' && each.beta.compare(Ratio.ONE) !== 0)
    .map(({ name, beta }) => problem('BETA_OF_INVERSE', fieldOfPart(name, 'beta'), { value: beta.toText(30) }));
}
