/** The terminal that a full screen is drawn on. */
export interface Terminal {
  readonly write: (text: string) => void;
  readonly size: () => { readonly columns: number; readonly rows: number };
  /** Reports keys and changes of size until it is stopped. */
  readonly listen: (on: { readonly key: (key: string) => void; readonly resized: () => void }) => () => void;
}

const ENTER = '\x1b[?1049h\x1b[?25l\x1b[2J';
const LEAVE = '\x1b[?2026l\x1b[0m\x1b[?25h\x1b[?1049l';
const BEGIN = '\x1b[?2026h';
const END = '\x1b[?2026l';
const BELL = '\x07';

/** A full screen: only lines that changed are written. */
export class FullScreen {
  #shown: readonly string[] = [];
  #isOpen = false;

  constructor(private readonly terminal: Terminal) {}

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#shown = [];
    this.terminal.write(ENTER);
  }

  /** Leaves the terminal as it was. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.terminal.write(LEAVE);
  }

  draw(lines: readonly string[]): void {
    if (!this.#isOpen) return;
    const changed = lines.flatMap((line, index) =>
      line === this.#shown[index] ? [] : [`\x1b[${index + 1};1H${line}\x1b[K`],
    );
    const rest = lines.length < this.#shown.length ? [`\x1b[${lines.length + 1};1H\x1b[J`] : [];
    this.#shown = [...lines];
    if (changed.length + rest.length > 0) this.terminal.write(BEGIN + [...changed, ...rest].join('') + END);
  }

  /** Forgets what is shown: everything is drawn again. */
  clear(): void {
    this.#shown = [];
    if (this.#isOpen) this.terminal.write('\x1b[2J');
  }

  ring(): void {
    if (this.#isOpen) this.terminal.write(BELL);
  }
}

const KEYS: Readonly<Record<string, string>> = {
  '\x1b[A': 'up',
  '\x1b[B': 'down',
  '\x1bOA': 'up',
  '\x1bOB': 'down',
  '\x1b[5~': 'page up',
  '\x1b[6~': 'page down',
  '\r': 'enter',
  '\n': 'enter',
  '\x1b': 'escape',
  '\x03': 'interrupt',
  '\x1a': 'suspend',
  '\x7f': 'escape',
};

/** The keys in what a terminal sends; a run of plain characters is a key each. */
export function keysIn(bytes: string): readonly string[] {
  const known = KEYS[bytes];
  if (known !== undefined) return [known];
  return (bytes.match(/\x1b(?:\[[\d;?]*[A-Za-z~]|O[A-Z])|[\s\S]/g) ?? []).map((each) => KEYS[each] ?? each);
}

const USUAL = { columns: 80, rows: 24 };

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout } = process;
  return {
    write: (text) => void stdout.write(text),
    size: () => ({ columns: stdout.columns || USUAL.columns, rows: stdout.rows || USUAL.rows }),
    listen: ({ key, resized }) => {
      const isRaw = stdin.isTTY;
      const onData = (data: Buffer): void => keysIn(data.toString('utf8')).forEach(key);
      if (isRaw) {
        stdin.setRawMode(true);
        stdin.on('data', onData);
        stdin.resume();
      }
      stdout.on('resize', resized);
      return () => {
        stdout.off('resize', resized);
        if (!isRaw) return;
        stdin.off('data', onData);
        stdin.setRawMode(false);
        stdin.pause();
      };
    },
  };
}

/** What signals do to a watch. */
export interface SignalHandlers {
  readonly interrupt: () => void;
  readonly terminate: () => void;
  /** Before the process is stopped, and after it goes on. */
  readonly suspend: () => void;
  readonly resume: () => void;
  /** After an error that nothing caught: a bug. */
  readonly crash: (error: unknown) => void;
  /** Before the process ends. */
  readonly leave: () => void;
}

/** Follows the signals and the bugs of this process; returns how to stop. */
export function followSignals({ interrupt, terminate, suspend, resume, crash, leave }: SignalHandlers): () => void {
  const suspended = (): void => {
    suspend();
    process.kill(process.pid, 'SIGSTOP');
  };
  const handlers = [
    ['SIGINT', interrupt],
    ['SIGTERM', terminate],
    ['SIGHUP', terminate],
    ['SIGTSTP', suspended],
    ['SIGCONT', resume],
    ['uncaughtException', crash],
    ['unhandledRejection', crash],
    ['exit', leave],
  ] as const;
  for (const [name, handler] of handlers) process.on(name, handler);
  return () => {
    for (const [name, handler] of handlers) process.off(name, handler);
  };
}

/** Stops this process as Ctrl-Z does. */
export function stopProcess(): void {
  process.kill(process.pid, 'SIGTSTP');
}
