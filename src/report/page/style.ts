import { DARK_SCREEN, PICTURE_STYLE, variables } from '../svg/palette.js';

/** The style sheet of pages: one column on a narrow screen, light colours on paper. */
export const PAGE_STYLE = [
  `:root{color-scheme:light dark;${variables('light')}}`,
  `${DARK_SCREEN}{:root{${variables('dark')}}}`,
  '*{box-sizing:border-box}',
  'body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}',
  'main{max-width:1120px;margin:0 auto;padding:24px 16px 48px}',
  'h1,h2,p,li,dd,td{overflow-wrap:anywhere}h1{font-size:24px;margin:0 0 4px}h2{font-size:17px;margin:28px 0 8px}',
  '.lead{margin:0 0 16px;color:var(--soft);font-size:16px}',
  'dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(220px,calc(50% - 5px)),1fr));gap:10px;margin:16px 0}',
  'dl div{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:10px 12px}',
  'dt{color:var(--soft);font-size:13px}dd{margin:2px 0 0;font-size:18px;font-weight:600}',
  '.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px}',
  'table{border-collapse:collapse;width:100%;font-size:14px}',
  'th,td{padding:7px 12px;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}',
  'tbody tr:last-child td{border-bottom:0}th{color:var(--soft);font-size:12px;font-weight:600;background:var(--panel);white-space:nowrap}',
  '.r{text-align:right}.r,.t{white-space:nowrap}td.w{min-width:18em;max-width:34em}.soft{margin:6px 0 0;color:var(--soft);font-size:13px}',
  '.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}',
  '.bar{display:block;width:84px;height:7px;margin:4px 0 0 auto;background:var(--panel);border:1px solid var(--line);border-radius:5px;overflow:hidden}',
  '.bar i{display:block;height:100%;background:var(--good)}tr.warn .bar i{background:var(--warn)}tr.bad .bar i{background:var(--bad)}',
  '.picture{margin:16px 0;border:1px solid var(--line);border-radius:8px;overflow-x:auto}.picture svg{display:block;width:100%;height:auto;min-width:560px;max-width:820px;margin:0 auto}',
  'ul{margin:0;padding-left:20px}section+section{margin-top:48px;border-top:2px solid var(--line);padding-top:32px}',
  'footer{margin-top:36px;color:var(--soft);font-size:13px}',
  '@media screen and (max-width:640px){th,td{padding:6px 8px}.prose thead{display:none}.prose tr{display:block;padding:8px 12px;border-bottom:1px solid var(--line)}.prose td{display:inline-block;padding:1px 12px 1px 0;border:0}.prose td:empty{display:none}.prose td.w{display:block;min-width:0}}',
  '@media print{@page{margin:14mm}body{font-size:11px}main{max-width:none;padding:0}table{font-size:10px}th,td{padding:3px 5px}td.w{min-width:0}.t{white-space:normal}.bar{width:60px}.picture svg{min-width:0;max-width:520px}' +
    'tr,dl div,.picture,li{break-inside:avoid}thead{display:table-header-group}h2{break-after:avoid}section+section{break-before:page;border:0}.scroll,.picture{overflow:visible}}',
  PICTURE_STYLE,
].join('');
