import { symbolKey } from './brackets.js';
import type { RiskPosition, Subject } from './risk/subject.js';

/** What follows from a whole subject: computed when it is first asked for, kept as long as the subject is. */
export function oncePerSubject<T>(compute: (subject: Subject) => T): (subject: Subject) => T {
  const known = new WeakMap<Subject, { readonly value: T }>();
  return (subject) => {
    const found = known.get(subject) ?? { value: compute(subject) };
    known.set(subject, found);
    return found.value;
  };
}

/** The places (from 0) of the positions of each symbol. */
const placesBySymbol = oncePerSubject(({ positions }) => placesBy(positions, symbolOf));
/** The places of the positions of each group label. */
const placesByGroup = oncePerSubject(({ positions }) => placesBy(positions, ({ data }) => data.group));

function symbolOf({ assessed: { terms } }: RiskPosition): string | undefined {
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

/** The other positions on the symbol of one. */
export function othersOnSymbol(subject: Subject, position: RiskPosition): readonly RiskPosition[] {
  return othersAt(placesOnSymbol(subject, position), subject, position);
}

/** The other positions on the symbol of one or under its group label, in the order given. */
export function otherLegs(subject: Subject, position: RiskPosition): readonly RiskPosition[] {
  const onSymbol = placesOnSymbol(subject, position);
  const inGroup = placesByGroup(subject).get(position.data.group) ?? [];
  const places = inGroup.length === 0 ? onSymbol : [...new Set([...onSymbol, ...inGroup])].toSorted((a, b) => a - b);
  return othersAt(places, subject, position);
}

function placesOnSymbol(subject: Subject, position: RiskPosition): readonly number[] {
  return placesBySymbol(subject).get(symbolOf(position)) ?? [];
}

function othersAt(places: readonly number[], { positions }: Subject, position: RiskPosition): readonly RiskPosition[] {
  return places.map((place) => positions[place] as RiskPosition).filter((other) => other !== position);
}
