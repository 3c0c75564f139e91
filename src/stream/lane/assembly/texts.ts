// Tables of texts that repeat from record to record: keys and symbols. Open addressing; a text is found by its first and last
// eight bytes, and compared whole.

/** A slot is 64 bytes: length (0: free), value, needs, the last record that had it, the slot that followed it, the text. */
const SLOT_BITS: usize = 6;
const VALUE: usize = 4;
const NEEDS: usize = 8;
const RECORD: usize = 12;
const NEXT: usize = 16;
const TEXT: usize = 24;
/** Longer texts are not kept. */
export const MOST_TEXT: usize = 40;
const MIX: u64 = 0x9e3779b97f4a7c15;

/** Whether the last text was not in its table: the slot is free then, and `keep` fills it. */
export let isNew: bool = false;

/** The slot of a text of 1 to 40 bytes in a table of so many slots, a power of two. */
export function slotOf(table: usize, slots: usize, from: usize, length: usize): usize {
  const first = load<u64>(from) << (64 - ((<u64>min<usize>(length, 8)) << 3));
  const last = length > 8 ? load<u64>(from + length - 8) : 0;
  const hash = ((first ^ (last * MIX)) * MIX) >> 40;
  let index = (<usize>hash) & (slots - 1);
  let slot = table + (index << SLOT_BITS);
  while (lengthIn(slot) != 0 && (lengthIn(slot) != length || !isAt(slot, from))) {
    index = (index + 1) & (slots - 1);
    slot = table + (index << SLOT_BITS);
  }
  isNew = lengthIn(slot) == 0;
  return slot;
}

/** Whether the text of a slot is at a place. */
export function isAt(slot: usize, from: usize): bool {
  const length = lengthIn(slot);
  const differs = load<u64>(slot, TEXT) ^ load<u64>(from);
  if (length <= 8) return differs << (64 - ((<u64>length) << 3)) == 0;
  if (differs != 0) return false;
  for (let at: usize = 8; at < length; at++) if (load<u8>(slot + at, TEXT) != load<u8>(from + at)) return false;
  return true;
}

export function keep(slot: usize, from: usize, length: usize, value: u32, needs: u32): void {
  store<u32>(slot, <u32>length);
  store<u32>(slot, value, VALUE);
  store<u32>(slot, needs, NEEDS);
  memory.copy(slot + TEXT, from, length);
}

export function lengthIn(slot: usize): usize {
  return <usize>load<u32>(slot);
}

export function valueIn(slot: usize): u32 {
  return load<u32>(slot, VALUE);
}

export function needsIn(slot: usize): u32 {
  return load<u32>(slot, NEEDS);
}

/** The slot that followed another one last; 0 before there was one. */
export function nextIn(slot: usize): usize {
  return <usize>load<u32>(slot, NEXT);
}

export function setNext(slot: usize, next: usize): void {
  store<u32>(slot, <u32>next, NEXT);
}

/** Notes that a record has the text; false if it has it already. */
export function isFirstIn(slot: usize, record: u32): bool {
  if (load<u32>(slot, RECORD) == record) return false;
  store<u32>(slot, record, RECORD);
  return true;
}
