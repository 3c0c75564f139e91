import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { isLiqcalcError, problemWords, type Problem } from '../../src/core/errors.js';
import { settingsOf, type Configuration } from '../../src/core/risk/configuration.js';
import { RULE_IDS, type RuleId } from '../../src/core/risk/rules/index.js';
import { configFile } from '../../src/formats/config-file.js';
import { jsonSchemaOf } from '../../src/schema/json-schema.js';
import { configuredByFlags, readRiskConfig } from '../../src/formats/risk-config.js';
import { defaultConfigText } from '../../src/report/text/risk/default-config.js';
import { Ratio } from '../../src/core/ratio.js';

const accepts = new Ajv2020({ strict: false }).compile(jsonSchemaOf(configFile()));

function faultsOf(text: string): string[] {
  try {
    readRiskConfig(text);
    return [];
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    return error.problems.map((each) => problemWords(each));
  }
}

/** A setting in force, as text. */
function setting(id: RuleId, name: string, configuration: Configuration): string | undefined {
  const value = settingsOf(id, configuration)[name];
  return value instanceof Ratio ? value.toText(30) : value;
}

describe('a file', () => {
  it('sets limits, turns rules off, and keeps the other defaults', () => {
    const read = readRiskConfig(
      '{"rules":{"allocation":{"warn":"1.5","error":4},"max-leverage":"off","distance":"on"}}',
    );
    expect(setting('allocation', 'warn', read)).toBe('1.5');
    expect(setting('allocation', 'error', read)).toBe('4');
    expect(read['max-leverage']).toEqual({ kind: 'off' });
    expect(setting('distance', 'info', read)).toBe('15');
  });

  it('gives a rule without limits another severity', () => {
    expect(readRiskConfig('{"rules":{"stop-market":"error"}}')['stop-market']).toEqual({
      kind: 'severity',
      severity: 'error',
    });
  });

  it('reports all problems at once', () => {
    const faults = faultsOf(
      '{"rule":{},"rules":{"alocation":{},"stop-market":true,"distance":{"wran":"1","info":"x"},"max-leverage":"warn","adl":{"info":{}}}}',
    );
    expect(faults.map((words) => words.split(': ')[0])).toEqual([
      'rule',
      'rules.alocation',
      'rules.distance.wran',
      'rules.distance.info',
      'rules.max-leverage',
      'rules.stop-market',
      'rules.adl.info',
    ]);
    expect(faults[0]).toBe('rule: unknown name; did you mean rules?');
    expect(faults[1]).toBe('rules.alocation: unknown name; did you mean allocation?');
  });

  it.each(['', 'x', '[]', '"off"', '{"rules":[]}', '{"rules":{"distance":"off","distance":"off"}}'])(
    'refuses %s',
    (text) => {
      expect(faultsOf(text)).toHaveLength(1);
    },
  );
});

describe('flags', () => {
  const by = (texts: readonly string[], base: Configuration = {}): { set: Configuration; faults: string[] } => {
    const problems: Problem[] = [];
    const set = configuredByFlags(texts, base, problems);
    return { set, faults: problems.map((each) => problemWords(each)) };
  };

  it('go on top of a file, a later one before an earlier one', () => {
    const base = readRiskConfig('{"rules":{"allocation":{"warn":"2","error":"9"}}}');
    const { set, faults } = by(['allocation.error=5', 'allocation.error=6%', 'distance=off'], base);
    expect(faults).toEqual([]);
    expect(setting('allocation', 'error', set)).toBe('6');
    expect(setting('allocation', 'warn', set)).toBe('2');
    expect(set.distance).toEqual({ kind: 'off' });
  });

  it('on turns a rule on that a file turns off', () => {
    const base = readRiskConfig('{"rules":{"allocation":"off"}}');
    expect(by([], base).set.allocation).toEqual({ kind: 'off' });
    const { set, faults } = by(['allocation=on'], base);
    expect(faults).toEqual([]);
    expect(set.allocation?.kind).toBe('settings');
    expect(setting('allocation', 'warn', set)).toBe('3');
  });

  it('are named as they were written', () => {
    expect(by(['foo', 'alocation=off', 'distance.wran=4']).faults).toEqual([
      '--rule: "foo" is not of the form ID=off or ID.SETTING=VALUE; write for example allocation=off or allocation.error=5',
      '--rule alocation: unknown rule; liqcalc check --list shows all rules; did you mean --rule allocation?',
      '--rule distance.wran: unknown setting; distance has info, warn and error; did you mean --rule distance.warn?',
    ]);
  });
});

describe('the configuration of --init', () => {
  const written = JSON.parse(defaultConfigText()) as { rules: Record<string, unknown> };

  it('names every rule', () => {
    expect(Object.keys(written.rules)).toEqual(RULE_IDS);
  });

  it('changes nothing', () => {
    const read = readRiskConfig(defaultConfigText());
    for (const id of RULE_IDS) expect(settingsOf(id, read)).toEqual(settingsOf(id, {}));
    expect(Object.values(read).filter(({ kind }) => kind === 'off')).toEqual([]);
  });

  it('is what the schema accepts', () => {
    expect(accepts(written)).toBe(true);
  });
});

describe('the schema', () => {
  it.each([
    '{"rules":{"allocation":{"warn":"1","error":3},"max-leverage":"off"}}',
    '{"$schema":"x","rules":{"stop-missing":"warn"}}',
    '{"rules":{"funding-short":{"warn":"-0.07%","error":-1}}}',
    '{"$schema":null,"rules":{"stop-market":{}}}',
    '{"rules":{"distance":{"warn":"0","error":"off"}}}',
  ])('accepts what is read: %s', (text) => {
    expect(faultsOf(text)).toEqual([]);
    expect(accepts(JSON.parse(text))).toBe(true);
  });

  it.each([
    '{"rules":{"alocation":"off"}}',
    '{"rule":{}}',
    '{"rules":{"distance":"warn"}}',
    '{"rules":{"distance":{"wran":"1"}}}',
    '{"rules":{"distance":{"warn":"1,5"}}}',
    '{"rules":{"distance":{"warn":true}}}',
    '{"rules":{"stop-market":{"warn":"1"}}}',
    '{"rules":{"distance":{"warn":"-5"}}}',
    '{"rules":{"distance":{"warn":-5}}}',
    '{"rules":{"funding-short":{"warn":"0.07"}}}',
    '{"rules":{"funding-short":{"error":1}}}',
    '{"rules":{"adl":{"info":1e31}}}',
  ])('refuses what is refused: %s', (text) => {
    expect(faultsOf(text)).not.toEqual([]);
    expect(accepts(JSON.parse(text))).toBe(false);
  });
});
