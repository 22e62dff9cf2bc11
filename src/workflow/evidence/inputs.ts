import type { EvidenceInput } from '../../core/evidence.ts';
import { anyOf } from '../../core/globs.ts';
import { byText } from '../ports.ts';

/** So many files are watched for one piece of evidence. */
export const mostInputs = 5000;

/** Answers which of `files` fit patterns, by path; the same question twice is answered from memory. */
export function fittingIn(files: readonly string[]): (patterns: readonly string[]) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (patterns) => {
    const key = patterns.join('\n');
    let found = known.get(key);
    if (!found) {
      found = files.filter(anyOf(patterns)).sort(byText);
      known.set(key, found);
    }
    return found;
  };
}

/** The inputs that patterns stand for, with their hashes; or why evidence cannot rest on them, in a sentence. */
export function inputsOf(
  patterns: readonly string[],
  fitting: (patterns: readonly string[]) => readonly string[],
  sha256: (path: string) => string | undefined,
): readonly EvidenceInput[] | { readonly problem: string } {
  const paths = fitting(patterns);
  if (paths.length === 0)
    return { problem: `No file fits ${listed(patterns)}, so nothing would make this out of date.` };
  if (paths.length > mostInputs)
    return {
      problem: `${paths.length} files fit ${listed(patterns)}; evidence can rest on up to ${mostInputs}. Name fewer folders, or open a part of the project.`,
    };
  const inputs: EvidenceInput[] = [];
  for (const path of paths) {
    const hash = sha256(path);
    if (hash === undefined) return { problem: `${path} cannot be read, and it is one of the files this rests on.` };
    inputs.push({ path, sha256: hash });
  }
  return inputs;
}

function listed(patterns: readonly string[]): string {
  const shown = patterns.slice(0, 3).map((pattern) => (pattern.length > 40 ? `${pattern.slice(0, 40)}…` : pattern));
  return shown.join(', ') + (patterns.length > 3 ? ` and ${patterns.length - 3} more patterns` : '');
}
