import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../src/core/risk/rules/index.js';
import { ADVICE, ARTICLES, placesOf, rulesOf, type Advice, type Article } from './articles.js';
import { compareTable, heading, row } from './page-table.js';

const articles = Object.keys(ARTICLES) as Article[];

/** What covers an advice: the rules that name it as their source, then commands and pages. */
function cover(article: Article, { place, by }: Advice): string {
  const rules = rulesOf(article, place).map((id) => `\`${id}\``);
  return [...rules, ...(by === undefined ? [] : [by])].join(', ');
}

describe('docs/articles.md', () => {
  it.each(articles)('has a row for each advice of %s', (article) => {
    const rows = ADVICE[article].map((each) => row([each.place, each.says, cover(article, each), each.remark ?? '']));
    compareTable('docs/articles.md', article, [...heading(['place', 'says', 'covered by', 'remark']), ...rows]);
  });

  it.each(articles.flatMap((article) => ADVICE[article].map((each) => ({ article, place: each.place, each }))))(
    '$article, $place is covered by something',
    ({ article, each }) => {
      expect(cover(article, each)).not.toBe('');
    },
  );

  it.each(RULE_IDS)('%s has its place among them', (id) => {
    const places = placesOf(id);
    expect(places).not.toEqual([]);
    for (const { article, place } of places) expect(ADVICE[article].map((each) => each.place)).toContain(place);
  });

  it('names each place once, and all numbers up to the last', () => {
    for (const article of articles) {
      const places = ADVICE[article].map(({ place }) => place);
      expect(new Set(places).size).toBe(places.length);
    }
    const numbered = (section: string): number =>
      ADVICE.reducing.filter(({ place }) => place.startsWith(section)).length;
    expect(['sizing', 'leverage', 'funding', 'orders', 'monitoring'].map(numbered)).toEqual([5, 5, 5, 5, 5]);
    expect(ADVICE.liquidation.filter(({ place }) => place.startsWith('managing'))).toHaveLength(4);
  });
});
