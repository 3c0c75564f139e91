import { accountProblems } from '../core/account-problems.js';
import type { AccountPosition } from '../core/account.js';
import type { Warning } from '../core/assessment.js';
import { LiqcalcError, problem, problemOf, type Problem } from '../core/errors.js';
import { Ratio } from '../core/ratio.js';
import { FIELDS } from './fields.js';
import type { RawRecord } from './record.js';
import { readValue } from '../schema/value.js';
import type { RawAccount, AccountInput, AccountDefaults } from './raw-account.js';
import { CONTRADICTION } from './position-rates.js';
import { readAccountPosition, placeOf, reportedFigures, inSourceWords } from './account-position.js';

/**
 * Reads an account.
 *
 * @throws {LiqcalcError} with all problems, named by position and key.
 */
export function readAccount(raw: RawAccount, given: AccountDefaults): AccountInput {
  const problems: Problem[] = [...raw.problems];
  const defaults = { ...given, venue: accountVenue(raw, problems) ?? given.venue };
  const wallet = readWallet(raw, defaults, problems);
  const crossFields: RawRecord = [...defaults.fields, ['wallet', NO_WALLET]];
  const readings = raw.positions.map((each) => readAccountPosition(each, defaults, crossFields));
  for (const { from, position, problems: found } of readings) {
    const own = withoutEchoes(found).map((each) => inSourceWords(from, each, defaults));
    problems.push(...[...own, ...(position?.failure ?? [])].map((each) => problemOf(from.name, each)));
  }
  const positions = readings.flatMap(({ position }) => position ?? []);
  const { isMultiAssets = false } = raw;
  const failed = positions.filter(({ failure }) => failure).length;
  // A position that alone has no rate does not refuse the others.
  const isRefused = problems.length > failed || (failed > 0 && failed === raw.positions.length);
  if (!isRefused) problems.splice(0, problems.length, ...accountProblems({ positions, isMultiAssets }));
  if (problems.length > 0) throw new LiqcalcError(problems);
  const isWalletGiven = walletText(raw, defaults) !== undefined;
  return {
    account: {
      wallet,
      isWalletGiven,
      isMultiAssets,
      positions: isMultiAssets ? positions.map(heldCollateral) : positions,
    },
    facts: readings.flatMap(({ facts }) => facts ?? []),
    own: raw.own,
    ...(raw.reported && { reported: reportedFigures(raw.reported) }),
    notes: walletNotes(raw, wallet, defaults),
  };
}

function walletText({ wallet, inferred }: RawAccount, defaults: AccountDefaults): RawAccount['wallet'] {
  return wallet ?? defaults.wallet ?? inferred?.wallet;
}

/** That the wallet is inferred, or contradicts the one that follows from the source. */
function walletNotes({ inferred }: RawAccount, wallet: Ratio, defaults: AccountDefaults): Warning[] {
  if (!inferred) return [];
  const { basis } = inferred;
  const other = Ratio.from(inferred.wallet);
  const shown = other.toText(8);
  if (defaults.wallet === undefined) return [{ code: 'WALLET_INFERRED', details: { wallet: shown, basis } }];
  const isNear = !wallet.minus(other).abs().isAbove(wallet.abs().times(CONTRADICTION));
  return isNear ? [] : [{ code: 'WALLET_DIFFERS', details: { given: wallet.toText(8), inferred: shown, basis } }];
}

/** A position whose collateral is a basket of assets, fixed at its present value. */
function heldCollateral(position: AccountPosition): AccountPosition {
  if (position.mode === 'isolated') return position;
  return { ...position, notes: [...(position.notes ?? []), { code: 'COLLATERAL_HELD', details: {} }] };
}

/** Replaces a missing wallet of cross positions, so that the positions can still be validated. */
const NO_WALLET = '0';

function readWallet(raw: RawAccount, defaults: AccountDefaults, problems: Problem[]): Ratio {
  const text = walletText(raw, defaults);
  // If the input is refused as a whole, no single field is reported as missing.
  const isWhole = ({ code, field }: Problem): boolean =>
    field === '' && (code === 'NOT_AN_ACCOUNT' || code === 'REFUSED');
  if (raw.problems.some(isWhole)) return Ratio.ZERO;
  if (text === undefined) {
    const isNeeded =
      raw.positions.length === 0 || raw.positions.some(({ record }) => placeOf(record).mode !== 'isolated');
    if (isNeeded)
      problems.push(problem('MISSING', '', { what: 'cross wallet', give: [raw.walletGivenBy ?? 'wallet'] }));
    return Ratio.ZERO;
  }
  const read = typeof text === 'string' ? readValue(FIELDS.wallet, 'wallet', text) : undefined;
  if (read && 'value' in read && read.value instanceof Ratio) return read.value;
  problems.push(
    read && 'problem' in read
      ? read.problem
      : problem('NOT_A_VALUE', 'wallet', { value: typeof text === 'string' ? text : text.notAValue }),
  );
  return Ratio.ZERO;
}

/** The venue of an account, checked. */
function accountVenue({ venue }: RawAccount, problems: Problem[]): string | undefined {
  if (venue === undefined) return undefined;
  const read = readValue(FIELDS.venue, 'venue', venue);
  if ('problem' in read) problems.push(read.problem);
  return 'problem' in read ? undefined : (read.value as string);
}

/** A conflict with the mode is enough: the same conflict with the wallet is dropped. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const judged = new Set(
    problems.flatMap((each) => (each.code === 'CONFLICT' && each.details.with !== 'wallet' ? [each.field] : [])),
  );
  return problems.filter(
    (each) => each.code !== 'CONFLICT' || each.details.with !== 'wallet' || !judged.has(each.field),
  );
}
