const ADVICE = 'write digits with at most one dot, like 30000 or 0.5';
/** No suggestion is made for longer text: no number has so many characters. */
const MOST_CHARACTERS = 60;

/** Marks that group thousands and are never a decimal point, `'` and `_` among them. */
const GROUP_MARKS = /[ _'\u2019\u066c]/;
const MINUS = /[\u2010-\u2015\u2212\ufe63\uff0d]/g;
const PLUS = /[\ufe62\uff0b]/g;
/** The zeros of the other sets of decimal digits in Unicode whose ten digits are consecutive. */
const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040,
  0x17e0, 0x1810, 0xff10,
] as const;

/** What to write instead of a number that is not a plain decimal: every possible reading of the text. */
export function plainSpelling(value: string): string {
  if (value.length > MOST_CHARACTERS) return ADVICE;
  const text = asciiOf(value);
  if (isPlain(text)) return `write ${text}`;
  const scaled = scaledNumber(text);
  if (scaled !== undefined) return `write ${scaled}`;
  const bare = withoutUnits(text);
  // A lone suffix that is not allowed here is not a spelling of a number.
  const [first, other] = /^[^ ]*\d[%x]$/i.test(text) && isPlain(bare) ? [] : readingsOf(bare);
  if (first === undefined) return ADVICE;
  return other === undefined ? `write ${first}` : `write ${first}, or ${other} if the comma is the decimal point`;
}

/** How many zeros the letter after a number adds: `60k`. */
const SCALES: Readonly<Record<string, number>> = { k: 3, m: 6, b: 9 };

/** A number with a letter for thousands, millions or billions, written out: `1.5M` is 1500000. */
function scaledNumber(text: string): string | undefined {
  const [, sign = '', whole = '', fraction = '', letter = ''] =
    /^[$\u20ac\u00a3]? ?([+-]?)(\d+)(?:\.(\d+))? ?([kmb])$/i.exec(text) ?? [];
  const zeros = SCALES[letter.toLowerCase()];
  if (zeros === undefined) return undefined;
  const digits = `${whole}${fraction.slice(0, zeros).padEnd(zeros, '0')}`.replace(/^0+(?=\d)/, '');
  const rest = fraction.slice(zeros);
  return `${sign}${digits}${rest === '' ? '' : `.${rest}`}`;
}

/** A text without a currency sign before the number, and without a unit, `%` or a sign for times after it. */
function withoutUnits(text: string): string {
  const bare = text.replace(/^[$\p{Sc}~\u2248@x] ?(?=[+\-\d.])/iu, '');
  return bare.replace(/(\d)(?:%|x| [%x]| ?[\uff05\u00d7\u2715\u500d]| ?(?!bps)[a-z]{3,10})$/iu, '$1');
}

/** The text with its digits, blanks, signs and points converted to ASCII. */
function asciiOf(value: string): string {
  return value
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/\s/g, ' ')
    .replace(MINUS, '-')
    .replace(PLUS, '+')
    .replace(/\uff0c/g, ',')
    .replace(/[\u066b\uff0e]/g, '.')
    .trim();
}

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) as number;
  const zero = ZEROS.find((each) => code >= each && code < each + 10);
  return zero === undefined ? digit : String(code - zero);
}

function isPlain(text: string): boolean {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text);
}

/** The numbers that a text with marks between its digits can mean, as plain decimals. */
function readingsOf(text: string): readonly string[] {
  if (isPlain(text)) return [text];
  const [, sign = '', digits = ''] = /^([+-]?)(.+)$/s.exec(text) ?? [];
  const asGroups = [ungrouped(digits, /[.]/), ungrouped(digits, /[,]/)];
  const readings = asGroups.flatMap((reading) => (reading === undefined ? [] : [`${sign}${reading}`]));
  return [...new Set(readings)];
}

/**
 * The number with at most one decimal mark and its groups joined.
 *
 * @param point - the decimal mark; the other one of `.` and `,` may then group.
 */
function ungrouped(text: string, point: RegExp): string | undefined {
  const [whole = '', fraction, ...more] = text.split(point);
  if (more.length > 0) return undefined;
  if (fraction !== undefined && !/^\d*$/.test(fraction)) return undefined;
  const joined = joinedGroups(whole);
  if (joined === undefined || (joined === '' && !fraction)) return undefined;
  return fraction ? `${joined === '' ? '0' : joined}.${fraction}` : joined;
}

/** The digits of a whole number whose groups have one kind of mark between them. */
function joinedGroups(whole: string): string | undefined {
  if (/^\d*$/.test(whole)) return whole;
  const mark = /\D/.exec(whole)?.[0] as string;
  if (mark !== ',' && mark !== '.' && !GROUP_MARKS.test(mark)) return undefined;
  const groups = whole.split(mark);
  if (!groups.every((group) => /^\d+$/.test(group))) return undefined;
  return areGroups(groups, mark) ? groups.join('') : undefined;
}

/**
 * Whether the groups form a number. A number with groups never starts with 0; `_` may be anywhere; the Indian 12,34,567
 * is valid.
 */
function areGroups([first = '', ...others]: readonly string[], mark: string): boolean {
  if (first.startsWith('0')) return false;
  if (mark === '_') return true;
  if (first.length > 3 || others.at(-1)?.length !== 3) return false;
  return (
    others.every(({ length }) => length === 3) ||
    (first.length < 3 && others.slice(0, -1).every(({ length }) => length === 2))
  );
}
