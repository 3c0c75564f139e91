// What the host calls.
import { setUpPowers } from './memory';

export { noteReported, setAlert, setPlaces, setText } from './answer';
export { addBracket, beginTable } from './brackets';
export { INPUT, OUTPUT } from './memory';
export { setLayout, takeLines, takeValues } from './objects';
export { setVenueRule } from './price';
export { count, isFull, lines, written } from './output';
export { addColumn, beginColumns, takeRows } from './rows';
export { readDefault, setRule } from './terms';

setUpPowers();
