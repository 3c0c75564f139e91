import { wrap } from '../../report/text/lines.js';
import { formats } from '../../report/writers/index.js';
import { INPUT_FORMATS } from '../../stream/recognise.js';
import type { Content } from '../../report/format.js';
import { listing, page, section } from '../help/listing.js';
import type { Topic } from './topic.js';

const CONTENTS: Readonly<Record<Content, string>> = {
  reports: 'answers',
  charts: 'charts (sweep, account)',
  pictures: 'pictures (long, short, sweep, account)',
  pages: 'pages (account, check, sweep, batch)',
  nested: 'accounts and findings',
  tables: 'bracket tables',
  records: 'the records of batch',
};

const RULES = [
  'Single commands print text by default. A stream keeps the format of its input.',
  'For programs, use json, ndjson or csv: their keys and columns are promised (docs/stability.md). --only prints bare values.',
  'With a format for programs, an error of a single command is one line of JSON on stderr.',
];

/** Every format of output and input. */
export const topic: Topic = {
  text: (style) => {
    const output = Object.entries(formats).map(
      ([name, { writes, readBy }]) =>
        [name, `for ${readBy}: ${writes.map((each) => CONTENTS[each]).join(', ')}`] as const,
    );
    return page([
      ...wrap('The formats of --format (--json is short for --format json).', style.width),
      ...section('Output', listing(output, style), style),
      ...section(
        'Input of batch',
        wrap(`  ${INPUT_FORMATS.join(', ')}: recognised, or named by --input`, style.width),
        style,
      ),
      '',
      ...RULES.flatMap((each) => wrap(each, style.width)),
    ]);
  },
};
