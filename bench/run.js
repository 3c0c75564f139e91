// npm run bench [ROW...]: measures what docs/performance.md reports and prints it as markdown.
//
// Ratios of times are medians of paired runs, the two programs of a pair taking turns; times are CPU time (user and system),
// which other work on the machine disturbs least, or wall time for the start. A benchmark is not a test.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { account, blocks } from './rows.js';

const here = dirname(fileURLToPath(import.meta.url));
const program = resolve(here, '../bin/liqcalc.js');
const folder = mkdtempSync(join(tmpdir(), 'liqcalc-bench-'));
const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const env = { ...process.env };
// Where it is set it slows every start of Node 20, and hides what the program itself takes.
delete env.NODE_EXTRA_CA_CERTS;

const quote = (text) => `'${text}'`;
const node = (...args) => [process.execPath, ...args].map(quote).join(' ');
const liqcalc = (...args) => node(program, ...args);
const log = (text) => process.stderr.write(`${text}\n`);

/** Seconds that a shell command takes: of the processor, and of the clock. */
function timed(command) {
  const script = `TIMEFORMAT='%U %S %R'; time { ${command}; } >/dev/null 2>&1`;
  const { stderr } = spawnSync('bash', ['-c', script], { env, encoding: 'utf8' });
  const [user = NaN, system = NaN, wall = NaN] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { cpu: user + system, wall };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** The median of the ratios of pairs of runs, and the median time of each. */
function paired(ours, theirs, { clock = 'cpu', runs = RUNS } = {}) {
  const pairs = Array.from({ length: runs }, () => [timed(ours)[clock], timed(theirs)[clock]]);
  return {
    ratio: median(pairs.map(([one, other]) => one / other)),
    ours: median(pairs.map(([one]) => one)),
    theirs: median(pairs.map(([, other]) => other)),
  };
}

const made = new Map();

/** A file with the rows of a kind. */
function rowsOf(kind, head = '') {
  const known = made.get(kind);
  if (known) return known;
  const path = join(folder, `${kind}.txt`);
  const file = openSync(path, 'w');
  writeSync(file, head);
  for (const block of blocks(kind, ROWS)) writeSync(file, block);
  closeSync(file);
  made.set(kind, path);
  return path;
}

const seconds = (value) => `${value.toFixed(2)} s`;
const isInstalled = (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;

/** A line of the table. */
function line(what, { ratio, ours, theirs }, must, aim) {
  const verdict = must === undefined ? '' : ratio <= must ? (aim !== undefined && ratio <= aim ? 'aim' : 'must') : 'no';
  return [what, ratio.toFixed(2), must ?? '', aim ?? '', verdict, seconds(ours), seconds(theirs)];
}

const parseOnly = (path) => node(join(here, 'yardstick.js'), path);

const MAWK = String.raw`NR == 1 { print $0, "outcome,liquidationPrice,distancePercent,error"; next }
{ m = $5 / 100; if ($2 == "long") { p = $3 * (1 - 1 / $4) / (1 - m); d = ($3 - p) / $3 * 100 }
  else { p = $3 * (1 + 1 / $4) / (1 + m); d = (p - $3) / $3 * 100 }
  printf "%s,%s,%.8f,%.4f,\n", $0, (d > 0 ? "at" : "already"), p, d }`;
const JQ = `. + (if .side == "long" then {p: ((.entry|tonumber) * (1 - 1 / .lev) / (1 - .mmr / 100))} else {p: ((.entry|tonumber) * (1 + 1 / .lev) / (1 + .mmr / 100))} end)`;
const PYTHON = `import sys, json
from decimal import Decimal as D
for line in sys.stdin:
    r = json.loads(line, parse_float=D)
    e, l, m = D(r["entry"]), D(r["lev"]), D(r["mmr"]) / 100
    p = e * (1 - 1 / l) / (1 - m) if r["side"] == "long" else e * (1 + 1 / l) / (1 + m)
    r["p"] = str(round(p, 8))
    sys.stdout.write(json.dumps(r, default=str) + "\\n")
`;

/** The rows of the table; each gives lines. */
const TABLE = {
  start() {
    const position = ['long', '--entry', '30000', '--lev', '10', '--mmr', '0.5'];
    const record = join(folder, 'record.ndjson');
    writeFileSync(record, '{"id":"a","side":"long","entry":"30000","lev":"10","mmr":"0.5"}\n');
    const of = (...args) => paired(liqcalc(...args), node('-e', '0'), { clock: 'wall', runs: 6 * RUNS + 1 });
    return [
      line('`liqcalc long --entry 30000 --lev 10 --mmr 0.5`, wall, against `node -e 0`', of(...position), 1.7, 1.5),
      line('the same with a misspelt flag', of('long', '--entyr', ...position.slice(2)), 2.2, 1.8),
      line('`liqcalc batch` of one record', of('batch', record), 1.6, 1.4),
      line('`liqcalc check` of one position', of('check', ...position, '--qty', '1'), 1.9, 1.6),
      line('`liqcalc --help`', of('--help')),
    ];
  },
  ndjson() {
    const rows = rowsOf('compact');
    return [
      line(
        'NDJSON `{"id","side","entry","lev","mmr"}`, against JSON.parse only',
        paired(liqcalc('batch', rows), parseOnly(rows)),
        0.5,
        0.2,
      ),
      line(
        'the same, against JSON.parse and JSON.stringify',
        paired(liqcalc('batch', rows), `${parseOnly(rows)} stringify`),
      ),
    ];
  },
  loose() {
    const [loose, compact] = [rowsOf('loose'), rowsOf('compact')];
    const what = 'with spaces, other key order, unknown keys, escapes, CRLF, against the compact form';
    return [line(what, paired(liqcalc('batch', loose), liqcalc('batch', compact)), 1.5)];
  },
  csv() {
    if (!isInstalled('mawk')) return [['CSV, against mawk computing doubles', 'mawk is not installed']];
    const rows = rowsOf('csv', 'id,side,entry,lev,mmr\n');
    const script = join(folder, 'rows.awk');
    writeFileSync(script, MAWK);
    const mawk = `mawk -F, -v OFS=, -f ${quote(script)} ${quote(rows)}`;
    return [line('CSV, against mawk computing doubles', paired(liqcalc('batch', rows), mawk), 1, 0.2)];
  },
  fields() {
    const rows = rowsOf('fields');
    const what = 'records with `qty`, `margin`, `cum`, `mark`, `symbol`, against JSON.parse only';
    return [line(what, paired(liqcalc('batch', rows, '-q'), parseOnly(rows)), 3, 1)];
  },
  general() {
    const rows = rowsOf('compact');
    const off = `LIQCALC_LANE=off ${liqcalc('batch', rows)}`;
    return [
      line(
        'NDJSON without the lane (as `--fields`, `--only`, inverse contracts), against JSON.parse only',
        paired(off, parseOnly(rows), { runs: 1 }),
        9,
      ),
    ];
  },
  others() {
    const rows = rowsOf('compact');
    const script = join(folder, 'price.py');
    writeFileSync(script, PYTHON);
    const tools = [
      ['jq', `jq -c ${quote(JQ)} ${quote(rows)}`, 'doubles'],
      ['python3', `python3 ${quote(script)} < ${quote(rows)}`, 'json and Decimal'],
    ];
    return tools.map(([tool, command, how]) => {
      const what = `${tool} (${how}) on the same NDJSON, against JSON.parse only`;
      return isInstalled(tool) ? line(what, paired(command, parseOnly(rows))) : [what, `${tool} is not installed`];
    });
  },
  account() {
    const outputs = [
      ['every price', ['--only', 'liquidationPrice']],
      ['as a table', []],
      ['every result, as JSON', ['--json']],
    ];
    const [whole, tenth] = [100_000, 10_000].map((count) => {
      const path = join(folder, `account-${count}.json`);
      writeFileSync(path, account(count));
      return path;
    });
    return outputs.map(([what, flags], index) => {
      const of = (path) => liqcalc('account', path, '-q', ...flags);
      const { ratio, ours } = paired(of(whole), of(tenth), { clock: 'wall' });
      const verdict = ours <= 0.5 ? 'aim' : ours <= 2 ? 'must' : 'no';
      const limits = index === 0 ? ['2 s', '0.5 s', verdict] : ['', '', ''];
      const name = `account of 100,000 linear cross positions, ${what}, wall`;
      return [name, seconds(ours), ...limits, `${ratio.toFixed(1)}x of 10,000`, ''];
    });
  },
  library() {
    const module = join(here, 'import.js');
    const ratio = paired(node(module), node('-e', '0'), { runs: 4 * RUNS + 1 });
    const calls = JSON.parse(execFileSync(process.execPath, [join(here, 'calls.js')], { encoding: 'utf8' }));
    const limited = (what, value, unit, must, aim) => {
      const verdict =
        must === undefined ? '' : value > must ? 'no' : aim !== undefined && value <= aim ? 'aim' : 'must';
      return [what, `${value.toFixed(1)} ${unit}`, must ?? '', aim ?? '', verdict, '', ''];
    };
    const { size, compressed } = bundledPrice();
    return [
      line("`import 'liqcalc'`, against `node -e 0`", ratio, 2.2, 1.6),
      limited('`liquidationPrice`, with its own rate', calls.plain, 'us', 10, 6),
      limited('`liquidationPrice`, with the table of a symbol', calls.onTable, 'us', 10, 6),
      limited('`assess`, every result', calls.assess, 'us'),
      limited('`assess` of two results, by `only`', calls.assessOnly, 'us'),
      limited('`liquidationPrice` alone in a minified bundle for browsers', size / 1000, 'kB', 60),
      limited('the same, compressed by gzip', compressed / 1000, 'kB', 20),
    ];
  },
};

/** The bytes of a script for browsers that needs only the price. */
function bundledPrice() {
  const { outputFiles } = buildSync({
    stdin: { contents: "export { liquidationPrice } from 'liqcalc';", resolveDir: here },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  const { contents } = outputFiles[0];
  return { size: contents.length, compressed: gzipSync(contents).length };
}

/** Peak memory of one stream, in MiB, and whether the output was whole. */
function memory(count, layout, pause) {
  const peak = join(folder, 'peak');
  const feed = node(join(here, 'feed.js'), 'compact', String(count), layout);
  const batch = node('-r', join(here, 'peak.cjs'), program, 'batch', '-q');
  const drain = node(join(here, 'drain.js'), String(pause));
  const started = Date.now();
  const { stdout } = spawnSync('bash', ['-c', `${feed} | ${batch} 3>${quote(peak)} | ${drain}`], {
    env,
    encoding: 'utf8',
  });
  const isWhole = Number(stdout) === count + (layout === 'array' ? 2 : 0);
  return { mib: Number(readFileSync(peak, 'utf8')), isWhole, wall: (Date.now() - started) / 1000 };
}

function growth() {
  const largest = ROWS * 10;
  const text = ['| rows | NDJSON | NDJSON, slow reader | JSON array |', '|---|---|---|---|'];
  for (let count = largest / 1000; count <= largest; count *= 10) {
    const cells = [
      ['lines', 0],
      ['lines', 2],
      ['array', 0],
    ].map(([layout, pause]) => {
      const { mib, isWhole, wall } = memory(count, layout, pause);
      return `${mib} MiB, ${wall.toFixed(1)} s${isWhole ? '' : ', output not whole'}`;
    });
    text.push(`| ${count.toLocaleString('en')} | ${cells.join(' | ')} |`);
    log(text.at(-1));
  }
  return text;
}

function main(names) {
  const rows = Object.keys(TABLE);
  const unknown = names.filter((name) => name !== 'memory' && !rows.includes(name));
  if (unknown.length > 0) {
    log(`no row ${unknown.join(', ')}; there are ${rows.join(', ')}, memory`);
    return 2;
  }
  const isWanted = (name) => names.length === 0 || names.includes(name);
  const date = new Date().toISOString().slice(0, 10);
  const [{ model }] = cpus();
  const out = [
    `${date}, ${cpus().length} x ${model}, Node ${process.versions.node}, ${ROWS.toLocaleString('en')} rows, medians of ${RUNS} pairs.`,
    '',
  ];
  if (rows.some(isWanted)) {
    out.push('| what | ratio | must | aim | holds | ours | theirs |', '|---|---|---|---|---|---|---|');
    for (const name of rows.filter(isWanted)) {
      log(`${name} ...`);
      for (const cells of TABLE[name]()) out.push(`| ${cells.join(' | ')} |`);
    }
    out.push('');
  }
  if (isWanted('memory'))
    out.push('Peak memory of the process, rows through a pipe (must: 96 MiB, aim: 50 MiB):', '', ...growth(), '');
  process.stdout.write(`${out.join('\n')}`);
  return 0;
}

try {
  process.exitCode = main(process.argv.slice(2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
