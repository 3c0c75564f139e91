/**
 * The edits from one word to another: a letter inserted, deleted or changed, or two neighbours swapped (one edit).
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

/** Words longer than this are never taken for a slip. */
const LONGEST = 40;

/** The most edits that a slip may have: one for words of up to five letters, two for longer words. */
const mostEdits = (known: string): number => (known.length <= 5 ? 1 : 2);

/**
 * The edits from a word to a known one, if few enough for a slip. Lengths and letters are compared first, which rules
 * out most words without counting edits.
 */
function slipEdits(word: string, known: string): number | undefined {
  const most = mostEdits(known);
  if (word.length > LONGEST || Math.abs(word.length - known.length) > most) return undefined;
  if (lettersMissing(word, known) > most || lettersMissing(known, word) > most) return undefined;
  const edits = editDistance(word, known);
  return edits <= most ? edits : undefined;
}

/** How many distinct letters of one word the other lacks; each of them takes an edit. */
function lettersMissing(from: string, other: string): number {
  let bits = letters(from) & ~letters(other);
  let count = 0;
  for (; bits !== 0; bits &= bits - 1) count++;
  return count;
}

/** The distinct letters of a word as bits; some letters share a bit. */
function letters(word: string): number {
  let bits = 0;
  for (let index = 0; index < word.length; index++) bits |= 1 << (word.charCodeAt(index) & 31);
  return bits;
}

/** Whether a word may be a misspelling of a known one. */
export function resembles(word: string, known: string): boolean {
  return slipEdits(word, known) !== undefined;
}

/** The known word that a word most likely misspells; `undefined` if it resembles no known word. */
export function closest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Infinity;
  for (const candidate of known) {
    const edits = slipEdits(word, candidate);
    if (edits !== undefined && edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best;
}

/** The words that occur more than once, each once. */
export function repeated(words: readonly string[]): readonly string[] {
  return [...new Set(words.filter((word, index) => words.indexOf(word) !== index))];
}

/** Shorter words are short for too many others. */
const LEAST_SHORT = 3;
/** The beginning of a longer word is taken for a known word only from this length on. */
const LEAST_BEGINNING = 4;

/**
 * The known word that a word most likely means: the one that it misspells, else the first one that it is short for
 * (`liqPrice`), that begins it (`market` for `mark`), or that differs only in case. `undefined` for any other word.
 *
 * For messages only: what a record may have as a key of its own is decided by `closest`.
 */
export function meant(word: string, known: readonly string[]): string | undefined {
  const slip = closest(word, known);
  const written = word.toLowerCase();
  if (slip !== undefined || written.length < LEAST_SHORT || written.length > LONGEST) return slip;
  return known.find((candidate) => {
    const name = candidate.toLowerCase();
    return isShortFor(written, name) || (name.length >= LEAST_BEGINNING && written.startsWith(name));
  });
}

/** Whether a word begins as another does and all of its letters occur in it, in order. */
function isShortFor(word: string, name: string): boolean {
  if (word[0] !== name[0]) return false;
  let at = 0;
  for (const letter of name) if (letter === word[at]) at++;
  return at === word.length;
}

/** Words as a list: `lev, margin or wallet`. */
export function listed(words: readonly string[], last: 'and' | 'or' | 'nor' = 'or'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) as string}`;
}
