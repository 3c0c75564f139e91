// Most of a start is compiling. Newer Nodes keep what they compiled; for the Node that built this the build kept it
// beside the program. Any other compiles it as ever.
const NodeModule = require('node:module');

if (NodeModule.enableCompileCache) NodeModule.enableCompileCache();
else loadCompiled(`${__dirname}/PROGRAM`, `${__dirname}/PROGRAM.${process.version}-${process.arch}`);

function loadCompiled(filename, compiled) {
  const { existsSync, readFileSync } = require('node:fs');
  if (!existsSync(compiled)) return;
  const { Script } = require('node:vm');
  const source = NodeModule.wrap(readFileSync(filename, 'latin1'));
  const script = new Script(source, { filename, cachedData: readFileSync(compiled) });
  const program = new NodeModule(filename, module);
  program.filename = filename;
  program.loaded = true;
  require.cache[filename] = program;
  script.runInThisContext().call(program.exports, program.exports, require, program, filename, __dirname);
}
