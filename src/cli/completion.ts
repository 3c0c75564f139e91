import { RULE_IDS } from '../core/risk/rules/index.js';
import { DEFAULT_VENUE, symbolsOn } from '../core/brackets.js';
import { builtInTables } from '../core/tables/index.js';
import { RESULT_LIST } from '../formats/results.js';
import type { CommandManual } from './command.js';
import type { Flag, Takes } from './flags.js';
import { shownFlags } from './help/synopsis.js';
import { TOPIC_NAMES } from './topics/index.js';

/** The possible values: words, words of a comma-separated list, a file (or one of some words), or anything else. */
export type Values =
  | { readonly kind: 'words' | 'list'; readonly words: readonly string[] }
  | { readonly kind: 'file'; readonly words?: readonly string[] }
  | { readonly kind: 'unknown' };

/** A flag as shells complete it. */
export interface CompletedFlag {
  /** `--entry`, `-e`. */
  readonly spellings: readonly string[];
  readonly meaning: string;
  readonly placeholder?: string;
  readonly repeats: boolean;
  /** `undefined` for a flag without a value. */
  readonly values?: Values;
}

/** A command as shells complete it. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly CompletedFlag[];
  /** The possible values of its operands, in order. With `openEnd`, the last one also describes all further ones. */
  readonly operands: readonly Values[];
  readonly openEnd: boolean;
  /** The operands after an action's name, if the first operand is an action. */
  readonly actions: Readonly<Record<string, readonly Values[]>>;
}

/**
 * Everything that shells complete. It is made once from the flags of all commands, and each shell has its own script.
 */
export interface Completion {
  readonly commands: readonly CompletedCommand[];
  /** The flags that take a value: `*:--entry`, and `check:--explain` if another command has it without a value. */
  readonly takers: readonly string[];
}

/** The completions after `liqcalc`. */
export function completionOf(manuals: readonly CommandManual[]): Completion {
  const words = wordsOf(manuals.map(({ name }) => name));
  const commands = manuals.map(({ name, summary, usage }): CompletedCommand => {
    const { operands, actions = {} } = usage;
    return {
      name,
      summary,
      flags: shownFlags(usage).map((flag) => completedFlag(flag, words)),
      operands: operands.map((operand) => valuesOf(operand, words)),
      openEnd: operands.at(-1)?.usage.includes('...') === true,
      actions: Object.fromEntries(
        Object.entries(actions).map(([action, { takes }]) => [action, takes.map((each) => words[each])]),
      ),
    };
  });
  return { commands, takers: takersOf(commands) };
}

function takersOf(commands: readonly CompletedCommand[]): readonly string[] {
  const spelled = (taking: boolean): (readonly [command: string, spelling: string])[] =>
    commands.flatMap(({ name, flags }) =>
      flags
        .filter(({ values }) => (values !== undefined) === taking)
        .flatMap(({ spellings }) => spellings.map((each) => [name, each] as const)),
    );
  const bare = new Set(spelled(false).map(([, spelling]) => spelling));
  const takers = spelled(true).map(([name, spelling]) => `${bare.has(spelling) ? name : '*'}:${spelling}`);
  return [...new Set(takers)];
}

function wordsOf(commands: readonly string[]): Readonly<Record<Takes, Values>> {
  return {
    file: { kind: 'file' },
    symbol: { kind: 'words', words: symbolsOn(builtInTables, DEFAULT_VENUE) },
    results: { kind: 'list', words: RESULT_LIST.map(([key]) => key) },
    rule: { kind: 'words', words: RULE_IDS },
    topic: { kind: 'words', words: [...commands, ...TOPIC_NAMES] },
  };
}

function valuesOf({ choices, takes }: Pick<Flag, 'choices' | 'takes'>, words: Readonly<Record<Takes, Values>>): Values {
  if (choices) return { kind: takes === 'file' ? takes : 'words', words: choices };
  return takes ? words[takes] : { kind: 'unknown' };
}

function completedFlag(flag: Flag, words: Readonly<Record<Takes, Values>>): CompletedFlag {
  const { name, short, meaning, placeholder, repeats = false } = flag;
  const spellings = [...(short === undefined ? [] : [`-${short}`]), `--${name}`];
  if (placeholder === undefined) return { spellings, meaning, repeats };
  return { spellings, meaning, repeats, placeholder, values: valuesOf(flag, words) };
}
