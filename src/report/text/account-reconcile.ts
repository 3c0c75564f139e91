import { reasonWithoutOutcome, type AccountPosition } from '../../core/account.js';
import { listed } from '../../core/names.js';
import type { Ratio } from '../../core/ratio.js';
import type { ComparedFigure } from '../../core/reconcile-reasons.js';
import { isComparable, type Difference, type Discrepancy, type ReportedAccount } from '../../core/reconcile.js';
import { exchangePriceOf, type PositionFacts } from '../../formats/raw-account.js';
import type { AccountAnswer } from './account-rows.js';
import { reasonWords } from './account-words.js';
import { hang, wrap } from './lines.js';

const FIGURE_WORDS: Readonly<Record<ComparedFigure, string>> = {
  liquidationPrice: 'price',
  maintenanceMargin: 'maintenance',
  marginRatio: 'margin ratio',
  unrealizedPnl: 'PnL',
};

const NOTHING_COMPARED = 'the positions with figures of the exchange have no price here';

/** The findings of `--reconcile` as text; empty if it was not requested. */
export function reconcileLines(answer: AccountAnswer, width: number): string[] {
  const { discrepancies, input } = answer;
  if (!discrepancies) return [];
  if (!input.reported && input.facts.every(({ reported }) => reported === undefined)) {
    return ['', ...wrap('Reconcile: the input has no prices of the exchange.', width)];
  }
  const compared = comparedFacts(answer);
  const ofAccount = answer.assessment.outcome && input.reported;
  if (!ofAccount && compared.every(({ reported }) => reported === undefined))
    return ['', ...wrap(`Reconcile: ${reasonWithoutOutcome(answer.assessment) ?? NOTHING_COMPARED}.`, width)];
  if (discrepancies.length === 0) return ['', ...wrap(`Reconcile: ${agreementWords(answer, compared)}`, width)];
  const lines = discrepancies.flatMap((each) => discrepancyLines(answer, each, width));
  return ['', ...wrap(`Reconcile: ${countWords(compared, discrepancies)}`, width), ...lines];
}

/** The facts of the positions that are compared. */
function comparedFacts({ assessment, input }: AccountAnswer): readonly PositionFacts[] {
  return input.facts.filter((_, index) => isComparable(assessment, assessment.positionAt(index)));
}

function agreementWords({ input, assessment }: AccountAnswer, compared: readonly PositionFacts[]): string {
  const prices = compared.filter((facts) => exchangePriceOf(facts) !== undefined).length;
  const reported: (ReportedAccount | undefined)[] = [
    ...(assessment.outcome ? [input.reported] : []),
    ...compared.map(({ reported }) => reported),
  ];
  const others = [
    ...(reported.some((each) => each?.maintenance) ? [FIGURE_WORDS.maintenanceMargin] : []),
    ...(reported.some((each) => each?.marginRatio) ? [FIGURE_WORDS.marginRatio] : []),
    ...(reported.some((each) => each?.profit) ? [FIGURE_WORDS.unrealizedPnl] : []),
  ];
  if (others.length === 0) return `all ${prices} reported prices agree within a tick.`;
  const words = listed(others, 'and');
  if (prices === 0) return `${words} agree with the exchange's.`;
  return `all ${prices} reported prices agree within a tick, ${words} too.`;
}

function countWords(facts: readonly PositionFacts[], discrepancies: readonly Discrepancy[]): string {
  const compared = facts.filter(({ reported }) => reported !== undefined).length;
  const count = discrepancies.filter(({ index }) => index !== undefined).length;
  const isPrices = discrepancies.every(({ differences }) =>
    differences.every(({ figure }) => figure === 'liquidationPrice'),
  );
  if (isPrices) return `${count} of ${compared} reported prices differ by more than a tick`;
  const account = count < discrepancies.length ? ['the account'] : [];
  const positions = count > 0 ? [`${count} of ${compared} positions`] : [];
  return `${listed([...account, ...positions], 'and')} ${count === 0 ? 'differs' : 'differ'} from the exchange's figures`;
}

function discrepancyLines({ assessment }: AccountAnswer, of: Discrepancy, width: number): string[] {
  const { index, differences, reasons, tick } = of;
  const name = index === undefined ? 'account' : nameOf(assessment.account.positions[index] as AccountPosition);
  const figures = differences.flatMap((each) => wrap(`${name}: ${differenceWords(each, tick)}`, width));
  const words = reasons.map((reason, place) => `${place === 0 ? '' : 'or '}${reasonWords(reason)}`);
  return [...figures, ...words.flatMap((text) => hang('  ', text, width))];
}

const nameOf = ({ terms: { symbol = '', side } }: AccountPosition): string => `${symbol.toUpperCase()} ${side}`;

function differenceWords({ figure, ours, reported }: Difference, tick: Ratio | undefined): string {
  if (figure === 'liquidationPrice' && tick) {
    const decimals = Math.min(tick.decimalPlaces() + 1, 12);
    const [own, other] = [ours, reported].map((price) => price?.toFixed(decimals) ?? 'none');
    return `ours ${own ?? ''}, exchange ${other ?? ''} (tick ${tick.toText(30)})`;
  }
  const text = (value: Ratio | undefined): string => {
    if (!value) return 'none';
    return figure === 'marginRatio' ? `${value.percent().toText(4)} %` : value.toText(8);
  };
  return `${FIGURE_WORDS[figure]} ${text(ours)}, exchange ${text(reported)}`;
}
