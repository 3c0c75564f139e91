// Packs twice from two builds, and compares the bytes: the same commit always gives the same package.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const FILES = ['package.json', 'tsconfig.json', 'README.md', 'CHANGELOG.md', 'SECURITY.md', 'LICENSE'];
const PARTS = ['bin', 'build', 'src', 'docs', 'examples', ...FILES];

/** The hash of the package that a copy of the sources gives, built in a folder of its own. */
function packed() {
  const folder = mkdtempSync(join(tmpdir(), 'liqcalc-pack-'));
  for (const part of PARTS) cpSync(part, join(folder, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const env = { ...process.env };
  delete env.LIQCALC_BUILT;
  // `prepack` builds.
  const json = execFileSync('npm', ['pack', '--json', '--silent'], { cwd: folder, env, encoding: 'utf8' });
  const [{ filename }] = JSON.parse(json.slice(json.indexOf('[')));
  return createHash('sha256')
    .update(readFileSync(join(folder, filename)))
    .digest('hex');
}

const [one, other] = [packed(), packed()];
if (one !== other) throw new Error(`two packages of the same sources differ: ${one} and ${other}`);
console.log(`sha256 ${one}, twice`);
