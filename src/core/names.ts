/**
 * The edits that lead from one word to another: letters put in, taken out, changed, or a swap of neighbours as one.
 */
export function editDistance(from: string, to: string): number {
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  let beforeLast = last;
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1;
      let best = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + same);
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) best = Math.min(best, at(beforeLast, column - 2) + 1);
      current.push(best);
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, to.length);
}

const at = (numbers: readonly number[], index: number): number => numbers[index] as number;

/** Whether a word may be a slip for a known one: one edit for up to five letters, two for longer ones. */
export function resembles(word: string, known: string): boolean {
  const edits = known.length <= 5 ? 1 : 2;
  return editDistance(word, known) <= edits;
}

/** The known word that a word is most likely a slip for, or nothing. */
export function closest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Infinity;
  for (const candidate of known) {
    if (!resembles(word, candidate)) continue;
    const edits = editDistance(word, candidate);
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best;
}
