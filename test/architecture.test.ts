import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** Rooms from the outermost to the innermost: an arrow may skip rooms but never lead back. */
const ROOMS = ['cli', 'doors', 'library', 'live', 'commands', 'stream', 'report', 'formats', 'schema', 'core'];
/** The one place of each package. */
const HOMES: Readonly<Record<string, RegExp>> = {
  'decimal.js': /^src\/library\/decimal\.ts$/,
  'zod/mini': /^src\/(schema\/|live\/|formats\/((config-file|record|schema|risk-datum)\.ts$|risk-data\/))/,
  'zod/v4/core': /^src\/schema\/json-schema\.ts$/,
  chalk: /^src\/report\/paint\.ts$/,
  commander: /^src\/cli\//,
  ws: /^src\/live\/socket\.ts$/,
};
/** Folders of equals with a registry; what two members need lives above them. */
const REGISTRIES = [
  'src/core/contracts',
  'src/core/formulas',
  'src/core/risk/rules',
  'src/cli/commands',
  'src/formats/risk-data',
  'src/formats/venues',
  'src/formats/exchanges',
  'src/cli/shells',
  'src/cli/brackets',
  'src/commands',
  'src/report/writers',
  'src/live/venues',
  'src/live/feeds',
];

interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** The lane's AssemblyScript. */
const MACHINE = join('stream', 'lane', 'assembly');

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  // The machine of the lane is another language: the build compiles it, and it imports nothing from outside.
  .filter((path) => path.endsWith('.ts') && !path.startsWith(MACHINE))
  .map((path) => join('src', path));

const arrows: Arrow[] = files.flatMap((from) => {
  const found = ts.preProcessFile(readFileSync(from, 'utf8')).importedFiles.map(({ fileName }) => fileName);
  return found.map((to) => ({
    from,
    to: to.startsWith('.')
      ? normalize(join(dirname(from), to))
          .replace(/(?<=\/machine)\.js$/, '.d.ts')
          .replace(/\.js$/, '.ts')
      : to,
  }));
});

const inside = arrows.filter(({ to }) => to.startsWith('src/'));
/** The files in src itself are the doors of the library. */
const roomOf = (path: string): number =>
  ROOMS.indexOf(/^src\/\w+\.ts$/.test(path) ? 'doors' : (path.split('/')[1] ?? ''));

/** Circles of imports, each as a path. */
function cycles(): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    state.set(file, 'open');
    for (const { from, to } of inside) if (from === file) visit(to, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  return found;
}

/** All imports of what a module leads to. */
function reached(file: string, seen = new Set<string>()): readonly Arrow[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const own = arrows.filter(({ from }) => from === file);
  return [...own, ...own.flatMap(({ to }) => reached(to, seen))];
}

describe('architecture', () => {
  it('sees the modules', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(inside.length).toBeGreaterThan(60);
  });

  it('knows the room of every module, and every import leads to one', () => {
    expect(files.filter((file) => roomOf(file) < 0)).toEqual([]);
    expect(inside.filter(({ to }) => !files.includes(to))).toEqual([]);
  });

  it('has arrows in one direction only', () => {
    expect(inside.filter(({ from, to }) => roomOf(to) < roomOf(from))).toEqual([]);
  });

  it('has no cycles', () => {
    expect(cycles()).toEqual([]);
  });

  it('keeps each package in its home', () => {
    const packages = arrows.filter(({ to }) => !to.startsWith('src/') && !to.startsWith('node:'));
    expect(packages.map(({ to }) => to).sort()).toEqual(
      expect.arrayContaining(['chalk', 'commander', 'decimal.js', 'zod/mini']),
    );
    expect(packages.filter(({ from, to }) => !HOMES[to]?.test(from))).toEqual([]);
  });

  it('touches node in cli, live and stream only', () => {
    const touching = arrows.filter(({ to }) => to.startsWith('node:'));
    expect(touching.length).toBeGreaterThan(0);
    expect(touching.filter(({ from }) => !/^src\/(cli|live|stream)\//.test(from))).toEqual([]);
  });

  it('reaches live from the command line and one door only: the other doors need no more of Node than Buffer', () => {
    const mayImport = /^src\/(live\.ts$|library\/live\/|live\/|cli\/)/;
    const ofLive = inside.filter(({ to }) => /^src\/(library\/)?live\//.test(to));
    expect(ofLive.some(({ from }) => from === 'src/live.ts')).toBe(true);
    expect(ofLive.filter(({ from }) => !mayImport.test(from))).toEqual([]);
    const others = files.filter((file) => /^src\/\w+\.ts$/.test(file) && file !== 'src/live.ts');
    expect(others.length).toBeGreaterThan(6);
    const ofNode = others.flatMap((door) => reached(door)).filter(({ to }) => to.startsWith('node:'));
    // Bun and Deno have it, too.
    expect([...new Set(ofNode.map(({ to }) => to))]).toEqual(['node:buffer']);
    expect(reached('src/live.ts').some(({ to }) => to === 'node:https')).toBe(true);
  });

  it('opens connections in live only', () => {
    const network = /^node:(https?|http2|net|tls|dgram|dns)(\/|$)/;
    expect(arrows.filter(({ from, to }) => network.test(to) && !from.startsWith('src/live/'))).toEqual([]);
  });

  it.each(REGISTRIES)('members of %s never import each other', (folder) => {
    const members = inside.filter(({ from, to }) => dirname(from) === folder && dirname(to) === folder);
    const ofRegistry = members.filter(({ from }) => from.endsWith('/index.ts'));
    expect(ofRegistry.length).toBeGreaterThan(1);
    const sharedKind = /\/(contract|formula)\.ts$/;
    expect(members.filter(({ from, to }) => !from.endsWith('/index.ts') && !sharedKind.test(to))).toEqual([]);
  });

  it('has the files that CONTRIBUTING leads a value through', () => {
    const [, way = ''] = /## The way of a value\n(.*?)\n## /s.exec(readFileSync('CONTRIBUTING.md', 'utf8')) ?? [];
    const named = [...way.matchAll(/`([\w/-]+\.ts)`/g)].map(([, path = '']) => join('src', path));
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !files.includes(path))).toEqual([]);
  });
});
