/** `snake_case`: lower case letters, digits and single underscores; a leading underscore is allowed. */
export function isSnakeCase(name: string): boolean {
  return /^_?[a-z][a-z0-9]*(?:_[a-z0-9]+)*_?$/.test(name);
}

/** The name in snake_case. */
export function toSnakeCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/[\s\-.]+/g, '_')
    .replaceAll(/__+/g, '_')
    .toLowerCase();
}

/** Nouns that have no plural, or whose plural looks like their singular. */
const uncountable = new Set([
  'data',
  'metadata',
  'media',
  'info',
  'information',
  'history',
  'feedback',
  'equipment',
  'staff',
  'inventory',
  'auth',
  'oauth',
  'oauth2',
  'cache',
  'storage',
  'content',
  'traffic',
  'usage',
  'spam',
  'knowledge',
  'software',
  'hardware',
  'mail',
  'cash',
  'research',
  'evidence',
  'news',
  'series',
  'species',
  'sms',
  'audit',
  'config',
  'configuration',
  'queue',
  'outbox',
  'inbox',
  'state',
  'stock',
  'backlog',
  'sso',
  'telemetry',
  'analytics',
  'statistics',
  'billing',
  'people',
  'children',
  'men',
  'women',
  'mice',
  'feet',
  'teeth',
  'geese',
  'criteria',
  'phenomena',
  'indices',
  'vertices',
  'matrices',
  'archive',
  'lookup',
  'staging',
  'backup',
  'tmp',
  'temp',
  'access',
  'membership',
  'github',
  'gitlab',
  'google',
  'slack',
  'stripe',
  'jira',
  'linear',
  'discord',
  'i18n',
  'seo',
  'acl',
  'rbac',
  'kv',
  'todo',
  'lost',
  'paid',
  'all',
  'old',
  'new',
  'v1',
  'v2',
  'v3',
]);

const singularEndings = /(?:ss|us|sis|xis)$/;
const singularWithS = new Set([
  'alias',
  'bias',
  'canvas',
  'atlas',
  'gas',
  'iris',
  'lens',
  'corps',
  'chaos',
  'pancreas',
  'christmas',
]);
const pluralExceptions = new Set([
  'menus',
  'gurus',
  'skis',
  'taxis',
  'emus',
  'tofus',
  'kudos',
  'cpus',
  'gpus',
  'ids',
  'apis',
  'uris',
  'urls',
  'aliases',
]);

/** What a table name's last word is: `other` for words without a plural. */
export function grammaticalNumber(name: string): 'singular' | 'plural' | 'other' {
  const words = toSnakeCase(name).replace(/_+$/, '').split('_');
  const word = words.at(-1) ?? '';
  if (uncountable.has(word) || /\d$/.test(word) || word.length < 3) return 'other';
  if (isPluralNoun(word)) return 'plural';
  // `configs_github` counts configs; the last word only says which.
  return words.slice(0, -1).some((one) => one.length > 3 && isPluralNoun(one)) ? 'other' : 'singular';
}

function isPluralNoun(word: string): boolean {
  return pluralExceptions.has(word) || (word.endsWith('s') && !singularEndings.test(word) && !singularWithS.has(word));
}

/** The plural of a singular name's last word, the rest as it stands. */
export function toPlural(name: string): string {
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/i.test(name) ? `${name}es` : `${name}s`;
}

/** So many of a kind make a convention of their own; below that the standard holds. */
export const conventionSize = 5;

/** Whether a schema has a convention of its own against a standard: enough of a kind, and most of them against it. */
export function deviatesByConvention(following: number, deviating: number): boolean {
  return following + deviating >= conventionSize && deviating > following;
}
