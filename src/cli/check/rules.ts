import { LiqcalcError, problem, type Problem } from '../../core/errors.js';
import { closest } from '../../core/names.js';
import { RULE_IDS } from '../../core/risk/rules/index.js';
import {
  allRules,
  ruleGrid,
  ruleGridWithConfig,
  RULE_JSON,
  ruleListText,
  type RuleListing,
} from '../../report/text/risk/rule-list.js';
import { rulePage } from '../../report/text/risk/rule-page.js';
import { defaultConfigText } from '../../report/text/risk/default-config.js';
import { giveEitherWay } from './data-words.js';
import { CONFIG_NAME } from '../config-folder.js';
import { RunError, type Invocation } from '../command.js';
import { exitCode } from '../ending.js';
import { writeFault } from '../files.js';
import type { FoundConfig } from './options.js';
import { gridReport } from '../../report/grid.js';
import { codeOf, formatsFor } from '../../report/writers/index.js';
import { writerFor } from '../writer-for.js';
import { readCommonOptions, type CommonOptions } from '../options.js';
import { printText } from '../text.js';

/** `--list` and `--explain RULE`: the configured rules, in the requested format. */
export async function printRules(
  { io, options }: Invocation,
  { configuration, path }: FoundConfig,
  problems: Problem[],
): Promise<number> {
  const common = readCommonOptions(options, problems, formatsFor('nested'));
  const { explain } = options;
  const wanted = typeof explain === 'string' ? explain.toLowerCase() : undefined;
  const id = RULE_IDS.find((each) => each === wanted);
  if (wanted !== undefined && !id) problems.push(unknownRule(wanted));
  if (problems.length > 0) throw new LiqcalcError(problems);
  const listing = { ...allRules(configuration, path), ...(id && { ids: [id] }) };
  const format = common.format ?? 'text';
  if (format === 'text') await printListing({ io, common }, listing);
  else if (format === 'json' || format === 'ndjson') io.stdout.write(RULE_JSON[format](listing));
  else await printTable({ io, common }, listing, format);
  return exitCode({ kind: 'answered' });
}

/** The rules as rows. Markdown names their file below the table, CSV in a column. */
async function printTable(
  { io, common }: { readonly io: Invocation['io']; readonly common: CommonOptions },
  listing: RuleListing,
  format: 'csv' | 'markdown',
): Promise<void> {
  const isCsv = format === 'csv';
  const writer = await writerFor(io, { ...common, only: undefined, format }, (each) => codeOf(each, 'tables'));
  writer.record(gridReport(isCsv ? ruleGridWithConfig(listing) : ruleGrid(listing)));
  writer.end();
  if (!isCsv && listing.config !== undefined) io.stdout.write(`\nrules: ${listing.config}\n`);
}

function printListing(
  { io, common }: { readonly io: Invocation['io']; readonly common: CommonOptions },
  listing: RuleListing,
): Promise<void> {
  const { ids, configuration, config } = listing;
  const [id] = ids;
  return printText(io, common, (style) => {
    if (!id || ids.length > 1) return Promise.resolve(ruleListText(listing, style));
    return Promise.resolve(rulePage(id, { ...style, configuration, config, give: giveEitherWay }));
  });
}

function unknownRule(value: string): Problem {
  return problem('NOT_A_CHOICE', 'explain', {
    value,
    choices: ['the name of a rule (liqcalc check --list shows them)'],
    suggestion: closest(value, RULE_IDS),
  });
}

/**
 * `--init`: writes a configuration with every rule and its default.
 *
 * @throws {RunError} if there is one already, or it cannot be written: exit code 73.
 */
export function writeConfig({ io, options }: Invocation, problems: readonly Problem[]): number {
  if (problems.length > 0) throw new LiqcalcError(problems);
  const { config } = options;
  const path = typeof config === 'string' ? config : CONFIG_NAME;
  try {
    io.createFile(path, defaultConfigText());
  } catch (error) {
    throw new RunError(`${path} cannot be written: ${writeFault(error)}`, 'unwritable');
  }
  if (options['quiet'] !== true) io.stderr.write(`liqcalc: wrote ${path}\n`);
  return exitCode({ kind: 'answered' });
}
