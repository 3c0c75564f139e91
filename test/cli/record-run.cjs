// Loaded before the program (node --require): appends the arguments, the exit code and the standard output of each run
// to the file that LIQCALC_RUNS names, independently of the shell's use of that output.
const fs = require('node:fs');
const { Buffer } = require('node:buffer');

const chunks = [];
let isClosed = false;
const { writeSync, write } = fs;

function keep(descriptor, bytes, count) {
  if (descriptor === 1) chunks.push(Buffer.from(bytes.subarray(0, count)));
}

/** A reader that closes the output early does so at no certain place. */
function noteError(descriptor, error) {
  if (descriptor === 1 && error.code === 'EPIPE') isClosed = true;
}

fs.writeSync = (descriptor, bytes) => {
  try {
    const count = writeSync(descriptor, bytes);
    keep(descriptor, bytes, count);
    return count;
  } catch (error) {
    noteError(descriptor, error);
    throw error;
  }
};

fs.write = (descriptor, bytes, offset, length, position, done) => {
  write(descriptor, bytes, offset, length, position, (error, count) => {
    if (error) noteError(descriptor, error);
    else keep(descriptor, bytes, count);
    done(error, count);
  });
};

process.on('exit', (code) => {
  const stdout = isClosed ? null : Buffer.concat(chunks).toString();
  fs.appendFileSync(process.env.LIQCALC_RUNS, `${JSON.stringify({ argv: process.argv.slice(2), code, stdout })}\n`);
});
