// What the lane asks the host for: the meaning of a text that it meets for the first time.

/** The field that a key names, or `OTHER_KEY` or `REFUSED_KEY`. */
export declare function keyCode(from: usize, length: usize): u32;
/** The fields that a record with this key must have. */
export declare function keyNeeds(from: usize, length: usize): u32;
/** The address of a symbol's bracket table, or `NO_TABLE` or `REFUSED_SYMBOL`. */
export declare function symbolTable(from: usize, length: usize): usize;
/** Whether a set of fields is a whole position without conflicts. */
export declare function isWhole(fields: u32): bool;
