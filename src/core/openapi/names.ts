/** How the words of a name are joined; `plain` where it is one word in small letters. */
export type NameStyle = 'plain' | 'camelCase' | 'PascalCase' | 'snake_case' | 'kebab-case' | 'UPPER_CASE' | 'mixed';

export function styleOf(name: string): NameStyle {
  if (/^[a-z0-9]+$/.test(name)) return 'plain';
  if (/^[a-z][A-Za-z0-9]*$/.test(name)) return 'camelCase';
  if (/^[a-z0-9]+(?:_[a-z0-9]+)+$/.test(name)) return 'snake_case';
  if (/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(name)) return 'kebab-case';
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(name)) return 'UPPER_CASE';
  if (/^[A-Z][A-Za-z0-9]*$/.test(name)) return 'PascalCase';
  return 'mixed';
}

/** `createdAt`, `created_at` and `created-at` as their words in small letters. */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** The name without what separates its words, in small letters: spellings of one name are equal. */
export function bare(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
}

export function restyle(name: string, style: NameStyle): string | undefined {
  const words = wordsOf(name);
  if (words.length === 0) return undefined;
  if (style === 'snake_case') return words.join('_');
  if (style === 'kebab-case') return words.join('-');
  if (style === 'camelCase') return words.map((word, index) => (index === 0 ? word : capital(word))).join('');
  return undefined;
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export function singular(word: string): string {
  if (/(?:ss|us|is|news|series|status)$/i.test(word) || !/s$/i.test(word)) return word;
  if (/ies$/i.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ches|shes|xes|sses|zes)$/i.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** The style most of the counted names are in; `preferred` where two are equally frequent. Undefined where nothing was counted. */
export function majority(counts: ReadonlyMap<NameStyle, number>, preferred: NameStyle): NameStyle | undefined {
  let best: NameStyle | undefined;
  let most = 0;
  for (const [style, count] of counts) {
    if (count > most || (count === most && style === preferred)) {
      best = style;
      most = count;
    }
  }
  return best;
}

/** `a, b and 3 more`. */
export function listed(names: readonly string[], shown = 2): string {
  const [last] = names.slice(-1);
  if (names.length <= shown + 1)
    return names.length < 2 ? (last ?? '') : `${names.slice(0, -1).join(', ')} and ${last}`;
  return `${names.slice(0, shown).join(', ')} and ${names.length - shown} more`;
}
