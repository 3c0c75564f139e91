import type { CompletedCommand, Completion, Values } from '../completion.js';

/** A word in single quotes. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The statement that offers the values. */
function offer(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `_liqcalc_words ${quoted(values.words.join(' '))}`;
    case 'list':
      return `_liqcalc_list ${quoted(values.words.join(' '))}`;
    case 'file':
      return values.words ? `_liqcalc_files ${quoted(values.words.join(' '))}` : '_liqcalc_files';
    case 'unknown':
      return ':';
  }
}

/** The arms of a `case`: patterns with the same statement share one arm. */
function arms(cases: readonly (readonly [pattern: string, statement: string])[], indent: string): string {
  const patterns = new Map<string, string[]>();
  for (const [pattern, statement] of cases) {
    patterns.set(statement, [...(patterns.get(statement) ?? []), pattern]);
  }
  return [...patterns].map(([statement, all]) => `${indent}${all.join('|')}) ${statement} ;;\n`).join('');
}

function operandArms({ name, operands, openEnd, actions }: CompletedCommand): (readonly [string, string])[] {
  const ofActions = Object.entries(actions).flatMap(([action, takes]) =>
    takes.map((values, place) => [`${name}:${place + 1}:${action}`, offer(values)] as const),
  );
  const own = operands.map((values, place) => {
    const isLast = openEnd && place === operands.length - 1;
    return [`${name}:${isLast ? '*' : String(place)}:*`, offer(values)] as const;
  });
  return [...ofActions, ...own].filter(([, statement]) => statement !== ':');
}

/** Completion for bash, 3.2 and newer; it needs nothing besides bash. */
export function bash({ commands, takers }: Completion): string {
  const flags = commands.map(
    (command) =>
      [command.name, `flags=${quoted(command.flags.flatMap(({ spellings }) => spellings).join(' '))}`] as const,
  );
  const values = commands.flatMap(({ name, flags: all }) =>
    all.flatMap((flag) =>
      flag.values
        ? flag.spellings.map((each) => [`${name}:${each}`, offer(flag.values ?? { kind: 'unknown' })] as const)
        : [],
    ),
  );
  return `# bash completion of liqcalc. In ~/.bashrc: source <(liqcalc completion bash)

_liqcalc_words() {
  local IFS=$' \\t\\n'
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

_liqcalc_list() {
  local IFS=$' \\t\\n' before=''
  case $cur in *,*) before=\${cur%,*}, ;; esac
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "\${cur##*,}"))
  type compopt >/dev/null 2>&1 && compopt -o nospace 2>/dev/null
}

_liqcalc_files() {
  local IFS=$' \\t\\n'
  type compopt >/dev/null 2>&1 && compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -W "\${1-}" -- "$cur"))
  IFS=$'\\n'
  COMPREPLY+=($(compgen -f -- "$cur"))
}

_liqcalc() {
  local cur=\${COMP_WORDS[COMP_CWORD]} flags='' command='' action='' flag='' place=0 i word
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    case $cur in
      -*) _liqcalc_words '-h --help -V --version' ;;
      *) _liqcalc_words ${quoted(commands.map(({ name }) => name).join(' '))} ;;
    esac
    return 0
  fi
  command=\${COMP_WORDS[1]}
  for ((i = 2; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [ "$word" = = ]; then continue; fi
    if [ -n "$flag" ]; then flag=''; continue; fi
    case $command:$word in
${arms(
  takers.map((taker) => [taker, 'flag=$word'] as const),
  '      ',
)}      *:-?*) ;;
      *)
        if [ "$place" -eq 0 ]; then action=$word; fi
        place=$((place + 1))
        ;;
    esac
  done
  if [ "$cur" = = ]; then cur=''; fi
  if [ -n "$flag" ]; then
    case $command:$flag in
${arms(
  values.filter(([, statement]) => statement !== ':'),
  '      ',
)}    esac
    return 0
  fi
  case $command in
${arms(flags, '    ')}  esac
  case $cur in
    -*) _liqcalc_words "$flags"; return 0 ;;
  esac
  case $command:$place:$action in
${arms(commands.flatMap(operandArms), '    ')}  esac
  return 0
}

complete -F _liqcalc liqcalc
`;
}
