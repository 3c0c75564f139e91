// Runs the program as people do, and keeps beside its chunks what was compiled meanwhile, for this version of Node.
// Usage: node build/compile.cjs FOLDER MAIN, MAIN being the chunk that the program is in.
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { chunkLoader } = require('./loader.cjs');

const [folder, main] = process.argv.slice(2);
const scripts = new Map();
const load = chunkLoader(
  resolve(folder),
  () => ({}),
  (filename, script) => scripts.set(filename, script),
);

/** Rows that are all right, so that nothing has to be explained. */
const temporary = mkdtempSync(join(tmpdir(), 'liqcalc-compile-'));
const ROWS = join(temporary, 'rows.ndjson');

/** What is compiled for the first of these is all that one position needs; the others add chunks of their own. */
const STARTS = [
  [
    ['long', '--entry', '30000', '--lev', '10', '--mmr', '0.5'],
    ['short', 'BTCUSDT', '--entry', '60000', '--lev', '20', '--qty', '0.5', '--mark', '59000', '--json'],
    ['--help'],
    ['--version'],
  ],
  [
    ['batch', ROWS],
    ['account', '--quiet', 'examples/account.json'],
    ['check', '--quiet', 'examples/check/sizing-healthy.json'],
  ],
];

async function run() {
  const { blocks } = await import('../bench/rows.js');
  writeFileSync(ROWS, [...blocks('compact', 200)].join(''));
  const { main: start } = load(`./${main}`);
  for (const starts of STARTS) {
    for (const argv of starts) {
      const code = await start(argv);
      if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}`);
    }
    for (const [filename, script] of scripts) keep(filename, script.createCachedData());
    scripts.clear();
  }
}

function keep(filename, compiled) {
  writeFileSync(`${filename}.${process.version}-${process.arch}`, compiled);
}

run()
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => rmSync(temporary, { recursive: true }));
