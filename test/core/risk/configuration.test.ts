import { describe, expect, it } from 'vitest';
import { problemWords } from '../../../src/core/errors.js';
import { Ratio } from '../../../src/core/ratio.js';
import { configured, settingNames, settingsOf, type Choice } from '../../../src/core/risk/configuration.js';
import { judge } from '../../../src/core/risk/report.js';
import { RULE_IDS } from '../../../src/core/risk/rules/index.js';
import { accountOf, alone, n } from './input.js';

/** A choice as a command line has it: `allocation.error=5`. */
function choice(text: string): Choice {
  const [, rule = '', setting, value = ''] = /^([^.=]*)(?:\.([^=]*))?=(.*)$/.exec(text) ?? [];
  return { rule, setting, value };
}

const chosen = (...texts: readonly string[]): ReturnType<typeof configured> => configured(texts.map(choice));
const words = (...texts: readonly string[]): readonly string[] =>
  chosen(...texts).problems.map((each) => problemWords(each));

const FIRST = alone({ entry: '30000', lev: '50', mmr: '0.4', mark: '29700' }, { equity: '10000' });
const severityOf = (rule: string, ...texts: readonly string[]): string | undefined =>
  judge(FIRST, chosen(...texts).configuration).findings.find((each) => each.rule === rule)?.severity;

