const NodeModule = require('node:module');

/**
 * A `require` for the chunks of a folder that makes use of what was compiled of them.
 *
 * `compiledOf` gives what was compiled of a file (none yet: an empty object), or nothing where Node is to load it as ever;
 * `met` is told of every file that it compiles.
 */
function chunkLoader(folder, compiledOf, met) {
  const { readFileSync } = require('node:fs');
  const { Script } = require('node:vm');
  return function load(name) {
    if (!name.startsWith('./')) return require(name);
    const filename = `${folder}/${name.slice(2)}`;
    if (require.cache[filename]) return require.cache[filename].exports;
    const compiled = compiledOf(filename);
    if (!compiled) return require(filename);
    const source = NodeModule.wrap(readFileSync(filename, 'latin1'));
    const script = new Script(source, { filename, ...compiled });
    met?.(filename, script);
    const chunk = new NodeModule(filename, module);
    chunk.filename = filename;
    chunk.loaded = true;
    require.cache[filename] = chunk;
    script.runInThisContext().call(chunk.exports, chunk.exports, load, chunk, filename, folder);
    return chunk.exports;
  };
}

module.exports = { chunkLoader };
