import type { CommandEntry, Configuration } from '../../core/configuration.ts';

/** A command that shows items, from the configuration or found. */
export interface ReviewCommand extends Omit<CommandEntry, 'span'> {
  readonly name: string;
  /** The file it was found in; undefined where the configuration names it. */
  readonly foundIn?: string;
}

/** What npm writes into a new package. */
const placeholder = /no test specified/;

/** What `npm test` depends on where nobody said so: the sources, and how they are put together. */
const testInputs = [
  'src/**',
  'test/**',
  'tests/**',
  'lib/**',
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,sql,prisma}',
  'package.json',
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'tsconfig*.json',
];

/** In seconds. */
export const usualTimeout = 600;

/**
 * The commands of a project, by name. Where the configuration names none and `package.json` (its text, if there is one) has tests, `npm test` is one.
 */
export function commandsOf(
  configuration: Configuration,
  packageJson: string | undefined,
): ReadonlyMap<string, ReviewCommand> {
  const found = new Map<string, ReviewCommand>();
  for (const [name, { run, inputs, shows, timeout }] of configuration.commands)
    found.set(name, { name, run, inputs, shows, timeout });
  if (found.size === 0 && hasTests(packageJson)) {
    found.set('tests', {
      name: 'tests',
      run: 'npm test',
      inputs: testInputs,
      shows: ['handoff/tests-pass'],
      timeout: usualTimeout,
      foundIn: 'package.json',
    });
  }
  return found;
}

function hasTests(packageJson: string | undefined): boolean {
  if (packageJson === undefined) return false;
  try {
    const { scripts } = JSON.parse(packageJson.replace(/^\uFEFF/, '')) as { readonly scripts?: { test?: unknown } };
    const test = scripts?.test;
    return typeof test === 'string' && test.trim() !== '' && !placeholder.test(test);
  } catch {
    return false;
  }
}
