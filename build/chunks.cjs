// The chunks lie beside main. `require` looks for a file in all the places where it could be, which takes several times as
// long as compiling a small one; `module.chunk` reads it directly. Node does not guarantee `_compile`; without it, `require` is used.
const chunks = { './main.js': module };
module.chunk = (name) => {
  if (chunks[name] === undefined) {
    const filename = `${__dirname}/${name.slice(2)}`;
    const chunk = new module.constructor(filename, module);
    chunks[name] = Object.assign(chunk, { filename, chunk: module.chunk });
    chunk._compile(require('node:fs').readFileSync(filename, 'utf8'), filename);
    chunk.loaded = true;
  }
  return chunks[name].exports;
};
if (typeof module._compile !== 'function') {
  delete module.chunk;
  module.constructor.prototype.chunk = module.require;
}
