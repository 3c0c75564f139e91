// Ratio and Decimal are objects: `<` and `===` on them compare texts or references, `+` joins texts. Use their methods.
import { ESLintUtils } from '@typescript-eslint/utils';

const EXACT = new Set(['Ratio', 'Decimal']);
const OPERATORS = new Set(['<', '>', '<=', '>=', '==', '!=', '===', '!==', '+', '-', '*', '/', '%', '**']);

export const noNumberOperators = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    docs: { description: 'forbid operators on exact numbers' },
    messages: { method: '"{{operator}}" does not work on {{type}}; use its methods' },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    const exactTypeOf = (node) => {
      const type = services.getTypeAtLocation(node);
      const parts = type.isUnion() ? type.types : [type];
      return parts.map((part) => part.getSymbol()?.name).find((name) => EXACT.has(name));
    };
    const isNothing = (node) =>
      (node.type === 'Identifier' && node.name === 'undefined') || (node.type === 'Literal' && node.value === null);
    return {
      BinaryExpression(node) {
        if (!OPERATORS.has(node.operator) || isNothing(node.left) || isNothing(node.right)) return;
        const type = exactTypeOf(node.left) ?? exactTypeOf(node.right);
        if (type) context.report({ node, messageId: 'method', data: { operator: node.operator, type } });
      },
    };
  },
});
