import process from 'node:process';
import manifest from '../../package.json' with { type: 'json' };
import { rules } from '../catalogue/rules.generated.ts';
import { isMigrationPath } from '../core/sql/migrations.ts';
import { systemClock } from '../platform/clock.ts';
import { enginesFor } from '../platform/engines.ts';
import { run } from './program.ts';

void run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  version: manifest.version,
  rules,
  engines: enginesFor(rules),
  clock: systemClock,
  isMigrationPath,
}).then((code) => {
  process.exitCode = code;
});
