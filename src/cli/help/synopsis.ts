import { NEEDED, SIZED, SIZES } from '../../core/requirements.js';
import { listed } from '../../core/names.js';
import type { HelpNotes, QuestionInputs } from '../../commands/shared/question.js';
import { kebab } from '../../schema/input.js';
import type { Flag, Operand, Usage } from '../flags.js';

/** The name of an operand as help shows it: `SYMBOL`, `FILE...`. */
export const operandName = ({ usage }: Operand): string => usage.replace(/[<>[\]]/g, '').toUpperCase();

/** The flags that have an effect. */
export const shownFlags = ({ flags }: Usage): readonly Flag[] => flags.filter(({ isIdle }) => isIdle !== true);

/** What help shows of a command besides its flags. */
export function notesOf({ help, question, flags }: Usage): HelpNotes {
  return help ?? question?.help ?? { usual: flags.map(({ name }) => name), examples: [] };
}

/** The arguments of each way to call a command, without its name: `SIDE (SYMBOL | --mmr R) --entry P [FLAGS]`. */
export function formsOf(usage: Usage): readonly string[] {
  const { operands, flags, question, forms } = usage;
  if (forms) return forms;
  const spelled = new Map([
    ...flags.map((flag) => [flag.name, flagText(flag)] as const),
    ...operands.map((operand) => [operandName(operand).toLowerCase(), operandName(operand)] as const),
  ]);
  const groups = question ? neededBy(question) : [];
  const shown = (group: readonly string[]): string => alternatives(group.flatMap((name) => spelled.get(name) ?? []));
  const ofOperands = operands.map((operand) => {
    const name = operandName(operand);
    const group = groups.find((each) => each.includes(name.toLowerCase()));
    if (group) return shown([name.toLowerCase(), ...group.filter((each) => each !== name.toLowerCase())]);
    return operand.usage.startsWith('[') ? `[${name}]` : name;
  });
  const names = new Set(operands.map((operand) => operandName(operand).toLowerCase()));
  const others = groups.filter((group) => !group.some((name) => names.has(name))).map(shown);
  const size =
    question && takesSize(question) ? [`[${SIZES.flatMap((key) => spelled.get(key) ?? []).join(' | ')}]`] : [];
  return [[...ofOperands, ...others, ...size, '[FLAGS]'].filter((part) => part !== '').join(' ')];
}

/** When a size is required, in words; `undefined` if a command never requires one. */
export function sizeWords({ question }: Usage): string | undefined {
  if (!question || !takesSize(question)) return undefined;
  const asking = SIZED.filter((key) => key !== 'symbol' && question.position.includes(key)).map(
    (key) => `--${kebab(key)}`,
  );
  const also = asking.length === 0 ? '' : ` A size is also needed with ${listed(asking, 'or')}.`;
  return `With a symbol, give a size: its rate depends on the size (not with --mmr).${also}`;
}

/** A flag and its value: `-e, --entry P`. */
export function flagText({ name, placeholder }: Flag): string {
  return `--${name}${placeholder === undefined ? '' : ` ${placeholder}`}`;
}

function alternatives(words: readonly string[]): string {
  return words.length > 1 ? `(${words.join(' | ')})` : (words[0] ?? '');
}

/** The names of flags of which at least one is required, group by group. */
function neededBy(question: QuestionInputs): readonly (readonly string[])[] {
  const { position, inputs, choice, needs = [] } = question;
  const supplied = suppliedBy(question);
  const ofPosition = NEEDED.map(({ oneOf }) => oneOf).filter((oneOf) => !oneOf.some((key) => supplied.has(key)));
  const own = Object.entries(inputs).flatMap(([key, { needed }]) => (needed === undefined ? [] : [[key]]));
  const has = (key: string): boolean => Object.hasOwn(inputs, key) || position.some((each) => each === key);
  return [...ofPosition, ...own, ...(choice ? [choice.of] : []), ...needs.map(({ give }) => give)]
    .map((group) => group.filter(has).map(kebab))
    .filter((group) => group.length > 0);
}

function suppliedBy({ supplies }: QuestionInputs): ReadonlySet<string> {
  return new Set(typeof supplies === 'function' ? supplies(new Set()) : supplies);
}

/** Whether a position of the question may need a size. */
function takesSize(question: QuestionInputs): boolean {
  const isNeeded = question.needs?.some(({ give }) => give.includes('qty')) === true;
  return question.position.includes('qty') && !isNeeded && !suppliedBy(question).has('qty');
}
