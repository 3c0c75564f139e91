import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeBinance } from './live/fake-binance.js';
import { ticking } from './live/ticking.js';
import { isInstalled } from './session.js';

/** A block of code in a document. */
interface Block {
  readonly path: string;
  readonly line: number;
  readonly code: string;
  /** What it prints: the text of the block of `text` right after it; `undefined` without one. */
  readonly prints: string | undefined;
}

/** The page whose blocks show what they print. */
const PAGE = 'docs/library.md';

const markdown = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const documents = ['README.md', 'CONTRIBUTING.md', ...markdown('docs'), ...markdown('docs/commands')];

function blocksOf(language: string): Block[] {
  return documents.flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    const block = new RegExp(
      `^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`\\n(?:\\n\`\`\`text\\n([\\s\\S]*?)^\`\`\`$)?`,
      'gm',
    );
    return [...text.matchAll(block)].map(({ index, 1: code = '', 2: prints }) => {
      return { path, line: text.slice(0, index).split('\n').length, code, prints };
    });
  });
}

/** The replacement of a package that is not among ours: as much of it as the documents use. */
const DUCKDB = {
  'index.d.ts': `export declare class DuckDBInstance {
  static create(): Promise<DuckDBInstance>;
  connect(): Promise<{ runAndReadAll(sql: string): Promise<{ getRowObjects(): Record<string, unknown>[] }> }>;
}`,
  'index.js': `const rows = [{ side: 'long', entry: '30000', lev: '10', mmr: '0.5' }];
const runAndReadAll = async (sql) => {
  if (!/entry::VARCHAR.*lev::VARCHAR.*mmr::VARCHAR/.test(sql)) throw new Error('numbers must be read as text');
  return { getRowObjects: () => rows };
};
export const DuckDBInstance = { create: async () => ({ connect: async () => ({ runAndReadAll }) }) };`,
  'package.json': '{ "type": "module", "types": "index.d.ts", "exports": "./index.js" }',
};

/** A folder where the packages that blocks import are installed: ours as it is built, and the replacement. */
function folderOfPackages(): string {
  const folder = mkdtempSync(join(tmpdir(), 'liqcalc-docs-'));
  const duckdb = join(folder, 'node_modules/@duckdb/node-api');
  mkdirSync(duckdb, { recursive: true });
  for (const [name, text] of Object.entries(DUCKDB)) writeFileSync(join(duckdb, name), text);
  symlinkSync(resolve('.'), join(folder, 'node_modules/liqcalc'));
  symlinkSync(resolve('node_modules/@types'), join(folder, 'node_modules/@types'));
  return folder;
}

/** What a reader should not have to write: casts, `any`, and values that are said to be there. */
function casts(file: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isCast = ts.isAsExpression(node) && node.type.getText() !== 'const';
    if (isCast || ts.isNonNullExpression(node) || node.kind === ts.SyntaxKind.AnyKeyword) found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('blocks of TypeScript', () => {
  const blocks = blocksOf('ts');
  const folder = folderOfPackages();
  const OPTIONS: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [join(folder, 'node_modules/@types')],
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  };

  it(`compile unchanged and strictly, with our declarations; those of ${PAGE} have no cast`, () => {
    expect(blocks.length).toBeGreaterThan(10);
    const files = blocks.map(({ code }, index) => {
      const file = join(folder, `block-${index}.mts`);
      writeFileSync(file, code);
      return file;
    });
    const program = ts.createProgram(files, OPTIONS);
    const sources = files.map((file) => program.getSourceFile(file));
    const ours = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(resolve('dist/lib')));
    expect(ours.length).toBeGreaterThan(10);
    const faults = [...sources, ...ours].flatMap((file) => ts.getPreEmitDiagnostics(program, file));
    expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
    const page = sources.filter((_, index) => blocks[index]?.path === PAGE);
    expect(page.flatMap((source) => (source ? casts(source) : ['not read']))).toEqual([]);
  });

  // Blocks about live data ask a fake exchange on this computer.
  const exchange = new FakeBinance();
  let stopTicking: () => void;
  beforeAll(async () => {
    await exchange.start();
    stopTicking = ticking(exchange);
  });
  afterAll(async () => {
    stopTicking();
    await exchange.stop();
  });

  it.each(blocks)('runs with the built package: $path, line $line', async ({ line, code, prints = '' }) => {
    const file = join(folder, `run-${line}.mjs`);
    writeFileSync(file, ts.transpileModule(code, { compilerOptions: OPTIONS, fileName: 'block.mts' }).outputText);
    const env = { PATH: process.env['PATH'], HOME: folder, ...exchange.env };
    const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, [file], { encoding: 'utf8', env }, (_, out, err) =>
        resolve({ stdout: out, stderr: err }),
      );
    });
    expect(stderr).toBe('');
    expect(stdout).toBe(prints);
  });

  it(`of ${PAGE} print something each`, () => {
    const page = blocks.filter(({ path }) => path === PAGE);
    expect(page.map(({ prints }) => (prints ?? '') !== '')).toEqual(Array<boolean>(12).fill(true));
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
