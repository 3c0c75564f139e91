// Builds the library: one file a door with the code that doors share in chunks (dist, what Node loads), the same code as
// modules (dist/lib, from which bundlers take what a page uses), and its types.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import { build, transform } from 'esbuild';
import ts from 'typescript';

/** The doors of the library: each is a file in src and an entry in the exports of package.json. */
export const DOORS = ['index', 'plan', 'check', 'explain', 'brackets', 'stream', 'schema', 'live'];

/** The door that only Node can use: it has no modules for bundlers. */
const OF_NODE = /^live(\.js$|\/)|^library\/live\//;

/** @param plugins - of esbuild: which files of a package are taken. */
export async function buildLibrary(out, plugins) {
  await build({
    entryPoints: Object.fromEntries(DOORS.map((door) => [door, `src/${door}.ts`])),
    outdir: out,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    target: 'node20',
    external: ['decimal.js', 'node:*'],
    legalComments: 'none',
    minifySyntax: true,
    minifyWhitespace: true,
    // The import of the main door in the others is only for the chunks; nothing of it is to run.
    logOverride: { 'ignored-bare-import': 'silent' },
    plugins: [...plugins, fewChunks, socketsAsModule],
  });
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'build/tsconfig.json'], {
    stdio: 'inherit',
  });
  const modules = join(out, 'lib');
  const names = readdirSync(modules, { recursive: true });
  const isUnused = (name) => name.endsWith('.js') && OF_NODE.test(name);
  for (const name of names.filter(isUnused)) rmSync(join(modules, name));
  const files = names.filter((name) => !isUnused(name)).map((name) => join(modules, name));
  for (const file of files.filter((name) => name.endsWith('.d.ts'))) {
    writeFileSync(file, withMeanings(file, readFileSync(file, 'utf8')));
  }
  await Promise.all(
    files
      .filter((name) => name.endsWith('.js'))
      .map(async (file) => {
        const { code } = await transform(readFileSync(file, 'utf8'), {
          format: 'esm',
          target: 'node20',
          minifySyntax: true,
          minifyWhitespace: true,
        });
        writeFileSync(file, code);
      }),
  );
}

// Opening a file costs about as much as running what is in it. Every other door also imports the main one, so esbuild puts
// nearly all that the main door needs into one chunk: `import 'liqcalc'` opens 7 files instead of 22.
const fewChunks = {
  name: 'few-chunks',
  setup({ onResolve, onLoad }) {
    const main = resolve('src/index.ts');
    const others = new Set(DOORS.map((door) => resolve(`src/${door}.ts`)).filter((path) => path !== main));
    onResolve({ filter: /^liqcalc:main$/ }, () => ({ path: main, sideEffects: true }));
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (!others.has(path)) return undefined;
      return { contents: `import 'liqcalc:main';\n${readFileSync(path, 'utf8')}`, loader: 'ts' };
    });
  },
};

// ws is CommonJS, whose calls of `require` an ES module does not have: it gets Node's modules another way. The two optional
// packages that it can use are left out.
const socketsAsModule = {
  name: 'sockets-as-module',
  setup({ onLoad }) {
    const builtIn = new Set(builtinModules);
    onLoad({ filter: /[\\/]ws[\\/]lib[\\/]\w[\w-]*\.js$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8').replace(/\brequire\('([\w-]+)'\)/g, (call, name) => {
        if (builtIn.has(name)) return `process.getBuiltinModule('${name}')`;
        return `(() => { throw new Error('${name} is left out') })()`;
      });
      return { contents, loader: 'js' };
    });
  },
};

/**
 * Declarations with the meaning of each declared input and figure as its comment, which editors show. The types of the
 * library are made of these declarations, so the text stays in one place.
 */
function withMeanings(name, text) {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const comments = [];
  const visit = (node) => {
    const meaning = ts.isPropertySignature(node) && node.type ? meaningOf(node.type) : undefined;
    if (meaning !== undefined) comments.push([node.getStart(), `/** ${meaning.replaceAll('*/', '* /')} */ `]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return comments.reverse().reduce((all, [at, comment]) => all.slice(0, at) + comment + all.slice(at), text);
}

/** The text of the member `meaning` of a type, if it is known. */
function meaningOf(type) {
  if (ts.isIntersectionTypeNode(type)) return type.types.map(meaningOf).find((each) => each !== undefined);
  // A declaration without some of its members.
  if (ts.isTypeReferenceNode(type) && type.typeName.getText() === 'Omit') return meaningOf(type.typeArguments[0]);
  if (!ts.isTypeLiteralNode(type)) return undefined;
  const member = type.members.find((each) => ts.isPropertySignature(each) && each.name.getText() === 'meaning');
  const literal = member?.type && ts.isLiteralTypeNode(member.type) ? member.type.literal : undefined;
  return literal && ts.isStringLiteral(literal) ? literal.text : undefined;
}
