import type { Ratio } from '../../core/ratio.js';
import { priceText, type PriceStyle } from '../figures.js';
import type { Ladder } from '../plot/ladder.js';
import type { Glyphs } from '../style.js';
import { packed } from './lines.js';

/** How a scale is drawn. */
export interface ScaleOptions {
  readonly glyphs: Glyphs;
  /** The number of its cells. */
  readonly cells: number;
  /** The width of the lines below it. */
  readonly width: number;
  /** How the prices at both ends are written. */
  readonly style: PriceStyle;
}

/**
 * Prices on one line in proportion, each as its letter in the right order (never on top of each other), with the lowest
 * and highest price and a key below.
 */
export function scale(
  { rungs, present, isLost }: Ladder,
  { glyphs, cells: width, width: lineWidth, style }: ScaleOptions,
): string[] {
  const sorted = [...rungs].sort((a, b) => a.price.compare(b.price));
  const [lowest, highest] = [sorted[0]?.price, sorted.at(-1)?.price];
  if (!lowest || !highest || lowest.compare(highest) === 0) return [];
  const cells = spread(
    sorted.map(({ price }) => place(price, lowest, highest) * (width - 1)),
    width,
  );
  const line = Array.from({ length: width }, () => glyphs.rail);
  const cellOf = (letter: string): number => cells[sorted.findIndex((rung) => rung.letter === letter)] as number;
  const [start, end] = [cellOf('L'), cellOf(present)].sort((a, b) => a - b) as [number, number];
  line.fill(isLost ? glyphs.lost : glyphs.room, start, end);
  sorted.forEach(({ letter }, index) => (line[cells[index] as number] = letter));
  const [left, right] = [priceText(lowest, style), priceText(highest, style)];
  const key = sorted.map(({ letter, name }) => `${letter} ${name}`);
  return [
    line.join(''),
    left + right.padStart(Math.max(1 + right.length, width - left.length)),
    ...packed(key, lineWidth),
  ];
}

/** The share of the way to the highest price. Pixels may be inexact; no figure is computed from them. */
function place(price: Ratio, lowest: Ratio, highest: Ratio): number {
  return Number(price.minus(lowest).over(highest.minus(lowest)).toFixed(4));
}

/** Whole cells in rising order without two marks on one cell. */
function spread(places: readonly number[], width: number): number[] {
  const cells = places.map((at) => Math.round(at));
  for (let index = 1; index < cells.length; index++) {
    cells[index] = Math.max(cells[index] as number, (cells[index - 1] as number) + 1);
  }
  for (let index = cells.length - 1, limit = width - 1; index >= 0; index--, limit--) {
    cells[index] = Math.min(cells[index] as number, limit);
  }
  return cells;
}
