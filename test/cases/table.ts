import { CASES, LEFT_OUT, VERDICTS, type PublicCase } from './cases.js';

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const shown = (figure: string | null | undefined): string => (figure === null ? 'no price' : (figure ?? ''));

/** What liqcalc answers, in a cell. */
function answered({ says, answer, exact, prints, last, words, stderr, code }: PublicCase): string {
  if (says !== undefined) {
    const same = shown(answer ?? says);
    return exact === undefined ? same : `${shown(exact)}; ${same} by the source's formula`;
  }
  if (code !== undefined) return `exit ${code}: ${words ?? ''}`;
  const text = prints ?? last ?? stderr ?? '';
  return text.includes('\n') ? `${text.split('\n').length} lines` : text.replaceAll('\t', ' ').trim();
}

const remarkOf = ({ remark, open }: PublicCase): string => (open === undefined ? remark : `**open**: ${open}`);

/** The lines of the table of cases in docs/accuracy.md. */
export function casesTable(): readonly string[] {
  return [
    row('case', 'source', 'says', 'liqcalc', 'verdict', 'remark'),
    '|---|---|---|---|---|---|',
    ...CASES.map((each) =>
      row(
        each.id,
        each.source,
        shown(each.says),
        answered(each),
        each.open === undefined ? each.verdict : 'open',
        remarkOf(each),
      ),
    ),
  ];
}

/** How far two figures are apart, percent of the second one. */
function apart(says: string, ours: string | null): string {
  if (ours === null) return 'no price';
  return `${((100 * Math.abs(Number(says) - Number(ours))) / Number(ours)).toPrecision(2)} %`;
}

/** The cases whose source says another figure than the exchange's rule, and why. */
export function differencesTable(): readonly string[] {
  const differing = CASES.flatMap(({ id, says, answer, exact, verdict, remark }) => {
    const ours = exact === undefined ? answer : exact;
    const differs = ['source wrong', 'another rule', 'waits'].includes(verdict) || exact !== undefined;
    return differs && says != null && ours !== undefined ? [{ id, says, ours, verdict, remark }] : [];
  });
  return [
    row('case', 'says', "by the exchange's rule", 'apart', 'verdict', 'why'),
    '|---|---|---|---|---|---|',
    ...differing.map(({ id, says, ours, verdict, remark }) =>
      row(id, says, shown(ours), apart(says, ours), verdict, remark),
    ),
  ];
}

/** How many cases have which verdict. */
export function countsTable(): readonly string[] {
  const settled = CASES.filter(({ open }) => open === undefined);
  const count = (verdict: string): string => String(settled.filter((each) => each.verdict === verdict).length);
  return [
    row('verdict', 'cases', 'meaning'),
    '|---|---|---|',
    ...Object.entries(VERDICTS).map(([verdict, meaning]) => row(verdict, count(verdict), meaning)),
    row('open', String(CASES.length - settled.length), 'known to be wrong, and not mended yet'),
    row('left out', String(LEFT_OUT.length), 'no call can express it'),
    row('all', String(CASES.length + LEFT_OUT.length), ''),
  ];
}

/** The lines of the list of what is left out. */
export const leftOutList = (): readonly string[] =>
  LEFT_OUT.map(({ id, source, reason }) => `- \`${id}\` (${source}): ${reason}`);
