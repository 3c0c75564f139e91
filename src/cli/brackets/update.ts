import { DEFAULT_VENUE, type BracketTable } from '../../core/brackets.js';
import { fail } from '../../core/errors.js';
import { builtInTables } from '../../core/tables/index.js';
import { symbolKeyOn } from '../../core/venues/index.js';
import { tableDifferences, type Difference } from '../../formats/table-differences.js';
import { tablesOf } from '../../formats/table-source.js';
import { readBracketFile } from '../../formats/venues/index.js';
import type { TableEntry } from '../../formats/written-table.js';
import { differenceGrid } from '../../report/text/bracket-grids.js';
import { dayOf } from '../bracket-files.js';
import { printGrid, remark, verdictOn, type BracketsAction, type BracketsCall } from '../brackets-action.js';
import { RunError } from '../command.js';
import { configFile } from '../../formats/config-place.js';
import { exitCode } from '../ending.js';
import { importedTables, keepReplaced, storeImported } from '../imported-tables.js';
import type { Connection } from '../../live/connection.js';

/** `liqcalc brackets update`: requests the tables of an exchange, shows what changed, and stores them. */
export const update: BracketsAction = {
  meaning: 'request the tables of an exchange, show what changed, store them',
  operands: [],
  more: 'SYMBOL',
  run: async (call) => {
    const { io, options, venue: flagged } = call;
    const { asking, connectionFor, textOf } = await import('../live/connect.js');
    return asking(async () => {
      const connection = connectionFor(io, options, textOf(options, 'account') ?? flagged ?? DEFAULT_VENUE);
      const verdicts = (await requested(call, connection)).map(verdictOn);
      const fresh = verdicts.flatMap((each) => (each.kind === 'valid' ? [each.table] : []));
      for (const each of verdicts) {
        if (each.kind === 'invalid')
          io.stderr.write(`liqcalc: not stored: brackets of ${each.symbol}: ${each.fault}\n`);
      }
      const differences = differencesFrom(call, fresh);
      if (differences.length > 0 || call.common.format !== undefined)
        await printGrid(call, differenceGrid(differences));
      await store(call, connection, { fresh, differences });
      return exitCode({ kind: 'answered', isPartial: fresh.length < verdicts.length });
    });
  },
};

/** The tables that an exchange answers with. */
async function requested(call: BracketsCall, { name, venue, link }: Connection): Promise<readonly TableEntry[]> {
  if (!venue.brackets) return fail('REFUSED', '', { why: `${name} has no bracket tables to request` });
  const isOneByOne = venue.bracketsNeedSymbols === true;
  const symbols = symbolsFor(call, venue.venue);
  if (isOneByOne && symbols.length === 0) {
    return fail('REFUSED', '', { why: `${name} answers for one symbol at a time: name symbols, like BTCUSDT` });
  }
  const answers = await venue.brackets(link, isOneByOne || call.operands.length > 0 ? symbols : []);
  const { host } = new URL(link.hosts.rest);
  const day = dayOf(link.now());
  return answers.flatMap(({ text, symbol }) => {
    const origin = { name: host, asOf: () => day, dating: 'requested', venue: venue.venue, symbol };
    const file = readBracketFile(text, origin);
    if (file.kind === 'tables') return file.tables;
    throw new RunError(`${host} did not answer with bracket tables: ${file.fault}`, 'invalidRecords');
  });
}

/** The named symbols; else, those that were imported for this venue. */
function symbolsFor({ io, operands }: BracketsCall, venue: string): readonly string[] {
  if (operands.length > 0) return operands.map((symbol) => symbolKeyOn(venue, symbol));
  return importedTables(io)
    .filter((each) => each.venue() === venue)
    .map(({ symbol }) => symbol);
}

/** What changes from the tables in use. */
function differencesFrom({ io }: BracketsCall, fresh: readonly BracketTable[]): readonly Difference[] {
  const imported = tablesOf(() => importedTables(io), 'passed');
  const before = new Map<string, BracketTable>();
  for (const { symbol, venue } of fresh) {
    const used = imported.find(symbol, venue) ?? builtInTables.find(symbol, venue);
    if (used) before.set(symbol, used);
  }
  return tableDifferences(before, new Map(fresh.map((table) => [table.symbol, table])));
}

interface Received {
  readonly fresh: readonly BracketTable[];
  readonly differences: readonly Difference[];
}

async function store(call: BracketsCall, connection: Connection, { fresh, differences }: Received): Promise<void> {
  const changed = new Set(differences.map(({ symbol }) => symbol)).size;
  const count = `${fresh.length} ${fresh.length === 1 ? 'table' : 'tables'}, ${changed} new or changed`;
  if (call.options['dryRun'] === true || fresh.length === 0) {
    remark(call, `received ${count}; nothing is stored`);
    return;
  }
  const fees = await liquidationFees(connection);
  keepReplaced(call.io, fresh);
  const place = storeImported(call.io, fresh);
  remark(call, `stored ${count} in ${place}; a replaced table is beside the new one, with the ending .before`);
  if (fees !== undefined) storeFees(call, connection.name, fees);
}

/** The liquidation fee of each symbol as JSON, where the exchange has them. */
async function liquidationFees({ venue, link }: Connection): Promise<string | undefined> {
  const { info } = venue.fetches;
  if (venue.liquidationFees === undefined || !info) return undefined;
  const fees = venue.liquidationFees(await info.answer(link, { symbols: [] }));
  return `{\n${fees.map(([symbol, fee]) => `${JSON.stringify(symbol)}:${JSON.stringify(fee)}`).join(',\n')}\n}\n`;
}

function storeFees(call: BracketsCall, name: string, fees: string): void {
  const path = configFile(call.io, `liquidation-fees/${name}.json`);
  if (path === undefined) return;
  call.io.replaceFile(path, fees);
  remark(call, `stored the liquidation fee of each symbol in ${path}`);
}
