import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { redacted } from '../../src/live/redact.js';
import { Secret } from '../../src/live/secret.js';
import { credentialFor, type KeyPlaces } from '../../src/live/secrets.js';

const TEXT = 'a-secret-of-some-length-3f9a';
const folder = mkdtempSync(join(tmpdir(), 'liqcalc-keys-'));

function file(name: string, content: unknown, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content), { mode });
  chmodSync(path, mode);
  return path;
}

const find = (places: Partial<KeyPlaces>): string => {
  const { key, signer } = credentialFor('BINANCE', { env: {}, platform: 'linux', ...places });
  return `${key.reveal()} ${signer.kind} ${signer.secret.reveal()}`;
};

describe('a secret', () => {
  it('prints its last four characters only, in every way of printing', () => {
    const secret = new Secret(TEXT);
    const all = [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { showHidden: true, depth: 9 }),
      JSON.stringify(Object.entries(secret)),
    ];
    expect(all.slice(0, 2)).toEqual(['...3f9a', '{"secret":"...3f9a"}']);
    expect(all.filter((text) => text.includes('a-secret'))).toEqual([]);
    expect(String(new Secret('short'))).toBe('...');
  });
});

describe('where keys come from', () => {
  const env = { LIQCALC_BINANCE_KEY: 'env-key', LIQCALC_BINANCE_SECRET: 'env-secret' };

  it('is --key-file, then the environment, then the own file', () => {
    const keyFile = file('flag.json', { apiKey: 'file-key', secret: 'file-secret' });
    const ownFile = file('own.json', { binance: { apiKey: 'own-key', secret: 'own-secret' } });
    expect(find({ keyFile, env, ownFile })).toBe('file-key hmac file-secret');
    expect(find({ env, ownFile })).toBe('env-key hmac env-secret');
    expect(find({ ownFile })).toBe('own-key hmac own-secret');
  });

  it('may be a private key beside the file', () => {
    const pem = (type: 'ed25519' | 'x25519'): string =>
      (type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')).privateKey
        .export({ type: 'pkcs8', format: 'pem' })
        .toString();
    const keyFile = file('pem.json', { apiKey: 'k', privateKeyFile: 'key.pem' });
    expect(() => find({ keyFile })).toThrow('key.pem: there is no such file');
    const own = pem('ed25519');
    file('key.pem', own);
    expect(find({ keyFile })).toBe(`k ed25519 ${own}`);
    for (const other of ['PEM', pem('x25519')]) {
      file('key.pem', other);
      expect(() => find({ keyFile })).toThrow(/key\.pem is not an Ed25519 private key \(PEM, without a password\)$/);
    }
  });

  it.each([0o644, 0o640, 0o660, 0o604])('refuses a file of mode %o, and says what to type', (mode) => {
    const keyFile = file('open.json', { apiKey: 'k', secret: 's' }, mode);
    expect(() => find({ keyFile })).toThrow(`run: chmod 600 ${keyFile}`);
    expect(find({ keyFile, platform: 'win32' })).toBe('k hmac s');
  });

  it('says what is missing, and never what is there', () => {
    expect(() => find({})).toThrow('no key: give --key-file FILE, or LIQCALC_BINANCE_KEY and LIQCALC_BINANCE_SECRET');
    expect(() => find({ env: { LIQCALC_BINANCE_KEY: TEXT } })).toThrow(
      'LIQCALC_BINANCE_KEY is set, but LIQCALC_BINANCE_SECRET is not',
    );
    expect(() => find({ keyFile: file('other.json', { apiKey: TEXT }) })).toThrow('no key in it; write {"apiKey"');
    expect(() => find({ keyFile: file('text.json', TEXT) })).toThrow(/text\.json is not a JSON object$/);
    expect(() => find({ keyFile: join(folder, 'none.json') })).toThrow('there is no such file');
    expect(() => find({ keyFile: folder })).toThrow('it is a folder');
  });
});

describe('redaction', () => {
  const credential = { key: new Secret('KEY123'), signer: { kind: 'hmac', secret: new Secret('SECRET456') } } as const;

  it.each([
    ['GET /x?symbol=A&timestamp=1&signature=ab12', 'GET /x?symbol=A&timestamp=1&signature=[hidden]'],
    ['{"listenKey":"pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf1"}', '{"listenKey":"[hidden]"}'],
    ['wss://host/private/ws?listenKey=abc&events=X', 'wss://host/private/ws?listenKey=[hidden]&events=X'],
    ['wss://host/private/ws/pqia91ma19a5s61cv6a81va65s', 'wss://host/private/ws/[hidden]'],
    ['X-MBX-APIKEY: KEY123', 'X-MBX-APIKEY: [hidden]'],
    ['the key KEY123 and SECRET456', 'the key [hidden] and [hidden]'],
    ['nothing here', 'nothing here'],
  ])('%s', (text, expected) => {
    expect(redacted(text, credential)).toBe(expected);
  });
});
