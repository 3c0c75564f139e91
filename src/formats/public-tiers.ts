import type { BracketRow } from '../core/brackets.js';
import { Ratio } from '../core/ratio.js';
import { looksCoinMargined } from '../core/settlement.js';
import { symbolKeyOn } from '../core/venues/index.js';
import { JsonArray, JsonObject, type JsonValue } from '../schema/json-value.js';
import { refuse } from './table-faults.js';
import { wordOf, type TableShape, type WrittenEntry } from './written-table.js';

/** Why tiers of coin-margined contracts cannot be read: the venue's texts do not say what their limits count. */
export const UNKNOWN_UNIT = {
  refused:
    "it is coin-margined, and whether its limits count coins, USD or contracts is unknown; write the table in liqcalc's own JSON",
} as const;

/** A figure of a tier by its key; a missing one is a fault of the table. */
export type Figures = (key: string) => string;

/** How a venue's public answer lists tiers: one object for each tier of each symbol. */
interface TierAnswer {
  readonly meaning: string;
  readonly venue: string;
  /** The keys that distinguish its tiers from those of other venues. */
  readonly keys: readonly string[];
  /** The keys that lead from the whole answer to the list of tiers. */
  readonly at: readonly string[];
  /** The key of a tier's symbol; an answer may lack it. */
  readonly symbol: string;
  /** Tiers of coin-margined contracts: the quote value of a contract if all have one, or why they cannot be read. */
  readonly inverse: { readonly multiplier?: string } | { readonly refused: string };
  /** A tier in the venue's own keys as a bracket; a floor that it does not have is the cap before it. */
  readonly row: (tier: Figures, all: readonly Figures[]) => Omit<BracketRow, 'floor'> & { readonly floor?: string };
}

/** The value at the end of a path of keys. */
export function within(file: JsonValue, keys: readonly string[]): JsonValue | undefined {
  return keys.reduce<JsonValue | undefined>(
    (value, key) => (value instanceof JsonObject ? value.value(key) : undefined),
    file,
  );
}

/** The texts of an object's members by key. */
export function figuresOf(tier: JsonValue, place: string, symbol: string): Figures {
  return (key) => {
    const value = tier instanceof JsonObject ? tier.value(key) : undefined;
    return typeof value === 'string' ? value : refuse(symbol, `${place}: ${key} is missing or not a number`);
  };
}

/** Tiers by the symbol under a key; tiers that do not name a symbol are under an empty text. */
export function tiersBySymbol(tiers: readonly JsonValue[], key: string): ReadonlyMap<string, readonly JsonValue[]> {
  const groups = new Map<string, JsonValue[]>();
  for (const tier of tiers) {
    const symbol = wordOf(tier, key) ?? '';
    const others = groups.get(symbol);
    if (others) others.push(tier);
    else groups.set(symbol, [tier]);
  }
  return groups;
}

/** The shape of an answer that lists tiers. */
export function tierShape(answer: TierAnswer): TableShape {
  return {
    meaning: answer.meaning,
    tables: (file) => {
      const list = within(file, answer.at);
      if (!(list instanceof JsonArray)) return undefined;
      const tiers = list.items.flatMap((item) => (item instanceof JsonArray ? item.items : [item]));
      const [first] = tiers;
      if (!(first instanceof JsonObject) || !answer.keys.every((key) => first.has(key))) return undefined;
      return [...tiersBySymbol(tiers, answer.symbol)].map(([symbol, group]) => entryOf(answer, symbol, group));
    },
  };
}

function entryOf(answer: TierAnswer, written: string, tiers: readonly JsonValue[]): WrittenEntry {
  return {
    symbol: written === '' ? undefined : symbolKeyOn(answer.venue, written),
    venue: () => answer.venue,
    silentVenue: answer.venue,
    written: (origin, symbol) => {
      const all = tiers.map((tier, index) => figuresOf(tier, `no. ${index + 1}`, symbol));
      const read = all.map((tier) => answer.row(tier, all));
      const rows = inOrder(read, symbol).map((row, index, sorted) => ({
        ...row,
        floor: row.floor ?? sorted[index - 1]?.cap ?? '0',
      }));
      const { inverse } = answer;
      const isInverse = looksCoinMargined(written === '' ? symbol : written);
      if (isInverse && 'refused' in inverse) refuse(symbol, inverse.refused);
      return {
        contract: isInverse ? 'inverse' : 'linear',
        multiplier: isInverse && 'multiplier' in inverse ? inverse.multiplier : undefined,
        asOf: origin.asOf(),
        confidence: 'A',
        source: `${answer.meaning} ${origin.name} (${origin.dating})`,
        wholePosition: false,
        notes: [],
        rows,
      };
    },
  };
}

type Unfloored = Omit<BracketRow, 'floor'> & { readonly floor?: string };

/** Tiers by rising caps: venues list them in either order. */
function inOrder(rows: readonly Unfloored[], symbol: string): readonly Unfloored[] {
  const capOf = ({ cap }: Unfloored): Ratio | undefined => {
    if (cap === undefined) return undefined;
    const parsed = Ratio.parse(cap);
    return parsed.kind === 'decimal'
      ? parsed.value
      : refuse(symbol, `${JSON.stringify(cap.slice(0, 40))} is not a plain decimal`);
  };
  return rows
    .map((row) => ({ row, cap: capOf(row) }))
    .toSorted((a, b) => (a.cap && b.cap ? a.cap.compare(b.cap) : a.cap ? -1 : b.cap ? 1 : 0))
    .map(({ row }) => row);
}
