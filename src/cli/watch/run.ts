import { isLiqcalcError, problemsInWords } from '../../core/errors.js';
import type { AccountDefaults } from '../../formats/raw-account.js';
import { accountTable } from '../../report/text/account-table.js';
import { execNotifier, webhookNotifier, type Notifier } from '../../live/notify.js';
import { readForMarks, type Source } from '../../live/pools.js';
import { RuleWatcher } from '../../live/rules.js';
import { readRecording } from '../../live/replay.js';
import type { SessionEnd, Watcher } from '../../live/session-settings.js';
import type { Session } from '../../live/session.js';
import {
  LimitNotes,
  livePlan,
  paceOf,
  replayPlan,
  runSession,
  sessionOf,
  type GivenPositions,
  type LiveRequest,
  type RuleSource,
  type WatchPlan,
  type WatchRequest,
} from '../../live/watch-plan.js';
import { without } from '../../live/without.js';
import { readAccountOptions } from '../account/options.js';
import { accountRecords } from '../account/records.js';
import { RunError, UsageError, type Invocation } from '../command.js';
import { exitCode } from '../ending.js';
import { fileText } from '../files.js';
import { nameOfInput, type Io } from '../io.js';
import { asking, connectionFor, refuseKeys } from '../live/connect.js';
import { feedConnections } from '../live/feeds.js';
import { followSignals, processTerminal, stopProcess } from '../screen.js';
import { tablesFor } from '../tables.js';
import { printableText, styleFor } from '../text.js';
import { readWatchOptions, type WatchOptions } from './options.js';
import { lineFile, lineOutput, ndjsonOutput, type LineFile, type Output } from './outputs.js';
import { WatchScreen } from './view.js';

/** Runs `liqcalc watch` and returns the exit code. */
export async function watch(invocation: Invocation): Promise<number> {
  const { io, unknown } = invocation;
  refuseKeys(unknown);
  const options = readWatchOptions(invocation, (operand) => isFile(io, operand));
  return asking(async () => {
    const log = options.log === undefined ? undefined : lineFile(options.log, 'append');
    const record = options.record === undefined ? undefined : lineFile(options.record, 'anew');
    try {
      return await watched(invocation, options, { log, record });
    } finally {
      log?.close();
      record?.close();
    }
  });
}

/** Whether an operand is a file; symbols have no file of their name. */
function isFile(io: Io, operand: string): boolean {
  if (operand === '-') return true;
  if (/[\\/]|\.(?:nd)?json$/i.test(operand) && !/^[A-Z0-9]+\/[A-Z0-9]+(?::[A-Z0-9]+)?$/i.test(operand)) return true;
  try {
    return io.fileHead(operand) !== undefined;
  } catch {
    return false;
  }
}

async function watched(
  invocation: Invocation,
  options: WatchOptions,
  files: { readonly log: LineFile | undefined; readonly record: LineFile | undefined },
): Promise<number> {
  const { io } = invocation;
  const outputs: Output[] = [];
  const limits = new LimitNotes();
  const tables = await tablesFor(io, invocation.options);
  const { plan, notice, cut } =
    options.replay === undefined
      ? {
          plan: await planOf(invocation, options, { tables, record: files.record, limits }),
          notice: undefined,
          cut: undefined,
        }
      : planOfReplay(invocation, options, { tables, limits });
  const session = sessionOf(plan, limits, (event) => outputs.forEach((output) => output(event)));
  const notifiers = notifiersOf(io, options, (message) =>
    session.report({ type: 'error', code: 'NOTICE_FAILED', message }),
  );
  const { log } = files;
  if (log) outputs.push(({ json }) => log.write(json));
  for (const { send } of notifiers) outputs.push(send);
  const isText = options.common.format === 'text' || (options.common.format === undefined && io.stdout.isTerminal());
  const isScreen = isText && io.stdout.isTerminal() && io.env['TERM'] !== 'dumb' && !options.isOnce;
  const screen = isScreen ? await screenFor(io, options, { ...plan, notice }, session) : undefined;
  outputs.push(screen ? screen.note : isText ? lineOutput(io) : ndjsonOutput(io));
  const end = await ended(session, plan, options, screen);
  await Promise.all(notifiers.map(({ drained }) => drained()));
  if (isText && options.isOnce) printAccounts(io, session, plan, await styleFor(io, options.common.color));
  if (cut !== undefined) io.stderr.write(`liqcalc: ${cut}\n`);
  return codeOf(end, cut !== undefined);
}

