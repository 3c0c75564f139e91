import { LiqcalcError, type Problem } from '../core/errors.js';
import type { Configuration } from '../core/risk/configuration.js';
import { configuredByFlags, readRiskConfig } from '../formats/risk-config.js';
import { contentOf, listOf, wordOf } from './given.js';

/** Limits of risk rules. */
export interface RuleOptions {
  /** Limits of rules: what `.liqcalc.json` contains, as text or as an object. */
  readonly config?: string | object | undefined;
  /** Single settings: `allocation=off`, `distance.warn=15`. */
  readonly rule?: readonly string[] | undefined;
}

/** @throws {LiqcalcError} with everything that is wrong with the limits. */
export function configurationOf({ config, rule = [] }: RuleOptions): Configuration {
  const problems: Problem[] = [];
  const base = config === undefined ? {} : readRiskConfig(contentOf('config', config));
  const settings = listOf('rule', rule).map((each) => wordOf('rule', each));
  const configuration = configuredByFlags(settings, base, problems);
  if (problems.length > 0) throw new LiqcalcError(problems);
  return configuration;
}
