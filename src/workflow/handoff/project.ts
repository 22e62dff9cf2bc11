import { type Configuration, configurationFile, defaultConfiguration } from '../../core/configuration.ts';
import { readConfiguration } from '../../core/configuration-read.ts';
import type { RuleMeta } from '../../core/rule.ts';
import type { Files } from '../ports.ts';

/** The project's configuration; the defaults where there is none. What is wrong with it is told by checking. */
export function configurationIn(
  files: Pick<Files, 'readTarget'>,
  rules: readonly Pick<RuleMeta, 'id'>[],
): Configuration {
  const text = files.readTarget(configurationFile);
  return text === undefined ? defaultConfiguration : readConfiguration(text, rules);
}
