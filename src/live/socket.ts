import WebSocket from 'ws';
import type { Connect } from './stream.js';

/** A frame may be this long: all marks of a venue are a tenth of it. */
const MOST_BYTES = 8 << 20;
const HANDSHAKE_MS = 10_000;
const TOO_LONG = 1009;

/** Opens a real socket. */
export const connect: Connect = (_, url, { opened, frame, unreadable, closed, refused }) => {
  const socket = new WebSocket(url, { handshakeTimeout: HANDSHAKE_MS, maxPayload: MOST_BYTES, followRedirects: false });
  let isOver = false;
  const once = (run: () => void): void => {
    if (isOver) return;
    isOver = true;
    run();
  };
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
  let fault = '';
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
