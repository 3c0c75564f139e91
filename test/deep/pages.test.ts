import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../cli/run.js';
import { PAGES } from '../report/page-lines.js';
import { openChromium, type OpenBrowser } from './chromium.js';

const PICTURES = [
  { line: 'sweep long BTCUSDT --entry 60000 --qty 0.5 --both', code: 0 },
  { line: 'account examples/account.json', code: 0 },
  { line: 'long BTCUSDT --entry 60000 --lev 20 --qty 0.5 --mark 59000 --stop 58000 --take 66000 -q', code: 0 },
];

let browser: OpenBrowser | undefined;
const folder = mkdtempSync(join(tmpdir(), 'liqcalc-pages-'));

beforeAll(async () => {
  browser = await openChromium();
});

beforeEach(({ skip }) => {
  skip(browser === undefined, 'chromium is not installed');
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The file that a line writes. */
async function fileOf(
  { line, stdin, code }: (typeof PAGES)[number],
  format: 'html' | 'svg',
): Promise<{ readonly address: string; readonly text: string }> {
  const ended = await run([...line.split(' '), '--format', format], stdin === undefined ? {} : { stdin });
  expect(ended.code).toBe(code);
  const path = join(folder, `page.${format}`);
  writeFileSync(path, ended.stdout);
  return { address: pathToFileURL(path).href, text: ended.stdout };
}

/** Opens a file in a window, and returns what was wrong: messages of the console, errors, requests of other files. */
async function open(address: string, width: number, colorScheme: 'light' | 'dark'): Promise<[Page, string[]]> {
  const page = await (browser as OpenBrowser).context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => faults.push(message.text()));
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('request', (request) => {
    if (request.url() !== address) faults.push(request.url());
  });
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 800 });
  await page.goto(address);
  return [page, faults];
}

/** The least contrast of a text with what is behind it, by the formula of WCAG 2, and the text. */
const LEAST_CONTRAST = `(() => {
  const channel = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map(Number);
    return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  };
  const isClear = (colour) => /, 0\\)$/.test(colour) || colour === 'transparent';
  const behind = (element) => {
    const picture = element.closest('svg');
    if (picture) return getComputedStyle(picture.querySelector('rect')).fill;
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (!isClear(colour)) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
  const shown = [...document.querySelectorAll('main *, svg text')].filter(
    (element) => hasText(element) && !['title', 'desc', 'style'].includes(element.tagName) && element.getClientRects().length > 0,
  );
  const all = shown.map((element) => {
    const style = getComputedStyle(element);
    const [one, other] = [light(element.closest('svg') ? style.fill : style.color), light(behind(element))];
    return { ratio: (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05), text: element.textContent };
  });
  return { count: all.length, ...all.sort((one, other) => one.ratio - other.ratio)[0] };
})()`;

interface Contrast {
  readonly count: number;
  readonly ratio: number;
  readonly text: string;
}

const VIEWS = [
  [1200, 'light'],
  [1200, 'dark'],
  [400, 'light'],
  [400, 'dark'],
] as const;

describe('pages in a browser', () => {
  it.each(PAGES)('are readable, narrow and wide, light and dark: $line', async (line) => {
    const { address } = await fileOf(line, 'html');
    for (const [width, scheme] of VIEWS) {
      const [page, faults] = await open(address, width, scheme);
      const { count, ratio, text } = await page.evaluate<Contrast>(LEAST_CONTRAST);
      expect(count).toBeGreaterThan(5);
      expect(ratio, `${width} ${scheme} ${text}`).toBeGreaterThanOrEqual(4.5);
      const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      expect(ground).toBe(scheme === 'dark' ? 'rgb(18, 22, 28)' : 'rgb(255, 255, 255)');
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(faults).toEqual([]);
      await page.close();
    }
  });

  it('show the room of each position beside it on a wide screen', async () => {
    const { address } = await fileOf(PAGES[0] as (typeof PAGES)[number], 'html');
    const [page] = await open(address, 1200, 'light');
    const bars = await page.locator('td .bar').all();
    expect(bars.length).toBeGreaterThan(10);
    const box = await (bars[0] as (typeof bars)[number]).boundingBox();
    expect(box && box.x + box.width).toBeLessThanOrEqual(1200);
    await page.close();
  });

  it.each(PAGES)('print on white paper, nothing beyond its edge: $line', async (line) => {
    const { address } = await fileOf(line, 'html');
    const [page, faults] = await open(address, 1200, 'dark');
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: false });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(5_000);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    // A4 without its margins of 14 mm, at 96 pixels an inch.
    const width = Math.floor(((210 - 2 * 14) / 25.4) * 96);
    await page.setViewportSize({ width, height: 1000 });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect((await page.evaluate<Contrast>(LEAST_CONTRAST)).ratio).toBeGreaterThanOrEqual(4.5);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('run nothing of what strangers write', async () => {
    const hostile = '"><img src=x onerror=document.title=1><script>document.title=1</script>';
    const account = JSON.stringify({
      wallet: '50',
      asset: hostile,
      positions: [{ symbol: hostile, side: 'long', qty: '1', entry: '100', mark: '100', mmr: '1' }],
    });
    const { address, text } = await fileOf({ line: 'account', stdin: account, code: 0 }, 'html');
    expect(text).toContain('&lt;');
    const [page, faults] = await open(address, 1200, 'light');
    expect(await page.title()).toBe('Account');
    expect(await page.locator('img, script').count()).toBe(0);
    expect(await page.locator('td').first().textContent()).toBe(hostile.toUpperCase());
    expect(faults).toEqual([]);
    await page.close();
  });
});

describe('pictures in a browser', () => {
  it.each(PICTURES)('are readable, light and dark: $line', async (line) => {
    const { address } = await fileOf(line, 'svg');
    for (const scheme of ['light', 'dark'] as const) {
      const [page, faults] = await open(address, 900, scheme);
      const { count, ratio, text } = await page.evaluate<Contrast>(LEAST_CONTRAST);
      expect(count).toBeGreaterThan(5);
      expect(ratio, `${scheme} ${text}`).toBeGreaterThanOrEqual(4.5);
      const outside = await page.evaluate<string[]>(`(() => {
        const { width, height } = document.documentElement.viewBox.baseVal;
        const inside = ({ x, y, width: w, height: h }) => x >= 0 && y >= 0 && x + w <= width && y + h <= height;
        return [...document.querySelectorAll('text')]
          .filter((text) => !inside(text.getBoundingClientRect()))
          .map((text) => text.textContent);
      })()`);
      expect(outside).toEqual([]);
      expect(faults).toEqual([]);
      await page.close();
    }
  });
});
