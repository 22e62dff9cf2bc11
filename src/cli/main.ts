import { basename } from 'node:path';
import process from 'node:process';
import manifest from '../../package.json' with { type: 'json' };
import { rules } from '../catalogue/rules.generated.ts';
import { isMigrationPath } from '../core/sql/migrations.ts';
import { systemClock } from '../platform/clock.ts';
import { enginesFor } from '../platform/engines.ts';
import type { World } from './check.ts';
import { run } from './program.ts';

/** Undefined where it has been deleted: then nothing can be looked for. */
function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

async function main(): Promise<number> {
  const cwd = currentFolder();
  if (cwd !== undefined) return run(process.argv.slice(2), worldAt(cwd));
  process.stderr.write('The current folder does not exist any more. Change to one that does and try again.\n');
  return 2;
}

void main().then((code) => {
  process.exitCode = code;
});

function worldAt(cwd: string): World {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd,
    version: manifest.version,
    rules,
    engines: enginesFor(rules),
    clock: systemClock,
    // Inside a folder of migrations, the folder's own name is what tells them.
    isMigrationPath: (path) => isMigrationPath(path) || isMigrationPath(`${basename(cwd)}/${path}`),
  };
}
