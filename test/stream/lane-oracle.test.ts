import { it } from 'vitest';
import { expectNoWrongDigit } from './near-ties.js';

it('20,000 random and near-tie records at 0 to 18 decimals have no wrong digit', () => expectNoWrongDigit(20_000));
