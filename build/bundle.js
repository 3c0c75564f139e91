// Builds what people install: dist/cli (CommonJS, in chunks that are loaded when they are needed) and the library (ESM,
// with types).
import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { build, transform } from 'esbuild';
import { laneModule } from './lane.js';
import { buildLibrary } from './library.js';
import { definitions, manual } from './man.js';

const OUT = 'dist';
const CLI = join(OUT, 'cli');

// esbuild splits ES modules only, so the chunks are made as ES modules first and turned into CommonJS one by one.
// Opening a file costs about as much as running what is in it, so everything that main needs at once is one chunk: each
// module that is loaded later also imports main, and esbuild puts the code that all of them import into one chunk.
async function bundleCli() {
  const flags = await (await definitions()).commandsOfFlags();
  const { outputFiles } = await build({
    entryPoints: { main: 'src/cli/main.ts' },
    outdir: CLI,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    chunkNames: '[name]-[hash]',
    legalComments: 'none',
    write: false,
    minifySyntax: true,
    minifyIdentifiers: true,
    plugins: [withFlagTable(flags), oneChunk, commanderByFile, zodByFile],
  });
  mkdirSync(CLI, { recursive: true });
  writeFileSync(join(CLI, 'package.json'), '{"type":"commonjs"}\n');
  for (const { name, text } of withProgramInMain(outputFiles)) {
    const { code } = await transform(plainModule(text), {
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      minify: true,
    });
    writeFileSync(join(CLI, name), code);
  }
}

/** The chunks, with the program in main.js: esbuild puts it into a chunk of its own, and a main.js that only re-exports it. */
function withProgramInMain(files) {
  const isFacade = ({ path }) => basename(path) === 'main.js';
  const { text: facade } = files.find(isFacade);
  const [[, main, program] = [], ...more] = facade.matchAll(
    /^import (?:\{\s*([\w$]+) as [\w$]+\s*\} from )?"\.\/([^"]+)";$/gm,
  );
  if (!main || more.length > 0) throw new Error(`main does not come from one chunk:\n${facade}`);
  return files
    .filter((file) => !isFacade(file))
    .map(({ path, text }) => {
      const renamed = text.replaceAll(`"./${program}"`, '"./main.js"');
      if (basename(path) !== program) return { name: basename(path), text: renamed };
      return {
        name: 'main.js',
        text: `${readFileSync('build/chunks.cjs', 'utf8')}\n${renamed}\nmodule.exports.main = module.exports.${main};\n`,
      };
    });
}

