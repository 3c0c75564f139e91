import { problem, LiqcalcError } from '../../core/errors.js';
import { isJson, jsonValue } from '../../formats/json.js';
import { arrayText, withMembers } from '../../live/payload.js';
import type { RiskMembers } from '../../live/venue.js';
import { JsonArray, JsonObject, type JsonValue } from '../../schema/json-value.js';
import type { Invocation } from '../command.js';
import { asking, connectionFor, refuseKeys, textOf } from './connect.js';
import { ageWords, tell } from './fill.js';
import { withFiles } from './virtual-files.js';

/**
 * A call about the account of `--account`: the same as if its answer was in a file.
 *
 * @param needs - whether the data of the rules are requested, too.
 */
export async function withLiveAccount(invocation: Invocation, needs: 'account' | 'risk data'): Promise<Invocation> {
  const { io, options, operands, unknown } = invocation;
  refuseKeys(unknown);
  const other = operands[0] ?? ['pos', 'from', 'wallet'].find((key) => options[key] !== undefined);
  if (other !== undefined) {
    const why = 'the exchange gives the whole account';
    throw new LiqcalcError([problem('CONFLICT', '--account', { with: other, why })]);
  }
  return asking(async () => {
    const { venue, link, name } = connectionFor(io, options, textOf(options, 'account') ?? '');
    if (!venue.snapshot || venue.from === undefined) {
      const why = `accounts of ${name} are not read here`;
      throw new LiqcalcError([problem('REFUSED', '--account', { why })]);
    }
    const { account, at, rows } = await venue.snapshot(link);
    const symbols = [...new Set(rows.map(({ symbol }) => symbol))].filter((symbol) => account.includes(`"${symbol}"`));
    const risk = needs === 'risk data' && venue.risk ? await venue.risk(link, symbols) : undefined;
    const path = `the account of ${name}`;
    tell(io, options, `${path}, ${ageWords(link.now(), at)}`);
    const files = new Map([[path, risk ? withRisk(account, risk) : account]]);
    return {
      ...invocation,
      io: withFiles(io, files, at),
      operands: [path],
      options: { ...options, from: venue.from },
    };
  });
}

/** The lists of positions in accounts, by the venues that have them. */
const LISTS = ['positions', 'assetPositions'];

/** An account whose positions have the data of the rules. */
function withRisk(account: string, risk: ReadonlyMap<string, RiskMembers>): string {
  const whole = isJson(account) ? jsonValue(account) : undefined;
  if (!(whole instanceof JsonObject)) return account;
  const lists = LISTS.flatMap((key) => {
    const list = whole.value(key);
    return list instanceof JsonArray ? [[key, arrayWithRisk(list, risk)] as const] : [];
  });
  return withMembers(whole, Object.fromEntries(lists));
}

function arrayWithRisk({ items }: JsonArray, risk: ReadonlyMap<string, RiskMembers>): string {
  const texts = items.map((item) => {
    const members = item instanceof JsonObject ? risk.get(symbolIn(item)) : undefined;
    return members && item instanceof JsonObject ? withMembers(item, members) : arrayText([item]).slice(1, -1);
  });
  return `[${texts.join(',')}]`;
}

function symbolIn(position: JsonObject): string {
  const inner = position.value('position');
  const symbol: JsonValue | undefined = inner instanceof JsonObject ? inner.value('coin') : position.value('symbol');
  return typeof symbol === 'string' ? symbol : '';
}
