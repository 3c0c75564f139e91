import { execFileSync } from 'node:child_process';

/** Builds what people install before the tests that run it. */
export function setup(): void {
  execFileSync(process.execPath, ['build/bundle.js'], { stdio: 'inherit' });
}
