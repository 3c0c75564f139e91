// Runs a program file as the start does and keeps what was compiled meanwhile, for this version of Node.
// Usage: node build/compile.cjs FILE MAIN
const { readFileSync, writeFileSync } = require('node:fs');
const NodeModule = require('node:module');
const { dirname, resolve } = require('node:path');
const { Script } = require('node:vm');

const [filename, main] = process.argv.slice(2).map((path) => resolve(path));
const script = new Script(NodeModule.wrap(readFileSync(filename, 'latin1')), { filename });
const program = new NodeModule(filename, module);
const requireFrom = NodeModule.createRequire(filename);
require.cache[filename] = program;
script.runInThisContext().call(program.exports, program.exports, requireFrom, program, filename, dirname(filename));

const STARTS = [
  ['long', '--entry', '30000', '--lev', '10', '--mmr', '0.5'],
  ['short', 'BTCUSDT', '--entry', '60000', '--lev', '20', '--qty', '0.5', '--mark', '59000', '--json'],
  ['--help'],
  ['--version'],
];

async function run() {
  const { main: start } = requireFrom(main);
  for (const argv of STARTS) {
    const code = await start(argv);
    if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}`);
  }
  writeFileSync(`${filename}.${process.version}-${process.arch}`, script.createCachedData());
}

run().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
