import type { AccountPosition } from './account-position.js';
import { DEFAULT_VENUE, symbolKey } from './brackets.js';
import { naming } from './errors.js';
import { placesOfHedges } from './hedge.js';
import { maintenanceAt, profitAt, type Leg } from './leg.js';
import type { MarketLeg } from './market-move.js';
import { referencePrice, ruledFrom, unitSize, type Ruled, type Terms } from './position.js';
import { Ratio } from './ratio.js';
import { symbolKeyOn, venues, type Venue } from './venues/index.js';

/** A cross position with its profit and maintenance at the mark. */
export interface Marked {
  readonly from: AccountPosition;
  readonly ruled: Ruled;
  readonly leg: Leg;
  readonly mark: Ratio;
  readonly profit: Ratio;
  readonly maintenance: Ratio;
}

/** The cross positions of an account under the rules of their venues. */
export class CrossPool {
  readonly #positions: readonly AccountPosition[];
  readonly #partners: ReadonlyMap<number, number>;
  /** The contracts of the positions that count together for their tier, by family. Both sides count. */
  readonly #families: ReadonlyMap<string, Ratio>;

  constructor(positions: readonly AccountPosition[]) {
    this.#positions = positions;
    this.#families = totalsOfFamilies(positions);
    this.#partners = partnersOf(positions);
  }

  /** The cross positions as legs of a market move, each computed when it is needed. */
  get legs(): Iterable<MarketLeg> {
    return { [Symbol.iterator]: () => this.#legs() };
  }

  *#legs(): Generator<MarketLeg, undefined> {
    for (const [index, from] of this.#positions.entries()) {
      if (from.mode === 'isolated') continue;
      const legOf = (): Leg => this.markedAt(index).leg;
      const { beta, terms } = from;
      yield {
        beta,
        mark: referencePrice(terms),
        get leg() {
          return legOf();
        },
      };
    }
  }

  /** The other cross leg of the symbol of a position. */
  partnerOf(index: number): Marked | undefined {
    const partner = this.#partners.get(index);
    return partner === undefined ? undefined : this.markedAt(partner);
  }

  markedAt(index: number): Marked {
    const from = this.#positions[index] as AccountPosition;
    const partner = this.#partners.get(index);
    const alone = naming(from.name, () => this.#beside(from));
    if (partner === undefined || from.failure || !alone.ruled.venue.hedge) return alone;
    const other = this.#positions[partner] as AccountPosition;
    // Some venues count both legs of a hedge together.
    return markedBy(ruledFrom(from.terms, from.table, { ...other, terms: countedTerms(other) }), from);
  }

  /** A position with the contracts of the others in its family. */
  #beside(from: AccountPosition): Marked {
    const alone = markedAlone(from);
    const family = this.#families.size === 0 ? undefined : familyOf(from);
    if (family === undefined || from.failure) return alone;
    const besides = (this.#families.get(family) as Ratio).minus(contractsOf(alone));
    return besides.sign() === 0 ? alone : markedBy(ruledFrom(from.terms, from.table, undefined, besides), from);
  }
}

function markedAlone(from: AccountPosition): Marked {
  return markedBy(from.failure ? withoutMaintenance(from) : ruledFrom(from.terms, from.table), from);
}

/** The contracts of the cross positions that count together for a tier, by what they have in common. */
function totalsOfFamilies(positions: readonly AccountPosition[]): ReadonlyMap<string, Ratio> {
  const totals = new Map<string, Ratio>();
  if (!positions.some((each) => familyOf(each) !== undefined)) return totals;
  for (const from of positions) {
    if (from.mode === 'isolated') continue;
    const own = naming(from.name, () => markedAlone(from));
    const family = familyOf(from);
    if (family !== undefined) totals.set(family, contractsOf(own).plus(totals.get(family) ?? Ratio.ZERO));
  }
  return totals;
}

/** What positions have in common that count together for their tier; `undefined` if each counts alone. */
function familyOf({ mode, terms: { symbol, venue = DEFAULT_VENUE } }: AccountPosition): string | undefined {
  const found = venues[venue] as Venue;
  return mode === 'isolated' ? undefined : found.tierFamily?.(symbolKeyOn(found.venue, symbol as string));
}

function contractsOf({ leg, from: { terms, table } }: Marked): Ratio {
  return leg.size.over(unitSize(leg.contract, terms, table));
}

/** The terms of a position; a failed one has a maintenance rate of zero, so that its size and profit can be computed. */
export function countedTerms({ terms, failure }: AccountPosition): Terms {
  return failure ? { ...terms, mmr: Ratio.ZERO } : terms;
}

function withoutMaintenance(from: AccountPosition): Ruled {
  const ruled = ruledFrom(countedTerms(from), from.table);
  return { ...ruled, leg: { ...ruled.leg, fee: Ratio.ZERO, fixed: Ratio.ZERO } };
}

/** A cross position under the rule of its venue, at its mark. */
function markedBy(ruled: Ruled, from: AccountPosition): Marked {
  const mark = referencePrice(from.terms);
  const { leg } = ruled;
  return { from, ruled, leg, mark, profit: profitAt(leg, mark), maintenance: maintenanceAt(leg, mark) };
}

/** The index of the other cross leg of a position's symbol, by index. Only hedge mode has one. */
function partnersOf(positions: readonly AccountPosition[]): ReadonlyMap<number, number> {
  const first = new Map<string, number>();
  const partners = new Map<number, number>();
  for (const index of placesOfHedges(positions.map(({ terms }) => terms.symbol))) {
    const { mode, terms } = positions[index] as AccountPosition;
    if (mode === 'isolated') continue;
    const key = symbolKey(terms.symbol);
    const other = first.get(key);
    if (other === undefined) first.set(key, index);
    else partners.set(index, other).set(other, index);
  }
  return partners;
}
