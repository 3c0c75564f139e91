import WebSocket from 'ws';
import type { Connect } from './stream.js';

/** A frame may be this long: all marks of a venue are a tenth of it. */
const MOST_BYTES = 8 << 20;
const HANDSHAKE_MS = 10_000;
const TOO_LONG = 1009;
/** How often a socket is pinged. The other end answers, or it is gone: a dead connection does not say so. */
const PING_MS = 10_000;

/** How real sockets are opened; one that is silent from one ping to the next is ended. */
export function connecting(pingMs: number): Connect {
  return (_, url, { opened, frame, unreadable, closed, refused }) => {
    const socket = new WebSocket(url, {
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MOST_BYTES,
      followRedirects: false,
    });
    let isOver = false;
    const once = (run: () => void): void => {
      if (isOver) return;
      isOver = true;
      run();
    };
    let fault = '';
    keepPinging(socket, pingMs, () => {
      fault = 'no answer to a ping';
      socket.terminate();
    });
    socket.on('open', () => {
      if (!isOver) opened();
    });
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isOver) return;
      if (isBinary) unreadable(data.length);
      else frame(data.toString('utf8'));
    });
    socket.on('unexpected-response', (request, response) => {
      const seconds = Number(response.headers['retry-after'] ?? Number.NaN);
      const { statusCode = 0 } = response;
      request.destroy();
      once(() => refused(statusCode, Number.isFinite(seconds) ? seconds * 1000 : undefined));
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      fault = error.code ?? error.message;
      if (fault === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') unreadable(MOST_BYTES);
    });
    socket.on('close', (code) => {
      const number = fault === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? TOO_LONG : code;
      once(() => closed(number, fault));
    });
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      },
      end: () => {
        isOver = true;
        socket.terminate();
      },
    };
  };
}

/** Pings a socket, and reports when not one byte came since the last ping: a long frame may take longer. */
function keepPinging(socket: WebSocket, everyMs: number, onSilence: () => void): void {
  socket.on('upgrade', ({ socket: wire }) => {
    let known = -1;
    const timer = setInterval(() => {
      const { bytesRead } = wire;
      if (bytesRead === known) onSilence();
      else socket.ping();
      known = bytesRead;
    }, everyMs);
    socket.on('close', () => clearInterval(timer));
  });
}

/** Opens a real socket. */
export const connect = connecting(PING_MS);
