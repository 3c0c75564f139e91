/** Bytes that are not UTF-8 are written as these characters, so that texts can be changed as texts. */
const RAW_BYTE = /(?<![\uD800-\uDBFF])([\uDC80-\uDCFF])/;
const rawByte = (byte: number): string => String.fromCharCode(0xdc00 + byte);

/** The bytes of a text: UTF-8, and raw bytes where their characters stand. */
export function bytesOf(text: string): Buffer {
  const parts = text.split(RAW_BYTE);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 1 ? Buffer.of(part.charCodeAt(0) & 0xff) : Buffer.from(part))),
  );
}

/** Texts that, repeated many times, make readers slow. */
const RUN_PIECES = [
  '7',
  '0',
  ' ',
  '\t',
  '\n',
  '"',
  '""',
  '[',
  '{"a":',
  ']',
  '\\',
  '\\\\',
  ',',
  ':',
  '/',
  '1,111',
  '\\u0041',
  'é',
];
const ENDS = ['', 'x', '"', ' ', '\n'];
const LONGEST_RUN = 20_000;

/** Pieces that readers stumble over. */
const TOKENS = [
  ...['{', '}', '[', ']', '"', ',', ':', ';', '\t', '\n', '\r\n', '\r', ' ', '\\', "'", '\0', '\u2028', '\uFEFF', '😀'],
  ...[
    'null',
    'true',
    '{}',
    '[]',
    '""',
    '-',
    '+',
    '.',
    '=',
    '@',
    '--',
    '\\u0000',
    '\\ud800',
    '\\ud83d\\ude00',
    '\\u5e01\\u5b89',
    '"s\\u0069de":',
    '币',
    rawByte(0xff),
    rawByte(0xe9),
    rawByte(0xe2) + rawByte(0x82),
    rawByte(0xed) + rawByte(0xa0) + rawByte(0x80),
    '"__proto__":',
    '"constructor":{"prototype":1},',
  ],
  ...[
    '0',
    '-0',
    '1e30',
    '1e31',
    '1e-30',
    '1e999',
    '9007199254740993',
    '0x10',
    '1_000',
    '3,0',
    '١',
    '1.',
    '.5',
    '%',
    'x',
  ],
  ...[
    '"side":',
    '"entry":',
    '"lev":',
    '"qty":"1",',
    '"mmr":0,',
    '"cum":',
    '"wallet":',
    '"margin":',
    '"symbol":"BTCUSDT",',
  ],
  ...['1'.repeat(41), '0.'.padEnd(50, '0') + '1', '[['.repeat(500), '{"a":'.repeat(300), '"'.repeat(3), 'é'],
];

/** A text with a few random changes; parts of another one may come into it. */
export function mutated(text: string, other: string, random: () => number): string {
  const below = (count: number): number => Math.floor(random() * count);
  const span = (whole: string): [number, number] => {
    const start = below(whole.length + 1);
    return [start, Math.min(whole.length, start + 1 + below(random() < 0.8 ? 8 : 200))];
  };
  const changes: readonly ((whole: string) => string)[] = [
    (whole) => cut(whole, span(whole), ''),
    (whole) => cut(whole, span(whole), TOKENS[below(TOKENS.length)] ?? ''),
    (whole) => cut(whole, [below(whole.length + 1), 0], TOKENS[below(TOKENS.length)] ?? ''),
    (whole) => cut(whole, [below(whole.length + 1), 0], whole.slice(...span(whole))),
    (whole) => cut(whole, span(whole), other.slice(...span(other))),
    (whole) => whole.slice(0, below(whole.length + 1)),
    (whole) => cut(whole, span(whole), String.fromCharCode(below(random() < 0.7 ? 128 : 65_536))),
    (whole) => whole.replace(/\d+/g, (number) => (random() < 0.1 ? (TOKENS[below(TOKENS.length)] ?? '') : number)),
    (whole) => (random() < 0.2 ? cut(whole, [below(whole.length + 1), 0], longRun(below)) : whole),
    (whole) =>
      whole
        .split('\n')
        .sort(() => random() - 0.5)
        .join('\n'),
  ];
  let result = text;
  for (let left = 1 + below(4); left > 0; left--) result = changes[below(changes.length)]?.(result) ?? result;
  return result.slice(0, 100_000);
}

/** One piece again and again, and an end that may make the run wrong. */
function longRun(below: (count: number) => number): string {
  const piece = RUN_PIECES[below(RUN_PIECES.length)] ?? '';
  return piece.repeat(below(LONGEST_RUN)) + (ENDS[below(ENDS.length)] ?? '');
}

/** A text with another one in place of a span; a span whose end is before its start is empty. */
function cut(text: string, [start, end]: readonly [number, number], replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(Math.max(start, end));
}
