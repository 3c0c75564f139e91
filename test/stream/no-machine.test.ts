import { describe, expect, it, vi } from 'vitest';
import { run } from '../cli/run.js';

const RECORD = '{"side":"long","entry":"30000","lev":10,"mmr":0.5}\n';

/** What a stream gives in surroundings, by code that is loaded anew. */
async function priced(): Promise<unknown> {
  vi.resetModules();
  return run(['batch'], { stdin: RECORD.repeat(5) });
}

describe('without the machine of the lane', () => {
  it.for([
    ['there is no WebAssembly', () => vi.stubGlobal('WebAssembly', undefined)],
    ['its WebAssembly cannot be used', () => vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)],
  ] as const)('the general path prices a stream: %s', async ([, without]) => {
    const compile = vi.spyOn(WebAssembly, 'compile');
    const expected = await priced();
    without();
    try {
      compile.mockClear();
      expect(await priced()).toEqual(expected);
      expect(compile).not.toHaveBeenCalled();
    } finally {
      vi.unstubAllGlobals();
      vi.restoreAllMocks();
    }
  });
});
