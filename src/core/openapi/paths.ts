import type { OpenApiEditor } from './edit.ts';
import { silent } from './schemas.ts';
import type { FixPlan } from '../rule.ts';
import type { Collected, CollectedValue, View } from './visitors.ts';

/** Gathers the paths of the document, those that are only referred to among them. */
export const paths = { pathItem: pathOf, reference: pathOf };

/** Gathers the paths like {@link paths}, each with what `detail` says of it: that is asked once, when the path is read. */
export function pathsWith(
  detail: (path: string) => string | undefined,
): Readonly<Record<keyof typeof paths, typeof pathOf>> {
  const detailed = (view: View): readonly CollectedValue[] =>
    pathOf(view).map((value) => {
      const found = detail(value.name);
      return found === undefined ? value : { ...value, detail: found };
    });
  return { pathItem: detailed, reference: detailed };
}

function pathOf(view: View): readonly CollectedValue[] {
  if (view.parent || !view.pointer.startsWith('/paths/')) return silent;
  return [{ at: view.key, name: view.name, pointer: view.pointer }];
}

/** Each path once. */
export function pathsOf(collected: readonly Collected[]): readonly Collected[] {
  const seen = new Set<string>();
  return collected.filter(({ value }) => !seen.has(value.name) && Boolean(seen.add(value.name)));
}

/** The literal words of a path: no parameters, no extensions (`.json`), no custom methods (`:cancel`). */
export function segmentsOf(path: string): readonly string[] {
  return path
    .split('/')
    .map((segment) => segment.replace(/(?::[A-Za-z]+|\.[a-z]{2,5})$/, ''))
    .filter((segment) => /^[A-Za-z0-9_-]+$/.test(segment));
}

/** Renames a path's key in its own quotes. Callers see another path: a refactoring. */
export function renamePath({ value }: Collected, name: string): FixPlan<OpenApiEditor> {
  return {
    kind: 'refactoring',
    title: `Rename it to ${name}`,
    *edits(editor) {
      const written = editor.slice(value.at);
      if (written.includes(value.name))
        yield editor.replace(
          value.at,
          written.replace(value.name, () => name),
        );
    },
  };
}
