// Most of a start is compiling. Newer Nodes keep what they compiled; for the Node that built this the build kept it
// beside the chunks that are needed most. Any other Node compiles them as ever.
if (NodeModule.enableCompileCache) NodeModule.enableCompileCache();
else chunkLoader(__dirname, compiledBeside)('./PROGRAM');

function compiledBeside(filename) {
  const { existsSync, readFileSync } = require('node:fs');
  const compiled = `${filename}.${process.version}-${process.arch}`;
  return existsSync(compiled) ? { cachedData: readFileSync(compiled) } : undefined;
}