describe('configuration', () => {
  it('changes limits one by one', () => {
    expect(severityOf('trade-risk')).toBe('error');
    expect(severityOf('trade-risk', 'trade-risk.error=6')).toBe('warn');
    expect(severityOf('trade-risk', 'trade-risk.error=5.999')).toBe('error');
    expect(severityOf('trade-risk', 'trade-risk.error=off')).toBe('warn');
    expect(severityOf('trade-risk', 'trade-risk.error=off', 'trade-risk.warn=off')).toBe(undefined);
    expect(severityOf('trade-risk', 'trade-risk.error=off', 'trade-risk.warn=7', 'trade-risk.info=2 %')).toBe('info');
    expect(severityOf('effective-leverage', 'effective-leverage.error=1.9')).toBe('error');
  });

  it('turns rules off and on again', () => {
    const off = judge(FIRST, chosen('trade-risk=off', 'adl=off').configuration);
    expect(off.findings.map(({ rule }) => rule)).toEqual(['distance', 'allocation', 'effective-leverage']);
    expect(off.skipped.map(({ rule }) => rule)).not.toContain('adl');
    expect(off.off).toEqual(['trade-risk', 'adl']);
    expect(severityOf('trade-risk', 'trade-risk=off', 'trade-risk.error=5')).toBe('error');
    expect(severityOf('trade-risk', 'trade-risk=off', 'trade-risk=on')).toBe('error');
    expect(severityOf('trade-risk', 'trade-risk.error=5', 'trade-risk=off')).toBe(undefined);
  });

  it('adds to what was set before', () => {
    const file = chosen('trade-risk.error=10', 'distance=off').configuration;
    const { configuration, problems } = configured([choice('trade-risk.warn=5')], file);
    expect(problems).toEqual([]);
    expect(settingsOf('trade-risk', configuration)).toEqual({ warn: n('5'), error: n('10') });
    expect(configuration.distance).toEqual({ kind: 'off' });
  });

  it('says what is off, a limit or a rule', () => {
    expect(chosen('allocation.error=off', 'adl=off', 'distance=on').configuration).toEqual({
      allocation: { kind: 'settings', values: { error: 'off' } },
      adl: { kind: 'off' },
      distance: { kind: 'settings', values: {} },
    });
  });

  it('says of a limit which of a file does not go with it, not what is wrong in the file alone', () => {
    const said = (base: Record<string, string>, text: string): readonly string[] => {
      const values = Object.fromEntries(Object.entries(base).map(([name, value]) => [name, n(value)]));
      const { problems } = configured([choice(text)], { allocation: { kind: 'settings', values } });
      return problems.map((each) => problemWords(each));
    };
    const wrong = 'allocation.warn: "5" must be reached before error, which is 4';
    expect(said({ error: '4' }, 'allocation.warn=5')).toEqual([wrong]);
    expect(said({ warn: '5' }, 'allocation.error=4')).toEqual([wrong]);
    expect(said({ warn: '5', error: '4' }, 'allocation.info=1')).toEqual([]);
    expect(said({ warn: '5', error: '4' }, 'allocation=on')).toEqual([]);
  });

  it('takes zero for a limit of negative figures', () => {
    expect(words('funding-short.warn=0')).toEqual([]);
    expect(words('funding-short.warn=-0.1', 'funding-short.error=0.5')).toEqual([
      'funding-short.error: "0.5" must be 0 or below',
    ]);
  });

  it('gives rules without limits another severity', () => {
    const given = { lev: '10', data: { autoMargin: true, stop: 'none' } } as const;
    const findings = judge(alone(given), chosen('auto-margin=error', 'stop-missing=info').configuration).findings;
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'stop-missing info',
      'auto-margin error',
    ]);
  });

  it('makes no finding of what is well', () => {
    const report = judge(alone({ lev: '10', data: { autoMargin: false } }), chosen('auto-margin=error').configuration);
    expect(report.findings.map(({ rule }) => rule)).not.toContain('auto-margin');
    expect(report.passes.map(({ rule }) => rule)).toContain('auto-margin');
  });

  it('takes every default for what it is', () => {
    for (const id of RULE_IDS) {
      const choices = Object.entries(settingsOf(id, {})).map(([setting, value]) => ({
        rule: id,
        setting,
        value: value instanceof Ratio ? value.toText(30) : value,
      }));
      expect(configured(choices).problems).toEqual([]);
      expect(judge(FIRST, configured(choices).configuration)).toEqual(judge(FIRST));
    }
  });

  it('names what can be set', () => {
    expect(settingNames('distance')).toEqual(['info', 'warn', 'error']);
    expect(settingNames('funding-size')).toEqual(['warn', 'info', 'error']);
    expect(settingNames('stop-before-liquidation')).toEqual(['buffer', 'lastPriceBuffer']);
    expect(settingNames('auto-margin')).toEqual([]);
  });

  it.each([
    ['alocation=off', 'alocation: unknown rule; liqcalc check --list shows all rules; did you mean allocation?'],
    ['nonsense.warn=1', 'nonsense: unknown rule; liqcalc check --list shows all rules'],
    [
      'allocation.erorr=1',
      'allocation.erorr: unknown setting; allocation has info, warn and error; did you mean allocation.error?',
    ],
    ['auto-margin.warn=1', 'auto-margin.warn: unknown setting; auto-margin has no settings'],
    ['toString=off', 'toString: unknown rule; liqcalc check --list shows all rules'],
    ['__proto__.warn=1', '__proto__: unknown rule; liqcalc check --list shows all rules'],
    ['allocation.toString=1', 'allocation.toString: unknown setting; allocation has info, warn and error'],
    [
      'allocation=5',
      'allocation: "5" is invalid; write on or off, or set allocation.info, allocation.warn, allocation.error',
    ],
    ['auto-margin=eror', 'auto-margin: unknown value "eror": write on, off, info, warn or error; did you mean error?'],
    [
      'allocation.warn=',
      'allocation.warn: "" is not a plain decimal; write digits with at most one dot, like 30000 or 0.5',
    ],
    ['allocation.warn=1,5', 'allocation.warn: "1,5" is not a plain decimal; write 1.5'],
    [
      'allocation.warn=0x1',
      'allocation.warn: "0x1" is not a plain decimal; write digits with at most one dot, like 30000 or 0.5',
    ],
    ['allocation.warn=1e31', 'allocation.warn: "1e31" is outside 1e-30 to 1e30; write a number in this range'],
    ['allocation.warn=-1', 'allocation.warn: "-1" must not be negative; write it without a sign'],
    ['funding-short.warn=0.07', 'funding-short.warn: "0.07" must be 0 or below'],
    [
      'effective-leverage.warn=2%',
      'effective-leverage.warn: "2%" is not a plain decimal; write digits with at most one dot, like 30000 or 0.5',
    ],
  ])('%s: %s', (text, problem) => {
    expect(words(text)).toEqual([problem]);
  });

  it('says so too where a later choice overtakes what was set before, and not again of what was', () => {
    const base = chosen('allocation.warn=5').configuration;
    const [milder, ...others] = configured([choice('allocation.error=4')], base).problems;
    expect(milder && problemWords(milder)).toBe('allocation.warn: "5" must be reached before error, which is 4');
    expect(others).toEqual([]);
    const wrong = chosen('allocation.warn=5', 'allocation.error=4').configuration;
    expect(configured([choice('allocation.info=1')], wrong).problems).toEqual([]);
  });

  it('says of limits in the wrong order which is never reached', () => {
    expect(words('allocation.warn=5', 'allocation.error=4')).toEqual([
      'allocation.warn: "5" must be reached before error, which is 4',
    ]);
    expect(words('distance.warn=4', 'distance.error=5')).toEqual([
      'distance.warn: "4" must be reached before error, which is 5',
    ]);
    expect(words('funding-short.warn=-0.2', 'funding-short.error=-0.1')).toEqual([
      'funding-short.warn: "-0.2" must be reached before error, which is -0.1',
    ]);
    expect(words('funding-short.warn=-0.1', 'funding-short.error=-0.2')).toEqual([]);
    expect(words('margin-ratio.info=90', 'margin-ratio.error=80')).toEqual([
      'margin-ratio.info: "90" must be reached before error, which is 80',
    ]);
    expect(words('allocation.warn=5', 'allocation.error=4', 'allocation=off')).toEqual([]);
    expect(words('allocation.warn=4', 'allocation.error=4')).toEqual([]);
    expect(words('distance.warn=10', 'distance.error=5', 'distance.info=10')).toEqual([]);
    expect(words('allocation.error=0.5')).toEqual([]);
  });

  it('says everything that is wrong at once', () => {
    expect(words('alocation=off', 'distance.warn=x', 'adl=loud')).toHaveLength(3);
  });
});

