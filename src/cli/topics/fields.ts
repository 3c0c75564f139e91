import { FIELD_LIST, type Field, type FieldKey } from '../../formats/fields.js';
import { choicesOf } from '../../schema/value.js';
import { wrap } from '../../report/text/lines.js';
import { listing, page, section, termWidth, type Item } from '../help/listing.js';
import type { Topic } from './topic.js';

const INTRODUCTION =
  'The fields of a position. Each is a flag, a key of JSON and a column of CSV; other spellings of the key are in parentheses. An empty cell and null mean "not given".';

function item(key: FieldKey, { flag, short, aliases, meaning, ...field }: Field): Item {
  const spellings = aliases.length > 0 ? ` (${aliases.join(', ')})` : '';
  const flags =
    flag === undefined ? 'the command long or short' : `${short === undefined ? '' : `-${short}, `}--${flag}`;
  const choices = field.kind === 'choice' && field.choicesFrom !== undefined ? ` (${choicesOf(field).join(', ')})` : '';
  return [`${key}${spellings}`, `${flags}: ${meaning}${choices}`];
}

/** Every field of a position. */
export const topic: Topic = {
  text: (style) => {
    const items = FIELD_LIST.map(([key, field]): readonly [heading: string, Item] => [field.heading, item(key, field)]);
    const width = termWidth(
      items.map(([, each]) => each),
      style,
    );
    const headings = [...new Set(items.map(([heading]) => heading))];
    return page([
      ...wrap(INTRODUCTION, style.width),
      ...headings.flatMap((heading) => {
        const own = items.filter(([of]) => of === heading).map(([, each]) => each);
        return section(heading, listing(own, style, width), style);
      }),
    ]);
  },
};
