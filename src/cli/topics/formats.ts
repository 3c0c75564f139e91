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
  'By default, batch keeps the format of its input; the other commands print text.',
  'For programs, use json, ndjson or csv: their keys and columns are stable (docs/stability.md). --only prints bare values.',
  'If a command fails as a whole and has a format for programs, stderr has one line of JSON.',
];

/** Every format of output and input. */
export const topic: Topic = {
  text: (style) => {
    const output = Object.entries(formats).map(
      ([name, { writes, readBy }]) =>
        [name, `for ${readBy}: ${writes.map((each) => CONTENTS[each]).join(', ')}`] as const,
    );
    return page([
      ...wrap('The formats that --format accepts; --json is the same as --format json.', style.width),
      ...section('Output', listing(output, style), style),
      ...section(
        'Input of batch',
        wrap(`  ${INPUT_FORMATS.join(', ')}: recognised from the first bytes, or set by --input`, style.width),
        style,
      ),
      '',
      ...RULES.flatMap((each) => wrap(each, style.width)),
    ]);
  },
};