/** What a run of the session ended with, or a signal. */
type RunEnd = SessionEnd | { readonly kind: 'interrupted' };

async function ended(
  session: Session,
  plan: WatchPlan,
  options: WatchOptions,
  screen: WatchScreen | undefined,
): Promise<RunEnd> {
  const state = { isInterrupted: false };
  const interrupt = (): void => {
    state.isInterrupted = true;
    session.stop();
  };
  interrupts.set(session, interrupt);
  const stopFollowing = followSignals({
    interrupt,
    terminate: () => session.stop(),
    suspend: () => screen?.suspend(),
    resume: () => screen?.resume(),
    crash: (error) => session.fail(error),
    leave: () => screen?.suspend(),
  });
  try {
    const running = runSession(session, plan, options.isOnce);
    screen?.start(session.view);
    const end = await running;
    return state.isInterrupted ? { kind: 'interrupted' } : end;
  } finally {
    stopFollowing();
    screen?.stop();
    interrupts.delete(session);
  }
}

/** How each session is interrupted: keys reach it through its screen. */
const interrupts = new WeakMap<Session, () => void>();

/** @param isPartial - whether a part of a recording is missing. */
function codeOf(end: RunEnd, isPartial: boolean): number {
  if (end.kind === 'failed') throw end.error;
  if (end.kind === 'interrupted') return exitCode({ kind: 'interrupted' });
  return exitCode({ kind: 'answered', isNo: end.kind === 'alert', isPartial });
}

function notifiersOf(io: Io, { exec, webhook }: WatchOptions, fail: (message: string) => void): readonly Notifier[] {
  return [
    ...(exec === undefined ? [] : [execNotifier(exec, io, fail)]),
    ...(webhook === undefined ? [] : [webhookNotifier(webhook, fail)]),
  ];
}

async function screenFor(
  io: Io,
  options: WatchOptions,
  { settings, clock, notice }: WatchPlan & { readonly notice: string | undefined },
  session: Session,
): Promise<WatchScreen> {
  const style = await styleFor(io, options.common.color);
  const { shownAccount, name, venue } = settings;
  const shown =
    shownAccount === null ? '' : shownAccount.startsWith('...') ? `  key ${shownAccount}` : `  ${shownAccount}`;
  return new WatchScreen(
    processTerminal(),
    clock,
    {
      title: `${name}${shown}`,
      notice,
      venue: venue.venue,
      levels: settings.alerts.levels.distance.map((each) => Number(each.toText(4))),
      style,
      isBellOff: options.isBellOff,
      printable: (line) => printableText(io, line),
      facts: () => settings.watchers.flatMap((each) => each.facts?.() ?? []),
      rules: () => {
        const lines = settings.watchers.flatMap((each) => each.lines?.() ?? []);
        return lines.length > 0
          ? lines
          : [options.hasRules ? 'No findings.' : 'Run with --rules to check the risk rules.'];
      },
    },
    {
      quit: () => session.stop(),
      interrupt: () => interrupts.get(session)?.(),
      suspend: stopProcess,
    },
  );
}

/** The answer of `--once` for people. */
function printAccounts(
  io: Io,
  session: Session,
  { settings, clock }: WatchPlan,
  style: Awaited<ReturnType<typeof styleFor>>,
): void {
  for (const { answer } of session.view().pools) {
    if (!answer) continue;
    const rendering = { decimals: settings.decimals, today: clock.wall() };
    io.stdout.write(`\n${printableText(io, accountTable(answer, { ...style, ...rendering }))}`);
  }
}

/** What flags say of every watch. */
function requestOf(invocation: Invocation, options: WatchOptions): WatchRequest {
  const { choices, common, isUntilAlert } = options;
  return {
    choices,
    decimals: common.decimals,
    isUntilAlert,
    watchersOf: (source) => rulesOf(invocation, options, source),
    feeds: (sending) => feedConnections(invocation.io, invocation.options, sending),
  };
}

