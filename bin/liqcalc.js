#!/usr/bin/env node
// Newer Nodes keep what they compile of the program; Node 20 compiles it at every start.
require('node:module').enableCompileCache?.();
require('../dist/cli/main.js')
  .main(process.argv.slice(2))
  .then((code) => (process.exitCode = code));
