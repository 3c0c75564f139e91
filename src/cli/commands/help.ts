import { UsageError, type Invocation } from '../command.js';
import { LiqcalcError } from '../../core/errors.js';
import { closest, listed } from '../../core/names.js';
import { exitCode } from '../ending.js';
import { BARE_FLAGS, type Usage } from '../flags.js';
import { colorOf, excessProblems, unknownFlagProblems } from '../options.js';
import { printText } from '../text.js';
import { TOPIC_NAMES, topics } from '../topics/index.js';

/** `liqcalc help [TOPIC]`: the same as `--help`, or a page about one topic. */
export const usage: Usage = {
  help: {
    usual: ['color', 'help'],
    examples: ['help size', 'help liquidation'],
  },
  operands: [{ usage: '[topic]', meaning: `a command, or ${listed(TOPIC_NAMES)}`, takes: 'topic' }],
  flags: BARE_FLAGS,
};

export async function run({ io, operands, options, unknown, help }: Invocation): Promise<number> {
  const [name, ...excess] = operands;
  const problems = [...unknownFlagProblems(unknown, usage), ...excessProblems(excess)];
  const color = colorOf(options, problems);
  if (problems.length > 0) throw new LiqcalcError(problems);
  const topic = name?.toLowerCase();
  await printText(io, { color }, async (style) => {
    if (topic === undefined) return help.program(style, 'with topics');
    if (help.topics.includes(topic)) return help.command(topic, style);
    if (isTopic(topic)) return (await topics[topic].load()).topic.text(style);
    throw new UsageError(unknownTopic(topic, [...help.topics, ...TOPIC_NAMES]));
  });
  return exitCode({ kind: 'answered' });
}

const isTopic = (name: string): name is keyof typeof topics => TOPIC_NAMES.includes(name);

function unknownTopic(topic: string, known: readonly string[]): string {
  const suggestion = closest(topic, known);
  const advice = suggestion === undefined ? `the topics are ${listed(known, 'and')}` : `did you mean ${suggestion}?`;
  return `there is no help on "${topic}"; ${advice}`;
}
