import { text } from './tree.ts';
import type { DocumentContext, LocalContext } from './visitors.ts';

const followLimit = 32;

/** `follow` for a check of the whole document. */
export function following({ resolve }: Pick<DocumentContext, 'resolve'>): Pick<LocalContext, 'follow'> {
  return {
    follow: (node) => {
      let at = node;
      for (let i = 0; i < followLimit; i++) {
        const ref = text(at, '$ref');
        if (ref === undefined) return at?.kind === 'map' ? at : undefined;
        const found = resolve(ref);
        // A reference inside another file counts from there.
        if (
          found.kind !== 'found' ||
          (found.target.file !== undefined && text(found.target.node, '$ref') !== undefined)
        )
          return undefined;
        at = found.target.node;
      }
      return undefined;
    },
  };
}

/** The reference that leads to `pointer` in its own document. */
export function referenceTo(pointer: string): string {
  return `#${pointer.replaceAll('%', '%25')}`;
}
