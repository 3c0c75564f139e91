import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { Ratio } from '../../src/core/ratio.js';
import type { LadderPicture, Picture } from '../../src/report/plot/picture.js';
import type { Plot } from '../../src/report/plot/plot.js';
import { svgDocument } from '../../src/report/svg/picture.js';
import { ticksOf } from '../../src/report/svg/plot.js';
import { run } from '../cli/run.js';
import { elementsOf, parseXml, textOf, type Element } from '../xml.js';

const svgOf = async (line: string): Promise<string> => {
  const { code, stdout, stderr } = await run([...line.split(' '), '--format', 'svg']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

const textsOf = (root: Element): readonly string[] =>
  elementsOf(root)
    .filter(({ name }) => name === 'text')
    .map(textOf);

const LINES = [
  'sweep long --entry 30000 --mmr 0.5',
  'sweep long BTCUSDT --entry 60000 --qty 0.5 --both',
  'sweep short --entries 100,300,200 --lev 10 --mmr 1',
  'sweep long --entry 100 --qty 1 --mmr 1 --margins 10,20',
  'sweep long --entry 30000 --mmr 0.5 --levs 7',
  'sweep long --lev 1 --mmr 1 --entries 100,110',
  'sweep short --entry 123456789012345678901.5 --mmr 1 --levs 1,2,400',
  'account examples/account.json',
  'account --wallet 50 --pos long:X:2@100,mark=100,mmr=1 --pos short:X:2@110,mark=100,mmr=1',
  'account --wallet 1 --pos long:X:1@100,mark=50,mmr=1',
  'long --entry 30000 --lev 10 --mmr 0.5',
  'long BTCUSDT --entry 60000 --lev 20 --qty 0.5 --mark 59000 --stop 58000 --take 66000 -q',
  'short --entry 0.000000012345 --lev 10 --mmr 0.5 --mark 0.0000000123',
  'long --entry 1000 --margin 1000 --qty 1 --mmr 0.4',
  'long --entry 30000 --lev 10 --mmr 0.5 --mark 26000',
];

describe('pictures', () => {
  it.each(LINES)('are well-formed, named, alone and always the same: %s', async (line) => {
    const svg = await svgOf(line);
    const root = parseXml(svg);
    const [title, description] = elementsOf(root).filter(({ name }) => name === 'title' || name === 'desc');
    expect(root.attributes.get('role')).toBe('img');
    expect(root.attributes.get('aria-labelledby')).toBe(
      `${title?.attributes.get('id')} ${description?.attributes.get('id')}`,
    );
    expect([title, description].map((each) => each && textOf(each).length > 10)).toEqual([true, true]);
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|url\(|href|<script|@import/);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg.length).toBeLessThan(20_000);
    expect(await svgOf(line)).toBe(svg);
  });

  it('name the axes with their units, the entry, and the present price', async () => {
    expect(textsOf(parseXml(await svgOf('sweep long BTCUSDT --entry 60000 --qty 0.5 --levs 5,10')))).toEqual(
      expect.arrayContaining([
        'liquidation price, USDT',
        'leverage, times the margin; logarithmic',
        '5x',
        '10x',
        'entry 60000.00',
        'long',
      ]),
    );
    expect(textsOf(parseXml(await svgOf('account examples/account.json')))).toEqual(
      expect.arrayContaining([
        'common move of all marks, %',
        'equity',
        'maintenance',
        'now',
        'liquidated at -7.69 %',
        'zero',
      ]),
    );
  });

  it('show every price of a position, the highest on top, with its distance from the present price', async () => {
    const line = 'long --entry 30000 --lev 10 --mmr 0.5 --mark 30500 --stop 28000 --take 36000';
    const texts = textsOf(parseXml(await svgOf(line)));
    expect(texts.slice(3)).toEqual([
      ...['target', '36000.00', '18.03 % above the mark'],
      ...['mark', '30500.00', 'now'],
      ...['entry', '30000.00', '1.64 % below the mark'],
      ...['stop', '28000.00', '8.20 % below the mark'],
      ...['margin call', '27169.81', '10.92 % below the mark'],
      ...['liquidation', '27135.68', '11.03 % below the mark'],
      ...['bankruptcy', '27000.00', '11.48 % below the mark'],
    ]);
  });

  it('are one document for several accounts, in which a failed one keeps its place', async () => {
    const account =
      '{"wallet":"50","positions":[{"symbol":"X","side":"long","qty":"1","entry":"100","mark":"100","mmr":"1"}]}';
    const { code, stdout } = await run(['account', '--format', 'svg'], {
      stdin: `${account}\n{"wallet":"<b>"}\n${account}\n`,
    });
    expect(code).toBe(65);
    const pictures = elementsOf(parseXml(stdout)).filter(({ attributes }) => attributes.get('role') === 'img');
    expect(pictures).toHaveLength(3);
    const ids = elementsOf(parseXml(stdout)).flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(textOf(pictures[1] as Element)).toContain('<b>');
  });

  it('write text of strangers as text, never as markup', () => {
    const ratio = fc.integer({ min: 1, max: 1_000_000 }).map((value) => Ratio.of(BigInt(value)));
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '</script><script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        ']]>',
        '&amp;&',
        '\ud800\u0000\ufffe',
      ),
    );
    const ladder: fc.Arbitrary<LadderPicture> = fc.record({
      kind: fc.constant('ladder' as const),
      title: word,
      summary: word,
      unit: word,
      present: fc.constant('E'),
      tone: fc.constantFrom('good', 'bad', 'lost'),
      rungs: fc.array(
        fc.record({ letter: fc.constantFrom('E', 'L'), name: word, price: ratio, text: word, note: word }),
      ),
    });
    const plot: fc.Arbitrary<Plot> = fc.record({
      kind: fc.constant('plot' as const),
      title: word,
      summary: word,
      x: fc.record({ title: word, ticks: fc.array(fc.record({ at: fc.double({ min: 0, max: 1 }), text: word })) }),
      y: word,
      range: fc.record({ low: ratio, high: ratio.map((value) => value.plus(Ratio.of(1_000_000n))) }),
      curves: fc.array(
        fc.record({
          name: word,
          letter: word,
          values: fc.array(fc.option(ratio, { nil: undefined })),
          isJoined: fc.boolean(),
          look: fc.constantFrom('first', 'second'),
        }),
      ),
      levels: fc.array(fc.record({ name: word, letter: word, value: ratio, text: word })),
      moments: fc.array(fc.record({ name: word, letter: word, at: fc.double({ min: 0, max: 1 }), spot: ratio })),
    });
    const words: fc.Arbitrary<Picture> = fc.record({ kind: fc.constant('words' as const), title: word, summary: word });
    const known = new Set(['svg', 'g', 'style', 'title', 'desc', 'text', 'rect', 'line', 'path', 'circle']);
    fc.assert(
      fc.property(fc.array(fc.oneof(ladder, plot, words), { minLength: 1, maxLength: 3 }), (pictures) => {
        const elements = elementsOf(parseXml(svgDocument(pictures)));
        expect(elements.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
        expect(
          elements.flatMap(({ attributes }) => [...attributes.keys()]).filter((name) => name.startsWith('on')),
        ).toEqual([]);
        expect(elements.filter(({ attributes }) => attributes.get('role') === 'img')).toHaveLength(pictures.length);
      }),
      { numRuns: 200 },
    );
  });

  it('label an axis with about five round values in its range', () => {
    const value = fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -12, max: 20 }));
    fc.assert(
      fc.property(value, value, ([one, exponent], [other]) => {
        fc.pre(one !== other);
        const [low, high] = [Math.min(one, other), Math.max(one, other)].map((each) =>
          Ratio.from(`${each}e${exponent}`),
        ) as [Ratio, Ratio];
        const ticks = ticksOf({ low, high });
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(7);
        for (const tick of ticks) expect(tick.isBelow(low) || tick.isAbove(high)).toBe(false);
      }),
    );
  });
});

