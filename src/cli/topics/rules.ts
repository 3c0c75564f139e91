import { RULE_IDS, rules } from '../../core/risk/rules/index.js';
import { limitWords } from '../../report/text/risk/rule-words.js';
import { listPage } from '../help/listing.js';
import type { Topic } from './topic.js';

const INTRODUCTION =
  'The rules of liqcalc check with their default limits. liqcalc check --explain RULE explains one, --rule RULE.error=5 and .liqcalc.json change limits, --rule RULE=off turns a rule off.';

/** Every risk rule. */
export const topic: Topic = {
  text: (style) =>
    listPage(
      INTRODUCTION,
      RULE_IDS.map((id) => [id, `${rules[id].title}: ${limitWords(id)}`]),
      style,
    ),
};
