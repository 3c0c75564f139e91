#!/usr/bin/env node
// Newer Nodes keep what they compile; Node 20 compiles at every start. `module.constructor` is what require('node:module')
// gives, which takes a hundredth of the start.
module.constructor.enableCompileCache?.();
require('../dist/cli/main.js')
  .main(process.argv.slice(2))
  .then((code) => (process.exitCode = code));
