import { looksCoinMargined } from '../../core/settlement.js';
import { ownAccount } from '../../formats/account-json.js';
import type { AccountDefaults, RawAccount } from '../../formats/raw-account.js';
import { jsonObject } from '../../report/json.js';
import { accountTable } from '../../report/text/account-table.js';
import { localClock, seededRandom, transportClock, type Clock } from '../../live/clock.js';
import { LiveError } from '../../live/failure.js';
import { execNotifier, webhookNotifier, type Notifier } from '../../live/notify.js';
import { pricedPools, symbolOf, type Source } from '../../live/pools.js';
import { Recorder, type RecordHead } from '../../live/record.js';
import { RuleWatcher } from '../../live/rules.js';
import { readRecording, Replay } from '../../live/replay.js';
import { Secret } from '../../live/secrets.js';
import type { SessionEnd, Watcher, WatchSettings } from '../../live/session-settings.js';
import { Session } from '../../live/session.js';
import { connect as realConnect } from '../../live/socket.js';
import type { Connect } from '../../live/stream.js';
import { Transport } from '../../live/transport.js';
import type { LiveVenue } from '../../live/venue.js';
import { without } from '../../live/without.js';
import { tablesIn } from '../../live/venue-tables.js';
import { liveVenues } from '../../live/venues/index.js';
import { exchange as wire, type WireAnswer, type WireRequest } from '../../live/wire.js';
import { readAccountOptions } from '../account/options.js';
import { accountRecords } from '../account/records.js';
import { RunError, UsageError, type Invocation } from '../command.js';
import { exitCode } from '../ending.js';
import { fileText } from '../files.js';
import type { Io } from '../io.js';
import { asking, connectionFor, refuseKeys } from '../live/connect.js';
import { followSignals, processTerminal, stopProcess } from '../screen.js';
import { tablesFor } from '../tables.js';
import { printableText, styleFor } from '../text.js';
import { VERSION } from '../version.js';
import { readWatchOptions, symbolOn, type WatchOptions } from './options.js';
import { lineFile, lineOutput, ndjsonOutput, type LineFile, type Output } from './outputs.js';
import { WatchScreen } from './view.js';

/** Everything that a session is run with. */
interface Plan {
  readonly settings: WatchSettings;
  readonly link: Transport;
  readonly connect: Connect;
  readonly clock: Clock;
  readonly notice: string | undefined;
  /** Lets the time of a recording pass; real time needs no help. */
  readonly play?: (isOver: () => boolean) => Promise<void>;
}

type Send = (request: WireRequest) => Promise<WireAnswer>;

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
  const held: { session?: Session } = {};
  const limited = (answer: WireAnswer): void => {
    if (answer.status !== 429 && answer.status !== 418) return;
    const seconds = Number(answer.headers['retry-after'] ?? Number.NaN);
    held.session?.limited(answer.status, Number.isFinite(seconds) ? seconds * 1000 : undefined);
  };
  const noted =
    (send: Send): Send =>
    async (request) => {
      const answer = await send(request);
      limited(answer);
      return answer;
    };
  const plan =
    options.replay === undefined
      ? await livePlan(invocation, options, files.record, noted)
      : replayPlan(invocation, options, noted, await tablesFor(io, invocation.options));
  const session = new Session(plan.settings, plan, (event) => outputs.forEach((output) => output(event)));
  held.session = session;
  const notifiers = notifiersOf(io, options, (message) =>
    session.report({ type: 'error', code: 'NOTICE_FAILED', message }),
  );
  const { log } = files;
  if (log) outputs.push(({ json }) => log.write(json));
  for (const { send } of notifiers) outputs.push(send);
  const isText = options.common.format === 'text' || (options.common.format === undefined && io.stdout.isTerminal());
  const isScreen = isText && io.stdout.isTerminal() && io.env['TERM'] !== 'dumb' && !options.isOnce;
  const screen = isScreen ? await screenFor(io, options, plan, session) : undefined;
  outputs.push(screen ? screen.note : isText ? lineOutput(io) : ndjsonOutput(io));
  const end = await ended(session, plan, options, screen);
  await Promise.all(notifiers.map(({ drained }) => drained()));
  if (isText && options.isOnce) printAccounts(io, session, plan, await styleFor(io, options.common.color));
  return codeOf(end);
}

/** What a run of the session ended with, or a signal. */
type RunEnd = SessionEnd | { readonly kind: 'interrupted' };

