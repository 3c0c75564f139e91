// All checks, side by side: npm run check. The only list of them; .ci/run uses it, too.
// With names: only these. With --without NAME: all but that one. The last line counts: "N passed, N failed".
import { execFileSync, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Every check with its command, the longest first. */
const CHECKS = {
  test: 'npm test',
  deep: 'npm run --silent deep',
  coverage: 'npm run --silent coverage',
  nodes: 'node build/try-package.js',
  package: 'node build/same-package.js',
  lint: 'eslint .',
  types: 'tsc -p .',
  core: 'tsc -p src/core',
  exports: 'attw --pack . --profile esm-only',
  publint: 'publint --strict',
  unused: 'knip',
  reference: 'typedoc --options build/typedoc.js --emit none',
  phrases: 'node build/phrases.js',
  format: 'prettier --check .',
  size: 'size-limit',
};

function chosen(args) {
  const names = Object.keys(CHECKS);
  const unknown = args.filter((arg) => arg !== '--without' && !names.includes(arg));
  if (unknown.length > 0) {
    console.error(`there is no check ${unknown.join(', ')}; there are ${names.join(', ')}`);
    process.exit(2);
  }
  if (args[0] === '--without') return names.filter((name) => !args.includes(name));
  return args.length > 0 ? args : names;
}

/** Runs one check and prints its output in one piece. */
function run(name) {
  const begun = Date.now();
  return new Promise((resolve) => {
    // dist is built once, before all: no check may remove it while others use it.
    const env = { ...process.env, LIQCALC_BUILT: '1', PATH: `node_modules/.bin:${process.env.PATH}` };
    const child = spawn(CHECKS[name], { shell: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.on('close', (code) => {
      const verdict = code === 0 ? 'passed' : 'failed';
      console.log(`== ${name}: ${verdict} in ${((Date.now() - begun) / 1000).toFixed(0)} s\n${output.trimEnd()}\n`);
      resolve(code === 0);
    });
  });
}

const waiting = chosen(process.argv.slice(2));
execFileSync(process.execPath, ['build/bundle.js'], { stdio: 'inherit' });
const results = [];
const worker = async () => {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) results.push(await run(name));
};
await Promise.all(Array.from({ length: availableParallelism() }, worker));
const failed = results.filter((isPassed) => !isPassed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
