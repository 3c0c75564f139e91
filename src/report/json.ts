import type { Written } from '../schema/figure.js';

/** Keys with their JSON text as one object on one line. */
export function jsonObject(members: readonly (readonly [key: string, json: string])[]): string {
  let text = '';
  for (const [key, json] of members) text += `${text === '' ? '{' : ','}${jsonText(key)}:${json}`;
  return text === '' ? '{}' : `${text}}`;
}

/** An object on one line with more members after its own. */
export function jsonObjectWith(object: string, members: readonly (readonly [key: string, json: string])[]): string {
  const more = jsonObject(members);
  if (object === '{}') return more;
  return members.length === 0 ? object : `${object.slice(0, -1)},${more.slice(1)}`;
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
