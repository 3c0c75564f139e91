import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, type Run, type Surroundings } from '../cli/run.js';
import { KEY, SECRET } from './fake-binance.js';

/** What a run of the real program left behind. */
export interface LiveRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Its home, with the files that it wrote. */
  readonly home: string;
}

export interface LiveSurroundings {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  readonly home?: string;
}

export const newHome = (): string => mkdtempSync(join(tmpdir(), 'liqcalc-live-'));

/**
 * Runs the real program in a process of its own, or within this one if `LIQCALC_HERE` is set: a coverage run counts only
 * what happens here.
 *
 * @throws if anything that it printed or wrote contains a key, a secret, a signature or a listen key.
 */
export async function runLive(argv: readonly string[], surroundings: LiveSurroundings = {}): Promise<LiveRun> {
  const { env = {}, stdin, home = newHome() } = surroundings;
  const whole = { PATH: process.env['PATH'], LANG: 'C.UTF-8', HOME: home, LIQCALC_DEBUG: '1', ...env };
  const { stdout, stderr, code } = await (process.env['LIQCALC_HERE'] ? runHere : runApart)(argv, whole, stdin);
  refuseSecrets([stdout, stderr, ...filesIn(home)].join('\n'));
  return { code, stdout, stderr, home };
}

type Env = Readonly<Record<string, string | undefined>>;

const runHere = (argv: readonly string[], env: Env, stdin: string | undefined): Promise<Omit<LiveRun, 'home'>> =>
  run(argv, { env, now: Date.now, stdin: stdin ?? '' });

async function runApart(argv: readonly string[], env: Env, stdin: string | undefined): Promise<Omit<LiveRun, 'home'>> {
  const child = spawn(process.execPath, ['bin/liqcalc.js', ...argv], {
    env,
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  child.stdin?.end(stdin);
  const [stdout, stderr, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((resolve) => void child.on('close', resolve)),
  ]);
  return { code, stdout, stderr };
}

/**
 * Runs the program within this process, always.
 *
 * @throws if it printed a key, a secret, a signature or a listen key.
 */
export async function runWithin(argv: readonly string[], surroundings: Surroundings = {}): Promise<Run> {
  const env = { LANG: 'C.UTF-8', ...surroundings.env };
  const done = await run(argv, { ...surroundings, env });
  refuseSecrets(`${done.stdout}\n${done.stderr}`);
  return done;
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  const pieces: Buffer[] = [];
  if (!stream) return '';
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

/** The texts of all files below a folder, except the one that holds the key. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^key/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

const SECRETS = [new RegExp(KEY), new RegExp(SECRET), /signature=[0-9a-f]/i, /listenKey["=:\s]*[0-9a-f]{16}/i];

/** @throws if a text contains a key, a secret, a signature or a listen key. */
export function refuseSecrets(text: string): void {
  const found = SECRETS.find((secret) => secret.test(text));
  if (found) throw new Error(`a secret is in the output: ${String(found)}`);
}
