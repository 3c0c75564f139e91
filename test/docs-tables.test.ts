import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commands } from '../src/commands/index.js';
import type { Command } from '../src/commands/shared/command.js';
import { DEFAULT_VENUE, venuesOf, type BracketTable } from '../src/core/brackets.js';
import { builtInTables } from '../src/core/tables/index.js';
import { venues, type Venue } from '../src/core/venues/index.js';
import { FIELD_LIST, type Field } from '../src/formats/fields.js';
import { choicesOf } from '../src/schema/value.js';
import { formatsFor } from '../src/report/writers/index.js';
import { RESULT_LIST } from '../src/formats/results.js';
import { formulas } from '../src/core/formulas/index.js';
import { compareTable, heading, row } from './page-table.js';

it('the input table is the list of fields', () => {
  const rows = FIELD_LIST.map(([key, field]: readonly [string, Field]) => {
    const flag =
      field.flag === undefined
        ? '`long`, `short`'
        : `\`${field.short === undefined ? '' : `-${field.short}, `}--${field.flag}\``;
    const choices =
      field.kind === 'choice' && field.choicesFrom !== undefined ? ` (${choicesOf(field).join(', ')})` : '';
    return row([flag, [key, ...field.aliases].map((name) => `\`${name}\``).join(', '), field.meaning + choices]);
  });
  compareTable('docs/fields.md', 'input', [...heading(['flag', 'key', 'meaning']), ...rows]);
});

it('the output table is the list of results', () => {
  const rows = RESULT_LIST.map(([key, { meaning }]) => row([`\`${key}\``, meaning]));
  compareTable('docs/fields.md', 'output', [...heading(['field', 'meaning']), ...rows]);
});

it('the table of brackets is what is built in', () => {
  const groups = new Map<string, { readonly symbols: readonly string[]; readonly table: BracketTable }>();
  for (const symbol of builtInTables.symbols) {
    for (const venue of venuesOf(builtInTables, symbol)) {
      const table = builtInTables.find(symbol, venue) as BracketTable;
      const key = [venue, table.contract, table.asOf, table.confidence].join(' ');
      groups.set(key, { table, symbols: [...(groups.get(key)?.symbols ?? []), symbol] });
    }
  }
  const rows = [...groups.values()].map(({ symbols, table: { venue, contract, asOf, confidence } }) =>
    row([venue, symbols.join(' '), contract, asOf, confidence]),
  );
  const heads = ['venue', 'symbols', 'contract', 'as of', 'confidence'];
  compareTable('docs/bracket-tables.md', 'brackets', [...heading(heads), ...rows]);
});

const TIERS = { marginal: 'each rate for its part', whole: 'one rate for the whole' };

it('the table of venues is the registry', () => {
  const modeOf = (rule: Venue['cross']): string => ('refused' in rule ? `refused: ${rule.refused}` : rule.confidence);
  const rows = Object.values(venues).map(({ name, meaning, since, tiers, isolated, cross }) => {
    const doubts = [isolated, cross].flatMap((rule) => ('refused' in rule ? [] : (rule.doubt ?? [])));
    const tier = `${TIERS[tiers.apply]}, by ${tiers.by}`;
    return row([`\`${name}\``, meaning, since, tier, modeOf(isolated), modeOf(cross), [...new Set(doubts)].join('; ')]);
  });
  const heads = ['`--venue`', 'rule', 'since', 'tiers', 'isolated', 'cross', 'doubts'];
  compareTable('docs/venues.md', 'venues', [...heading(heads), ...rows]);
});

it('the commands that import tables are those of the registry', () => {
  const own = Object.values(venues).filter(({ name, venue }) => name === venue && name !== DEFAULT_VENUE);
  const lines = own.map(({ name, tablesFrom }) => tablesFrom(name === 'hyperliquid' ? 'BTC' : 'BTCUSDT') ?? '');
  compareTable('docs/bracket-tables.md', 'imports', ['```sh', ...lines, '```']);
});

it('every formula is in the mathematics', () => {
  const page = readFileSync('docs/mathematics.md', 'utf8');
  for (const name of Object.keys(formulas)) expect(page).toContain(`| \`${name}\``);
});

it('the page of commands names every format', () => {
  const formats = formatsFor('reports').join('|');
  expect(readFileSync('docs/commands/README.md', 'utf8').replace(/\s+/g, ' ')).toContain(`\`--format ${formats}\``);
});

/** The keys that a command writes, with their meanings. */
function figuresOf({ figures, list }: Command): [key: string, meaning: string][] {
  const rows = Object.entries(list?.figures ?? {}).map(([key, each]) => [`${list?.key ?? ''}[].${key}`, each] as const);
  return [...Object.entries(figures), ...rows].map(([key, { meaning }]) => [key, meaning]);
}

it.each(Object.entries(commands))('the table of docs/commands/%s.md is its figures', async (name, { load }) => {
  const rows = figuresOf((await load()).command).map(([key, meaning]) => row([`\`${key}\``, meaning]));
  compareTable(`docs/commands/${name}.md`, 'figures', [...heading(['key', 'meaning']), ...rows]);
});
