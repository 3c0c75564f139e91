import { ATR_SEEDS } from '../core/plan/atr-seeds.js';
import type { Inputs } from './input.js';

/** Inputs that several commands have. */
export const SHARED = {
  step: {
    kind: 'decimal',
    range: 'positive',
    placeholder: 'Q',
    meaning: 'the size is a multiple of this step, rounded down; default 0.00000001',
  },
  equity: { kind: 'decimal', range: 'positive', placeholder: 'A', meaning: 'equity of the account, margin asset' },
  stop: { kind: 'decimal', range: 'positive', placeholder: 'P', meaning: 'stop price' },
  take: { kind: 'decimal', range: 'positive', placeholder: 'P', meaning: 'take-profit price' },
  rates: {
    kind: 'text',
    placeholder: 'FILE',
    meaning: "funding rates from a file of the exchange's fundingRate responses",
  },
  candles: {
    kind: 'text',
    placeholder: 'FILE',
    meaning: "candles: CSV with high, low and close, or the exchange's kline arrays",
  },
  atrSeed: {
    kind: 'choice',
    choices: ATR_SEEDS,
    placeholder: 'SEED',
    meaning:
      'how the average starts: first-bar includes the first candle (high minus low), second-bar does not; default first-bar',
  },
} as const satisfies Inputs;
