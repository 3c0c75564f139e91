import type { RawAccount } from '../../formats/raw-account.js';
import { UsageError } from '../command.js';
import type { Count } from '../run-records.js';

/** The wallet of `--wallet`: it is for accounts without their own. */
export class GivenWallet {
  #isUseless = false;

  constructor(private readonly wallet: string | undefined) {}

  /** Whether it decides anything how many accounts there are. */
  get isGiven(): boolean {
    return this.wallet !== undefined;
  }

  /**
   * Notes an account of a file.
   *
   * @param count - of one account, a second wallet is refused; of several, others may lack theirs.
   * @throws {UsageError} for two different wallets of one account.
   */
  see({ wallet }: Pick<RawAccount, 'wallet'>, number: number, count: Count): void {
    const isOwn = typeof wallet === 'string' && wallet !== this.wallet;
    this.#isUseless = isOwn && (this.#isUseless || number === 1);
    if (this.wallet === undefined || !isOwn || count !== 'one') return;
    throw new UsageError(
      `--wallet: the account has its own wallet, ${wallet}; omit --wallet, or remove the wallet of the account`,
    );
  }

  /** A warning if no account lacked a wallet. */
  warnings(): readonly string[] {
    if (this.wallet === undefined || !this.#isUseless) return [];
    return ['warning: --wallet has no effect: every account has its own wallet'];
  }
}
