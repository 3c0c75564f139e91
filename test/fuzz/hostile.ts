/** Long runs and many pieces that readers of text tend to be slow at. */
const RUNS = {
  digits: '7',
  blanks: ' ',
  quotes: '"',
  brackets: '[',
  backslashes: '\\\\',
  commas: ',',
  'line ends': '\n',
  groups: '1,111',
  escapes: '\\u0041',
  semicolons: ';',
  cells: 'a,',
  objects: '{}',
  lines: 'x\n',
} as const;

export const HOSTILE_SHAPES = [...(Object.keys(RUNS) as (keyof typeof RUNS)[]), 'keys', 'equal keys'] as const;
export type HostileShape = (typeof HOSTILE_SHAPES)[number];

/** A JSON text in which a run stands within a string has to write some of its characters as escapes. */
const inJson: Partial<Record<HostileShape, string>> = { quotes: '\\"', 'line ends': '\\n', lines: 'x\\n' };

/** A value for each reader that it looks into: where `RUN` stands, the run is put. */
const FRAMES: Readonly<Record<string, readonly string[]>> = {
  batch: ['{"side":"long","entry":"RUNx","lev":"3","mmr":"1"}', '{"side":"long","symbol":"RUN","entry":"1","qty":"1"}'],
  csv: ['side,entry,lev,mmr\nlong,RUNx,3,1\n', 'side,entry,lev,mmr\nlong,1RUN2 ,3,1\n', 'side,entry,RUN\nlong,1,1\n'],
  account: ['{"wallet":"RUNx","positions":[]}', '{"wallet":"1","positions":[{"side":"RUN","symbol":"X"}]}'],
  binance: ['[{"symbol":"RUN","positionAmt":"1"}]', '[{"symbol":"X","positionAmt":"RUNx"}]'],
  ccxt: ['[{"symbol":"RUN","contracts":1}]', '[{"symbol":"A/RUN","contracts":"RUNx"}]'],
  okx: ['{"code":"0","data":[{"instId":"RUN","pos":"1"}]}', '[{"instId":"BTC-USDT-SWAP","pos":"RUNx"}]'],
  hyperliquid: ['{"assetPositions":[{"position":{"coin":"RUN","szi":"1"}}]}', '{"assetPositions":[{"RUN":1}]}'],
  brackets: ['[{"symbol":"RUN","brackets":[]}]', '{"RUN":[]}'],
  candles: ['high,low,close\nRUNx,1,1\n', '[{"high":"RUNx","low":"1","close":"1"}]'],
  fills: ['[{"side":"BUY","qty":"RUNx","price":"1"}]', '[{"side":"RUN"}]'],
  rates: ['[{"fundingRate":"RUNx"}]'],
  config: ['{"rules":{"allocation":{"warn":"RUNx"}}}', '{"rules":{"RUN":"off"}}'],
  risk: ['{"wallet":"1","positions":[{"stop":"RUNx"}]}', '{"equity":"RUNx","wallet":"1","positions":[]}'],
};

/** Texts of about `size` characters with a shape: bare, and inside of what the reader expects. */
export function hostileInputs(reader: string, shape: HostileShape, size: number): readonly string[] {
  const frames = FRAMES[reader] ?? [];
  if (shape === 'keys' || shape === 'equal keys') {
    const count = Math.floor(size / 12);
    const key = (index: number): string => (shape === 'keys' ? `k${index}` : 'mark');
    const object = `{${Array.from({ length: count }, (_, index) => `"${key(index)}":1`).join(',')}}`;
    const header = Array.from({ length: count }, (_, index) => key(index)).join(',');
    return [object, `[${object}]`, `side,${header}\nlong,1\n`];
  }
  const fill = (piece: string): string => piece.repeat(Math.floor(size / piece.length));
  const bare = fill(RUNS[shape]);
  return [
    bare,
    `${bare}x`,
    ...frames.map((frame) => {
      const isJson = frame.startsWith('{') || frame.startsWith('[');
      return frame.replaceAll('RUN', () => fill((isJson ? inJson[shape] : undefined) ?? RUNS[shape]));
    }),
    ...(frames[0]?.startsWith('{')
      ? [`[${frames[0].replace(',', () => `${fill(RUNS[shape])}\n,`).replaceAll('RUN', '1')}]`]
      : []),
  ];
}
