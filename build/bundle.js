// Builds what people install: dist/cli (CommonJS, in chunks that are required when their job comes) and dist/index.js
// with types (the library, ESM).
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, transform } from 'esbuild';

const OUT = 'dist';
const CLI = join(OUT, 'cli');

// esbuild splits ES modules only, so the chunks are made as ES modules first and turned into CommonJS one by one.
async function bundleCli() {
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
    plugins: [lazyChildProcess],
  });
  mkdirSync(CLI, { recursive: true });
  writeFileSync(join(CLI, 'package.json'), '{"type":"commonjs"}\n');
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      minifySyntax: true,
      minifyWhitespace: true,
      supported: { 'dynamic-import': false },
    });
    writeFileSync(join(CLI, basename(path)), code);
  }
}

// commander loads child_process for subcommands that are programs of their own; liqcalc has none, and loading it costs
// a noticeable part of the start.
const lazyChildProcess = {
  name: 'no-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path }) => ({ path, namespace: 'absent' }));
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {};' }));
  },
};

rmSync(OUT, { recursive: true, force: true });
await bundleCli();
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'build/tsconfig.json'], { stdio: 'inherit' });
