import { configFile } from '../schema/config.js';
import { jsonSchemaOf } from '../schema/json-schema.js';

/** The JSON Schema of a configuration file. */
export function configSchema(): object {
  return jsonSchemaOf(configFile());
}
