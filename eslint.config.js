import tseslint from 'typescript-eslint';
import { noNumberOperators } from './build/no-number-operators.js';

export default tseslint.config(
  {
    ignores: [
      'dist',
      'coverage',
      'bin',
      'build',
      'examples',
      'reports',
      'src/stream/lane/assembly',
      'src/stream/lane/machine.js',
      'eslint.config.js',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { liqcalc: { rules: { 'no-number-operators': noNumberOperators } } },
    rules: {
      'liqcalc/no-number-operators': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['bench/**', 'test/**/*.cjs'],
    ...tseslint.configs.disableTypeChecked,
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      'liqcalc/no-number-operators': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-require-imports': 'off',
    },
  },
);
