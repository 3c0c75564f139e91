import type { Problem } from '../core/errors.js';
import { readFillTexts } from './fills.js';
import { readValue } from '../schema/value.js';
import { QUESTIONS, type Asked, type AskedKey } from './questions.js';

/** Reads the text of one asked input: its value (a list where it takes several), problems added to those given. */
export function readAsked(key: AskedKey, texts: readonly string[], problems: Problem[]): unknown {
  const asked: Asked = QUESTIONS[key];
  if (key === 'fill' || key === 'open') readFillTexts(texts, problems, key);
  const parts = asked.list ? texts.flatMap((text) => text.split(',').map((part) => part.trim())) : texts;
  const values = parts.flatMap((text) => {
    const read = readValue(asked, key, text);
    if ('value' in read) return [read.value];
    problems.push(read.problem);
    return [];
  });
  return asked.list || asked.repeats ? values : values[0];
}