/** A chunk as CommonJS with plain exports: esbuild's own are getters, and each use of an import would call two of them. */
function plainModule(text) {
  return text
    .replace(
      /^import \{([^}]*)\} from ("[^"]+");$/gm,
      (_, names, file) => `const {${names.replace(/ as /g, ': ')}} = ${loading(file)};`,
    )
    .replace(/^import ([\w$]+) from ("[^"]+");$/gm, (_, name, file) => `const ${name} = ${loading(file)};`)
    .replace(/^import ("[^"]+");$/gm, (_, file) => `${loading(file)};`)
    .replace(/\bimport\(("\.\/[^"]+")\)/g, (_, file) => `Promise.resolve().then(() => ${loading(file)})`)
    .replace(
      /^export \{([^}]*)\};$/gm,
      (_, names) => `module.exports = {${names.replace(/([\w$]+) as ([\w$]+)/g, '$2: $1')}};`,
    );
}

/** The expression that loads a module: a chunk, or one of Node. */
const loading = (file) => `${file.startsWith('"./') ? 'module.chunk' : 'require'}(${file})`;

// commander is CommonJS, whose modules are functions that are compiled when the program starts, and again when they are called.
// As ES modules they are part of the chunk. Two parts are left out: the code for subcommands that are separate programs, and the code for
// help, which src/cli/help writes.
const commanderByFile = {
  name: 'commander-by-file',
  setup({ onResolve, onLoad }) {
    const folder = realpathSync('node_modules/commander/lib');
    const files = { Command: 'command.js', CommanderError: 'error.js', Option: 'option.js' };
    onResolve({ filter: /^commander$/ }, () => ({ path: 'commander', namespace: 'commander', sideEffects: false }));
    onLoad({ filter: /.*/, namespace: 'commander' }, () => ({
      contents: Object.entries(files)
        .map(([name, file]) => `export { ${name} } from ${JSON.stringify(join(folder, file))};`)
        .join('\n'),
      resolveDir: folder,
    }));
    onLoad({ filter: /\/commander\/lib\/\w+\.js$/ }, ({ path }) => ({
      contents: asModule(readFileSync(path, 'utf8')),
    }));
    onResolve({ filter: /^(node:child_process|\.\/help\.js)$/ }, ({ path, importer }) =>
      importer === join(folder, 'command.js') ? { path, namespace: 'absent' } : undefined,
    );
    onLoad({ filter: /child_process/, namespace: 'absent' }, () => ({ contents: 'export default {};' }));
    onLoad({ filter: /help/, namespace: 'absent' }, () => ({
      contents: 'export class Help {}\nexport const stripColor = (text) => text;',
    }));
  },
};

/** A CommonJS module that only declares, with its imports at the top and its exports at the end, as an ES module. */
function asModule(text) {
  return text
    .replace(
      /^const EventEmitter = require\('node:events'\)\.EventEmitter;$/m,
      "import { EventEmitter } from 'node:events';",
    )
    .replace(/^const (\w+|\{[^}]*\}) = require\(('[^']+')\);$/gm, 'import $1 from $2;')
    .replace(/^exports\.(\w+) = \1;$/gm, 'export { $1 };');
}

// zod's index files lead to all of it, and a chunk takes every file that it leads to: what the program uses is taken from
// the files that it is in, so that the start does not load the code for JSON Schemas.
const zodByFile = {
  name: 'zod-by-file',
  setup({ onResolve, onLoad }) {
    const folder = resolve('node_modules/zod/v4');
    const inFolder = (file) => ({ path: join(folder, file), sideEffects: false });
    onResolve({ filter: /^zod\/mini$/ }, () => ({ path: 'mini', namespace: 'zod', sideEffects: false }));
    onLoad({ filter: /^mini$/, namespace: 'zod' }, () => ({
      contents: ['mini/schemas.js', 'mini/parse.js', 'mini/checks.js', 'core/core.js']
        .map((file) => `export * from ${JSON.stringify(join(folder, file))};`)
        .join('\n'),
      resolveDir: folder,
    }));
    onResolve({ filter: /^zod\/v4\/core$/ }, () => inFolder('core/json-schema-processors.js'));
  },
};

/** The commands of each flag as a value: asking the commands would load all of them for one wrong flag. */
const withFlagTable = (table) => ({
  name: 'flag-table',
  setup({ onLoad }) {
    const contents = `export const commandsOfFlags = () => Promise.resolve(${JSON.stringify(table)});`;
    onLoad({ filter: /[\\/]cli[\\/]flag-table\.ts$/ }, () => ({ contents }));
  },
});

const oneChunk = {
  name: 'one-chunk',
  setup({ onResolve, onLoad }) {
    const main = resolve('src/cli/main.ts');
    const later = filesLoadedLater();
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const file = resolve(resolveDir, path.endsWith('/machine.js') ? path : path.replace(/\.js$/, '.ts'));
      return file.startsWith(resolve('src')) ? { path: file, sideEffects: true } : undefined;
    });
    onResolve({ filter: /^liqcalc:main$/ }, () => ({ path: main, sideEffects: true }));
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (!later.has(path)) return undefined;
      return { contents: `import 'liqcalc:main';\n${readFileSync(path, 'utf8')}`, loader: 'ts' };
    });
  },
};

/** Every file of ours that is imported only when it is needed, before anything is bundled: esbuild loads in no fixed order. */
function filesLoadedLater() {
  const sources = readdirSync('src', { recursive: true }).filter((name) => name.endsWith('.ts'));
  return new Set(
    sources.flatMap((name) => {
      const file = resolve('src', name);
      const imports = readFileSync(file, 'utf8').matchAll(/\bimport\('(\.[^']+)\.js'\)/g);
      return [...imports].map(([, path]) => resolve(dirname(file), `${path}.ts`));
    }),
  );
}

// build/check.js has built already, and other checks use the result.
if (process.env.LIQCALC_BUILT) process.exit();
rmSync(OUT, { recursive: true, force: true });
const lane = await laneModule();
await bundleCli();
mkdirSync(join(OUT, 'man'), { recursive: true });
writeFileSync(join(OUT, 'man', 'liqcalc.1'), await manual());
await buildLibrary(OUT, [zodByFile]);
mkdirSync(join(OUT, 'lib', 'stream', 'lane'), { recursive: true });
writeFileSync(join(OUT, 'lib', 'stream', 'lane', 'machine.js'), lane);
