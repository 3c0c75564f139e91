/** The width of text for people where nothing says how wide the output is, in visible characters. */
export const LINE_WIDTH = 80;

/** The number of visible characters of a text: colour codes do not count. */
export function shownLength(text: string): number {
  return text.includes('\u001b') ? text.replace(/\u001b\[[\d;]*m/g, '').length : text.length;
}

/**
 * Text broken at blanks into lines of at most `width` visible characters. A longer word is broken where a list or a
 * pattern has its parts; a number stays whole, so that it can be copied.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  const add = (word: string, gap: string): void => {
    if (line === '') line = word;
    else if (shownLength(line) + gap.length + shownLength(word) <= width) line += gap + word;
    else {
      lines.push(line);
      line = word;
    }
  };
  for (const word of text.split(' ')) {
    const parts = shownLength(word) > width ? word.split(/(?<=[,|;/])|(?=\[)/) : [word];
    parts.forEach((part, index) => add(part, index === 0 ? ' ' : ''));
  }
  return [...lines, line];
}

/** Lines beside a head: the first follows the head, and the others are indented by its width. */
export function beside(head: string, lines: readonly string[]): string[] {
  const blanks = ' '.repeat(shownLength(head));
  return lines.map((line, index) => (index === 0 ? head : blanks) + line);
}

/** Text wrapped beside a head: the lines, with the head, take at most `width` visible characters. */
export function hang(head: string, text: string, width: number): string[] {
  return beside(head, wrap(text, width - shownLength(head)));
}

/** Parts on as few lines as possible, two blanks between them. */
export function packed(parts: readonly string[], width: number, gap = '  '): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const isBeside = last !== undefined && shownLength(last) + gap.length + shownLength(part) <= width;
    if (isBeside) lines.splice(-1, 1, last + gap + part);
    else lines.push(...wrap(part, width));
  }
  return lines;
}
