import type { Ratio } from '../../core/ratio.js';
import { markup, type Markup } from '../markup.js';
import { shareOf } from '../plot/plot.js';
import type { LabelledRung, LadderPicture } from '../plot/picture.js';
import type { Colour } from './palette.js';
import { BOLD, clipped, line, pixel, spread, text, WIDTH, type Drawing } from './shapes.js';

/** The rail on which prices lie in proportion, and the labels beside it. */
const [RAIL, RAIL_WIDTH, LABELS, PRICES, NOTES] = [44, 28, 130, 420, 440];
const [TOP, GAP, LEAST_HEIGHT] = [40, 30, 230];

const COLOURS: Readonly<Record<string, Colour>> = { L: 'bad', C: 'warn', B: 'bad', S: 'second', T: 'good' };

/** The prices of a position on a vertical rail, the room to liquidation filled. */
export function drawLadder({ rungs, present, unit, tone }: LadderPicture): Drawing {
  const height = rungs.length > 1 ? Math.max(LEAST_HEIGHT, (rungs.length - 1) * GAP) : GAP;
  const [high, low] = [rungs[0]?.price, rungs.at(-1)?.price];
  if (!high || !low) return { height: 0, content: [] };
  const y = (price: Ratio): number => TOP + (1 - shareOf(price, { low, high })) * height;
  const labels = spread(
    rungs.map(({ price }) => y(price)),
    GAP,
    [TOP, TOP + height],
  );
  const priceOf = (wanted: string): Ratio | undefined => rungs.find(({ letter }) => letter === wanted)?.price;
  const [liquidation, now] = [priceOf('L'), priceOf(present)];
  const isLong = liquidation && now && liquidation.compare(now) < 0 !== (tone === 'lost');
  return {
    height: TOP + height + 24,
    content: [
      text({ x: PRICES, y: 18, className: 'f-soft', anchor: 'end' }, clipped(`price, ${unit}`, PRICES - LABELS)),
      markup`<rect x="${RAIL}" y="${TOP - 8}" width="${RAIL_WIDTH}" height="${height + 16}" rx="4" class="f-panel s-line"/>`,
      ...(liquidation && now ? [band(y(liquidation), y(now), tone)] : []),
      ...(liquidation ? [danger(y(liquidation), isLong ? TOP + height + 8 : TOP - 8)] : []),
      ...rungs.flatMap((rung, index) =>
        rungMarkup(rung, y(rung.price), labels[index] as number, rung.letter === present),
      ),
    ],
  };
}

/** The room between liquidation and the present price. */
function band(one: number, other: number, tone: LadderPicture['tone']): Markup {
  const [top, bottom] = [Math.min(one, other), Math.max(one, other)];
  const colour = tone === 'lost' ? 'bad' : tone;
  return markup`<rect x="${RAIL}" y="${pixel(top)}" width="${RAIL_WIDTH}" height="${pixel(bottom - top)}" class="f-${colour}" fill-opacity="0.35"/>`;
}

/** The prices past liquidation. */
function danger(one: number, other: number): Markup {
  const [top, bottom] = [Math.min(one, other), Math.max(one, other)];
  return markup`<rect x="${RAIL}" y="${pixel(top)}" width="${RAIL_WIDTH}" height="${pixel(bottom - top)}" class="f-bad" fill-opacity="0.7"/>`;
}

function rungMarkup(
  { letter, name, text: price, note }: LabelledRung,
  at: number,
  label: number,
  isPresent: boolean,
): Markup[] {
  const colour = COLOURS[letter] ?? 'first';
  const thick = isPresent || letter === 'L' ? ' w' : '';
  return [
    line(RAIL - 6, at, RAIL + RAIL_WIDTH + 6, at, `s-${colour}${thick}`),
    markup`<path class="s-line" d="M${RAIL + RAIL_WIDTH + 6} ${pixel(at)}L${LABELS - 32} ${pixel(label)}H${LABELS - 8}"/>`,
    text({ x: LABELS, y: label + 4, className: `b f-${colour}` }, name),
    text({ x: PRICES, y: label + 4, className: 'b f-ink', anchor: 'end' }, clipped(price, PRICES - LABELS - 90, BOLD)),
    text({ x: NOTES, y: label + 4, className: 'f-soft' }, clipped(note, WIDTH - NOTES - 16)),
  ];
}
