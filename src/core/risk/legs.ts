import { symbolKey } from '../brackets.js';
import type { RiskPosition, RiskInput } from './input.js';

/** Caches a value computed from a whole input: computed at first use, kept as long as the input. */
export function oncePerInput<T>(compute: (input: RiskInput) => T): (input: RiskInput) => T {
  const known = new WeakMap<RiskInput, { readonly value: T }>();
  return (input) => {
    const found = known.get(input) ?? { value: compute(input) };
    known.set(input, found);
    return found.value;
  };
}

/** The indices (from 0) of the positions of each symbol. */
const placesBySymbol = oncePerInput(({ positions }) => placesBy(positions, symbolOf));
/** The indices of the positions of each group label. */
const placesByGroup = oncePerInput(({ positions }) => placesBy(positions, ({ data }) => data.group));

function symbolOf({ terms }: RiskPosition): string | undefined {
  return terms.symbol === undefined ? undefined : symbolKey(terms.symbol);
}

function placesBy(
  positions: readonly RiskPosition[],
  labelOf: (position: RiskPosition) => string | undefined,
): ReadonlyMap<string | undefined, readonly number[]> {
  const places = new Map<string, number[]>();
  positions.forEach((position, place) => {
    const label = labelOf(position);
    if (label === undefined) return;
    const same = places.get(label);
    if (same) same.push(place);
    else places.set(label, [place]);
  });
  return places;
}

/** The other positions on a position's symbol. */
export function othersOnSymbol(input: RiskInput, position: RiskPosition): readonly RiskPosition[] {
  return othersAt(placesOnSymbol(input, position), input, position);
}

/** The other positions on a position's symbol or with its group label, in input order. */
export function otherLegs(input: RiskInput, position: RiskPosition): readonly RiskPosition[] {
  const onSymbol = placesOnSymbol(input, position);
  const inGroup = placesByGroup(input).get(position.data.group) ?? [];
  const places = inGroup.length === 0 ? onSymbol : [...new Set([...onSymbol, ...inGroup])].toSorted((a, b) => a - b);
  return othersAt(places, input, position);
}

function placesOnSymbol(input: RiskInput, position: RiskPosition): readonly number[] {
  return placesBySymbol(input).get(symbolOf(position)) ?? [];
}

function othersAt(
  places: readonly number[],
  { positions }: RiskInput,
  position: RiskPosition,
): readonly RiskPosition[] {
  return places.map((place) => positions[place] as RiskPosition).filter((other) => other !== position);
}
