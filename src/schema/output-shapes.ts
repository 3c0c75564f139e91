import type { Shape } from './value.js';

/** The values of flags that every command has. */
export const OUTPUT_SHAPES = {
  dp: { kind: 'decimal', range: 'notNegative', maximum: '30', whole: true },
  percent: { kind: 'decimal', range: 'notNegative', suffix: '%' },
  color: { kind: 'choice', choices: ['auto', 'always', 'never'] },
} as const satisfies Readonly<Record<string, Shape>>;
