import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, type OpenBrowser } from './chromium.js';

const CALL = "liquidationPrice({ side: 'long', entry: '30000', lev: '10', mmr: '0.5' }).toFixed()";
const PAGE = (script: string): string => `<!doctype html><title>wait</title>${script}`;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
};

/** An import map for the files of the package, and of its dependencies as they are installed. */
const IMPORTS = {
  liqcalc: '/dist/lib/index.js',
  'liqcalc/': '/dist/lib/',
  'decimal.js': '/node_modules/decimal.js/decimal.mjs',
  'zod/mini': '/node_modules/zod/mini/index.js',
  'zod/v4/core': '/node_modules/zod/v4/core/index.js',
};

const pages = new Map<string, string>();
let server: Server;
let address = '';
let browser: OpenBrowser | undefined;

/** Serves the pages of the tests, and the files of the package. */
function serve(path: string): { readonly type: string; readonly body: string | Buffer } {
  const made = pages.get(path);
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  return { type, body: made ?? readFileSync(resolve(`.${path}`)) };
}

beforeAll(async () => {
  server = createServer(({ url = '/' }, response) => {
    try {
      const { type, body } = serve(url);
      response.writeHead(200, { 'content-type': type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openChromium();
});

afterAll(async () => {
  await browser?.close();
  server.close();
});

/** What a page shows in its title. */
async function shown(path: string): Promise<string> {
  const page = await (browser as OpenBrowser).context.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('requestfailed', (request) => faults.push(request.url()));
  await page.goto(`${address}${path}`);
  await page.waitForFunction("document.title !== 'wait'", undefined, { timeout: 30_000 }).catch(() => undefined);
  expect(faults).toEqual([]);
  const title = await page.title();
  await page.close();
  return title;
}

/** A script with what it imports, as a page would have it. */
async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  return (outputFiles[0] as { text: string }).text;
}

describe('the library in a browser', () => {
  it('has a weight: a page that needs only the price loads 115 kB, 43 kB compressed', async () => {
    const bundle = await bundled("export { liquidationPrice } from 'liqcalc';");
    const [size, compressed] = [Buffer.byteLength(bundle), gzipSync(bundle).length];
    expect(size).toBeLessThanOrEqual(115_000);
    expect(compressed).toBeLessThanOrEqual(43_000);
    // decimal.js alone is 32 kB of it: less would mean that something is missing.
    expect(size).toBeGreaterThan(32_000);
  });

  it('is bundled for a page', async ({ skip }) => {
    skip(browser === undefined, 'chromium is not installed');
    pages.set('/bundle.js', await bundled(`import { liquidationPrice } from 'liqcalc'; document.title = ${CALL};`));
    pages.set('/bundle.html', PAGE('<script type="module" src="/bundle.js"></script>'));
    expect(await shown('/bundle.html')).toBe('27135.67839196');
  });

  it('is loaded as it is, by an import map', async ({ skip }) => {
    skip(browser === undefined, 'chromium is not installed');
    const script = `import { liquidationPrice } from 'liqcalc'; document.title = ${CALL};`;
    const map = `<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`;
    pages.set('/modules.html', PAGE(`${map}<script type="module">${script}</script>`));
    expect(await shown('/modules.html')).toBe('27135.67839196');
  });
});
