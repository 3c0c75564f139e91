import { cellsOf, quoteFault, withoutBlanks, type Cell } from '../formats/csv.js';
import { fieldOfKey, fieldSpellings, type RawRecord } from '../formats/record.js';
import type { ResultKey } from '../formats/result-keys.js';
import { csvCell } from '../report/csv.js';
import type { Failure } from '../report/failure.js';
import { fromBinary, shownBinary } from './binary-text.js';
import type { ReadRecord } from './json-record.js';
import { isRewritten, resultsAmong, type EchoRecord } from './echo-record.js';

/** The columns of a CSV input. */
export interface CsvHeader {
  readonly delimiter: string;
  /** The name of every column. */
  readonly names: readonly string[];
  /** The same as keys of records: `entryPrice` for `Entry Price`. */
  readonly keys: readonly string[];
  /** The place of a column by its name, or by that of its field. */
  readonly places: ReadonlyMap<string, number>;
  /** The places of the columns that are echoed: not those that batch replaces. */
  readonly kept: readonly number[];
  /** The names of the echoed columns, and the results among the others. */
  readonly keptNames: readonly string[];
  readonly results: readonly ResultKey[];
  /** The header line of the kept columns, as it was written. */
  readonly written: string;
  /** The failure of every record, if the header itself is invalid. */
  readonly failure?: Failure;
}

/** Reads the header line, as one character per byte. */
export function readCsvHeader(line: string, delimiter: string): CsvHeader {
  const cells = cellsOf(line, delimiter);
  const names = cells.map(({ text }) => withoutBlanks(text));
  const kept = [...names.keys()].filter((column) => !isRewritten(names[column] as string));
  const keys = fieldSpellings(names);
  const own = new Map(names.map((name, column) => [name, column]));
  const twice = names.find((name, column) => own.get(name) !== column);
  const ofFields = keys.map((key, column) => [fieldOfKey(key) ?? key, column] as const);
  const places = new Map([...ofFields, ...own]);
  const header = {
    delimiter,
    names,
    keys,
    kept,
    keptNames: kept.map((column) => names[column] as string),
    places,
    results: resultsAmong(names),
    written: kept.map((column) => cells[column]?.written).join(delimiter),
  };
  if (twice === undefined) return header;
  const message = `the header has the column "${shownBinary(twice)}" twice; rename one`;
  return { ...header, failure: { code: 'INVALID_INPUT', message, ...(twice !== '' && { field: twice }) } };
}

/** A record that is a CSV row. */
class CsvRecord implements EchoRecord {
  readonly raw: RawRecord;

  constructor(
    readonly header: CsvHeader,
    /** The row as it was written, unless it has more cells than the header. */
    readonly row: string | undefined,
    readonly cells: readonly Cell[],
  ) {
    const raw: (readonly [string, string])[] = [];
    for (let column = 0; column < cells.length; column++) {
      const text = withoutBlanks((cells[column] as Cell).text);
      if (text !== '') raw.push([header.keys[column] as string, text]);
    }
    this.raw = raw;
  }

  get names(): readonly string[] {
    return this.header.keptNames;
  }

  get results(): readonly ResultKey[] {
    return this.header.results;
  }

  decoded(): RawRecord {
    return this.raw.map(([name, text]) => [fromBinary(name), fromBinary(text as string)]);
  }

  json(added: string): string {
    const { kept, names } = this.header;
    const own = kept.map((column) => {
      const text = this.cells[column]?.text ?? '';
      return `${JSON.stringify(names[column])}:${text === '' ? 'null' : JSON.stringify(text)}`;
    });
    return `{${(added === '' ? own : [...own, added]).join(',')}}`;
  }

  csv(columns: readonly string[], delimiter: string): string {
    const { kept, names, delimiter: own } = this.header;
    if (own !== delimiter) return columns.map((name) => csvCell(this.bare(name), delimiter)).join(delimiter);
    const isWhole = kept.length === names.length && this.cells.length === names.length;
    if (isWhole && this.row !== undefined) return this.row;
    return kept.map((column) => this.cells[column]?.written ?? '').join(delimiter);
  }

  bare(name: string): string {
    return this.cells[this.header.places.get(name) ?? -1]?.text ?? '';
  }
}

/** Reads a row, as one character per byte. */
export function readCsvRecord(row: string, header: CsvHeader): ReadRecord {
  const cells = cellsOf(row, header.delimiter);
  const failure = header.failure ?? rowFailure(cells, header);
  const { length } = header.names;
  const isTooLong = cells.length > length;
  const record = isTooLong
    ? new CsvRecord(header, undefined, cells.slice(0, length))
    : new CsvRecord(header, row, cells);
  return { kind: 'record', record, ...(failure && { failure }) };
}

function rowFailure(cells: readonly Cell[], { names }: CsvHeader): Failure | undefined {
  for (const { written } of cells) {
    const fault = quoteFault(written);
    if (fault !== undefined)
      return { code: 'INVALID_INPUT', message: `${fault}: ${shownBinary(withoutBlanks(written))}` };
  }
  if (cells.length === names.length) return undefined;
  const extra = cells.slice(names.length).map(({ written }) => written);
  const more = extra.length > 0 ? `; too many: ${shownBinary(extra.join(' | '))}` : '';
  const message = `the row has ${cells.length} cells, the header ${names.length}${more}`;
  return { code: 'INVALID_INPUT', message };
}