async function ended(
  session: Session,
  plan: Plan,
  options: WatchOptions,
  screen: WatchScreen | undefined,
): Promise<RunEnd> {
  const state: { isInterrupted: boolean; isOver: boolean } = { isInterrupted: false, isOver: false };
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
    crash: () => screen?.suspend(),
  });
  try {
    const running = options.isOnce ? session.once() : session.run();
    screen?.start(session.view);
    void running.finally(() => {
      state.isOver = true;
    });
    await plan.play?.(() => state.isOver);
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

function codeOf(end: RunEnd): number {
  if (end.kind === 'failed') throw end.error;
  if (end.kind === 'interrupted') return exitCode({ kind: 'interrupted' });
  return exitCode({ kind: 'answered', isNo: end.kind === 'alert' });
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
  { settings, clock, notice }: Plan,
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
  { settings, clock }: Plan,
  style: Awaited<ReturnType<typeof styleFor>>,
): void {
  for (const { answer } of session.view().pools) {
    if (!answer) continue;
    const rendering = { decimals: settings.decimals, today: clock.wall() };
    io.stdout.write(`\n${printableText(io, accountTable(answer, { ...style, ...rendering }))}`);
  }
}

/** The part of the settings that flags decide. */
function settingsOf(
  options: WatchOptions,
): Pick<
  WatchSettings,
  'version' | 'decimals' | 'alerts' | 'alertTexts' | 'limits' | 'everyMs' | 'forMs' | 'untilAlert'
> {
  const { common, alerts, alertTexts, limits, everyMs, forMs, isUntilAlert } = options;
  return {
    version: VERSION,
    decimals: common.decimals,
    alerts,
    alertTexts,
    limits,
    everyMs,
    forMs,
    untilAlert: isUntilAlert,
  };
}

/** The rules of check, as the user's configuration sets them. */
function rulesOf(
  { config }: Invocation,
  { hasRules }: WatchOptions,
  source: ConstructorParameters<typeof RuleWatcher>[1],
): readonly Watcher[] {
  return hasRules ? [new RuleWatcher(config?.rules ?? {}, source)] : [];
}

const SHARE = 0.5;

/** The venue of marks for symbols by default: Binance has its coin-margined contracts at another place. */
function usualVenue(symbols: readonly string[]): string {
  return symbols.length > 0 && symbols.every(looksCoinMargined) ? 'binance-coinm' : 'binance';
}

async function livePlan(
  invocation: Invocation,
  options: WatchOptions,
  record: LineFile | undefined,
  noted: (send: Send) => Send,
): Promise<Plan> {
  const { io } = invocation;
  const tables = await tablesFor(io, invocation.options);
  const given = await givenPositions(invocation, options, {
    betas: new Map(),
    fields: [],
    tables,
    venue: options.venue,
  });
  const fallback =
    options.venue ??
    usualVenue([...options.symbols, ...given.sources.flatMap(({ raw }) => raw.positions.map(symbolOf))]);
  const seed = Math.floor(Math.random() * 2 ** 31);
  const clock = { ...localClock(), random: seededRandom(seed) };
  const recording: { recorder?: Recorder } = {};
  const send: Send = (request) => (recording.recorder?.send(wire) ?? wire)(request);
  const connection = connectionFor(io, invocation.options, fallback, {
    clock: transportClock(clock),
    share: SHARE,
    send: noted(send),
  });
  const { name, venue, link, address, credential } = connection;
  const hasAccount = options.account !== undefined;
  if (!venue.market && !options.isOnce) throw new LiveError('usage', `${venue.meaning} has no stream of marks here`);
  const symbols = options.symbols.map((each) => symbolOn(venue.venue, each));
  if (!hasAccount && symbols.length === 0 && given.sources.length === 0) {
    throw new UsageError('nothing to watch: give a file of positions, --pos, symbols, or --account');
  }
  const shownAccount = hasAccount ? (address ?? (credential ? String(credential().key) : null)) : given.name;
  const settings: WatchSettings = {
    ...settingsOf(options),
    watchers: rulesOf(invocation, options, { venue, link, clock }),
    name,
    venue,
    shownAccount,
    hasAccount,
    own: given.sources,
    symbols,
    defaults: given.defaults,
    ...(hasAccount && { readTables: (answers, wall) => tablesIn(venue, answers, wall) }),
  };
  refuseUnpriced(settings);
  if (record) {
    const head: RecordHead = {
      liqcalc: 'record/1',
      version: VERSION,
      venue: name,
      wall: clock.wall(),
      node: process.versions.node,
      seed,
      account: hasAccount ? shownAccount : null,
      address: address ?? null,
      symbols,
      own: given.sources.map(({ raw }) => jsonOf(raw)),
    };
    recording.recorder = new Recorder(clock, head, record.write);
  }
  return { settings, link, clock, connect: recording.recorder?.connect(realConnect) ?? realConnect, notice: undefined };
}

interface Given {
  readonly sources: readonly Source[];
  readonly defaults: AccountDefaults;
  /** How they are shown; `null` without positions. */
  readonly name: string | null;
}

/** The positions of a file, of stdin, or of flags. */
async function givenPositions(
  invocation: Invocation,
  options: WatchOptions,
  defaults: AccountDefaults,
): Promise<Given> {
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
    name: hasPositions ? 'positions of --pos' : file === '-' ? 'stdin' : (file ?? null),
  };
}

