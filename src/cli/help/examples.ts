import { shownLength } from '../../report/text/lines.js';

/** A call as it can be pasted: a line that is too long is continued after a backslash, before a flag if possible. */
export function exampleLines(head: string, example: string, width: number): string[] {
  const indent = ' '.repeat(shownLength(head) + 2);
  const lines: string[] = [];
  let line = `${head}liqcalc`;
  for (const part of `liqcalc ${example}`
    .split(/ (?=-)/)
    .flatMap((each, index) => (index === 0 ? each.split(' ').slice(1) : [each]))) {
    if (shownLength(line) + 1 + part.length + CONTINUED.length <= width) line += ` ${part}`;
    else {
      lines.push(line + CONTINUED);
      line = indent + part;
    }
  }
  return [...lines, line];
}

const CONTINUED = ' \\';