describe('the pictures of the documents', () => {
  const lines = JSON.parse(readFileSync('docs/img/charts.json', 'utf8')) as Readonly<Record<string, string>>;

  it.each(Object.entries(lines))('are as the program draws them (npm run charts): %s', async (name, line) => {
    expect(readFileSync(`docs/img/${name}.svg`, 'utf8')).toBe(await svgOf(line));
  });
});

describe('Vega-Lite', () => {
  it.each<[string, string, number]>([
    ['a sweep', 'sweep long --entry 30000 --mmr 0.5 --both --levs 5,10,20', 2],
    ['an account', 'account examples/account.json', 2],
    [
      'a hedge, whose symbol appears twice',
      'account --wallet 50 --pos long:X:2@100,mark=100,mmr=1 --pos short:X:1@110,mark=100,mmr=1',
      2,
    ],
    [
      'a full hedge, which no fall liquidates',
      'account --wallet 50 --pos long:X:2@100,mark=100,mmr=1 --pos short:X:2@110,mark=100,mmr=1',
      2,
    ],
  ])('draws %s', async (_, line, curves) => {
    const { code, stdout } = await run([...line.split(' '), '--format', 'vega-lite']);
    expect(code).toBe(0);
    const view = new vega.View(vega.parse(compile(JSON.parse(stdout) as TopLevelSpec).spec), { renderer: 'none' });
    const svg = await view.toSVG();
    expect(svg.match(/<path aria-label="[^"]*" role="graphics-symbol" aria-roledescription="line mark"/g)).toHaveLength(
      curves,
    );
    expect(svg).not.toMatch(/NaN|undefined/);
  });
});
