// `npm test`: everything, in one run that ends with 'N passed, N failed'. What cannot run here is named and fails the run;
// --without-host leaves the tests inside VS Code out, and says so.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Counts {
  readonly passes: number;
  readonly failures: number;
}

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    'The tests run on Node 24, which comes with `npm ci`. Its installation was skipped. Run: npm rebuild node',
  );
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'backend-architect-test-'));
const failedSteps: string[] = [];
let passed = 0;
let failed = 0;

function report(name: string, counts: Counts): void {
  passed += counts.passes;
  failed += counts.failures;
  if (counts.failures > 0) failedSteps.push(name);
}

/** A step that is one test: it passes when its command ends with 0. */
function command(name: string, program: string, args: readonly string[]): boolean {
  console.log(`\n# ${name}`);
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  report(name, status === 0 ? { passes: 1, failures: 0 } : { passes: 0, failures: 1 });
  return status === 0;
}

/** A mocha run. A run that dies, or that holds no test, is a failure whatever its exit code says. */
function suites(name: string, spec: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  console.log(`\n# ${name}`);
  const result = join(folder, `${name.replaceAll(/\W+/g, '-')}.json`);
  const { status } = spawnSync(
    'mocha',
    [
      '--no-config',
      '--forbid-only',
      '--forbid-pending',
      '--timeout',
      '120000',
      '--reporter',
      './test/harness/reporter.ts',
      ...spec,
    ],
    {
      stdio: 'inherit',
      env: { ...process.env, ...env, TEST_RESULT: result },
    },
  );
  let counts: Counts = { passes: 0, failures: 1 };
  try {
    counts = JSON.parse(readFileSync(result, 'utf8')) as Counts;
  } catch {
    console.error(`${name}: the run ended without its counts`);
  }
  if (counts.failures === 0 && (counts.passes === 0 || status !== 0)) {
    console.error(counts.passes === 0 ? `${name}: not one test ran` : `${name}: ended with ${String(status)}`);
    counts = { passes: counts.passes, failures: 1 };
  }
  report(name, counts);
}

command('build', 'node', ['esbuild.mjs']);
command('check', 'node', ['scripts/check.ts']);
suites('unit', ['test/{core,catalogue,workflow,architect,platform,extension,harness}/**/*.test.ts']);
const packaged = command('package', 'node', ['scripts/package.ts', join(folder, 'backend-architect.vsix')]);
const vsix = { BACKEND_ARCHITECT_VSIX: join(folder, 'backend-architect.vsix') };
suites('command line and server', ['test/{cli,server}/**/*.test.ts']);
suites('bundles on Node 20', ['test/bundles/**/*.test.ts']);
suites('pages in a browser', ['test/webview/**/*.test.ts']);
if (packaged) suites('package', ['test/package/**/*.test.ts'], vsix);
if (process.argv.includes('--without-host'))
  console.log('\nNot run, as --without-host asks: the tests inside VS Code and those of its interface.');
else {
  suites('inside VS Code', ['test/harness/host-suites.ts'], vsix);
  if (packaged) suites('interface', ['test/e2e/**/*.test.ts'], vsix);
}
rmSync(folder, { recursive: true, force: true });

if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
