import type { Ratio } from '../../core/ratio.js';
import { shareOf, type Plot, type Range } from '../plot/plot.js';

/** The row of a value, 0 at the top. */
export function rowOf(value: Ratio, range: Range, height: number): number {
  const row = Math.round((1 - shareOf(value, range)) * (height - 1));
  return Math.max(0, Math.min(height - 1, row));
}

/**
 * A chart in letters, line by line from the top.
 *
 * @param width - the number of columns; each curve has a value for each.
 */
export function plotCells({ range, curves, levels, moments }: Plot, width: number, height: number): string[] {
  const grid = Array.from({ length: height }, () => Array.from({ length: width }, () => ' '));
  const put = (row: number, column: number, letter: string): void => {
    const cells = grid[row];
    if (cells && column >= 0 && column < width) cells[column] = letter;
  };
  const columnOf = (at: number): number => Math.round(at * (width - 1));
  for (const { value, letter } of levels) grid[rowOf(value, range, height)]?.fill(letter);
  for (const { at, letter, spot } of moments) {
    if (!spot) for (let row = 0; row < height; row++) put(row, columnOf(at), letter);
  }
  for (const { values, letter, isJoined } of curves) {
    let before: number | undefined;
    values.forEach((value, column) => {
      const row = value && rowOf(value, range, height);
      if (row !== undefined) {
        const from = !isJoined || before === undefined || before === row ? row : before + Math.sign(row - before);
        for (let at = Math.min(from, row); at <= Math.max(from, row); at++) put(at, column, letter);
      }
      before = row;
    });
  }
  for (const { at, letter, spot } of moments) if (spot) put(rowOf(spot, range, height), columnOf(at), letter);
  return grid.map((cells) => cells.join(''));
}
