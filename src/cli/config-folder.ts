import type { Io } from './io.js';

/** The file of the tables that were imported. */
export const IMPORTED_TABLES = 'brackets.json';

/** A file in the user's folder for liqcalc; nothing where the surroundings have no place for it. */
export function configFile({ env, platform }: Pick<Io, 'env' | 'platform'>, name: string): string | undefined {
  const folder = (variable: string): string | undefined => (env[variable] === '' ? undefined : env[variable]);
  if (platform === 'win32') {
    const data = folder('APPDATA');
    return data === undefined ? undefined : `${data}\\liqcalc\\${name}`;
  }
  const wanted = folder('XDG_CONFIG_HOME');
  const home = folder('HOME');
  const config = wanted?.startsWith('/') === true ? wanted : home === undefined ? undefined : `${home}/.config`;
  return config === undefined ? undefined : `${config}/liqcalc/${name}`;
}
