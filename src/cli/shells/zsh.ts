import type { CompletedCommand, CompletedFlag, Completion, Values } from '../completion.js';

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
/** Escapes text inside brackets or between colons of a specification. */
const escaped = (text: string): string => text.replace(/[\\[\]:]/g, String.raw`\$&`);

/** The part of an `_arguments` specification that lists the possible values. */
function action(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `(${values.words.join(' ')})`;
    case 'list':
      return `_sequence compadd - ${values.words.join(' ')}`;
    case 'file':
      return values.words ? ` _alternative "words:word:(${values.words.join(' ')})" "files:file:_files"` : '_files';
    case 'unknown':
      return ' ';
  }
}

function flagSpec({ spellings, meaning, placeholder, repeats, values }: CompletedFlag): string {
  const exclusion = repeats ? '*' : `(${spellings.join(' ')})`;
  const tail = values ? `:${escaped(placeholder ?? '')}:${action(values)}` : '';
  return spellings
    .map((spelling) => {
      const equals = values && spelling.startsWith('--') ? '=' : '';
      return quoted(`${exclusion}${spelling}${equals}[${escaped(meaning)}]${tail}`);
    })
    .join(' ');
}

function operandSpecs({ operands, openEnd }: CompletedCommand): string[] {
  return operands.map((values, place) => {
    const isRest = openEnd && place === operands.length - 1;
    return quoted(`${isRest ? '*' : `${place + 1}:`}:argument:${action(values)}`.replace(/^(\d+)::/, '$1:'));
  });
}

function actionCases({ name, actions }: CompletedCommand): string[] {
  return Object.entries(actions).map(([verb, takes]) => {
    const specs = takes.map((values, place) => quoted(`${place + 2}:argument:${action(values)}`));
    return `        ${name}:${verb}) operands=('1:action: ' ${specs.join(' ')}) ;;\n`;
  });
}

/** Completion for zsh: for a file \`_liqcalc\` in \`fpath\`, or to be sourced after \`compinit\`. */
export function zsh({ commands }: Completion): string {
  const cases = commands.map((command) => {
    const specs = command.flags.map((flag) => `          ${flagSpec(flag)}\n`).join('');
    return `        ${command.name})
          flags=(
${specs}          )
          operands=(${operandSpecs(command).join(' ')})
          ;;
`;
  });
  return `#compdef liqcalc
# zsh completion of liqcalc. In ~/.zshrc, after compinit: source <(liqcalc completion zsh)

_liqcalc() {
  local curcontext=$curcontext state line
  local -a commands flags operands
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${escaped(name)}:${summary}`)}\n`).join('')}  )
  _arguments -C '(- *)'{-h,--help}'[show help]' '(- *)'{-V,--version}'[show the version]' '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe -t commands command commands ;;
    argument)
      case $words[1] in
${cases.join('')}      esac
      case $words[1]:$words[2] in
${commands.flatMap(actionCases).join('')}      esac
      curcontext="\${curcontext%:*:*}:liqcalc-$words[1]:"
      _arguments $flags $operands
      ;;
  esac
}

if [[ $funcstack[1] == _liqcalc ]]; then _liqcalc "$@"; else compdef _liqcalc liqcalc; fi
`;
}
