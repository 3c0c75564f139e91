/** A CSV cell: quoted where the text has the delimiter, a quote or a line end. */
export function csvCell(text: string, delimiter = ','): string {
  const plain = !text.includes(delimiter) && !/["\r\n]/.test(text);
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}

/** One CSV line with its newline. */
export function csvLine(cells: readonly string[], delimiter = ','): string {
  return `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\n`;
}
