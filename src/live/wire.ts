import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** One HTTP request. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The answer must be complete after this time. */
  readonly timeoutMs: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** The answer to it, of any status. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Why there is no answer. */
export class WireError extends Error {
  override readonly name = 'WireError';

  constructor(
    readonly why: 'unreachable' | 'cut' | 'slow' | 'tooLong' | 'notText',
    words: string,
  ) {
    super(words);
  }
}

/** More than any answer that is read. */
const MOST_BYTES = 64 << 20;

const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

/** Sends a request and reads its answer whole. A redirect is an answer like any other: nothing follows it. */
export function exchange({ method, url, headers, body, timeoutMs, signal }: WireRequest): Promise<WireAnswer> {
  const isPlain = url.protocol === 'http:';
  const send = isPlain ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const sent = send(url, { method, headers, agent: agents[isPlain ? 'http:' : 'https:'], signal });
    const end = (error: WireError): void => {
      clearTimeout(timer);
      reject(error);
      sent.destroy();
    };
    const timer = setTimeout(() => end(new WireError('slow', `no complete answer within ${timeoutMs} ms`)), timeoutMs);
    let isAnswered = false;
    sent.on('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? 'unknown reason';
      end(new WireError(isAnswered ? 'cut' : 'unreachable', code));
    });
    sent.on('response', (answer) => {
      isAnswered = true;
      const pieces: Buffer[] = [];
      let size = 0;
      answer.on('data', (piece: Buffer) => {
        pieces.push(piece);
        size += piece.length;
        if (size > MOST_BYTES) end(new WireError('tooLong', `the answer is longer than ${MOST_BYTES >> 20} MiB`));
      });
      answer.on('aborted', () => end(new WireError('cut', 'the answer ends in the middle')));
      answer.on('error', () => end(new WireError('cut', 'the answer ends in the middle')));
      answer.on('end', () => {
        clearTimeout(timer);
        const { statusCode: status = 0, headers: own } = answer;
        if (!answer.complete) {
          reject(new WireError('cut', 'the answer ends in the middle'));
          return;
        }
        try {
          const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
          resolve({ status, headers: own, text });
        } catch {
          reject(new WireError('notText', 'the answer is not UTF-8'));
        }
      });
    });
    sent.end(body);
  });
}
