// What `watch` takes: memory over many frames, and processor time of a tick. Part of `npm run bench`.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const program = resolve(here, '../bin/liqcalc.js');
const FRAMES = Number(process.env.BENCH_FRAMES ?? 1_000_000);

/** An account with many positions, some of them isolated, some short. */
function account(count) {
  const positions = Array.from({ length: count }, (_, index) => ({
    symbol: `S${index}USDT`,
    side: index % 3 === 0 ? 'short' : 'long',
    qty: index % 3 === 0 ? '1.25' : '1.5',
    entry: String(100 + (index % 9)),
    lev: '20',
    ...(index % 4 === 0 && { mode: 'isolated', margin: '50' }),
  }));
  return JSON.stringify({ wallet: String(300 * count), positions });
}

/** The peak memory of `watch` while an exchange sends it frames, MiB. */
async function peakOf(folder, count, frames) {
  const [file, figure] = [join(folder, 'account.json'), join(folder, 'figure')];
  writeFileSync(file, account(count));
  const exchange = spawn(process.execPath, [join(here, 'exchange.js'), String(count), String(frames)]);
  const lines = createInterface({ input: exchange.stdout })[Symbol.asyncIterator]();
  const { value: port } = await lines.next();
  const watch = [program, 'watch', file, '--mmr', '0.5'].map((each) => `'${each}'`).join(' ');
  const command = `exec '${process.execPath}' -r '${join(here, 'peak.cjs')}' ${watch} >/dev/null 3>'${figure}'`;
  const env = { ...process.env, LIQCALC_BASE_BINANCE: `http://127.0.0.1:${port}` };
  const child = spawn('bash', ['-c', command], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'close');
  await lines.next();
  child.kill('SIGTERM');
  const [code] = await ended;
  exchange.kill();
  if (code !== 0) throw new Error(`watch ended with ${code}`);
  return Number(readFileSync(figure, 'utf8'));
}

/** The processor time of a tick, as the tests measure it, ms. */
function tickOf(folder, count) {
  const outfile = join(folder, 'tick.mjs');
  const contents = `import { tickMs } from './ticks.js'; console.log(tickMs(${count}));`;
  const stdin = { contents, resolveDir: resolve(here, '../test/live'), loader: 'ts' };
  buildSync({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  return Number(execFileSync(process.execPath, [outfile], { encoding: 'utf8' }));
}

/** The lines of the table about `watch`. */
export async function watchTable(folder) {
  const verdict = (value, most) => (value <= most ? 'yes' : 'no');
  const memory = await peakOf(folder, 50, FRAMES);
  const text = ['| watch | | must | holds |', '|---|---|---|---|'];
  const count = FRAMES.toLocaleString('en');
  text.push(
    `| peak memory over ${count} frames of marks, 50 positions | ${memory} MiB | 120 | ${verdict(memory, 120)} |`,
  );
  for (const [positions, most] of [
    [50, 10],
    [500, 50],
  ]) {
    const tick = tickOf(folder, positions);
    text.push(
      `| processor time of a tick of ${positions} positions | ${tick.toFixed(1)} ms | ${most} | ${verdict(tick, most)} |`,
    );
  }
  return text;
}
