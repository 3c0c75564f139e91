/** What was so, from a moment of the exchange until the next. */
interface Since<T> {
  readonly from: number;
  readonly is: T;
}

interface Place {
  /** `0.5`, negative for a short. */
  readonly amount: number;
  readonly entry: number;
  readonly wallet: number;
  /** Whether its event was sent; nothing can know of a lost one before the next audit. */
  readonly how: 'told' | 'lost';
}

/** How long something may be shown after it was so, in milliseconds. */
export interface Patience {
  /** A mark: until it is stale, and the next look. */
  readonly mark: number;
  /** A position: until its event came, or the account counts as unknown. */
  readonly told: number;
  /** The same if its event was lost on an open socket: until an audit, or until too many failed. */
  readonly lost: number;
}

/** A row as a watch shows it. */
export interface ShownRow {
  readonly symbol: string;
  readonly amount: number;
  readonly entry?: number;
  readonly mark: number | undefined;
  readonly isStale: boolean;
  readonly markAgeMs?: number;
  readonly isCross?: boolean;
}

/** All that was so at an exchange, by which what a watch showed is judged. */
export class Truth {
  readonly #marks = new Map<string, Since<number>[]>();
  readonly #places = new Map<string, Since<Place>[]>();
  readonly #wallets: Since<Place>[] = [];

  constructor(private readonly patience: Patience) {}

  mark(symbol: string, price: string, from: number): void {
    this.#marks.set(symbol, [...(this.#marks.get(symbol) ?? []), { from, is: Number(price) }]);
  }

  position(
    { symbol, ...place }: Readonly<Record<'symbol' | 'amount' | 'entry' | 'wallet', string>>,
    from: number,
    how: Place['how'],
  ): void {
    const is = { amount: Number(place.amount), entry: Number(place.entry), wallet: Number(place.wallet), how };
    this.#places.set(symbol, [...(this.#places.get(symbol) ?? []), { from, is }]);
    this.#wallets.push({ from, is });
  }

  /** What is wrong in rows that were shown at a moment. */
  wrongRows(rows: readonly ShownRow[], at: number): readonly string[] {
    const wrong = rows.flatMap((row) => this.#wrongRow(row, at));
    const fresh = rows.filter(({ isStale }) => !isStale);
    // A position outside the list is closed, unless everything is said to be old.
    const missing = rows.some(({ isStale }) => isStale)
      ? []
      : [...this.#places.keys()].filter((symbol) => !rows.some((row) => row.symbol === symbol));
    const hidden = missing.filter((symbol) => !this.#couldBe(symbol, at, ({ amount }) => amount === 0));
    return [...wrong, ...(fresh.length > 0 ? hidden.map((symbol) => `${symbol} is open, and not shown`) : [])];
  }

  /** Whether a wallet was so lately. */
  wrongWallet(wallet: number, at: number): readonly string[] {
    const isSo = this.#wasSo(
      this.#wallets,
      at,
      ({ is }) => this.#most(is),
      ({ wallet: was }) => was === wallet,
    );
    return isSo ? [] : [`the wallet ${wallet} was not so`];
  }

  #wrongRow(row: ShownRow, at: number): readonly string[] {
    const { symbol, amount, entry, isStale } = row;
    const wrong = [...this.wrongMark(row, at)];
    if (isStale) return wrong;
    const isSo = this.#couldBe(symbol, at, (is) => is.amount === amount && (entry === undefined || is.entry === entry));
    if (!isSo) wrong.push(`${symbol} ${amount} @ ${entry ?? '?'} was not so`);
    return wrong;
  }

  /** What is wrong in a mark that was shown, and in its age. */
  wrongMark(
    { symbol, mark, isStale, markAgeMs }: Pick<ShownRow, 'symbol' | 'mark' | 'isStale' | 'markAgeMs'>,
    at: number,
  ): readonly string[] {
    if (mark === undefined) return [];
    const age = this.#ageOf(symbol, mark, at);
    const wrong: string[] = [];
    if (!isStale && age > this.patience.mark) wrong.push(`${symbol} mark ${mark} is ${age} ms old, and not stale`);
    if (markAgeMs !== undefined && age > markAgeMs + 600)
      wrong.push(`${symbol} mark ${mark} is ${age} ms old, and said to be ${markAgeMs}`);
    return wrong;
  }

  /** How long ago a mark was so. */
  #ageOf(symbol: string, price: number, at: number): number {
    const course = this.#marks.get(symbol) ?? [];
    for (let index = course.length - 1; index >= 0; index--) {
      const { from, is } = course[index] as Since<number>;
      const until = course[index + 1]?.from ?? Infinity;
      if (is === price && from <= at) return Math.max(0, at - until);
    }
    return Infinity;
  }

  #couldBe(symbol: string, at: number, isSo: (place: Place) => boolean): boolean {
    return this.#wasSo(this.#places.get(symbol) ?? [], at, ({ is }) => this.#most(is), isSo);
  }

  #most({ how }: Place): number {
    return how === 'told' ? this.patience.told : this.patience.lost;
  }

  /**
   * Whether something was so lately: now, or until a change that one may not know of yet. A change that was lost hides
   * those before it, too.
   */
  #wasSo(
    course: readonly Since<Place>[],
    at: number,
    patienceWith: (next: Since<Place>) => number,
    isSo: (place: Place) => boolean,
  ): boolean {
    const known = course.filter(({ from }) => from <= at);
    for (let index = known.length - 1; index >= 0; index--) {
      const { is } = known[index] as Since<Place>;
      if (isSo(is)) return true;
      const { from } = known[index] as Since<Place>;
      // `is` holds since `from`: who does not know it yet shows what was before.
      if (at - from > patienceWith(known[index] as Since<Place>)) return false;
    }
    return false;
  }
}
