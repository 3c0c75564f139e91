import type { Contract } from './contract.js';
import { inverse } from './inverse.js';
import { linear } from './linear.js';

export type { Contract } from './contract.js';

/** Every contract type by name. To add one, add a file here and a line below. */
export const contracts = { linear, inverse } as const satisfies Record<string, Contract>;

/** `linear` or `inverse`. */
export type ContractName = keyof typeof contracts;
