import { Ratio } from './ratio.js';

/** A formula as a tree: a number, a name, or two sides of `+`, `-`, `x` (times) or `/`. */
type Tree =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'operation'; readonly operator: string; readonly left: Tree; readonly right: Tree };

/** Values of the names in a formula. */
export type Values = Readonly<Record<string, Ratio>>;

const PRECEDENCE: Readonly<Record<string, number>> = { '+': 1, '-': 1, x: 2, '/': 2 };

/**
 * Parses one of liqcalc's own formulas, such as `(q x E - C - a) / (q x (1 - r - f))`. `--explain` shows the same text
 * that is evaluated.
 */
export function parseExpression(text: string): Tree {
  const tokens = text.match(/[A-Za-z]+|\d+|[-+/()]/g) as string[];
  let place = 0;
  const operand = (): Tree => {
    const token = tokens[place++] as string;
    if (token !== '(') return { kind: 'name', name: token };
    const inner = operation(1);
    place++;
    return inner;
  };
  const operation = (level: number): Tree => {
    if (level > 2) return operand();
    let left = operation(level + 1);
    while (PRECEDENCE[tokens[place] as string] === level) {
      const operator = tokens[place++] as string;
      left = { kind: 'operation', operator, left, right: operation(level + 1) };
    }
    return left;
  };
  return operation(1);
}

/** The exact value of a formula; `undefined` if it divides by zero. */
export function evaluate(tree: Tree, values: Values): Ratio | undefined {
  if (tree.kind === 'name') return values[tree.name] ?? Ratio.from(tree.name);
  const [left, right] = [evaluate(tree.left, values), evaluate(tree.right, values)];
  if (!left || !right) return undefined;
  if (tree.operator === '+') return left.plus(right);
  if (tree.operator === '-') return left.minus(right);
  if (tree.operator === 'x') return left.times(right);
  return right.sign() === 0 ? undefined : left.over(right);
}

/** Numerator and denominator of a formula that is a quotient at its top level; `undefined` for other formulas. */
export function quotientSides(tree: Tree): readonly [Tree, Tree] | undefined {
  return tree.kind === 'operation' && tree.operator === '/' ? [tree.left, tree.right] : undefined;
}

/** The formula with each name replaced by its value as text; negative values in parentheses. */
export function substituted(text: string, show: (name: string) => string | undefined): string {
  return text.replace(/[A-Za-z]+/g, (name) => {
    const value = name === 'x' ? undefined : show(name);
    if (value === undefined) return name;
    return value.startsWith('-') ? `(${value})` : value;
  });
}
