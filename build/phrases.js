// Phrases that are not plain technical English, and what to write instead: npm run check phrases.
// Reads the comments and strings of src, build and bench, the comments and titles of test, and the documents.
// node build/phrases.js --to-do lists the places of the phrases that do not fail yet.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A phrase, as a regular expression whose spaces match line ends too, and what to write instead. */
const FORBIDDEN = [
  ['untold', 'not reported'],
  ['held against', 'compared with'],
  ['any more', 'no longer'],
  ['goes without', 'does not need'],
  ['in vain', 'without result'],
  ['\\bis there twice', 'occurs twice'],
  ['(?:put|puts|set) right', 'corrects'],
  ['carried on', 'extended'],
  ['\\bas no\\b', 'not as'],
  ['nothing where', '`undefined` if'],
  ['nothing (?:for|when|while|until|as long as)', '`undefined` if, or no X'],
  ['where (?:there|it|any|that) (?:is|are) none', 'for X without Y'],
  ['(?:if|why|that) there (?:is|are) none', 'for X without Y'],
  ['(?<!there )\\b(?:is|are) none', 'there is no X'],
  ['none (?:is|are)\\b', 'there is no X'],
  ['what is no\\b', 'X that is not'],
  ['what is not\\b', 'X that is not'],
  ['(?:that|which|it|this) (?:is|are) no (?!longer|more|such)', 'is not a'],
  ['(?<!there |that |which |it |this )\\b(?:is|are) no (?!longer|more|such|need|way)', 'is not a'],
  ['takes? no\\b', 'does not accept'],
  ['no \\w+ but', 'only'],
  ['(?:is|are|be|was|were) (?:not )?(?:\\w+ )?told', 'is reported'],
  ['tells? (?!\\w+ apart)', 'reports, shows'],
  ['\\bbrought\\b', 'imported, given'],
  ['stands? to\\b', 'breaches, compares with'],
  ['stands? (?:for|in for)\\b', 'replaces, means'],
  ['as (?:it|they) (?:stands?|came|comes?)\\b', 'unchanged'],
  ['(?:is|are|be|was|were) asked', 'is requested'],
  ['whatever', 'any X'],
  ['wherever', 'in each X that'],
  ['at hand', 'available'],
  ['by (?:itself|themselves)\\b', 'automatically, alone'],
  ['does without', 'does not need'],
  ['of old\\b', 'earlier'],
  ['knows? (?:of )?(?:no|nothing|none)\\b', 'has no, does not know'],
  ['to no (?!one)', 'not to any'],
  ['of no (?!more|use)', 'not of any'],
  ['there too\\b', 'also there'],
  ['says? (?:none|no|nothing)\\b', 'does not say, or leaves X out'],
  ['\\bbrings?\\b', 'imports, gives'],
  [
    'what (?:puts?|takes?|makes?|backs?|lies|counts?|matters?|follows|comes|stands|goes)\\b',
    'the noun: "the margin", "the rest"',
  ],
  ['not known', 'unknown'],
  ['\\bheld at', 'fixed at'],
  ['at best', 'too optimistic'],
  ['the same in (?:percent|hours)', 'the figure: "profit in percent"'],
  ['(?:gives?|has|have|shows?|finds?|means?|needs?|counts?|yields?) none\\b', 'has no X'],
];

/** Phrases that still have places. Move a line to FORBIDDEN when its count is 0. */
const TO_DO = [];

/** Places where a phrase may stay: the end of the file's name, words around the phrase on one line, and the reason. */
const ALLOWED = [
  ['core/assessment.ts', 'at best: the true', 'traders know the phrase: the price cannot be further away'],
  ['errors.md', 'at best: the true', 'the message of core/assessment.ts'],
  ['core/tables/binance-coinm.ts', 'not known here', 'the source of a table is data: programs may compare it'],
];

const FOLDERS = ['src', 'test', 'build', 'bench', 'docs'];
const FILES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

// Outputs of the program, and inputs from elsewhere.
const LEFT_OUT = /^test\/(?:cli\/(?:transcripts|files)|fuzz\/corpus|cases\/in)\/|^build\/phrases\.js$/;

/** What stands where there is neither a comment nor a sentence: no phrase goes across it. */
const GAP = '\0';

function paths() {
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return [...found, ...FILES].filter((path) => /\.(?:ts|js|cjs|md)$/.test(path) && !LEFT_OUT.test(path));
}

