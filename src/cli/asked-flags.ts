import type { Asked } from '../formats/fill-questions.js';
import type { Flag } from './flags.js';

/** The flag of an asked input. */
export function askedFlag({ flag, placeholder, meaning, choices, repeats }: Asked): Flag {
  return {
    name: flag,
    placeholder,
    meaning,
    heading: 'Question',
    ...(choices && { choices }),
    ...(repeats && { repeats }),
    ...(placeholder === 'FILE' && { takes: 'file' as const }),
  };
}
