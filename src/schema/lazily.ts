/**
 * Creates a value on first use. Creating a schema takes longer than loading it, and most schemas are not needed in a
 * run.
 */
export function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
