/** An element of XML: its name, its attributes, and what is in it. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
/** A character that XML 1.0 allows. */
const ALLOWED = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const TAG = /<(\/?)([A-Za-z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;

/** The root of a document that is well-formed XML without a prologue; throws for anything else. */
export function parseXml(text: string): Element {
  if (!ALLOWED.test(text)) throw new Error('a character that XML forbids');
  const top: Element = { name: '', attributes: new Map(), children: [] };
  const open = [top];
  let at = 0;
  while (at < text.length) {
    const inside = open.at(-1) as Element;
    if (text[at] !== '<') {
      const end = text.indexOf('<', at) < 0 ? text.length : text.indexOf('<', at);
      inside.children.push(decoded(text.slice(at, end)));
      at = end;
      continue;
    }
    TAG.lastIndex = at;
    const found = TAG.exec(text);
    if (!found) throw new Error(`not a tag: ${text.slice(at, at + 60)}`);
    const [whole, closes, name = '', attributes = '', isEmpty] = found;
    if (closes === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> does not end ${inside.name}`);
    } else {
      const element: Element = { name, attributes: attributesOf(attributes), children: [] };
      inside.children.push(element);
      if (isEmpty !== '/') open.push(element);
    }
    at += whole.length;
  }
  const roots = top.children.filter((each) => typeof each !== 'string' || each.trim() !== '');
  const [root] = roots;
  if (open.length !== 1 || roots.length !== 1 || !root || typeof root === 'string') throw new Error('not one root');
  return root;
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, decoded(value)] as const,
  );
  const attributes = new Map(found);
  if (attributes.size < found.length) throw new Error(`an attribute twice: ${text}`);
  return attributes;
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w*));?/g, (whole, code: string | undefined, name: string | undefined) => {
    const character = code === undefined ? NAMED[name ?? ''] : String.fromCodePoint(Number(code));
    if (character === undefined || !whole.endsWith(';')) throw new Error(`not an entity: ${whole}`);
    return character;
  });
}

/** All elements below one, itself included, in order. */
export function elementsOf(root: Element): readonly Element[] {
  return [root, ...root.children.flatMap((each) => (typeof each === 'string' ? [] : elementsOf(each)))];
}

/** The text in an element. */
export const textOf = ({ children }: Element): string =>
  children.map((each) => (typeof each === 'string' ? each : textOf(each))).join('');
