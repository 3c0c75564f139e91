import type { Style } from '../../report/style.js';
import { hang } from '../../report/text/lines.js';
import { EXIT_CODES, type ExitName } from '../exit-codes.js';
import type { Usage } from '../flags.js';
import { notesOf } from './synopsis.js';

/** An exit code of a command, and what it means there. */
export interface CommandExit {
  readonly code: number;
  readonly meaning: string;
}

/** The flags and operands of a command decide which exit codes it has. */
export function exitsOf(usage: Usage): readonly CommandExit[] {
  const { flags, operands } = usage;
  const { no: ownNo } = notesOf(usage);
  const has = (name: string): boolean => flags.some((flag) => flag.name === name && flag.isIdle !== true);
  const readsFiles = [...flags, ...operands].some(({ takes }) => takes === 'file');
  const readsRecords = operands.some(({ takes }) => takes === 'file');
  const isLive = has('key-file');
  const no = [
    ...(has('alert') ? ['--alert found a position at or below its limit'] : []),
    ...(ownNo === undefined ? [] : [ownNo]),
  ];
  const names: readonly (readonly [ExitName, boolean, (string | undefined)?])[] = [
    ['done', true],
    ['no', no.length > 0, `the answer is "no": ${no.join('; ')}`],
    ['usage', true],
    ['invalidRecords', readsRecords || has('brackets'), readsRecords ? undefined : 'a bracket table is invalid'],
    ['unreadable', readsFiles],
    ['unavailable', isLive],
    ['bug', true],
    ['unwritable', true],
    ['noKey', isLive],
    ['badConfig', has('config') || isLive],
    ['interrupted', readsRecords],
  ];
  return names.flatMap(([name, applies, meaning = EXIT_CODES[name].meaning]) =>
    applies ? [{ code: EXIT_CODES[name].code, meaning }] : [],
  );
}

const CODE_WIDTH = 4;

/** Exit codes as lines. */
export function exitLines(exits: readonly CommandExit[], { width }: Style): string[] {
  return exits.flatMap(({ code, meaning }) => hang(`${String(code).padStart(CODE_WIDTH)}  `, meaning, width));
}
