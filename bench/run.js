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
import { account, blocks, MANY, tables } from './rows.js';
import { watchTable } from './watch.js';

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

const made = new Set();

/** A file with the rows of a kind. */
function rowsOf(kind, head = '', count = ROWS) {
  const path = join(folder, `${kind}-${count}.txt`);
  if (made.has(path)) return path;
  const file = openSync(path, 'w');
  writeSync(file, head);
  for (const block of blocks(kind, count)) writeSync(file, block);
  closeSync(file);
  made.add(path);
  return path;
}

/** The yardstick in C, compiled; `undefined` without a compiler. */
function limit() {
  const path = join(folder, 'limit');
  const { status } = spawnSync('cc', ['-O2', '-o', path, join(here, 'limit.c')], { stdio: 'ignore' });
  return status === 0 ? path : undefined;
}

const seconds = (value) => `${value.toFixed(2)} s`;
const isInstalled = (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;

/** A line of the table. */
function line(what, { ratio, ours, theirs }, must, aim) {
  const verdict = must === undefined ? '' : ratio <= must ? (aim !== undefined && ratio <= aim ? 'aim' : 'must') : 'no';
  return [what, ratio.toFixed(2), must ?? '', aim ?? '', verdict, seconds(ours), seconds(theirs)];
}

/** A line with the peak memory of a run. */
function memoryLine(what, args, must) {
  const peak = join(folder, 'peak');
  const ours = node('-r', join(here, 'peak.cjs'), program, ...args);
  spawnSync('bash', ['-c', `${ours} 3>${quote(peak)} >/dev/null 2>&1`], { env });
  const mib = Number(readFileSync(peak, 'utf8'));
  return [what, `${mib} MiB`, `${must} MiB`, '', mib <= must ? 'must' : 'no', '', ''];
}

/** A line with the times of one command for 10^3, 10^4 and 10^5 of something: linear if ten times take at most 13 times. */
function growthLine(what, made, argsOf) {
  const times = [1000, 10_000, 100_000].map((count) => {
    const path = join(folder, `many-${count}`);
    writeFileSync(path, made(count));
    return timed(liqcalc(...argsOf(path))).cpu;
  });
  const ratio = times[2] / times[1];
  const shown = times.map(seconds).join(', ');
  return [`${what} for 10^3, 10^4, 10^5: ${shown}`, ratio.toFixed(1), 13, '', ratio <= 13 ? 'must' : 'no', '', ''];
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
    const ours = liqcalc('batch', rows);
    const c = limit();
    return [
      line(
        'NDJSON `{"id","side","entry","lev","mmr"}`, against JSON.parse only',
        paired(ours, parseOnly(rows)),
        0.3,
        0.2,
      ),
      c
        ? line('the same, against C', paired(ours, `${quote(c)} ${quote(rows)}`), 2.5, 1.5)
        : ['the same, against C', 'cc is not installed'],
      line('the same, against JSON.parse and JSON.stringify', paired(ours, `${parseOnly(rows)} stringify`)),
    ];
  },
  loose() {
    const [loose, compact] = [rowsOf('loose'), rowsOf('compact')];
    const what = 'with spaces, other key order, unknown keys, escapes, CRLF, against the compact form';
    return [line(what, paired(liqcalc('batch', loose), liqcalc('batch', compact)), 1.5, 1.2)];
  },
  csv() {
    if (!isInstalled('mawk')) return [['CSV, against mawk computing doubles', 'mawk is not installed']];
    const rows = rowsOf('csv', 'id,side,entry,lev,mmr\n');
    const script = join(folder, 'rows.awk');
    writeFileSync(script, MAWK);
    const mawk = `mawk -F, -v OFS=, -f ${quote(script)} ${quote(rows)}`;
    return [line('CSV, against mawk computing doubles', paired(liqcalc('batch', rows), mawk), 0.2, 0.12)];
  },
  sized() {
    const rows = rowsOf('sized');
    const what = 'records with `qty`, `margin`, `cum`, `mark`, against JSON.parse only';
    return [line(what, paired(liqcalc('batch', rows, '-q'), parseOnly(rows)), 0.4, 0.2)];
  },
  symbols() {
    const [few, many] = [rowsOf('fields'), rowsOf('symbols')];
    const file = join(folder, 'tables.json');
    const shown = execFileSync(process.execPath, [program, 'brackets', 'show', 'BTCUSDT', '--json'], { stdio: 'pipe' });
    writeFileSync(file, tables(shown));
    const what = (count) => `records with a \`symbol\` of ${count} bracket tables, against JSON.parse only`;
    return [
      line(what('4 built-in'), paired(liqcalc('batch', few, '-q'), parseOnly(few)), 0.6, 0.3),
      line(what(349), paired(liqcalc('batch', many, '-q', '--brackets', file), parseOnly(many)), 0.6, 0.3),
    ];
  },
  general() {
    const rows = rowsOf('compact', '', ROWS / 5);
    const against = (...flags) => paired(liqcalc('batch', rows, '-q', ...flags), parseOnly(rows), { runs: 3 });
    const without = paired(`LIQCALC_LANE=off ${liqcalc('batch', rows)}`, parseOnly(rows), { runs: 3 });
    return [
      line('NDJSON without the lane, against JSON.parse only', without, 9, 5),
      line('the same with `--fields outcome,bankruptcyPrice`', against('--fields', 'outcome,bankruptcyPrice'), 9, 5),
      line('the same with `--only liquidationPrice`', against('--only', 'liquidationPrice'), 9, 5),
    ];
  },
  failing() {
    const [failing, good] = [rowsOf('failing', '', ROWS / 5), rowsOf('compact', '', ROWS / 5)];
    const ours = liqcalc('batch', failing, '-q');
    const ratio = paired(ours, `LIQCALC_LANE=off ${liqcalc('batch', good)}`, { runs: 3 });
    return [
      line('records that fail, against good ones on the general path', ratio, 10, 3),
      memoryLine('records that fail: peak memory', ['batch', failing, '-q'], 64),
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
    const path = join(folder, 'account.json');
    writeFileSync(path, account(100_000));
    const parse = `${node('-e', 'JSON.parse(require("fs").readFileSync(process.argv[1]))')} ${quote(path)}`;
    const rows = [
      ['prices', ['account', path, '-q', '--only', 'liquidationPrice'], 1.5, 0.5, 128],
      ['everything as JSON', ['account', path, '-q', '--json'], 10, 6, 200],
      ['`check`', ['check', path, '-q'], 20, 10, 200],
    ];
    return rows.flatMap(([what, args, must, aim, mib]) => [
      line(
        `account of 100,000 cross positions, ${what}, against JSON.parse of the file`,
        paired(liqcalc(...args), parse, { runs: 3 }),
        must,
        aim,
      ),
      memoryLine(`the same: peak memory`, args, mib),
    ]);
  },
  growth() {
    const position = ['long', '--entry', '30000', '--lev', '10', '--mmr', '0.5'];
    const commands = [
      ['`average --fills`', MANY.fills, (path) => ['average', '--fills', path]],
      ['`stop --candles`', MANY.candles, (path) => ['stop', 'long', '--candles', path]],
      ['`funding --rates`', MANY.rates, (path) => ['funding', ...position, '--qty', '1', '--rates', path]],
      ['`account`', account, (path) => ['account', path, '-q']],
      ['`check`', account, (path) => ['check', path, '-q']],
    ];
    return commands.map(([what, made, argsOf]) => growthLine(what, made, argsOf));
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

function streamGrowth() {
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

async function main(names) {
  const rows = Object.keys(TABLE);
  const unknown = names.filter((name) => !['memory', 'watch', ...rows].includes(name));
  if (unknown.length > 0) {
    log(`no row ${unknown.join(', ')}; there are ${rows.join(', ')}, memory, watch`);
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
    out.push('Peak memory of the process, rows through a pipe (must: 64 MiB, aim: 50 MiB):', '', ...streamGrowth(), '');
  if (isWanted('watch')) out.push(...(await watchTable(folder)), '');
  process.stdout.write(`${out.join('\n')}`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
