import { problem, type Problem } from '../core/errors.js';
import { Ratio } from '../core/ratio.js';
import { readFillTexts } from './fills.js';
import { readFieldText } from './record.js';
import { QUESTIONS, type Asked, type AskedKey } from './questions.js';

/** Reads the text of one asked input: its value (a list where it takes several), problems added to those given. */
export function readAsked(key: AskedKey, texts: readonly string[], problems: Problem[]): unknown {
  const asked: Asked = QUESTIONS[key];
  if (key === 'fill') readFillTexts(texts, problems);
  const parts = asked.list ? texts.flatMap((text) => text.split(',').map((part) => part.trim())) : texts;
  const values = parts.flatMap((text) => {
    const read = readFieldText(key, { aliases: [], heading: 'Question', ...asked }, text);
    if (read.kind === 'problem') problems.push(read.problem);
    else if (asked.whole && !isWhole(read.value)) {
      problems.push(problem('NOT_A_VALUE', key, { value: text, advice: 'write a whole number' }));
    } else return [read.value];
    return [];
  });
  return asked.list || asked.repeats ? values : values[0];
}

function isWhole(value: Ratio | string): boolean {
  return value instanceof Ratio && value.floorTo(Ratio.ONE).compare(value) === 0;
}
