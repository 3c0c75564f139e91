// Tables of texts that repeat from record to record: keys and symbols. Open addressing; a text is found by its first and last
// eight bytes, and compared whole.

/** A slot is 64 bytes: length (0: free), value, needs, the last record that had it, and the text. */
const SLOT_BITS: usize = 6;
const VALUE: usize = 4;
const NEEDS: usize = 8;
const RECORD: usize = 12;
const TEXT: usize = 16;
/** Longer texts are not kept. */
export const MOST_TEXT: usize = 48;
const MIX: u64 = 0x9e3779b97f4a7c15;

/** Whether the last text was not in its table: the slot is free then, and `keep` fills it. */
export let isNew: bool = false;

/** The slot of a text of 1 to 48 bytes in a table of so many slots, a power of two. */
export function slotOf(table: usize, slots: usize, from: usize, length: usize): usize {
  const first = firstWord(from, length);
  const last = length > 8 ? load<u64>(from + length - 8) : 0;
  const hash = ((first ^ (last * MIX) ^ <u64>length) * MIX) >> 40;
  let index = <usize>hash & (slots - 1);
  let slot = table + (index << SLOT_BITS);
  while (load<u32>(slot) != 0 && !isText(slot, first, from, length)) {
    index = (index + 1) & (slots - 1);
    slot = table + (index << SLOT_BITS);
  }
  isNew = load<u32>(slot) == 0;
  return slot;
}

/** The first eight bytes, zeros in place of those after the text. */
function firstWord(from: usize, length: usize): u64 {
  const word = load<u64>(from);
  return length >= 8 ? word : word & ((<u64>1 << (<u64>length << 3)) - 1);
}

/** Whether a slot has a text, whose first eight bytes are known. */
function isText(slot: usize, first: u64, from: usize, length: usize): bool {
  if (<usize>load<u32>(slot) != length || load<u64>(slot, TEXT) != first) return false;
  for (let at: usize = 8; at < length; at++) if (load<u8>(slot + at, TEXT) != load<u8>(from + at)) return false;
  return true;
}

export function keep(slot: usize, from: usize, length: usize, value: u32, needs: u32): void {
  store<u32>(slot, <u32>length);
  store<u32>(slot, value, VALUE);
  store<u32>(slot, needs, NEEDS);
  memory.copy(slot + TEXT, from, length);
}

export function valueIn(slot: usize): u32 {
  return load<u32>(slot, VALUE);
}

export function needsIn(slot: usize): u32 {
  return load<u32>(slot, NEEDS);
}

/** Notes that a record has the text; false if it has it already. */
export function isFirstIn(slot: usize, record: u32): bool {
  if (load<u32>(slot, RECORD) == record) return false;
  store<u32>(slot, record, RECORD);
  return true;
}
