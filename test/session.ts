import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A command of a console session and what it printed, stdout and stderr as a terminal shows them. */
export interface Step {
  readonly command: string;
  readonly output: string;
}

/** A block of ```console in a document. */
export interface Session {
  /** The document. */
  readonly path: string;
  /** Its place among the sessions of the document, from 0. */
  readonly index: number;
  readonly line: number;
  readonly steps: readonly Step[];
}

const BLOCKS = /^```console\n([\s\S]*?)^```$/gm;

/** The console sessions of a markdown file: lines that begin with `$ ` are commands, the others what they print. */
export function sessionsOf(path: string): Session[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(BLOCKS)].map((match, index) => {
    const steps: { command: string; output: string }[] = [];
    for (const line of (match[1] ?? '').split(/(?<=\n)/)) {
      const last = steps.at(-1);
      if (line.startsWith('$ ')) steps.push({ command: line.slice(2), output: '' });
      else if (last && last.output === '' && last.command.endsWith('\\\n')) last.command += line.replace(/^> /, '');
      else if (last) last.output += line;
    }
    return { path, index, line: text.slice(0, match.index).split('\n').length, steps };
  });
}

/**
 * Compares what a session printed with its document. With LIQCALC_ACCEPT=1 the document is written again instead.
 *
 * @throws what `compare` throws.
 */
export function compareOrAccept(
  { path, index, steps }: Session,
  printed: readonly Step[],
  compare: (printed: readonly Step[], shown: readonly Step[]) => void,
): void {
  if (process.env['LIQCALC_ACCEPT'] !== '1') {
    compare(printed, steps);
    return;
  }
  const block = printed.map(({ command, output }) => `$ ${command.replace(/(?<=\n)(?=.)/g, '> ')}${output}`).join('');
  let at = 0;
  const text = readFileSync(path, 'utf8').replace(BLOCKS, (whole) =>
    at++ === index ? `\`\`\`console\n${block}\`\`\`` : whole,
  );
  writeFileSync(path, text);
}

/** Whether a program is on this machine. */
export function isInstalled(tool: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
}

const OPTIONAL_TOOLS = ['jq', 'parallel', 'mlr', 'duckdb', 'psql', 'kcat', 'curl'] as const;

const SERVED = /\b(psql|kcat|curl|parquet)\b/;

/** The program or format that a session needs a server, or a slow package, for: its test is in test/deep. */
export function serverOf({ steps }: Session): string | undefined {
  return SERVED.exec(steps.map(({ command }) => command).join('\n'))?.[1];
}

/** A tool that the session needs and this machine lacks: the reason to skip it. */
export function lackingTool({ steps }: Session): string | undefined {
  const commands = steps.map(({ command }) => command).join('\n');
  return OPTIONAL_TOOLS.find((tool) => new RegExp(`\\b${tool}\\b`).test(commands) && !isInstalled(tool));
}

/** A folder for PATH in which `liqcalc` is this checkout's program, or the one that is being tried. */
export function pathWithLiqcalc(): string {
  const { LIQCALC_NODE: node = process.execPath, LIQCALC_PROGRAM: liqcalc = resolve('bin/liqcalc.js') } = process.env;
  const folder = mkdtempSync(join(tmpdir(), 'liqcalc-bin-'));
  const program = join(folder, 'liqcalc');
  writeFileSync(program, `#!/bin/sh\nexec '${node}' '${liqcalc}' "$@"\n`);
  chmodSync(program, 0o755);
  return `${folder}:${process.env['PATH'] ?? ''}`;
}

let path: string | undefined;

/**
 * Runs the commands of a session one after another in one bash and gives what each printed.
 *
 * @param env - added to a plain environment: a UTF-8 locale, no colour wishes, a config directory of its own.
 */
export async function replay(session: Session, env: Readonly<Record<string, string>> = {}): Promise<Step[]> {
  path ??= pathWithLiqcalc();
  const end = '@@end of step@@';
  const script = session.steps.map(({ command }) => `${command}\n__code=$?; echo '${end}'; (exit $__code)\n`).join('');
  const config = mkdtempSync(join(tmpdir(), 'liqcalc-config-'));
  const base = { PATH: path, HOME: config, XDG_CONFIG_HOME: config, LANG: 'C.UTF-8' };
  const shell = spawn('bash', ['-c', `exec 2>&1\n${script}`], {
    env: { ...base, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  shell.stdout.setEncoding('utf8');
  for await (const chunk of shell.stdout) printed += chunk as string;
  const outputs = printed.split(`${end}\n`);
  return session.steps.map(({ command }, index) => ({ command, output: outputs[index] ?? '(not run)' }));
}
