/** The maximum width of text for people, in visible characters. */
export const LINE_WIDTH = 80;

/** The number of visible characters of a text: colour codes do not count. */
export function shownLength(text: string): number {
  return text.includes('\u001b') ? text.replace(/\u001b\[[\d;]*m/g, '').length : text.length;
}

/** Text broken at blanks into lines of at most `width` visible characters; longer words stay whole. */
export function wrap(text: string, width: number = LINE_WIDTH): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && shownLength(line) + 1 + shownLength(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Lines beside a head: the first follows the head, and the others are indented by its width. */
export function beside(head: string, lines: readonly string[]): string[] {
  const blanks = ' '.repeat(shownLength(head));
  return lines.map((line, index) => (index === 0 ? head : blanks) + line);
}

/** Text wrapped beside a head: the lines, with the head, take at most `width` visible characters. */
export function hang(head: string, text: string, width: number = LINE_WIDTH): string[] {
  return beside(head, wrap(text, width - shownLength(head)));
}
