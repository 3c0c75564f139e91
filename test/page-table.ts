import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/** A row of a markdown table. */
export const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The head of a markdown table. */
export const heading = (cells: readonly string[]): readonly string[] => [row(cells), `|${'---|'.repeat(cells.length)}`];

/** The lines of a part of a page that is marked as a table. */
export function tableOf(page: string, name: string): readonly string[] {
  const [, body = ''] = new RegExp(`<!-- table: ${name} -->\n([\\s\\S]*?)<!-- end -->`).exec(page) ?? [];
  return body.trim().split('\n');
}

/** Compares a table of a page. With LIQCALC_ACCEPT=1 the page is written again instead. */
export function compareTable(file: string, name: string, table: readonly string[]): void {
  const page = readFileSync(file, 'utf8');
  if (process.env['LIQCALC_ACCEPT'] !== '1') {
    expect(tableOf(page, name)).toEqual(table);
    return;
  }
  const rest = new RegExp(`(?<=<!-- table: ${name} -->\\n)[\\s\\S]*?(?=<!-- end -->)`);
  writeFileSync(
    file,
    page.replace(rest, () => `${table.join('\n')}\n`),
  );
}
