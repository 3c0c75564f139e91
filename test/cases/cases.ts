import { readFileSync } from 'node:fs';

/** What was found of a case. */
export const VERDICTS = {
  agrees: 'agrees to every printed digit',
  rounds: 'agrees; the source rounds, cuts or counts in floats',
  read: 'what liqcalc reads or does is what it should be',
  'source wrong': "the source does not go by the exchange's rule; its own formula is reproduced",
  'another rule': "the venue's figure does not follow from the rule alone",
  waits: 'needs a rule of the venue that liqcalc does not have',
  refused: 'refused, in words',
} as const;

/** One public case: what a source says, and what the program must answer to a call. */
export interface PublicCase {
  readonly id: string;
  readonly source: string;
  /** The call; files in `in/` are those of this folder. */
  readonly run: string;
  readonly stdin?: string;
  readonly stdinFile?: string;
  /** What the source prints; `null`: it has no price. */
  readonly says?: string | null;
  /** What we print at as many decimals, where that is not the same text. */
  readonly answer?: string;
  /** What the exchange's rule gives, where the call asks for another formula. */
  readonly exact?: string | null;
  /** The figure that the source prints, and its outcome, where that is not the liquidation price. */
  readonly field?: string;
  readonly outcome?: string;
  /** All of standard output, or its last line, without its line end. */
  readonly prints?: string;
  readonly last?: string;
  /** A line of standard error. */
  readonly stderr?: string;
  /** How it is refused: exit code, and words of the message. */
  readonly code?: number;
  readonly words?: string;
  readonly verdict: keyof typeof VERDICTS;
  readonly remark: string;
  /** What is still wrong; the expectation stands, and is not asked of the program yet. */
  readonly open?: string;
}

/** A case that no call can express. */
export interface LeftOut {
  readonly id: string;
  readonly source: string;
  readonly reason: string;
}

/** The folder of the cases and their files. */
export const FOLDER = 'test/cases';

export const { cases: CASES, leftOut: LEFT_OUT } = JSON.parse(readFileSync(`${FOLDER}/cases.json`, 'utf8')) as {
  readonly cases: readonly PublicCase[];
  readonly leftOut: readonly LeftOut[];
};
