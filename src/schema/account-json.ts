import * as z from 'zod/mini';
import type { Terms } from '../core/position.js';
import { accountMembers, PLACE } from './account.js';
import type { JsonSchema } from './json-notes.js';
import { anyGiven, jsonSchemaOf } from './json-schema.js';
import { choice } from './leaves.js';
import { objectOf, optional, type Members } from './object.js';
import { requirementsJson } from './requirements.js';

/** The members of an account and its positions that are declared elsewhere. */
export interface AccountParts {
  /** The fields of a single position. */
  readonly fields: Members;
  /** Every spelling of a field of a single position. */
  readonly spellingsOf: (key: keyof Terms) => readonly string[];
  /** The data for rules. */
  readonly data: Readonly<Record<'account' | 'position', Members>>;
}

const nothing = optional(z.never(), {
  meaning: 'not allowed here: the account has one wallet, and its positions are listed in it',
});

/** Requires that the value of a key matches a schema. */
function only(key: string, schema: z.ZodMiniType): JsonSchema {
  const { properties, required } = jsonSchemaOf(z.object({ [key]: schema }));
  return { properties, ...(required !== undefined && { required }) };
}

const isolated = only('mode', choice(['isolated']));

const OF_OTHERS: readonly (keyof Terms)[] = ['othersMm', 'othersPnl'];

/** Requirements across fields of a position in an account: missing and conflicting fields. */
function together({ spellingsOf }: AccountParts): readonly JsonSchema[] {
  const ofIsolated = requirementsJson({
    given: new Set(['symbol']),
    absent: new Set(['wallet', ...OF_OTHERS]),
    spellingsOf,
  });
  const ofCross = requirementsJson({ given: new Set(['symbol', 'wallet']), absent: new Set(OF_OTHERS), spellingsOf });
  const exact = only('formula', z.nullish(choice(['exact'])));
  return [
    anyGiven(spellingsOf('symbol')),
    { if: anyGiven(['fundingTimes']), then: anyGiven(['funding']) },
    {
      if: isolated,
      then: { allOf: ofIsolated },
      else: { allOf: [anyGiven(spellingsOf('mark')), ...ofCross], ...exact },
    },
  ];
}

const BACKED: JsonSchema = {
  anyOf: [anyGiven(['wallet']), { properties: { positions: { items: isolated, minItems: 1 } } }],
};

/** The JSON Schema of an account: it covers what the reader refuses, as far as a schema can express it. */
export function accountJson(parts: AccountParts): JsonSchema {
  const { fields, data } = parts;
  const members = { ...fields, wallet: nothing, othersMm: nothing, othersPnl: nothing };
  const position = objectOf({ ...members, ...PLACE, ...data.position }, { together: () => together(parts) });
  const account = objectOf({ ...data.account, ...accountMembers(position) }, { together: () => [BACKED] });
  return jsonSchemaOf(account);
}
