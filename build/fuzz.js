// npm run fuzz -- --minutes 10 [--seed N]: random changes to the corpus of every reader, for the given time.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } } });
const env = {
  ...process.env,
  LIQCALC_FUZZ_SECONDS: String(Number(values.minutes) * 60),
  ...(values.seed !== undefined && { LIQCALC_SEED: values.seed }),
};
const { status } = spawnSync('npx', ['vitest', 'run', 'test/fuzz'], { stdio: 'inherit', env });
process.exitCode = status ?? 1;
