// Parquet to CSV and back, for a pipe through liqcalc; needs the package @duckdb/node-api.
//   node parquet.mjs read book.parquet | liqcalc batch | node parquet.mjs write priced.parquet
import { DuckDBInstance } from '@duckdb/node-api';

const [, , action, file] = process.argv;
const path = `'${file.replaceAll("'", "''")}'`;
const database = await (await DuckDBInstance.create()).connect();

// Every column as text: a number keeps its digits, and none becomes a float.
const queries = {
  read: `copy (select columns(*)::varchar from ${path}) to '/dev/stdout' (format csv, header)`,
  write: `copy (from read_csv('/dev/stdin', header = true, all_varchar = true)) to ${path} (format parquet)`,
};
await database.run(queries[action]);
