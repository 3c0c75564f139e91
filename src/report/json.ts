import type { Written } from '../schema/figure.js';

/** Keys with their JSON text as one object on one line. */
export function jsonObject(members: readonly (readonly [key: string, json: string])[]): string {
  let text = '';
  for (const [key, json] of members) text += `${text === '' ? '{' : ','}${jsonText(key)}:${json}`;
  return text === '' ? '{}' : `${text}}`;
}

/** Text that JSON writes without escapes. */
const PLAIN = /^[\w.+-]*$/;

function jsonText(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** A written result as JSON text: decimals are strings. */
export function jsonValue(value: Exclude<Written, undefined>): string {
  return typeof value === 'string' ? jsonText(value) : JSON.stringify(value);
}
