import type { FakeBinance } from './fake-binance.js';

/** Sends the marks of an exchange to its sockets until the returned function is called. */
export function ticking(exchange: FakeBinance, everyMs = 200): () => void {
  const timer = setInterval(() => {
    const E = exchange.now();
    for (const [s, p] of exchange.marks)
      exchange.send('market', {
        stream: `${s}@markPrice`,
        data: { e: 'markPriceUpdate', E, s, p, i: p, r: '0.0001', T: E + 1e6, st: 1 },
      });
  }, everyMs);
  return () => clearInterval(timer);
}
