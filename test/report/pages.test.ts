import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../../src/report/plot/picture.js';
import type { Sheet } from '../../src/report/page/sheet.js';
import { html } from '../../src/report/writers/html.js';
import { run } from '../cli/run.js';
import { elementsOf, parseXml, textOf, type Element } from '../xml.js';
import { MANY, MANY_POSITIONS, PAGES } from './page-lines.js';

const DOCTYPE = '<!doctype html>\n';

const pageOf = (line: string, stdin?: string): ReturnType<typeof run> =>
  run([...line.split(' '), '--format', 'html'], stdin === undefined ? {} : { stdin });

/** A page as elements. It is written as XML too, so that no browser has to guess where an element ends. */
function parsed(page: string): Element {
  expect(page.startsWith(DOCTYPE)).toBe(true);
  return parseXml(page.slice(DOCTYPE.length));
}

const named = (root: Element, name: string): readonly Element[] =>
  elementsOf(root).filter((element) => element.name === name);

/** The texts of the cells of each row of a table, without its head. */
const rowsOf = (table: Element | undefined): readonly (readonly string[])[] =>
  (table ? named(table, 'tr').slice(1) : []).map((row) => named(row, 'td').map(textOf));

describe('pages', () => {
  it.each(PAGES)('are well-formed, alone in their file, and always the same: $line', async ({ line, stdin, code }) => {
    const { stdout, code: ended } = await pageOf(line, stdin);
    expect(ended).toBe(code);
    const root = parsed(stdout);
    const [policy] = elementsOf(root).filter(
      ({ attributes }) => attributes.get('http-equiv') === 'Content-Security-Policy',
    );
    expect(policy?.attributes.get('content')).toMatch(/^default-src 'none';/);
    expect(policy?.attributes.get('content')).not.toMatch(/script|\*|http/);
    expect(stdout.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /https?:|url\(|href=|src=|<script|@import/,
    );
    expect(stdout).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(named(root, 'h1')).toHaveLength(1);
    const ids = elementsOf(root).flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(stdout.length).toBeLessThan(200_000);
    expect((await pageOf(line, stdin)).stdout).toBe(stdout);
  });

  it('have all positions of an account, the nearest to liquidation first, and its chart', async () => {
    const { stdout } = await pageOf('account', MANY_POSITIONS);
    const root = parsed(stdout);
    const rows = rowsOf(named(root, 'table')[0]);
    expect(rows).toHaveLength(MANY);
    const rooms = rows.flatMap((cells) => cells.find((cell) => /^[\d.]+%$/.test(cell)) ?? []).map(parseFloat);
    expect(rooms.length).toBeGreaterThan(10);
    expect(rooms).toEqual([...rooms].sort((one, other) => one - other));
    expect(named(root, 'svg')).toHaveLength(1);
    expect(named(root, 'p').map(textOf).join(' ')).toContain('Amounts are in USDT.');
  });

  it('show what a shock and an addition change', async () => {
    const { stdout } = await pageOf('account examples/account.json --shock BTCUSDT=-10 --need margin-ratio=30');
    const root = parsed(stdout);
    expect(named(root, 'dl').map(textOf).join()).toContain('margin ratio, before 41.49 %61.53 %');
    expect(rowsOf(named(root, 'table')[1])).toEqual([
      ['ETHUSDT long', '1153.2565 (13.63%)', '1256.1806 (5.92%)'],
      ['BTCUSDT long', '26316.8933 (17.68%)', '26316.8933 (8.53%)'],
    ]);
    expect(named(root, 'li').map(textOf)).toEqual(
      expect.arrayContaining([
        'Result: nobody is liquidated; 176.76 % of the shock liquidates the first.',
        'Add 715651.82 to the wallet for a margin ratio of 30 %',
      ]),
    );
  });

  it('have the figures of a position with their meaning, its warnings and its tables', async () => {
    const { stdout } = await pageOf(
      'long BTCUSDT --entry 60000 --lev 20 --qty 0.5 --mark 59000 --stop 57000 --take 66000',
    );
    const root = parsed(stdout);
    expect(named(root, 'h1').map(textOf)).toEqual([
      'LONG BTCUSDT, 0.5 BTC @ 60000, 20x isolated, mark 59000 (-1.67 % from entry)',
    ]);
    const rows = rowsOf(named(root, 'table')[0]);
    expect(rows[0]).toEqual(['Liquidation', '57228.92', '3.00 % below the mark (1771.08)']);
    expect(rows.map(([label]) => label)).toEqual(expect.arrayContaining(['Stop', 'Take profit', 'Rate']));
    expect(rows.find(([label]) => label === 'PnL')?.[1]).toBe('-500 USDT');
    const notes = named(root, 'li').map(textOf);
    expect(notes.some((note) => note.includes('is never reached'))).toBe(true);
    expect(notes.some((note) => note.startsWith('BTCUSDT of binance, dated 2026-05-01'))).toBe(true);
    expect(named(root, 'text').map(textOf)).toEqual(expect.arrayContaining(['stop', 'target', 'mark']));
    const quiet = await pageOf('long BTCUSDT --entry 60000 --lev 20 --qty 0.5 -q');
    expect(quiet.stdout).not.toContain('<h2>Warnings</h2>');
  });

  it('have the price of each formula with what it is', async () => {
    const { stdout } = await pageOf('compare long BTCUSDT --entry 100000 --qty 10 --margin 300000 -q');
    const rows = rowsOf(named(parsed(stdout), 'table')[0]);
    expect(rows[1]).toEqual([
      'entry-bracket',
      '70307.00',
      '-14.61',
      '-0.02%',
      'too optimistic',
      'the bracket of the value at entry instead of the value at liquidation, as in many scripts',
    ]);
    expect(rows.find(([name]) => name === 'article')?.at(-1)).toContain('; here: ');
  });

  it('have findings with their advice, errors first, and what could not be checked', async () => {
    const { stdout } = await pageOf('check', MANY_POSITIONS);
    const root = parsed(stdout);
    const rows = rowsOf(named(root, 'table')[0]);
    const severities = rows.map(([severity]) => severity);
    expect(severities).toContain('error');
    expect(severities.lastIndexOf('error')).toBeLessThan(severities.indexOf('warn'));
    for (const cells of rows) expect(cells.at(-1)).not.toBe('');
    expect(named(root, 'h2').map(textOf)).toContain('Not checked, because data is missing');
  });

  it('have the totals of a stream, its failures, and the dates of its tables', async () => {
    const good = '{"id":"a","symbol":"BTCUSDT","side":"long","entry":60000,"qty":"0.5","lev":10}';
    const { stdout, code } = await run(['batch', '--format', 'html', '-q'], {
      stdin: `${good}\n{"id":"<i>b</i>","side":"long","entry":100,"lev":"x","mmr":1}\n`,
    });
    expect(code).toBe(65);
    const root = parsed(stdout);
    expect(named(root, 'dl').map(textOf).join()).toMatch(/^records2with a liquidation price1failed1/);
    expect(named(root, 'li').map(textOf)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^<i>b<\/i>: lev: "x" is not a plain decimal/),
        expect.stringMatching(/^BTCUSDT of binance, dated 2026-05-01: confidence B/),
      ]),
    );
  });

  it('have a section for each of several accounts, in which a failed one keeps its place', async () => {
    const account =
      '{"wallet":"50","positions":[{"symbol":"X","side":"long","qty":"1","entry":"100","mark":"100","mmr":"1"}]}';
    const { code, stdout } = await pageOf('account', `${account}\n{"wallet":"<b>"}\n${account}\n`);
    expect(code).toBe(65);
    const sections = named(parsed(stdout), 'section');
    expect(sections.map((section) => named(section, 'table').length)).toEqual([1, 0, 1]);
    expect(textOf(sections[1] as Element)).toContain('<b>');
    const ids = elementsOf(parsed(stdout)).flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('write text of strangers as text, never as markup', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '</style></title><script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onfocus='alert(1)",
        '<!--',
        ']]>',
        '&lt;&amp;&',
        '\ud800\u0000\ufffe\u202e',
      ),
    );
    const tone = fc.constantFrom('plain' as const, 'good' as const, 'warn' as const, 'bad' as const);
    const picture: fc.Arbitrary<Picture> = fc.record({ kind: fc.constant('words'), title: word, summary: word });
    const sheet: fc.Arbitrary<Sheet> = fc.record({
      title: word,
      lead: fc.option(word, { nil: undefined }),
      facts: fc.array(fc.record({ label: word, value: word, tone }), { maxLength: 3 }),
      pictures: fc.array(picture, { maxLength: 2 }),
      tables: fc.array(
        fc.record({
          heading: word,
          columns: fc.tuple(fc.record({ heading: word }), fc.record({ heading: fc.constantFrom('ROOM', '<b>') })),
          rows: fc.array(
            fc.record({ cells: fc.tuple(word, word), tone, bar: fc.option(fc.constant(0.5), { nil: undefined }) }),
            { maxLength: 3 },
          ),
        }),
        { maxLength: 2 },
      ),
      notes: fc.array(fc.record({ heading: word, items: fc.array(word, { maxLength: 3 }) }), { maxLength: 2 }),
    });
    const known = new Set(
      'html head meta title style body main section h1 h2 p dl div dt dd table thead tbody tr th td span i ul li footer svg g desc text rect'.split(
        ' ',
      ),
    );
    const attributes = new Set(
      'lang charset http-equiv content name class tabindex role aria-label aria-labelledby scope style xmlns viewBox width height id x y transform text-anchor'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(sheet, { minLength: 1, maxLength: 3 }), (sheets) => {
        let page = '';
        const writer = html.pages((text) => (page += text));
        for (const each of sheets) writer.record(each);
        writer.end();
        const elements = elementsOf(parsed(page));
        expect(elements.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
        expect(
          elements.flatMap((element) => [...element.attributes.keys()]).filter((name) => !attributes.has(name)),
        ).toEqual([]);
        expect(elements.filter(({ name }) => name === 'section')).toHaveLength(sheets.length);
        expect(elements.filter(({ name }) => name === 'style')).toHaveLength(1);
        const cells = sheets.flatMap(({ tables }) => tables.flatMap(({ rows }) => rows.length * 2));
        expect(elements.filter(({ name }) => name === 'td')).toHaveLength(cells.reduce((sum, count) => sum + count, 0));
      }),
      { numRuns: 200 },
    );
  });
});
