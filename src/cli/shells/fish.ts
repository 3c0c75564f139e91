import type { CompletedCommand, CompletedFlag, Completion, Values } from '../completion.js';

const quoted = (text: string): string => `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;

/** The arguments of `complete` that list the possible values. */
function offered(values: Values): string {
  switch (values.kind) {
    case 'words':
      return ` -x -a ${quoted(values.words.join(' '))}`;
    case 'list':
      return ` -x -a ${quoted(`(__liqcalc_list ${values.words.join(' ')})`)}`;
    case 'file':
      return ' -r -F';
    case 'unknown':
      return ' -x';
  }
}

function flagLine(names: readonly string[], { spellings, meaning, values }: CompletedFlag): string {
  const shown = spellings.map((each) => (each.startsWith('--') ? `-l ${each.slice(2)}` : `-s ${each.slice(1)}`));
  const when = quoted(`__liqcalc_is ${names.join(' ')}`);
  return `complete -c liqcalc -n ${when} ${shown.join(' ')} -d ${quoted(meaning)}${values ? offered(values) : ''}\n`;
}

/** One line for all commands that have the same flag. */
function flagLines(commands: readonly CompletedCommand[]): string {
  const flags = new Map<string, { readonly flag: CompletedFlag; readonly names: string[] }>();
  for (const { name, flags: all } of commands) {
    for (const flag of all) {
      const same = flags.get(JSON.stringify(flag));
      if (same) same.names.push(name);
      else flags.set(JSON.stringify(flag), { flag, names: [name] });
    }
  }
  return [...flags.values()].map(({ flag, names }) => flagLine(names, flag)).join('');
}

function operandLines({ name, operands, openEnd, actions }: CompletedCommand): string {
  const line = (where: string, values: Values): string => {
    if (values.kind === 'unknown') return '';
    const offer =
      values.kind === 'file'
        ? ` -F${values.words ? ` -a ${quoted(values.words.join(' '))}` : ''}`
        : ` -a ${quoted(values.kind === 'list' ? '' : values.words.join(' '))}`;
    return `complete -c liqcalc -n ${quoted(`__liqcalc_is ${name}; and ${where}`)}${offer}\n`;
  };
  const own = operands.map((values, place) => {
    const isRest = openEnd && place === operands.length - 1;
    return line(
      isRest ? `test (count (__liqcalc_operands)) -ge ${place}` : `test (count (__liqcalc_operands)) -eq ${place}`,
      values,
    );
  });
  const ofActions = Object.entries(actions).flatMap(([action, takes]) =>
    takes.map((values, place) => line(`__liqcalc_after ${action} ${place + 1}`, values)),
  );
  return [...own, ...ofActions].join('');
}

/** Completion for fish: for a file \`liqcalc.fish\` in its completions folder, or to be sourced. */
export function fish({ commands, takers }: Completion): string {
  return `# fish completion of liqcalc: liqcalc completion fish > ~/.config/fish/completions/liqcalc.fish

set -g __liqcalc_takers ${takers.map(quoted).join(' ')}

# Whether the command is one of these.
function __liqcalc_is
  set -l words (commandline -opc)
  contains -- "$words[2]" $argv
end

# Whether no command is named yet.
function __liqcalc_begins
  test (count (commandline -opc)) -eq 1
end

# The words so far that are neither flags nor their values.
function __liqcalc_operands
  set -l words (commandline -opc)
  set -l taken 0
  for word in $words[3..-1]
    if test $taken -eq 1
      set taken 0
    else if contains -- "*:$word" $__liqcalc_takers; or contains -- "$words[2]:$word" $__liqcalc_takers
      set taken 1
    else if not string match -q -- '-?*' $word
      echo $word
    end
  end
end

# Whether the first operand is this, and that many are there.
function __liqcalc_after
  set -l operands (__liqcalc_operands)
  test (count $operands) -eq $argv[2]; and test "$operands[1]" = $argv[1]
end

# Words of a list with commas between.
function __liqcalc_list
  set -l before (string replace -r -- '^(--[a-z-]+=)?(.*,)?[^,]*$' '$2' (commandline -ct))
  for word in $argv
    echo $before$word
  end
end

complete -c liqcalc -f
complete -c liqcalc -n __liqcalc_begins -s h -l help -d 'show help'
complete -c liqcalc -n __liqcalc_begins -s V -l version -d 'show the version'
${commands.map(({ name, summary }) => `complete -c liqcalc -n __liqcalc_begins -a ${name} -d ${quoted(summary)}\n`).join('')}${flagLines(commands)}${commands.map(operandLines).join('')}`;
}
