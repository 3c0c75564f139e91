import type { Assessment } from '../../core/assessment.js';
import type { Exits } from '../../core/plan/exit-sides.js';
import { percentText, priceText, roomTone } from '../figures.js';
import { toneNamed, tonePaint } from '../style.js';
import { cardTitle, liquidationText, liquidationWords, type CardOptions } from '../text/card.js';
import { rungsOf, type Rung } from './ladder.js';
import type { LadderPicture } from './picture.js';
import { priceUnit } from './units.js';

/** The prices of a position as a picture: entry, mark, margin call, liquidation, bankruptcy, and its planned exits. */
export function ladderPicture(assessment: Assessment, plain: CardOptions, exits?: Exits): LadderPicture {
  const { position, outcome, terms } = assessment;
  const { value, note } = liquidationWords(assessment, plain);
  const present = position.mark ? 'M' : 'E';
  const rungs = [...rungsOf(assessment, exits)].sort((one, other) => other.price.compare(one.price));
  return {
    kind: 'ladder',
    title: cardTitle(assessment, plain)
      .replace(/\s*\n\s*/g, '  ')
      .replace(/ \([^()]* from entry\)/, ''),
    summary: outcome.bound ? `Liquidation at ${value}: ${note}.` : `Liquidation: ${value}; ${note}.`,
    unit: priceUnit(terms),
    present,
    tone: toneOf(assessment),
    rungs: rungs.map((rung) => ({
      ...rung,
      text: rung.letter === 'L' ? liquidationText(assessment, plain) : priceText(rung.price, plain),
      note: rung.letter === present ? 'now' : distanceWords(rung, assessment),
    })),
  };
}

function distanceWords({ price }: Rung, { position: { mark }, reference }: Assessment): string {
  const share = price.minus(reference).over(reference);
  if (share.sign() === 0) return '';
  return `${percentText(share.abs())} % ${share.sign() < 0 ? 'below' : 'above'} the ${mark ? 'mark' : 'entry'}`;
}

function toneOf({ outcome, reference }: Assessment): LadderPicture['tone'] {
  const { kind, bound } = outcome;
  if (kind === 'already') return 'lost';
  if (!bound) return 'good';
  const room = bound.price.minus(reference).abs().over(reference);
  const tone = toneNamed(roomTone(room, tonePaint, tonePaint.good));
  return tone === 'plain' ? 'good' : tone;
}
