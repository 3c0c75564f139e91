import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** One run of the program within a session, as `record-run.cjs` writes it. */
export interface RecordedRun {
  readonly argv: readonly string[];
  readonly code: number;
  /** `null` if the reader closed the output before its end. */
  readonly stdout: string | null;
}

/** The names of keys and columns whose values are sentences for people. Their wording is free. */
const PROSE = ['message', 'advice', 'description', 'title', 'meaning', 'reason', 'error', 'judges', 'limits'];

const MASK = '(prose)';

const PROSE_MEMBER = new RegExp(`"(${PROSE.join('|')})":( ?)"(?:[^"\\\\]|\\\\.)*"`, 'g');

/**
 * An output with a mask in the place of each sentence for people; everything else stays as its bytes are: keys, their
 * order, numbers, codes, columns, spaces.
 */
export function withoutProse({ argv, stdout }: Pick<RecordedRun, 'argv'> & { readonly stdout: string }): string {
  if (/^\s*[[{"]/.test(stdout)) return stdout.replace(PROSE_MEMBER, `"$1":$2"${MASK}"`);
  const format = valueOf(argv, '--format');
  const only = valueOf(argv, '--only') ?? valueOf(argv, '--fields');
  if (format === 'markdown' || stdout.startsWith('| ')) return cellsMasked(stdout, /(?<!\\)\|/);
  if (only !== undefined && format === undefined) return cellsMasked(stdout, /\t/, only.split(','));
  return cellsMasked(stdout, /,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
}

/** A table with a mask in the place of each sentence; its columns are named by `header` or by its first line. */
function cellsMasked(table: string, separator: RegExp, header?: readonly string[]): string {
  const [first = '', ...others] = table.split('\n');
  const columns = (header ?? first.split(separator)).map((name) => name.trim());
  const masked = (line: string): string =>
    line
      .split(new RegExp(`(${separator.source})`))
      .map((cell, place) => (isSentence(cell) && PROSE.includes(columns[place / 2] ?? '') ? MASK : cell))
      .join('');
  return [header ? masked(first) : first, ...others.map(masked)].join('\n');
}

const isSentence = (cell: string): boolean => /[a-z]/i.test(cell);

function valueOf(argv: readonly string[], flag: string): string | undefined {
  const place = argv.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  return place < 0
    ? undefined
    : argv[place]?.startsWith(`${flag}=`)
      ? argv[place].slice(flag.length + 1)
      : argv[place + 1];
}

const PROGRAM_FORMATS = ['json', 'ndjson', 'csv', 'vega-lite'];

/** Whether standard output of a run is for programs. */
function isForPrograms({ argv, stdout }: RecordedRun): boolean {
  const isAsked =
    argv.some((word) => /^--(json|only|fields)\b/.test(word)) || ['batch', 'schema'].includes(argv[0] ?? '');
  return isAsked || PROGRAM_FORMATS.includes(valueOf(argv, '--format') ?? '') || /^[[{]/.test(stdout ?? '');
}

/** A run in one line: its arguments, the exit code, and a hash of what it printed for programs (`-` if nothing). */
export function lineOf(run: RecordedRun): string {
  const { argv, code, stdout } = run;
  const isHashed = stdout !== null && stdout !== '' && isForPrograms(run);
  const text = isHashed ? withoutProse({ argv, stdout }) : '';

  const hash = isHashed ? createHash('sha256').update(text).digest('hex').slice(0, 12) : '-';
  const words = argv.map((word) => (/^[^\s']+$/.test(word) ? word : `'${word}'`));
  return ['liqcalc', ...words, '=>', code, hash].join(' ');
}

/** The environment that makes each run of a session record itself, and the lines of all runs afterwards, sorted. */
export function recorder(): {
  readonly env: Readonly<Record<string, string>>;
  readonly lines: () => readonly string[];
} {
  const file = join(mkdtempSync(join(tmpdir(), 'liqcalc-runs-')), 'runs');
  const env = { NODE_OPTIONS: `--require=${resolve('test/cli/record-run.cjs')}`, LIQCALC_RUNS: file };
  const lines = (): string[] => {
    if (!existsSync(file)) return [];
    const records = readFileSync(file, 'utf8').trimEnd().split('\n');
    return records.map((line) => lineOf(JSON.parse(line) as RecordedRun)).toSorted();
  };
  return { env, lines };
}

const KEPT = 'test/cli/machine-outputs.txt';
const HEADING = '# ';

/** The committed lines, by the name of their session. */
export function keptLines(): Map<string, readonly string[]> {
  const sections = existsSync(KEPT) ? readFileSync(KEPT, 'utf8').split(/^(?=# )/m) : [];
  return new Map(
    sections.map((section) => {
      const [heading = '', ...lines] = section.trimEnd().split('\n');
      return [heading.slice(HEADING.length), lines];
    }),
  );
}

/** Commits to new lines. */
export function writeLines(sessions: ReadonlyMap<string, readonly string[]>): void {
  const sections = [...sessions].map(([name, lines]) => [`${HEADING}${name}`, ...lines].join('\n'));
  writeFileSync(KEPT, `${sections.join('\n')}\n`);
}

export const HOW_TO_ACCEPT = `an exit code or an output for programs is not the one kept in ${KEPT}; if that is meant, accept it: LIQCALC_ACCEPT=1 npx vitest run test/cli/transcripts.test.ts`;
