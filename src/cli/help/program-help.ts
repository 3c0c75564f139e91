import type { Style } from '../../report/style.js';
import { hang, wrap } from '../../report/text/lines.js';
import { GROUPS, type CommandEntry, type ProgramHelp } from '../command.js';
import { topics } from '../topics/index.js';
import { VERSION } from '../../core/version.js';
import { exampleLines } from './examples.js';
import { listing, page, section } from './listing.js';

type Commands = Readonly<Record<string, CommandEntry>>;

const TITLE = `liqcalc ${VERSION}: exact liquidation prices for leveraged futures positions`;

const EXAMPLES = [
  'long --entry 30000 --lev 10 --mmr 0.5',
  'short BTCUSDT --entry 60000 --lev 20 --qty 0.5 --explain',
  'batch book.csv --fields all',
] as const;

/** The help of the whole program. At 80 columns it fits a terminal of 24 rows, unless it lists the topics. */
export function programHelp(commands: Commands, part: ProgramHelp, style: Style): string {
  const { width } = style;
  const examples = EXAMPLES.flatMap((example, index) =>
    exampleLines(index === 0 ? 'Examples  ' : INDENT, example, width),
  );
  const ofTopics = Object.entries(topics).map(([name, { summary }]) => [name, summary] as const);
  const more = part === 'brief' ? 'liqcalc help lists topics' : 'liqcalc help TOPIC';
  return page([
    ...wrap(TITLE, width),
    ...commandLines(commands, style),
    ...examples,
    ...(part === 'brief' ? [] : section('Topics', listing(ofTopics, style), style)),
    ...wrap(`More: liqcalc COMMAND -h (short) or --help (all); ${more}`, width),
  ]);
}

const INDENT = ' '.repeat('Examples  '.length);

/** The commands in their groups, one line each; `help` is what the reader has just found. */
function commandLines(commands: Commands, { paint, width }: Style): string[] {
  const groups = GROUPS.map((group) => [group, rowsOf(commands, group)] as const);
  const most = Math.max(...groups.flatMap(([, rows]) => rows.map(([names]) => names.length)));
  const labels = Math.max(...GROUPS.map((group) => group.length));
  const isNarrow = labels + most > width / 2;
  return groups.flatMap(([group, rows]) => [
    ...(isNarrow ? [paint.faint(group)] : []),
    ...rows.flatMap(([names, summary], index) => {
      const label = isNarrow ? '' : (index === 0 ? group : '').padEnd(labels);
      return hang(`${paint.faint(label)}  ${paint.strong(names.padEnd(most))}  `, summary, width);
    }),
  ]);
}

/** The commands of a group; commands with the same summary share a line. */
function rowsOf(commands: Commands, group: CommandEntry['group']): [names: string, summary: string][] {
  const rows = new Map<string, string[]>();
  for (const [name, entry] of Object.entries(commands)) {
    if (entry.group !== group || name === 'help') continue;
    rows.set(entry.summary, [...(rows.get(entry.summary) ?? []), name]);
  }
  return [...rows].map(([summary, names]) => [names.join(', '), summary]);
}
