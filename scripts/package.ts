// `npm run package`: builds the .vsix at the root of the repository.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
const out = process.argv[2] ?? `${name}-${version}.vsix`;
const steps: [string, string[]][] = [
  ['node', ['esbuild.mjs']],
  // --no-rewrite-relative-links: there is no public home yet that links could be rewritten to.
  [
    'vsce',
    [
      'package',
      '--no-dependencies',
      '--no-rewrite-relative-links',
      '--skip-license',
      '--allow-missing-repository',
      '-o',
      out,
    ],
  ],
];
for (const [command, args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`failed: ${command} ${args.join(' ')}`);
    process.exit(1);
  }
}
