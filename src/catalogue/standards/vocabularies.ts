/** Lists that the world or the service's makers fix, whatever they belong to. */
const fixed =
  /^(?:types|[\w-]+[-_]types|[a-z]+Types|languages|locales|currencies|countries|licen[sc]es|time[-_]?zones)$/i;
/** The same, where they belong to nothing: those of one item may be what users made of them. */
const fixedAtRoot = /^(?:statuses|roles|permissions|scopes)$/i;

/** Whether a path leads to a vocabulary: a short list that grows with the product, not with its use. */
export function isVocabularyPath(path: string): boolean {
  const last = path.split('/').findLast((one) => one !== '') ?? '';
  return fixed.test(last) || (fixedAtRoot.test(last) && !path.includes('{'));
}
