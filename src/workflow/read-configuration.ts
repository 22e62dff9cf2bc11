import { checklistItems } from '../catalogue/checklists/all.ts';
import { type Configuration, configurationFile } from '../core/configuration.ts';
import { readConfiguration } from '../core/configuration-read.ts';

/** Reads the project's configuration; commands in it may show the items of the catalogue. */
export function readProjectConfiguration(text: string, rules: readonly { readonly id: string }[]): Configuration {
  return readConfiguration(text, rules, configurationFile, checklistItems);
}
