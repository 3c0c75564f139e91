/** A column of a text table. */
export interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
}

/** A table as text: columns as wide as what is in them, two blanks between, no blanks at the ends of lines. */
export function columns(headings: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const sized = headings.map(({ heading, align }, index) => ({
    align,
    width: Math.max(...[heading, ...rows.map((row) => row[index] ?? '')].map((cell) => cell.length)),
  }));
  const line = (cells: readonly string[]): string =>
    sized
      .map(({ align, width }, index) => {
        const cell = cells[index] ?? '';
        return align === 'left' ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return [line(headings.map(({ heading }) => heading)), ...rows.map(line)];
}

/** The width that a table takes without its last column. */
export function widthBefore(headings: readonly Column[], rows: readonly (readonly string[])[]): number {
  const lines = columns(headings, rows);
  return Math.max(...lines.map((line) => line.length)) + 2;
}