describe('report', () => {
  it('says of a first try what the example says', () => {
    const { findings, passes, skipped, summary } = judge(FIRST);
    expect(
      findings.map((each) => [each.severity, each.rule, each.value?.toText(2), each.limit?.toText(2), each.advice]),
    ).toEqual([
      ['error', 'distance', '0.61', '5', 'reduce the size to 0.158 with a margin of 300 to reach 5 %'],
      ['error', 'trade-risk', '6', '3', 'reduce the size to 0.5 or less'],
      ['warn', 'allocation', '6', '3', 'reduce the size to 0.5 or less'],
      [
        'warn',
        'effective-leverage',
        '99',
        '75',
        'the loss is 300 of 600 margin: reduce the size to 0.431 with a margin of 300 to reach 75x (1.5 times the set 50x)',
      ],
    ]);
    expect(passes.map(({ rule, value }) => [rule, value?.toText(4)])).toEqual([
      ['mark-deviation', '-1'],
      ['margin-ratio', '39.6'],
    ]);
    expect(skipped.map(({ rule, lacks }) => `${rule}: ${lacks.join(' ')}`)).toEqual([
      'max-leverage: symbol qty',
      'event-leverage: event usualLev',
      'stop-missing: stop',
      'stop-coverage: orders',
      'stop-before-liquidation: stop',
      'stop-market: orders',
      'trailing-activation: orders candles',
      'post-only-illiquid: orders illiquid',
      'illiquid-size: dailyVolume book',
      'trigger-price: orders',
      'reduce-only: orders',
      'auto-margin: autoMargin',
      'funding-size: funding',
      'funding-cost: funding',
      'funding-long: funding',
      'funding-accrual: funding',
      'funding-reversal: funding',
      'mark-vs-index: feeds',
      'open-interest: openInterest',
      'account-move: account',
      'concentration: account',
      'adl: account',
      'margin-log: account',
    ]);
    expect(summary).toEqual({ errors: 2, warnings: 2, infos: 0, ok: 2, notChecked: 23 });
  });

  it('counts by severity: liquidation at 90.9 is 11.7 % away, and the value is 3 % more', () => {
    const { findings, summary } = judge(alone({ lev: '10', mark: '103' }));
    expect(findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual([
      'info distance',
      'info mark-deviation',
    ]);
    expect(summary).toMatchObject({ errors: 0, warnings: 0, infos: 2 });
  });

  it('goes by position, then says once what concerns the account', () => {
    const at = { lev: '10', mark: '100' } as const;
    const input = accountOf('10', [
      { ...at, symbol: 'A', qty: '2', data: { stop: 'none', autoMargin: true } },
      { ...at, symbol: 'B', qty: '1', data: { stop: n('99') } },
      { ...at, symbol: 'C', qty: '0.1', mode: 'isolated' },
    ]);
    const { findings, skipped } = judge(input);
    expect(findings.map(({ rule, position, symbol }) => `${position ?? '-'} ${symbol ?? '-'} ${rule}`)).toEqual([
      '0 A distance',
      '0 A allocation',
      '0 A effective-leverage',
      '0 A stop-missing',
      '0 A auto-margin',
      '1 B distance',
      '1 B trade-risk',
      '1 B allocation',
      '1 B effective-leverage',
      '2 C distance',
      '2 C trade-risk',
      '2 C allocation',
      '- - account-move',
      '- A concentration',
    ]);
    const lacking = skipped.find(({ rule }) => rule === 'stop-missing');
    expect(lacking).toEqual({ rule: 'stop-missing', lacks: ['stop'] });
    expect(findings.every(({ limit, value }) => !limit || value !== undefined)).toBe(true);
  });

  it('says of a shared wallet once that it is all but liquidated', () => {
    const at = { lev: '10', mark: '100' } as const;
    const input = accountOf('2.1', [
      { ...at, symbol: 'A', qty: '1' },
      { ...at, symbol: 'B', qty: '1' },
      { ...at, symbol: 'C', qty: '1', margin: '1', mode: 'isolated' },
    ]);
    const ratios = judge(input).findings.filter(({ rule }) => rule === 'margin-ratio');
    expect(ratios.map(({ position, severity, symbol }) => [position, severity, symbol])).toEqual([
      [2, 'error', 'C'],
      [undefined, 'warn', undefined],
    ]);
  });

  it('has nothing to say of an account without positions', () => {
    const { summary, skipped } = judge(accountOf('1000', []));
    expect(summary).toEqual({ errors: 0, warnings: 0, infos: 0, ok: 0, notChecked: 0 });
    expect(skipped).toEqual([]);
  });

  it('says for each finding how the figure compares with the limit', () => {
    const { findings } = judge(FIRST);
    expect(findings.map(({ comparison, unit }) => `${comparison} ${unit}`)).toEqual([
      'at or below %',
      'above %',
      'above %',
      'above x',
    ]);
  });
});
