/** Every exit code with its meaning. */
export const EXIT_CODES = {
  done: { code: 0, meaning: 'done' },
  no: {
    code: 1,
    meaning:
      'the answer is "no": --alert found a position at or below its limit; solve or size found no value; check found a violation; brackets differ',
  },
  usage: { code: 2, meaning: 'wrong usage or wrong values; nothing on stdout' },
  invalidRecords: {
    code: 65,
    meaning:
      'some records are invalid, or there is no record for --alert or check to judge; if 1 applies too, the code is 65',
  },
  unreadable: { code: 66, meaning: 'an input file cannot be read' },
  unavailable: { code: 69, meaning: 'the exchange cannot be reached, refuses, or is down (live commands only)' },
  bug: { code: 70, meaning: 'a bug in liqcalc; LIQCALC_DEBUG=1 prints the stack' },
  unwritable: { code: 73, meaning: 'output cannot be written' },
  noKey: { code: 77, meaning: 'there is no key for the exchange, or it refuses the key (live commands only)' },
  badConfig: { code: 78, meaning: 'invalid configuration' },
  interrupted: { code: 130, meaning: 'interrupted' },
} as const;

/** The name of an exit code. */
export type ExitName = keyof typeof EXIT_CODES;
