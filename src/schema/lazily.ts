/** What is made when it is first asked for: a schema takes longer to make than to load, and most are not needed in a run. */
export function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
