import { Ratio } from '../../core/ratio.js';
import { markup, type Markup } from '../markup.js';
import { shareOf, type Curve, type Plot, type Range } from '../plot/plot.js';
import type { Colour } from './palette.js';
import { BOLD, clipped, line, pixel, spread, text, widthOf, WIDTH, type Drawing } from './shapes.js';

const [TOP, HEIGHT, BOTTOM] = [48, 260, 52];
/** Room beside the curves for their names. */
const RIGHT = 150;

/** Where values and places are drawn. */
interface Frame {
  readonly range: Range;
  readonly left: number;
  readonly x: (at: number) => number;
  readonly y: (value: Ratio) => number;
}

/** A chart with curves. */
export function drawPlot(plot: Plot): Drawing {
  const range = widened(plot.range);
  const ticks = ticksOf(range);
  const left = 24 + Math.max(...ticks.map((tick) => widthOf(shortText(tick))));
  const width = WIDTH - left - RIGHT;
  const frame: Frame = {
    range,
    left,
    x: (at) => left + at * width,
    y: (value) => TOP + (1 - shareOf(value, range)) * HEIGHT,
  };
  const bottom = TOP + HEIGHT;
  return {
    height: bottom + BOTTOM,
    content: [
      text({ x: 16, y: 20, className: 'f-soft' }, plot.y),
      ...ticks.flatMap((tick) => [
        line(left, frame.y(tick), left + width, frame.y(tick), 's-line'),
        text({ x: left - 8, y: frame.y(tick) + 4, className: 'f-soft', anchor: 'end' }, shortText(tick)),
      ]),
      line(left, bottom, left + width, bottom, 's-soft'),
      ...xLabels(plot, frame, bottom),
      text({ x: left + width / 2, y: bottom + 42, className: 'f-soft', anchor: 'middle' }, plot.x.title),
      ...moments(plot, frame),
      ...plot.levels.map(({ value }) => line(left, frame.y(value), left + width, frame.y(value), 's-ink d')),
      ...plot.curves.map((curve) => path(curve, frame)),
      ...plot.curves.flatMap(({ dots = [], look }) =>
        dots.map(({ at, value }) => dot(frame.x(at), frame.y(value), look, 3.5)),
      ),
      ...plot.moments.flatMap(({ at, spot }) => (spot && isInside(at) ? [dot(frame.x(at), frame.y(spot), 'bad')] : [])),
      ...names(plot, frame),
    ],
  };
}

/** Values with some room above and below them. */
function widened({ low, high }: Range): Range {
  const span = high.minus(low);
  const room = span.sign() === 0 ? high.abs().over(Ratio.of(10n)).max(Ratio.ONE) : span.over(Ratio.of(16n));
  return { low: low.sign() === 0 ? low : low.minus(room), high: high.sign() === 0 ? high : high.plus(room) };
}

/** Round values between both ends: about five, each a multiple of 1, 2 or 5 with zeros. */
export function ticksOf({ low, high }: Range): readonly Ratio[] {
  const rough = high.minus(low).over(Ratio.of(5n));
  const power = powerOf(rough);
  const step =
    [1n, 2n, 5n, 10n].map((count) => power.times(Ratio.of(count))).find((each) => !each.isBelow(rough)) ?? power;
  const ticks: Ratio[] = [];
  for (let tick = low.ceilTo(step); !tick.isAbove(high); tick = tick.plus(step)) ticks.push(tick);
  return ticks;
}

/** The power of ten at or below a positive value. */
function powerOf(value: Ratio): Ratio {
  let power = Ratio.ONE;
  const ten = Ratio.of(10n);
  while (!power.times(ten).isAbove(value)) power = power.times(ten);
  while (power.isAbove(value)) power = power.over(ten);
  return power;
}

/** The most characters of a value at the axis. */
const LONGEST = 11;

/** A value at the axis; a long one as a power of ten. */
function shortText(value: Ratio): string {
  const whole = value.toText(12);
  return whole.length <= LONGEST ? whole : Number(value.toText(30)).toExponential();
}

/** Labels of the horizontal axis: both ends, and of the others those that fit between. */
function xLabels({ x: { ticks } }: Plot, { x }: Frame, bottom: number): Markup[] {
  const taken: (readonly [number, number])[] = [];
  const isFree = (from: number, to: number): boolean => taken.every(([start, end]) => to < start || from > end);
  const ends = ticks.length > 1 ? [ticks[0], ticks.at(-1)] : ticks;
  const ordered = [...ends, ...ticks.slice(1, -1)];
  return ordered.flatMap((tick) => {
    if (!tick) return [];
    const shown = clipped(tick.text, 130);
    const half = widthOf(shown) / 2 + 4;
    const centre = x(tick.at);
    if (!isFree(centre - half, centre + half)) return [line(centre, bottom, centre, bottom + 4, 's-soft')];
    taken.push([centre - half, centre + half]);
    return [
      line(centre, bottom, centre, bottom + 6, 's-soft'),
      text({ x: centre, y: bottom + 21, className: 'f-ink', anchor: 'middle' }, shown),
    ];
  });
}

const isInside = (at: number): boolean => at >= 0 && at <= 1;

/** Vertical lines with their names above; two names that would overlap are on two lines. */
function moments({ moments: all }: Plot, { x, left }: Frame): Markup[] {
  let end = left - 20;
  return all
    .filter(({ at }) => isInside(at))
    .sort((one, other) => one.at - other.at)
    .flatMap(({ at, name, spot }) => {
      const colour = spot ? 'bad' : 'soft';
      const half = widthOf(name) / 2;
      const centre = Math.max(x(at), left + half);
      const row = centre - half < end ? TOP - 22 : TOP - 8;
      end = centre + half + 6;
      return [
        line(x(at), row + 4, x(at), TOP + HEIGHT, `s-${colour} d`),
        text({ x: centre, y: row, className: `f-${colour}`, anchor: 'middle' }, name),
      ];
    });
}

function path({ values, look }: Curve, { x, y }: Frame): Markup {
  let command = 'M';
  const points = values.flatMap((value, place) => {
    if (!value) {
      command = 'M';
      return [];
    }
    const point = `${command}${pixel(x(values.length < 2 ? 0 : place / (values.length - 1)))} ${pixel(y(value))}`;
    command = 'L';
    return [point];
  });
  return markup`<path class="w s-${look}${look === 'second' ? ' d' : ''}" d="${points.join('')}"/>`;
}

function dot(x: number, y: number, colour: Colour, radius = 4.5): Markup {
  return markup`<circle cx="${pixel(x)}" cy="${pixel(y)}" r="${radius}" class="f-${colour}"/>`;
}

/** The names of curves and levels, beside their right ends. */
function names({ curves, levels }: Plot, { x, y }: Frame): Markup[] {
  const named = [
    ...curves.flatMap(({ name, values, look }) => {
      const last = values.findLast((value) => value !== undefined);
      return last ? [{ name, at: y(last), colour: look }] : [];
    }),
    ...levels.map(({ name, text: value, value: at }) => ({
      name: name === value ? name : `${name} ${value}`,
      at: y(at),
      colour: 'ink' as const,
    })),
  ].sort((one, other) => one.at - other.at);
  const places = spread(
    named.map(({ at }) => at),
    17,
    [TOP, TOP + HEIGHT],
  );
  return named.map(({ name, colour }, index) =>
    text(
      { x: x(1) + 8, y: (places[index] as number) + 4, className: `b f-${colour}` },
      clipped(name, RIGHT - 12, BOLD),
    ),
  );
}
