import type { Topic } from './topic.js';

/** A topic in the registry: its page is loaded when it is printed. */
interface TopicEntry {
  readonly summary: string;
  readonly load: () => Promise<{ readonly topic: Topic }>;
}

/** Every topic of `liqcalc help` besides the commands. To add one, add a file here and a line below. */
export const topics = {
  fields: { summary: 'every field of a position: flag, key, meaning', load: () => import('./fields.js') },
  results: { summary: 'every result: what --only and --fields accept', load: () => import('./results.js') },
  rules: { summary: 'the rules of check and their limits', load: () => import('./rules.js') },
  venues: { summary: 'the venues and their rules', load: () => import('./venues.js') },
  formats: { summary: 'formats of output and input', load: () => import('./formats.js') },
  'exit-codes': { summary: 'every exit code', load: () => import('./exit-codes.js') },
  liquidation: { summary: 'what the exchange does, step by step', load: () => import('./liquidation.js') },
} as const satisfies Readonly<Record<string, TopicEntry>>;

/** The names of all topics. */
export const TOPIC_NAMES: readonly string[] = Object.keys(topics);
