import type { Io } from '../io.js';

/** The same `Io` with texts that can be read as files: answers of an exchange, where a command takes a file. */
export function withFiles(io: Io, files: ReadonlyMap<string, string>, now: number): Io {
  return {
    ...io,
    readFile: (path, most) => files.get(path) ?? io.readFile(path, most),
    modifiedAt: (path) => (files.has(path) ? now : io.modifiedAt(path)),
    fileChunks: (path) => {
      const text = files.get(path);
      return text === undefined ? io.fileChunks(path) : once(Buffer.from(text));
    },
    fileHead: (path) => {
      const text = files.get(path);
      return text === undefined ? io.fileHead(path) : Buffer.from(text);
    },
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
