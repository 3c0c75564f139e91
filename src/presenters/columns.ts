/** A column of a text table. */
export interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
}

/** A table as text: columns as wide as what is in them, two blanks between, no blanks at the ends of lines. */
export function columns(headings: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const sized = headings.map(({ heading, align }, index) => ({
    align,
    width: rows.reduce((width, row) => Math.max(width, row[index]?.length ?? 0), heading.length),
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
  return lines.reduce((width, line) => Math.max(width, line.length), 0) + 2;
}
