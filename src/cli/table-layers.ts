import type { TableSource } from '../core/brackets.js';
import { builtInTables } from '../core/tables/index.js';
import { hasImportedTables } from './config-folder.js';
import type { Parsed } from './flags.js';
import type { Io } from './io.js';

/** The origin of tables. The first origin that has a symbol wins. */
export type TableOrigin = 'file' | 'imported' | 'built-in';

/** Tables of one origin. */
export interface TableLayer extends TableSource {
  readonly origin: TableOrigin;
}

/** A source of tables with its origin. The symbols of most sources are read only when they are requested. */
function layer(origin: TableOrigin, source: TableSource): TableLayer {
  return {
    origin,
    find: source.find,
    ...(source.venuesOf && { venuesOf: source.venuesOf }),
    get symbols() {
      return source.symbols;
    },
  };
}

const builtIn = layer('built-in', builtInTables);

/**
 * The tables that a run prices with, in order of priority: those of `--brackets`, the imported ones, the built-in ones.
 *
 * A file of `--brackets` is opened at once, so that its problems are reported in every case. The imported tables are
 * opened when a symbol is first looked up.
 *
 * @throws {RunError} for a file that cannot be read (66) or holds no tables (65).
 */
export async function tableLayers(io: Io, options: Parsed['options'], asOf?: string): Promise<readonly TableLayer[]> {
  const { brackets: path } = options;
  const isStored = hasImportedTables(io);
  if (typeof path !== 'string' && !isStored) return [builtIn];
  const { flaggedTables, importedTables, tablesOf } = await import('./user-tables.js');
  const layers: TableLayer[] = [];
  if (typeof path === 'string') {
    const flagged = flaggedTables(io, path, asOf);
    layers.push(
      layer(
        'file',
        tablesOf(() => flagged, 'refused'),
      ),
    );
  }
  if (isStored)
    layers.push(
      layer(
        'imported',
        tablesOf(() => importedTables(io), 'passed'),
      ),
    );
  return [...layers, builtIn];
}

/** The layers of `tableLayers` as one source: for a symbol, the first that has it. */
export async function layeredTables(io: Io, options: Parsed['options']): Promise<TableSource> {
  const layers = await tableLayers(io, options);
  const [only] = layers;
  if (only && layers.length === 1) return only;
  return (await import('./user-tables.js')).firstOf(layers);
}
