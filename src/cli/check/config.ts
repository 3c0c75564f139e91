import { isLiqcalcError, type Problem } from '../../core/errors.js';
import type { Configuration } from '../../core/risk/configuration.js';
import { configuredByFlags, readRiskConfig } from '../../formats/risk-config.js';
import { textsOf } from './options.js';
import { RunError } from '../command.js';
import { configFile } from '../config-folder.js';
import { fileFault, fileText } from '../files.js';
import type { Parsed } from '../flags.js';
import type { Io } from '../io.js';
import { problemList } from '../problem-list.js';

/** The name of the file that is found without `--config`. */
export const CONFIG_NAME = '.liqcalc.json';

const MOST_CONFIG_BYTES = 1 << 20;

/** The configured rules, and the file that configures them. */
export interface FoundConfig {
  readonly configuration: Configuration;
  /** Named in every output; `undefined` if no file was read. */
  readonly path: string | undefined;
}

/**
 * The configuration of a run: the file of `--config`, else the one in the working directory, else the one in the user's
 * config directory, and on top of it the flags.
 *
 * @param problems - problems of the flags are added.
 * @throws {RunError} for a file that cannot be read (66 where it was named, else 78) or is broken (78).
 */
export function configurationFor(io: Io, options: Parsed['options'], problems: Problem[]): FoundConfig {
  const path = pathOf(io, options);
  const base = path === undefined ? {} : configurationIn(io, path, options['config'] === path);
  return { configuration: configuredByFlags(textsOf(options['rule']), base, problems), path };
}

function pathOf(io: Io, { config }: Parsed['options']): string | undefined {
  if (config === false) return undefined;
  if (typeof config === 'string') return config;
  const places = [CONFIG_NAME, configFile(io, CONFIG_NAME)];
  return places.find((path) => path !== undefined && io.modifiedAt(path) !== undefined);
}

function configurationIn(io: Io, path: string, isNamed: boolean): Configuration {
  const text = isNamed ? fileText(io, path, MOST_CONFIG_BYTES) : foundText(io, path);
  try {
    return readRiskConfig(text);
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    throw new RunError(`${path}: ${problemList(error.problems)}`, 'badConfig');
  }
}

function foundText(io: Io, path: string): string {
  try {
    return io.readFile(path, MOST_CONFIG_BYTES).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new RunError(`${path} cannot be read: ${fileFault(error)}`, 'badConfig');
  }
}