/** Positions that cannot be priced are refused before any request is sent. */
function refuseUnpriced({ own, venue, defaults }: WatchSettings): void {
  const sources = own.map((each) => ({ ...each, from: [] }));
  const pools = pricedPools(sources, { marks: new Map(), venue: venue.venue }, defaults, []);
  const problems = pools.flatMap(({ problem }) => (problem ? [problem.message] : []));
  if (problems.length > 0) throw new RunError(problems.join('\n  '), 'invalidRecords');
}

/** An account as JSON of ours, for a recording. */
function jsonOf({ wallet, positions, venue }: RawAccount): string {
  return jsonObject([
    ...(typeof wallet === 'string' ? [['wallet', JSON.stringify(wallet)] as const] : []),
    ...(venue === undefined ? [] : [['venue', JSON.stringify(venue)] as const]),
    ['positions', `[${positions.map((each) => jsonObject(each.own())).join(',')}]`],
  ]);
}

const HIDDEN_KEY = 'replayreplayreplay';

function replayPlan(
  invocation: Invocation,
  options: WatchOptions,
  noted: (send: Send) => Send,
  tables: AccountDefaults['tables'],
): Plan {
  const { io } = invocation;
  const path = options.replay ?? '';
  const recording = readRecording(fileText(io, path));
  const { head } = recording;
  const venue = venueNamed(head.venue);
  const replay = new Replay(recording);
  const { clock } = replay;
  const secret = new Secret(HIDDEN_KEY);
  const link = new Transport(venue, {
    hosts: venue.hosts.live,
    ...(head.address !== null && { address: head.address }),
    credential: () => ({ key: secret, signer: { kind: 'hmac', secret } }),
    timeoutMs: 60_000,
    clock: transportClock(clock),
    share: SHARE,
    send: noted(replay.send),
  });
  const own = head.own.map((text, index) => ({ name: `account ${index + 1}`, raw: ownAccount(text) }));
  const settings: WatchSettings = {
    ...settingsOf(options),
    watchers: rulesOf(invocation, options, { venue, link, clock }),
    name: head.venue,
    venue,
    shownAccount: head.account ?? (own.length > 0 ? 'positions of the recording' : null),
    hasAccount: head.account !== null,
    own,
    symbols: head.symbols,
    defaults: { betas: new Map(), fields: [], tables },
    ...(head.account !== null && { readTables: (answers, wall) => tablesIn(venue, answers, wall) }),
    forMs: Math.min(options.forMs ?? Infinity, replay.endMs),
  };
  const speed = options.speed ?? (io.stdout.isTerminal() ? '1' : 'max');
  const day = new Date(head.wall).toISOString().slice(0, 10);
  return {
    settings,
    link,
    clock,
    connect: replay.connect,
    notice: `REPLAY of ${path}, recorded on ${day}: these are not the prices of now`,
    play: (isOver) => clock.run(replay.endMs + 1, { isOver, ...(speed !== 'max' && { pace: paceOf(Number(speed)) }) }),
  };
}

/** Waits until a moment of a recording is due at a speed. */
function paceOf(speed: number): (mono: number) => Promise<void> {
  const start = performance.now();
  return (mono) => {
    const wait = start + mono / speed - performance.now();
    return wait <= 1 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, wait));
  };
}

const VENUES: Readonly<Record<string, LiveVenue>> = liveVenues;

function venueNamed(name: string): LiveVenue {
  const venue = Object.hasOwn(VENUES, name) ? VENUES[name] : undefined;
  if (!venue) throw new LiveError('usage', `the recording is of ${name}, which this version does not know`);
  return venue;
}
