// An exchange on 127.0.0.1: `node exchange.js SYMBOLS FRAMES` prints its port, sends that many marks as fast as they are read, and then
// prints `done`.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const [symbols, frames] = process.argv.slice(2).map(Number);
const names = Array.from({ length: symbols }, (_, index) => `S${index}USDT`);
const json = (value) => JSON.stringify(value);

const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(json(request.url.startsWith('/fapi/v1/time') ? { serverTime: Date.now() } : []));
});

/** The event of a mark. */
function mark(s, number) {
  const E = Date.now();
  const p = (100 + (number % 50) / 8).toFixed(8);
  return { e: 'markPriceUpdate', E, s, p, i: p, P: p, r: '0.00010000', T: E + 1e6, st: 1 };
}

const sent = (socket, frame) => new Promise((resolve) => socket.send(json(frame), resolve));

async function flood(socket) {
  for (let number = 0; number < frames; number++) {
    const frame = { stream: 'x', data: mark(names[number % symbols], number) };
    // Every hundredth is waited for, so that no more is sent than is read.
    if (number % 100 === 0) await sent(socket, frame);
    else socket.send(json(frame));
  }
  socket.ping(() => undefined);
  socket.once('pong', () => process.stdout.write('done\n'));
}

new WebSocketServer({ server }).on('connection', (socket) => {
  socket.once('message', () => void flood(socket));
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
