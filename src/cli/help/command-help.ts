import type { Style } from '../../report/style.js';
import { beside, hang, wrap } from '../../report/text/lines.js';
import type { CommandManual } from '../command.js';
import type { Flag } from '../flags.js';
import { exampleLines } from './examples.js';
import { exitLines, exitsOf } from './exits.js';
import { listing, page, section, termWidth, type Item } from './listing.js';
import { flagText, formsOf, notesOf, operandName, shownFlags, sizeWords } from './synopsis.js';

/** The most lines that `-h` spends on flags. */
const MOST_USUAL = 10;
const SHORT_EXAMPLES = 2;

/** The short help of a command: what it needs, its usual flags, two examples, and where the rest is. */
export function shortHelp(manual: CommandManual, style: Style): string {
  const { name, usage } = manual;
  const usual = usualFlags(manual);
  const flags = usual.map((flag): Item => [spelling(flag), firstClause(flag.meaning)]);
  return page([
    ...head(manual, style),
    ...section('Usual flags', listing(flags, style), style),
    ...section('Examples', examplesOf(notesOf(usage).examples.slice(0, SHORT_EXAMPLES), style), style),
    '',
    ...wrap(
      `All ${shownFlags(usage).length} flags, examples and exit codes: liqcalc ${name} --help. Other topics: liqcalc help.`,
      style.width,
    ),
  ]);
}

/** The whole help of a command. */
export function longHelp(manual: CommandManual, style: Style): string {
  const { usage } = manual;
  const all = shownFlags(usage);
  const headings = [...new Set(all.map(({ heading }) => heading))];
  const operands = usage.operands.map((operand): Item => [operandName(operand), operand.meaning]);
  const actions = Object.entries(usage.actions ?? {}).map(([name, { meaning }]): Item => [name, meaning]);
  const flags = (heading: string): Item[] =>
    all.filter((flag) => flag.heading === heading).map((flag) => [spelling(flag), wholeMeaning(flag)]);
  const items = [...operands, ...actions, ...headings.flatMap(flags)];
  const list = (some: readonly Item[]): string[] => listing(some, style, termWidth(items, style));
  return page([
    ...head(manual, style),
    ...section('Arguments', list(operands), style),
    ...section('Actions', list(actions), style),
    ...headings.flatMap((heading) => section(heading, list(flags(heading)), style)),
    ...section('Examples', examplesOf(notesOf(usage).examples, style), style),
    ...section('Exit codes', exitLines(exitsOf(usage), style), style),
  ]);
}

function head({ name, summary, usage }: CommandManual, { paint, width }: Style): string[] {
  const title = wrap(`${paint.strong(`liqcalc ${name}`)}: ${summary}`, width);
  const size = sizeWords(usage);
  const forms = formsOf(usage).flatMap((form, index) =>
    beside(index === 0 ? 'Usage: ' : '       ', synopsisLines(`liqcalc ${name}`, form, width - 'Usage: '.length)),
  );
  return [...title, '', ...forms, ...(size === undefined ? [] : ['', ...wrap(size, width)])];
}

/** A synopsis in lines: alternatives stay together if they fit. */
function synopsisLines(start: string, form: string, width: number): string[] {
  const parts = form.match(/\([^)]*\)\S*|\[[^\]]*\]+\S*|--\S+ [^-[(\s]\S*|\S+/g) ?? [];
  const lines: string[] = [];
  let line = start;
  for (const part of parts) {
    if (line.length + 1 + part.length <= width) line += ` ${part}`;
    else {
      lines.push(line);
      line = `    ${part}`;
    }
  }
  return [...lines, line].flatMap((each) => (each.length <= width ? [each] : hang('    ', each.trim(), width)));
}

function examplesOf(examples: readonly string[], { width }: Style): string[] {
  return examples.flatMap((example) => exampleLines('  ', example, width));
}

/** The flags that most calls use; by default the first ones. */
function usualFlags({ usage }: CommandManual): readonly Flag[] {
  const { usual } = notesOf(usage);
  return usual.flatMap((name) => usage.flags.find((flag) => flag.name === name) ?? []).slice(0, MOST_USUAL);
}

const spelling = (flag: Flag): string => `${flag.short === undefined ? '' : `-${flag.short}, `}${flagText(flag)}`;

/** The first clause of a meaning. */
const firstClause = (meaning: string): string => meaning.split(/[:;] /, 1)[0] as string;

function wholeMeaning({ meaning, choices, repeats }: Flag): string {
  const often = repeats === true && !meaning.includes('several times') ? '; may be given several times' : '';
  return `${meaning}${often}${choices ? ` (${choices.join(', ')})` : ''}`;
}
