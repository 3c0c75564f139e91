import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { execNotifier } from '../../src/live/notify.js';
import type { WrittenEvent } from '../../src/live/session-settings.js';

const surroundings = { env: { PATH: process.env['PATH'] }, platform: 'linux' };

/** The event of an alert on a symbol. */
function alert(symbol: string): WrittenEvent {
  const event = { type: 'blind', since: '2026-11-30T12:00:00.000Z', reason: symbol, symbol } as const;
  return { type: 'blind', seq: 1, at: '2026-11-30T12:00:00.000Z', event, json: JSON.stringify(event) };
}

const refuse = (message: string): never => expect.fail(message);
const newFile = (): string => join(mkdtempSync(join(tmpdir(), 'liqcalc-exec-')), 'out');
const linesOf = (path: string): readonly string[] => readFileSync(path, 'utf8').trimEnd().split('\n');

describe('--exec', () => {
  it('ends a command that hangs, with all that it started, and runs the next one', async () => {
    const [failures, path] = [[] as string[], newFile()];
    const hang = `(sleep 1.5; echo late >> ${path})`;
    const command = `echo $LIQCALC_SYMBOL >> ${path}; test $LIQCALC_SYMBOL = ETHUSDT || ${hang}`;
    const { send, drained } = execNotifier(command, surroundings, (message) => failures.push(message), 500);
    for (const symbol of ['BTCUSDT', 'ETHUSDT']) send(alert(symbol));
    await drained();
    expect(failures).toEqual(['--exec: the command did not end within 0.5 s']);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(linesOf(path).toSorted()).toEqual(['BTCUSDT', 'ETHUSDT']);
  });

  it('runs the events of one position one after another, and beside those of others', async () => {
    const path = newFile();
    const command = `echo "from $LIQCALC_SYMBOL" >> ${path}; sleep 0.2; echo "to $LIQCALC_SYMBOL" >> ${path}`;
    const { send, drained } = execNotifier(command, surroundings, refuse);
    for (const symbol of ['BTCUSDT', 'BTCUSDT', 'ETHUSDT']) send(alert(symbol));
    await drained();
    expect(linesOf(path).filter((line) => line.endsWith('BTCUSDT'))).toEqual([
      'from BTCUSDT',
      'to BTCUSDT',
      'from BTCUSDT',
      'to BTCUSDT',
    ]);
    expect(linesOf(path).slice(0, 2).toSorted()).toEqual(['from BTCUSDT', 'from ETHUSDT']);
  });

  it('leaves out what is more than 100 at once, which is said, and nothing else', async () => {
    const [failures, path] = [[] as string[], newFile()];
    const { send, drained } = execNotifier(`echo x >> ${path}`, surroundings, (message) => failures.push(message));
    for (let each = 0; each < 103; each++) send(alert('BTCUSDT'));
    expect(failures).toEqual(Array<string>(3).fill('--exec: more than 100 notices wait; one was left out'));
    await drained();
    expect(linesOf(path)).toHaveLength(100);
  });

  it('waits for no more than a time at the end: what has not begun by then is left out', async () => {
    const [failures, path] = [[] as string[], newFile()];
    const command = `echo x >> ${path}; sleep 600`;
    const { send, drained } = execNotifier(command, surroundings, (message) => failures.push(message), 400);
    for (let each = 0; each < 20; each++) send(alert('BTCUSDT'));
    await drained();
    expect(linesOf(path).length).toBeLessThan(4);
  });

  it('takes a command that prints without end', async () => {
    const { send, drained } = execNotifier('head -c 50000000 /dev/zero; exit 0', surroundings, refuse);
    send(alert('BTCUSDT'));
    await drained();
  });

  it('says that a command failed, by which code or signal', async () => {
    const failures: string[] = [];
    const { send, drained } = execNotifier('$LIQCALC_SYMBOL', surroundings, (message) => failures.push(message));
    for (const command of ['exit 3', 'kill -9 $$']) {
      const own = execNotifier(command, surroundings, (message) => failures.push(message));
      own.send(alert('BTCUSDT'));
      await own.drained();
    }
    send(alert('no-such-command'));
    await drained();
    expect(failures).toEqual([
      '--exec: the command ended with code 3',
      '--exec: the command ended with SIGKILL',
      '--exec: the command ended with code 127',
    ]);
  });
});
