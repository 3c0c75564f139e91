import type { Written } from './figures.js';

/** Keys with their JSON text as one object on one line. */
export function jsonObject(members: readonly (readonly [key: string, json: string])[]): string {
  return `{${members.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(',')}}`;
}

/** A written result as JSON text: decimals are strings. */
export function jsonValue(value: Exclude<Written, undefined>): string {
  return JSON.stringify(value);
}
