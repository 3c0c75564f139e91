import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/core/risk-report.js';
import { alone } from './subject.js';

describe('report', () => {
  it('says of a first try', () => {
    const report = judge(alone({ entry: '30000', lev: '50', mmr: '0.4', mark: '29700' }, { equity: '10000' }));
    expect(report.summary.errors).toBe(2);
  });
});
