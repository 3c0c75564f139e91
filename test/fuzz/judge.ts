import { EXIT_CODES } from '../../src/cli/exit-codes.js';
import type { Run } from '../cli/run.js';

const CODES: ReadonlySet<number> = new Set(
  Object.values(EXIT_CODES).flatMap(({ code }) => (code === EXIT_CODES.bug.code ? [] : [code])),
);

/** Words of V8, zod and Node, which no message of ours has. */
const FOREIGN =
  /SyntaxError|TypeError|RangeError|ZodError|Unexpected (token|end|non-white|string|number)|in JSON at|Cannot (read|convert|destructure)|is not (a function|iterable|defined)|BigInt|call stack|\[object |Invalid (input|union|string|array length)|expected .*, received|^ {4}at |undefined|ENOENT/m;

/** What is wrong with a run, for any input. */
export function faultOf(call: readonly string[], input: string, { code, stdout, stderr }: Run): string | undefined {
  if (!CODES.has(code)) return `exit code ${code}: ${stderr}`;
  const said = stderr.split('\n').find((line) => FOREIGN.test(line) && !FOREIGN.test(input));
  if (said !== undefined) return `foreign words: ${said}`;
  if (code === EXIT_CODES.usage.code && stdout !== '') return `exit code 2 with ${stdout.slice(0, 100)}`;
  return jsonFault(call, stdout) ?? countFault(call, input, stdout, stderr);
}

/** JSON that nobody can read. */
function jsonFault(call: readonly string[], stdout: string): string | undefined {
  const format = call.includes('--json') ? 'json' : call[call.indexOf('--format') + 1];
  const isOther = call.includes('--only') || ['completion', 'help', 'schema'].includes(call[0] ?? '');
  const isCsv = !call.includes('--format') && call.includes('csv');
  if (isOther || isCsv || (!stdout.startsWith('{') && !stdout.startsWith('['))) return undefined;
  if (call.includes('--format') && !['json', 'ndjson', 'vega-lite'].includes(format ?? '')) return undefined;
  if (isJson(stdout)) return undefined;
  const bad = stdout.split('\n').find((line) => line !== '' && !isJson(line));
  return bad === undefined ? undefined : `no JSON: ${bad.slice(0, 200)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Records that were lost or made up: with NDJSON every line that is not blank is one. */
function countFault(call: readonly string[], input: string, stdout: string, stderr: string): string | undefined {
  if (!call.join(' ').startsWith('batch --input ndjson')) return undefined;
  // A line of blanks and byte order marks, which begin parts that were joined, is blank.
  const records = input.split('\n').filter((line) => /[^ \t\r]/.test(line.replace(/^[ \t\r]*\uFEFF/, ''))).length;
  const answers = stdout.split('\n').filter((line) => line !== '');
  if (answers.length !== records) return `${records} records, ${answers.length} answers`;
  const failed = answers.filter((line) => Object.hasOwn(JSON.parse(line) as object, 'error')).length;
  const told = /liqcalc: (\d+) of (\d+) records failed\n$/.exec(stderr);
  if (failed !== Number(told?.[1] ?? 0)) return `${failed} failed, told: ${told?.[0] ?? 'nothing'}`;
  return undefined;
}
