import type { FormatWriters } from '../format.js';
import type { Picture } from '../plot/picture.js';
import { svgDocument } from '../svg/picture.js';
import type { Sink, Writer } from '../writer.js';

/** Writes all pictures as one document when the last is known. */
function writer(sink: Sink): Writer<Picture> {
  const pictures: Picture[] = [];
  return {
    record: (picture) => pictures.push(picture),
    end: () => {
      if (pictures.length > 0) sink(svgDocument(pictures));
    },
  };
}

/** Pictures as SVG. */
export const svg = { pictures: writer } satisfies Partial<FormatWriters>;
