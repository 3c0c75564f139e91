/** Where the system keeps the files of a user. */
export interface UserPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `win32`, or something else. */
  readonly platform: string;
}

/** A file in the user's folder for liqcalc; `undefined` if the environment names no such folder. */
export function configFile({ env, platform }: UserPlaces, name: string): string | undefined {
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
