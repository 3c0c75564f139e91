import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

/** A browser with a profile that `close` removes. */
export interface OpenBrowser {
  readonly context: BrowserContext;
  readonly close: () => Promise<void>;
}

/** Chromium as distributions install it; `undefined` where it is not installed. */
export async function openChromium(): Promise<OpenBrowser | undefined> {
  const found = ['chromium', 'chromium-browser', 'google-chrome']
    .map((name) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }))
    .find(({ status }) => status === 0);
  if (!found) return undefined;
  const profile = mkdtempSync(join(tmpdir(), 'liqcalc-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: found.stdout.trim(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const close = async (): Promise<void> => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, close };
}
