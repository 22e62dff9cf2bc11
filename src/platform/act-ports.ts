import { randomUUID } from 'node:crypto';
import { isMigrationPath } from '../core/sql/migrations.ts';
import type { ActPorts } from '../workflow/evidence/acts.ts';
import { systemClock } from './clock.ts';
import { filesUnder } from './files.ts';
import { gitPerson, gitState } from './git-state.ts';
import { cachedHashes, sha256Text } from './hashes.ts';
import { version } from './version.ts';
import { writingUnder } from './writing.ts';

/** What records of the project at `root` are made with. `unsaved` names files whose text in the editor is another than on disk. */
export function actPortsAt(root: string, unsaved: () => readonly string[] = () => []): ActPorts {
  const files = filesUnder(root);
  return {
    files,
    writing: writingUnder(root),
    sha256Text,
    sha256: cachedHashes(root, files),
    now: () => new Date().toISOString(),
    today: () => systemClock.today(),
    newId: () => randomUUID(),
    person: () => gitPerson(root),
    commit: async () => (await gitState(root))?.commit,
    version,
    isMigrationPath,
    unsaved,
  };
}
