import { QUESTIONS, type Asked, type AskedKey } from '../formats/questions.js';
import type { Flag } from './flags.js';

function flagOf(key: AskedKey): Flag {
  const { flag, placeholder, meaning, choices, repeats }: Asked = QUESTIONS[key];
  return {
    name: flag,
    placeholder,
    meaning,
    heading: 'Question',
    ...(choices && { choices }),
    ...(repeats && { repeats }),
  };
}

/** The flags of asked inputs. */
export function askedFlags(keys: readonly AskedKey[]): readonly Flag[] {
  return keys.map(flagOf);
}
