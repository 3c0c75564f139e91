import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runInThisContext } from 'node:vm';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as liqcalc from '../src/index.js';
import { isInstalled } from './session.js';

/** A block of code in a document. */
interface Block {
  readonly path: string;
  readonly line: number;
  readonly code: string;
}

const markdown = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const documents = ['README.md', 'CONTRIBUTING.md', ...markdown('docs'), ...markdown('docs/commands')];

function blocksOf(language: string): Block[] {
  return documents.flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    const blocks = [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))];
    return blocks.map(({ index, 1: code = '' }) => ({ path, line: text.slice(0, index).split('\n').length, code }));
  });
}

/** The replacement of a package that is not among ours: as much of it as the documents use. */
const DUCKDB_TYPES = `export declare class DuckDBInstance {
  static create(): Promise<DuckDBInstance>;
  connect(): Promise<{ runAndReadAll(sql: string): Promise<{ getRowObjects(): Record<string, unknown>[] }> }>;
}`;
const queries: string[] = [];
const duckdb = {
  DuckDBInstance: {
    create: () =>
      Promise.resolve({
        connect: () =>
          Promise.resolve({
            runAndReadAll: (sql: string) => {
              queries.push(sql);
              return Promise.resolve({
                getRowObjects: () => [{ side: 'long', entry: '30000', lev: '10', mmr: '0.5' }],
              });
            },
          }),
      }),
  },
};
const PACKAGES: Readonly<Record<string, unknown>> = { liqcalc, '@duckdb/node-api': duckdb };

/** Runs a block; the packages that it imports are ours and the stand-ins. */
async function valuesOf(code: string): Promise<Record<string, unknown>> {
  const imported = code.replace(/^import (\{[^}]*\}) from '([^']+)';$/gm, (_, names: string, from: string) => {
    return `const ${names.replace(/\btype \w+,?/g, '')} = packages['${from}'];`;
  });
  const names = [...code.matchAll(/^const (\w+)/gm)].map(([, name]) => name ?? '');
  const { outputText } = ts.transpileModule(
    `async function run(packages: any) {${imported}\nreturn { ${names.join()} };}`,
    {
      compilerOptions: { target: ts.ScriptTarget.ES2023 },
    },
  );
  const run = runInThisContext(`${outputText}run`) as (packages: unknown) => Promise<Record<string, unknown>>;
  return run(PACKAGES);
}

describe('blocks of TypeScript', () => {
  const blocks = blocksOf('ts');

  it('compile unchanged', { timeout: 120_000 }, () => {
    expect(blocks.length).toBeGreaterThan(1);
    const folder = mkdtempSync(join(tmpdir(), 'liqcalc-docs-'));
    const types = join(folder, 'duckdb.d.ts');
    writeFileSync(types, DUCKDB_TYPES);
    const files = blocks.map(({ code }, index) => {
      const file = join(folder, `block-${index}.ts`);
      writeFileSync(file, code);
      return file;
    });
    const program = ts.createProgram(files, {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      paths: { liqcalc: [resolve('src/index.ts')], '@duckdb/node-api': [types] },
    });
    const faults = files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
    expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });

  it.each(blocks)('runs: $path, line $line', async ({ code }) => {
    await expect(valuesOf(code)).resolves.toBeDefined();
  });

  it('price the rows of a query (a stand-in answers it: DuckDB is not among our packages)', async () => {
    const block = blocks.find(({ code }) => code.includes('@duckdb/node-api'));
    const { prices } = await valuesOf(block?.code ?? '');
    expect(String(prices)).toBe('27135.67839196');
    expect(queries.at(-1)).toMatch(/entry::VARCHAR.*lev::VARCHAR.*mmr::VARCHAR/);
  });
});

describe('blocks of shell', () => {
  it.each(blocksOf('sh'))('are the grammar of a shell: $path, line $line', ({ code }) => {
    expect(spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' }).stderr).toBe('');
  });
});

describe('blocks of Python', () => {
  it.for(blocksOf('python'))('are the grammar of Python: $path, line $line', ({ code }, { skip }) => {
    skip(!isInstalled('python3'), 'python3 is not installed');
    const parse = 'import ast, sys; ast.parse(sys.stdin.read())';
    expect(spawnSync('python3', ['-c', parse], { input: code, encoding: 'utf8' }).stderr).toBe('');
  });
});
