import { cachedHashes, sha256Text } from '../platform/hashes.ts';
import type { LiveProject } from '../workflow/live.ts';
import type { Files } from '../workflow/ports.ts';

/** After so long the disk is asked again, also where nobody said that a file changed. In milliseconds. */
const trustMs = 1000;

/** Hashes of a folder's files while people write: asked for thousands of files at every change. */
export function liveHashes(
  root: string,
  files: Files,
  live: Pick<LiveProject, 'version' | 'text'>,
): { sha256(file: string): string | undefined; forgetHashes(files: readonly string[]): void } {
  const onDisk = cachedHashes(root, files);
  const trusted = new Map<string, string | undefined>();
  const ofTexts = new Map<
    string,
    { readonly version: number; readonly disk: string | undefined; readonly sha256: string }
  >();
  let until = 0;
  const disk = (file: string): string | undefined => {
    const now = performance.now();
    if (now > until) {
      trusted.clear();
      until = now + trustMs;
    }
    if (!trusted.has(file)) trusted.set(file, onDisk(file));
    return trusted.get(file);
  };
  const ofText = (file: string, version: number): string | undefined => {
    const own = disk(file);
    const known = ofTexts.get(file);
    if (known?.version === version && known.disk === own) return known.sha256;
    const text = live.text(file);
    if (text === undefined) return own;
    const inEditor = sha256Text(text);
    // The editor hides a byte order mark.
    const sha256 = own !== undefined && own === sha256Text(`\uFEFF${text}`) ? own : inEditor;
    ofTexts.set(file, { version, disk: own, sha256 });
    return sha256;
  };
  return {
    sha256: (file) => {
      const version = live.version(file);
      if (version !== undefined) return ofText(file, version);
      ofTexts.delete(file);
      return disk(file);
    },
    forgetHashes: (changed) => {
      for (const file of changed) trusted.delete(file);
    },
  };
}
