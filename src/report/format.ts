import type { Frame } from './frame.js';
import type { Data, DrawnContent, Report } from './report.js';
import type { Style } from './style.js';
import type { Sink, Writer } from './writer.js';

/** Whether a cell may contain text that a spreadsheet would run as a formula. */
export type Cells = 'as they are' | 'safe';

/** The options of writers besides the format. */
export interface WriterOptions {
  readonly style: Style;
  readonly cells: Cells;
}

/** A table: rows under columns that are known, and its text. */
export type TableReport = Data & Pick<Report, 'text'>;

/** Everything that a format may write, by the name of the kind. */
export interface FormatWriters extends DrawnWriters {
  /** The answer to a question. */
  readonly reports: (sink: Sink, options: WriterOptions) => Writer;
  readonly tables: (sink: Sink, options: WriterOptions) => Writer<TableReport>;
  /** The records of a stream, which keep the text of their input. */
  readonly records: RecordLayout;
  /** Accounts and findings, which nest rows: as JSON values, as rows of one table, or as blocks of text. */
  readonly nested: 'values' | 'rows' | 'blocks';
}

/** The writers of what is drawn of answers. */
type DrawnWriters = { readonly [K in keyof DrawnContent]: (sink: Sink) => Writer<DrawnContent[K]> };

/** A kind of output. */
export type Content = keyof FormatWriters;

/** An output format: its declaration, which is cheap, and its code, which is loaded when it is used. */
export interface Format<C extends Content = Content> {
  readonly writes: readonly C[];
  /** Who reads it. For programs, an error is printed as JSON too. */
  readonly readBy: 'people' | 'programs';
  readonly load: () => Promise<Pick<FormatWriters, C>>;
}

/** Declares a format: the compiler requires code for everything that it declares to write. */
export const defineFormat = <const C extends Content>(format: Format<C>): Format<C> => format;

/** How the records of a stream are laid out: as JSON objects, as the rows of a table, or as a book for people. */
export type RecordLayout =
  | { readonly kind: 'objects'; readonly frame: Frame }
  | { readonly kind: 'book' }
  | { readonly kind: 'table'; readonly style: (options: { delimiter: string; cells: Cells }) => TableStyle };

/** The cells of an input record, as it wrote them. */
export interface EchoCells {
  readonly csv: (columns: readonly string[], delimiter: string) => string;
  /** The value under a name, without quotes; an empty text if the record lacks that name. */
  readonly bare: (name: string) => string;
}

/** How the rows of a table of records are written. */
export interface TableStyle {
  /** The header line of columns; `echo` is the header as the CSV input wrote it. */
  readonly header: (columns: readonly string[], added: readonly string[], echo?: string) => string;
  /** A row: the record's own cells, then others. */
  readonly row: (own: EchoCells, columns: readonly string[], added: readonly string[]) => string;
  readonly bareRow: (cells: readonly string[]) => string;
}

/** The style of a table whose rows are all written anew from the bare values. */
export function bareTableStyle(row: (cells: readonly string[]) => string, header = row): TableStyle {
  return {
    header: (columns, added) => header([...columns, ...added]),
    row: (own, columns, added) => row([...columns.map((name) => own.bare(name)), ...added]),
    bareRow: row,
  };
}
