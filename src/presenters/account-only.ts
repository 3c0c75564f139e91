import type { PositionFacts } from '../formats/account.js';
import { jsonScalar } from '../formats/json.js';
import { accountMembers, positionMembers, type AccountAnswer, type AccountRendering } from './account-rows.js';

/** Fields that an account has and its positions do not, or that mean the account where nothing of a position is asked. */
export const ACCOUNT_FIELDS = [
  'wallet',
  'equity',
  'maintenanceMargin',
  'marginRatio',
  'effectiveLeverage',
  'outcome',
  'marketMovePercent.down',
  'marketMovePercent.up',
  'need.walletChange',
] as const;

/**
 * The bare values of some fields: one line for the account where all are its own, else one line for each position, the
 * account's figures repeated.
 */
export function accountOnlyLines(answer: AccountAnswer, only: readonly string[], rendering: AccountRendering): string {
  const account = new Map(accountMembers(answer, rendering, 'accountAlone').map(([key, json]) => [key, bare(json)]));
  for (const nested of ['marketMovePercent', 'need']) {
    const parts = JSON.parse(accountText(answer, rendering, nested) ?? '{}') as Record<string, string | null>;
    for (const [key, value] of Object.entries(parts)) account.set(`${nested}.${key}`, value ?? '');
  }
  if (only.every((name) => account.has(name) || ACCOUNT_FIELDS.some((field) => field === name))) {
    return `${only.map((name) => account.get(name) ?? '').join('\t')}\n`;
  }
  const wanted = { ...rendering, fields: new Set(only) };
  const lines = answer.assessment.positions.map((position, index) => {
    const facts = answer.input.facts[index] as PositionFacts;
    const name = answer.assessment.account.positions[index]?.name ?? '';
    const own = new Map(positionMembers(position, facts, name, wanted).map(([key, json]) => [key, bare(json)]));
    return `${only.map((field) => own.get(field) ?? account.get(field) ?? '').join('\t')}\n`;
  });
  return lines.join('');
}

function accountText(answer: AccountAnswer, rendering: AccountRendering, key: string): string | undefined {
  return accountMembers(answer, rendering, 'accountAlone').find(([name]) => name === key)?.[1];
}

function bare(json: string): string {
  return json === 'null' ? '' : (jsonScalar(json) ?? json);
}
