const [LOW_MARK, HIGH_MARK] = [0xff, 0xfe];

/**
 * Whether bytes are UTF-16, as spreadsheets save "Unicode text": a byte order mark, or two ASCII characters of which
 * every other byte is zero.
 */
export function isUtf16([first, second, third, fourth]: Uint8Array): boolean {
  const isMarked = (first === LOW_MARK && second === HIGH_MARK) || (first === HIGH_MARK && second === LOW_MARK);
  const isLittle = Boolean(first) && second === 0 && Boolean(third) && fourth === 0;
  const isBig = first === 0 && Boolean(second) && third === 0 && Boolean(fourth);
  return isMarked || isLittle || isBig;
}

/** What to do about it. */
export const UTF16_WORDS = 'UTF-16, not UTF-8; convert it (iconv -f UTF-16 -t UTF-8), or save it as "CSV UTF-8"';
