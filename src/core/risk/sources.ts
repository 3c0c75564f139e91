/** A place in the article on risk that most rules come from. */
export function reducingRisk(section: string): string {
  return `"How to reduce liquidation risk on Binance Futures?", 2026-06-29, ${section}`;
}

/** A place in the article on liquidation prices. */
export function liquidationArticle(section: string): string {
  return `"How to calculate the forced liquidation price of Binance futures? What happens if the margin is not enough?", 2025-05-17, ${section}`;
}
