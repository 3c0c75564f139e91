import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret, type Credential } from '../../src/live/secret.js';
import { binanceSigning, signatureOf } from '../../src/live/sign.js';

const hmac = (secret: string): Credential => ({
  key: new Secret('dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83'),
  signer: { kind: 'hmac', secret: new Secret(secret) },
});

describe('signing', () => {
  it("signs the example of Binance's documentation", () => {
    // https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info, "HMAC keys"
    const query =
      'symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943';
    const credential = hmac('2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9');
    expect(signatureOf(query, credential)).toBe('3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9');
    expect(
      binanceSigning.query(
        'symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC',
        credential,
        1591702613943,
      ),
    ).toBe(`${query}&signature=3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9`);
  });

  it('signs a query without parameters', () => {
    expect(binanceSigning.query('', hmac('s'), 7)).toMatch(/^recvWindow=5000&timestamp=7&signature=[0-9a-f]{64}$/);
  });

  it('signs with an Ed25519 key, in base64 with percent signs where a query needs them', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const credential: Credential = { key: new Secret('k'), signer: { kind: 'ed25519', secret: new Secret(pem) } };
    const signed = binanceSigning.query('symbol=BTCUSDT', credential, 1700000000000);
    const [, text = '', signature = ''] = /^(.*)&signature=([^&]*)$/.exec(signed) ?? [];
    expect(signature).toMatch(/^[A-Za-z0-9%]+$/);
    expect(verify(null, Buffer.from(text), publicKey, Buffer.from(decodeURIComponent(signature), 'base64'))).toBe(true);
  });
});
