// The manual page, made from the same definitions as --help: mandoc's language, one section for each command.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const MODULES = `
  export { commands } from './src/cli/commands/index.ts';
  export { EXIT_CODES } from './src/cli/exit-codes.ts';
  export { commandsOfFlags } from './src/cli/flag-table.ts';
  export { exitsOf } from './src/cli/help/exits.ts';
  export { formsOf, notesOf, shownFlags } from './src/cli/help/synopsis.ts';
  export { POSITION_FLAGS } from './src/cli/flags.ts';
  export { RESULT_LIST } from './src/formats/results.ts';
  export { VERSION } from './src/core/version.ts';
`;

/** The definitions, from the TypeScript sources. */
export async function definitions() {
  const { outputFiles } = await build({
    stdin: { contents: MODULES, resolveDir: '.', loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    write: false,
  });
  const file = 'dist/man/definitions.mjs';
  mkdirSync('dist/man', { recursive: true });
  writeFileSync(file, outputFiles[0].text);
  const loaded = await import(`../${file}`);
  rmSync(file);
  return loaded;
}

/** Text for mdoc: no word in it is a macro, a line never begins with a control character. */
const text = (words) => lines(words.replaceAll('\\', '\\e').replaceAll('-', '\\-')).replace(/^([.'])/gm, '\\&$1');
/** Words in lines of at most 78 bytes. */
const lines = (words) => words.replace(/(.{1,78})(?: |$)/g, '$1\n').trimEnd();
/** An argument of a macro: quoted, so that no word in it is read as another macro. */
const argument = (words) => `"${text(words).replaceAll('"', '""')}"`;

const operandName = (usage) => usage.replace(/[<>[\].]/g, '');

/** Each way to call a command. */
const synopsis = (name, forms) => forms.map((form) => `.Nm\n.Cm ${name}\n${text(form)}`).join('\n.br\n');

function flagItem({ name, short, placeholder, meaning, choices, repeats }) {
  const value = placeholder === undefined ? '' : ` Ar ${argument(placeholder)}`;
  const spellings = [...(short === undefined ? [] : [`Fl ${short}${value}`]), `Fl \\-${text(name)}${value}`];
  const more = `${choices ? ` (${choices.join(', ')})` : ''}${repeats && !meaning.includes('several times') ? '; may be given several times' : ''}`;
  return `.It ${spellings.join(' , ')}\n${text(`${meaning}${more}`)}`;
}

const list = (items) => ['.Bl -tag -width Ds', ...items, '.El'].join('\n');

function commandSection([name, { summary, usage }], elsewhere, { exitsOf, formsOf, notesOf, shownFlags }) {
  const documented = new Set(elsewhere.map((flag) => JSON.stringify(flagItem(flag))));
  const flags = shownFlags(usage);
  const own = flags.filter((flag) => !documented.has(JSON.stringify(flagItem(flag))));
  const shared = flags.filter((flag) => !own.includes(flag));
  const ofPosition = shared.filter(({ name: flag }) =>
    elsewhere.some((each) => each.name === flag && each.isOfPosition),
  );
  const operands = usage.operands.map(({ usage: word, meaning }) => `.It Ar ${operandName(word)}\n${text(meaning)}`);
  const items = [...operands, ...own.map(flagItem)];
  const no = exitsOf(usage).filter(({ code }) => code === 1);
  return [
    `.Ss ${name}`,
    `${text(summary[0].toUpperCase() + summary.slice(1))}.`,
    '.Pp',
    synopsis(name, formsOf(usage)),
    ...(items.length > 0 ? [list(items)] : []),
    ...ofPositionText(ofPosition),
    ...no.flatMap(({ meaning }) => ['.Pp', text(`Exit code 1: ${meaning}.`)]),
    ...notesOf(usage).examples.flatMap((example, index) => [...(index === 0 ? ['.Pp'] : []), `.Dl ${callOf(example)}`]),
  ].join('\n');
}

/** A call on a line of its own. */
const callOf = (words) => `liqcalc ${words}`.replaceAll('-', '\\-');

/** Which of the flags of a position a command takes. */
function ofPositionText(flags) {
  if (flags.length === 0) return [];
  const names = flags.map(({ name }, index) => `.Fl \\-${text(name)}${index < flags.length - 1 ? ' ,' : ' .'}`);
  return ['.Pp', 'Flags of a position:', ...names];
}

export async function manual() {
  const { commands, EXIT_CODES, POSITION_FLAGS, RESULT_LIST, VERSION, ...help } = await definitions();
  const loaded = await Promise.all(
    Object.entries(commands).map(async ([name, { summary, load }]) => [name, { summary, usage: (await load()).usage }]),
  );
  const common = loaded.find(([name]) => name === 'help')[1].usage.flags;
  const elsewhere = [...common, ...POSITION_FLAGS.map((flag) => ({ ...flag, isOfPosition: true }))];
  return `.Dd November 22, 2026
.Dt LIQCALC 1
.Os liqcalc ${VERSION}
.Sh NAME
.Nm liqcalc
.Nd exact liquidation prices for leveraged futures positions
.Sh SYNOPSIS
.Nm
.Ar command
.Op Ar arguments
.Sh DESCRIPTION
.Nm
computes the price at which a leveraged futures position is force\\-closed: linear and
inverse contracts, isolated and cross, with the maintenance bracket of the value
at that price.
Numbers are exact and rounded once, where they are printed.
Without a command and with data on standard input it is
.Nm
.Cm batch .
.Sh COMMANDS
${loaded.map((entry) => commandSection(entry, elsewhere, help)).join('\n')}
.Sh FLAGS OF A POSITION
${list(POSITION_FLAGS.map(flagItem))}
.Sh FLAGS OF EVERY COMMAND
${list(common.map(flagItem))}
.Sh RESULTS
What
.Fl \\-only
and
.Fl \\-fields
take:
${list(RESULT_LIST.map(([key, { meaning }]) => `.It Li ${key}\n${text(meaning)}`))}
.Sh ENVIRONMENT
${list([
  '.It Ev NO_COLOR\nNo colour, unless\n.Fl \\-color\nrequests it.',
  '.It Ev FORCE_COLOR\nColour even if the output is not a terminal.',
  '.It Ev LC_ALL , LC_CTYPE , LANG\nText is ASCII if they do not name UTF\\-8.',
  '.It Ev XDG_CONFIG_HOME , HOME\nThe folder of imported tables is below them.',
  '.It Ev LIQCALC_DEBUG\n1 prints the stack of a bug.',
])}
.Sh FILES
${list(['.It Pa ~/.config/liqcalc/brackets.json\nImported bracket tables.'])}
.Sh EXIT STATUS
${list(Object.values(EXIT_CODES).map(({ code, meaning }) => `.It ${code}\n${text(meaning)}`))}
.Sh SEE ALSO
The topics of
.Nm
.Cm help :
${text('fields, results, rules, venues, formats, exit-codes, liquidation')}.
`;
}
