import type { Written } from '../schema/figure.js';

const ESCAPES: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A written value as text without quotes: empty for `null`, codes separated by blanks. */
export function bareText(value: Written): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? value.join(' ') : String(value);
}

/**
 * Bare values as one line, separated by tabs. Tabs and line ends inside a value are escaped, so that a record stays one
 * line.
 */
export function bareLine(texts: readonly string[]): string {
  return `${texts.map(onOneLine).join('\t')}\n`;
}

function onOneLine(text: string): string {
  return /[\t\n\r]/.test(text) ? text.replace(/[\t\n\r]/g, (character) => ESCAPES[character] ?? '') : text;
}
