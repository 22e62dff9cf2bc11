// `npm run check`: format, lint (layers among it), types per room, dead code. Runs all of them and fails if one failed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const rooms = [
  'src/core',
  'src/catalogue',
  'src/workflow',
  'src/architect',
  'src/platform',
  'src/server',
  'src/cli',
  'src/extension',
  'webview',
  '.',
];
const steps: [string, string[]][] = [
  ['oxfmt', ['--check', '.']],
  ['oxlint', ['--type-aware', '.']],
  ...rooms
    .filter((room) => existsSync(`${room}/tsconfig.json`))
    .map((room): [string, string[]] => ['tsc', ['-p', `${room}/tsconfig.json`]]),
  ['knip', []],
];
let failed = 0;
for (const [command, args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    failed++;
    console.error(`failed: ${command} ${args.join(' ')}`);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