const blank = (text, by) => text.replace(/[^\n]/g, by);

/** A document without its blocks of code. */
const proseOfDocument = (text) => text.replace(/^```[\s\S]*?^```$/gm, (block) => blank(block, GAP));

/** Whether a string, or the template that it is a part of, is the title of a test. */
function isTitle(node) {
  const { parent } = ts.isTemplateSpan(node.parent) ? node.parent.parent : node;
  const call = ts.isTemplateExpression(parent) ? parent.parent : parent;
  return ts.isCallExpression(call) && /^(?:it|test|describe)\b/.test(call.expression.getText());
}

/** Whether a token is a string or a piece of a template. */
const isText = (node) =>
  ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);

/** The comments and strings of a program (of a test: its titles) at their places, and gaps for all else. */
function proseOfProgram(text, path) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const prose = blank(text.replace(/\S/g, GAP), GAP).split('');
  const keep = (from, words) => [...words.split('')].forEach((char, index) => (prose[from + index] = char));
  const keepComments = (ranges) => {
    for (const { pos, end } of ranges ?? [])
      keep(pos, text.slice(pos, end).replace(/^\/\*\*?|\*\/$|^\s*\*|^\/\//gm, blanks));
  };
  const visit = (node) => {
    keepComments(ts.getLeadingCommentRanges(text, node.pos));
    keepComments(ts.getTrailingCommentRanges(text, node.end));
    if (isText(node) && (!path.startsWith('test/') || isTitle(node))) {
      keep(node.getStart() + 1, text.slice(node.getStart() + 1, node.end - 1));
    }
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  return prose.join('');
}

const blanks = (text) => blank(text, ' ');

/** Each place of a phrase: the file, the line, the words. */
function hitsOf(phrase, texts) {
  const pattern = new RegExp(phrase.replaceAll(' ', '\\s+'), 'gi');
  return texts.flatMap(({ path, text, prose }) =>
    [...prose.matchAll(pattern)].flatMap(({ index, 0: words }) => {
      const line = text.slice(0, index).split('\n').length;
      const context = prose.slice(Math.max(0, index - 40), index + words.length + 40);
      return { path, line, context: context.replaceAll(GAP, '').replace(/\s+/g, ' ').trim() };
    }),
  );
}

const used = new Set();

function isAllowed({ path, context }) {
  const allowed = ALLOWED.find(([file, words]) => path.endsWith(file) && context.includes(words));
  if (allowed) used.add(allowed);
  return allowed !== undefined;
}

// A check that reads nothing would find nothing.
const SAMPLE = "// in\n// vain\nconst a = b ? 'in vain' : `in ${c} in vain`; /** in\n * vain */ in.vain;";
const seen = hitsOf('in vain', [{ path: '', text: SAMPLE, prose: proseOfProgram(SAMPLE, 'src/a.ts') }]);
assert.deepEqual(
  seen.map(({ line }) => line),
  [1, 3, 3, 3],
);

const texts = paths().map((path) => {
  const text = readFileSync(path, 'utf8');
  return { path, text, prose: path.endsWith('.md') ? proseOfDocument(text) : proseOfProgram(text, path) };
});
const look = ([phrase, better]) => ({ phrase, better, hits: hitsOf(phrase, texts).filter((hit) => !isAllowed(hit)) });
const show = ({ phrase, better, hits }) => {
  console.log(`\n/${phrase}/: ${hits.length}; write ${better}`);
  for (const { path, line, context } of hits) console.log(`  ${path}:${line}: ${context}`);
};

const [phrase] = process.argv.slice(2);
if (phrase === '--to-do') TO_DO.map(look).forEach(show);
else if (phrase !== undefined) show(look([phrase, 'something else']));
else {
  const found = FORBIDDEN.map(look).filter(({ hits }) => hits.length > 0);
  found.forEach(show);
  const left = TO_DO.map(look);
  console.log(`${FORBIDDEN.length} phrases are forbidden, ${found.length} of them are here`);
  console.log(`to do: ${left.map(({ phrase, hits }) => `\n${String(hits.length).padStart(5)} /${phrase}/`).join('')}`);
  const unused = ALLOWED.filter((allowed) => !used.has(allowed));
  for (const [file, words] of unused) console.log(`ALLOWED has a place that is gone: ${file}: ${words}`);
  process.exitCode = found.length + unused.length > 0 ? 1 : 0;
}
