// Compiles the lane's machine (AssemblyScript to WebAssembly) and embeds it in src/stream/lane/machine.js, unless that file is
// of the same sources already.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LANE = 'src/stream/lane';
const SOURCES = join(LANE, 'assembly');
const MADE = join(LANE, 'machine.js');
const OPTIONS = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--use',
  'abort=',
  '--enable',
  'simd',
  '--initialMemory',
  '26',
];

/** The module with the machine as base64. */
export async function laneModule() {
  const sources = readdirSync(SOURCES).filter((name) => name.endsWith('.ts'));
  const hash = createHash('sha256').update(OPTIONS.join());
  for (const name of sources.sort()) hash.update(name).update(readFileSync(join(SOURCES, name)));
  const head = `// Made of ${SOURCES} by build/lane.js: ${hash.digest('hex')}\n`;
  const known = existsSync(MADE) ? readFileSync(MADE, 'utf8') : '';
  if (known.startsWith(head)) return known;
  const text = `${head}export const MACHINE = '${Buffer.from(await compiled()).toString('base64')}';\n`;
  writeFileSync(MADE, text);
  return text;
}

async function compiled() {
  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'machine.wasm', ...OPTIONS], {
    readFile: (name, base) => {
      const path = join(SOURCES, base, name);
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    },
    writeFile: (_, bytes) => {
      binary = bytes;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`the lane's machine cannot be compiled:\n${stderr.toString()}`);
  return binary;
}
