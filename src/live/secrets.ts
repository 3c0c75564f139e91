import { closeSync, existsSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as z from 'zod/mini';
import { isJson, jsonValue } from '../formats/json.js';
import { JsonObject } from '../schema/json-value.js';
import { LiveError } from './failure.js';
import { Secret, type Credential } from './secret.js';
import { isEd25519Key } from './sign.js';

/** Where keys may be. */
export interface KeyPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file of `--key-file`. */
  readonly keyFile?: string | undefined;
  /** The file in the user's folder, if the system names one. */
  readonly ownFile?: string | undefined;
  readonly platform: string;
  /** How a file with the key is named, for messages. */
  readonly keyFileBy?: string;
}

/**
 * The key of a venue: from `--key-file`, else from the environment, else from the user's own file.
 *
 * @param keys - the venue's name in the variables and in files, for example `BINANCE`.
 * @throws {LiveError} `noKey` if no place has a key; `badConfig` for a file that others can read, or that is broken.
 */
export function credentialFor(keys: string, places: KeyPlaces): Credential {
  const { env, keyFile, ownFile, platform, keyFileBy = '--key-file FILE' } = places;
  if (keyFile !== undefined) {
    if (!existsSync(keyFile)) throw new LiveError('badConfig', `${keyFile} cannot be read: there is no such file`);
    return credentialIn(keyFile, keys, platform) ?? missingIn(keyFile);
  }
  const [key, secret] = [env[`LIQCALC_${keys}_KEY`], env[`LIQCALC_${keys}_SECRET`]];
  if (key && secret) return { key: new Secret(key), signer: { kind: 'hmac', secret: new Secret(secret) } };
  if (key || secret) {
    const other = key ? 'SECRET' : 'KEY';
    throw new LiveError(
      'noKey',
      `LIQCALC_${keys}_${key ? 'KEY' : 'SECRET'} is set, but LIQCALC_${keys}_${other} is not`,
    );
  }
  const own = ownFile === undefined ? undefined : credentialIn(ownFile, keys, platform);
  if (own) return own;
  const ways = [keyFileBy, `LIQCALC_${keys}_KEY and LIQCALC_${keys}_SECRET`, ...(ownFile ? [ownFile] : [])];
  throw new LiveError('noKey', `no key: give ${ways.join(', or ')}; docs/live.md has the steps`);
}

/** A key without a secret signs nothing. */
const UNSIGNED: Credential['signer'] = { kind: 'hmac', secret: new Secret('') };
const KEY_ALONE = z.object({ apiKey: z.string().check(z.minLength(1)) });

/**
 * The key of a feed, which has no secret, from the same places; `undefined` if there is no key. In a file it must be
 * under the name of the feed: a key without a name is that of an exchange, and is not sent to anyone else.
 *
 * @param keys - as in `credentialFor`, for example `COINGECKO`.
 */
export function feedKeyFor(keys: string, { env, keyFile, ownFile, platform }: KeyPlaces): Credential | undefined {
  const named = (path: string | undefined): string | undefined => {
    const own = path === undefined ? undefined : keyFileAt(path, platform)?.value(keys.toLowerCase());
    const read = z.safeParse(KEY_ALONE, own instanceof JsonObject ? Object.fromEntries(own.values) : undefined);
    return read.success ? read.data.apiKey : undefined;
  };
  const key = named(keyFile) ?? (env[`LIQCALC_${keys}_KEY`] || named(ownFile));
  return key === undefined ? undefined : { key: new Secret(key), signer: UNSIGNED };
}

function missingIn(path: string): never {
  throw new LiveError('badConfig', `${path}: no key in it; write {"apiKey": "...", "secret": "..."} into the file`);
}

const KEYS = z.union([
  z.object({ apiKey: z.string().check(z.minLength(1)), secret: z.string().check(z.minLength(1)) }),
  z.object({ apiKey: z.string().check(z.minLength(1)), privateKeyFile: z.string().check(z.minLength(1)) }),
]);

/** The key in a file; `undefined` if there is no such file, or none for this venue in it. */
function credentialIn(path: string, keys: string, platform: string): Credential | undefined {
  const file = keyFileAt(path, platform);
  if (file === undefined) return undefined;
  const named = file.value(keys.toLowerCase());
  const own = named instanceof JsonObject ? named : file;
  const read = z.safeParse(KEYS, Object.fromEntries(own.values));
  if (!read.success) return undefined;
  const { data } = read;
  const key = new Secret(data.apiKey);
  if ('secret' in data) return { key, signer: { kind: 'hmac', secret: new Secret(data.secret) } };
  const pemFile = resolve(dirname(path), data.privateKeyFile);
  const pem = privateText(pemFile, platform);
  if (pem === undefined) throw new LiveError('badConfig', `${pemFile}: there is no such file`);
  if (!isEd25519Key(pem))
    throw new LiveError('badConfig', `${pemFile} is not an Ed25519 private key (PEM, without a password)`);
  return { key, signer: { kind: 'ed25519', secret: new Secret(pem) } };
}

/** A file of keys; `undefined` if there is no such file. */
function keyFileAt(path: string, platform: string): JsonObject | undefined {
  const text = privateText(path, platform);
  if (text === undefined) return undefined;
  const file = isJson(text) ? jsonValue(text) : undefined;
  if (!(file instanceof JsonObject)) throw new LiveError('badConfig', `${path} is not a JSON object`);
  return file;
}

const OTHERS = 0o077;

/** The text of a file that only its owner can read; `undefined` if there is no such file. */
function privateText(path: string, platform: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new LiveError('badConfig', `${path} cannot be read: ${code ?? 'unknown reason'}`);
  }
  try {
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) throw new LiveError('badConfig', `${path} cannot be read: it is a folder`);
    const mode = stat.mode & 0o777;
    if (platform !== 'win32' && (mode & OTHERS) !== 0) {
      const is = mode.toString(8).padStart(4, '0');
      throw new LiveError('badConfig', `${path} can be read by others (mode ${is}); run: chmod 600 ${path}`);
    }
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}