/** The rules of check, as the user's configuration sets them. */
function rulesOf({ config }: Invocation, { hasRules }: WatchOptions, source: RuleSource): readonly Watcher[] {
  return hasRules ? [new RuleWatcher(config?.rules ?? {}, source)] : [];
}

async function planOf(
  invocation: Invocation,
  options: WatchOptions,
  {
    tables,
    record,
    limits,
  }: {
    readonly tables: AccountDefaults['tables'];
    readonly record: LineFile | undefined;
    readonly limits: LimitNotes;
  },
): Promise<WatchPlan> {
  const { symbols, venue, account, isOnce } = options;
  const given = await givenPositions(invocation, options, { betas: new Map(), fields: [], tables, venue });
  refuseUnpricedPositions(given);
  const hasAccount = account !== undefined;
  const connect: LiveRequest['connect'] = (usual, sending) => {
    const connection = connectionFor(invocation.io, invocation.options, usual, sending);
    if (hasAccount || symbols.length > 0 || given.sources.length > 0) return connection;
    const { file } = options;
    if (file !== undefined)
      throw new UsageError(`${file === '-' ? 'stdin' : file} is empty: there is no position to watch`);
    throw new UsageError('nothing to watch: give a file of positions, --pos, symbols, or --account');
  };
  const request = { ...requestOf(invocation, options), given, symbols, hasAccount, venue, isOnce, connect };
  return livePlan({ ...request, record: record?.write }, limits);
}

/** The positions of a file, of stdin, or of flags. */
async function givenPositions(
  invocation: Invocation,
  options: WatchOptions,
  defaults: AccountDefaults,
): Promise<GivenPositions> {
  const { io } = invocation;
  const { file, hasPositions } = options;
  if (file === undefined && !hasPositions) return { sources: [], defaults, name: null };
  const own = without(invocation.options, 'venue', 'alert');
  const read = readAccountOptions(
    { ...invocation, operands: file === undefined ? [] : [file], unknown: [], options: own },
    defaults.tables,
    ['text', 'ndjson'],
  );
  const sources: Source[] = [];
  for await (const { account } of accountRecords(io, read)) {
    sources.push({ name: `account ${sources.length + 1}`, raw: account });
  }
  const { wallet, betas, rates, tick } = read;
  const fields = tick === undefined ? [] : [['tick', tick] as const];
  return {
    sources,
    defaults: { ...defaults, wallet, betas, rates, fields },
    name: hasPositions ? 'positions of --pos' : file === undefined ? null : nameOfInput(file),
  };
}

/** Positions that cannot be priced are refused before any request is sent. */
function refuseUnpricedPositions({ sources, defaults }: GivenPositions): void {
  const problems = sources.flatMap(({ raw }) => {
    try {
      readForMarks(raw, defaults);
      return [];
    } catch (error) {
      if (!isLiqcalcError(error)) throw error;
      return [problemsInWords(error.problems).join('; ')];
    }
  });
  if (problems.length > 0) throw new RunError(problems.join('\n  '), 'invalidRecords');
}

function planOfReplay(
  invocation: Invocation,
  options: WatchOptions,
  { tables, limits }: { readonly tables: AccountDefaults['tables']; readonly limits: LimitNotes },
): { readonly plan: WatchPlan; readonly notice: string; readonly cut: string | undefined } {
  const { io } = invocation;
  const path = options.replay ?? '';
  const recording = readRecording(fileText(io, path));
  const speed = options.speed ?? (io.stdout.isTerminal() ? '1' : 'max');
  const pace = speed === 'max' ? undefined : paceOf(Number(speed));
  const day = new Date(recording.head.wall).toISOString().slice(0, 10);
  return {
    plan: replayPlan({ ...requestOf(invocation, options), recording, tables, pace }, limits),
    notice: `REPLAY of ${path}, recorded on ${day}: these are not the prices of now`,
    cut: recording.isCut
      ? `${path} is cut off in its last line: the session went on, but its rest is missing`
      : undefined,
  };
}
