import type { Invocation } from '../command.js';
import { BRACKETS_FLAG, PLAIN_FLAGS, type Flag, type Usage } from '../flags.js';
import { CONNECTION_FLAGS, FEEDS_FLAG } from '../live/flags.js';

const ALERT_FLAGS: readonly Flag[] = [
  {
    name: 'alert',
    placeholder: 'LEVELS',
    meaning: 'levels in percent, default 15,10,5; also margin-ratio=80, move=10, funding=0.1',
    repeats: true,
  },
  {
    name: 'hysteresis',
    placeholder: 'P',
    meaning: 'an alert repeats only after the value has left its level by this many points; default 0.5',
  },
  { name: 'remind', placeholder: 'TIME', meaning: 'repeat an alert while its level holds; by default never' },
  { name: 'rules', meaning: 'check the risk rules at every change' },
].map((flag) => ({ ...flag, heading: 'Alerts' }));

const SENDING_FLAGS: readonly Flag[] = [
  { name: 'exec', placeholder: 'CMD', meaning: 'run a command for each alert; the event is on its stdin' },
  { name: 'webhook', placeholder: 'URL', meaning: 'post each alert as JSON; or LIQCALC_WEBHOOK' },
  { name: 'log', placeholder: 'FILE', meaning: 'append every event as NDJSON', takes: 'file' as const },
  { name: 'no-bell', meaning: 'do not ring the bell at a new alert' },
].map((flag) => ({ ...flag, heading: 'Notifications' }));

const RUN_FLAGS: readonly Flag[] = [
  { name: 'once', meaning: 'one snapshot, one answer; exit 1 if an alert level holds' },
  { name: 'for', placeholder: 'TIME', meaning: 'end after this time' },
  { name: 'until', placeholder: 'alert', meaning: 'end at the first alert, exit 1', choices: ['alert'] },
  {
    name: 'every',
    placeholder: 'TIME',
    meaning: 'write the account this often; by default at each change, at most once a second',
  },
  { name: 'stale', placeholder: 'TIME', meaning: 'age from which a mark counts as stale, default 5s' },
  { name: 'blind', placeholder: 'TIME', meaning: 'report after this time without a reliable figure, default 30s' },
  {
    name: 'record',
    placeholder: 'FILE',
    meaning: 'record the answers of the exchange, without secrets',
    takes: 'file' as const,
  },
  { name: 'replay', placeholder: 'FILE', meaning: 'play a recording in place of an exchange', takes: 'file' as const },
  {
    name: 'speed',
    placeholder: 'N',
    meaning: 'speed of a replay; default 1 on a terminal, else max',
    choices: ['1', '10', 'max'],
  },
].map((flag) => ({ ...flag, heading: 'Run' }));

const POSITION_FLAGS: readonly Flag[] = [
  { name: 'pos', placeholder: 'SPEC', meaning: 'a position: SIDE:SYMBOL:QTY@ENTRY[,KEY=VALUE...]', repeats: true },
  { name: 'wallet', placeholder: 'W', meaning: 'cross wallet of the positions' },
  {
    name: 'mmr',
    placeholder: '[SYMBOL=]R',
    meaning: 'maintenance rate in percent, for positions that do not have one',
    repeats: true,
  },
  {
    name: 'cum',
    placeholder: '[SYMBOL=]A',
    meaning: 'maintenance amount that belongs to the rate of --mmr',
    repeats: true,
  },
].map((flag) => ({ ...flag, heading: 'Positions' }));

/** `liqcalc watch`: liquidation prices as marks and the account change, and alerts. */
export const usage: Usage = {
  help: {
    usual: ['account', 'pos', 'wallet', 'alert', 'exec', 'once', 'log', 'replay'],
    examples: [
      'watch --replay crash.ndjson --format text',
      'watch account.json --alert 10,5 --once',
      'watch --account binance --once',
    ],
  },
  operands: [
    {
      usage: '[file|symbol...]',
      meaning: 'positions as an account in JSON, or symbols; stdin if absent',
      takes: 'file',
    },
  ],
  flags: [
    ...POSITION_FLAGS,
    { ...BRACKETS_FLAG, heading: 'Positions' },
    ...CONNECTION_FLAGS,
    { name: 'venue', placeholder: 'NAME', meaning: 'exchange of the marks, default binance', heading: 'Exchange' },
    FEEDS_FLAG,
    ...ALERT_FLAGS,
    ...SENDING_FLAGS,
    ...RUN_FLAGS,
    {
      name: 'format',
      placeholder: 'F',
      meaning: 'text or ndjson; default text on a terminal, else ndjson',
      heading: 'Output',
      choices: ['text', 'ndjson'],
    },
    { name: 'dp', placeholder: 'N', meaning: 'decimals of prices and amounts, 0 to 30', heading: 'Output' },
    ...PLAIN_FLAGS,
  ],
};

export async function run(invocation: Invocation): Promise<number> {
  return (await import('../watch/run.js')).watch(invocation);
}
