import { appendFileSync, writeFileSync } from 'node:fs';
import { format } from 'node:util';
import { takeCoverage } from 'node:v8';
import Mocha from 'mocha';
import { env } from 'vscode';
import { type SuiteResult } from './result.ts';

/**
 * Runs mocha inside the extension host. `load` imports the test files; they find `describe` and `it` as usual.
 * Writes the result to $TEST_RESULT and the report to $TEST_OUT where those are set, and throws unless everything passed.
 */
export async function runSuites(load: () => Promise<unknown>): Promise<void> {
  const out = process.env['TEST_OUT'];
  if (out !== undefined) {
    Mocha.reporters.Base.consoleLog = (...args: unknown[]) => appendFileSync(out, `${format(...args)}\n`);
  }
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 20_000,
    color: false,
    reporter: 'spec',
    forbidOnly: true,
    forbidPending: true,
  });
  const errors: string[] = [];
  const watched = watchRejections();
  let result: SuiteResult = { tests: 0, passes: 0, failures: 0, pending: 0, durationMs: 0, errors };
  try {
    mocha.suite.emit('pre-require', globalThis, '', mocha);
    await load();
    result = await finished(mocha, errors);
  } catch (error) {
    errors.push(`The suite did not load or run: ${format(error)}`);
  }
  // One turn of the event loop, so that what the last test left unhandled is reported.
  await new Promise((resolve) => setImmediate(resolve));
  errors.push(...watched.stop());
  if (result.passes === 0 && errors.length === 0) errors.push('No test passed: the suite is empty');
  for (const error of errors) Mocha.reporters.Base.consoleLog(error);
  const proof = process.env['TEST_RESULT'];
  if (proof !== undefined) writeFileSync(proof, JSON.stringify(result));
  // The extension host is killed, so nothing would be written at its end.
  if (process.env['NODE_V8_COVERAGE'] !== undefined) takeCoverage();
  if (result.failures > 0 || errors.length > 0)
    throw new Error(`${result.failures} tests failed, ${errors.length} other errors`);
}

async function finished(mocha: Mocha, errors: readonly string[]): Promise<SuiteResult> {
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => {
      const { tests = 0, passes = 0, failures = 0, pending = 0, duration = 0 } = runner.stats ?? {};
      resolve({ tests, passes, failures: Math.max(failures, failed), pending, durationMs: duration, errors });
    });
  });
}

/** VS Code swallows unhandled rejections; a test run must not. Cancellations, and what its built-in extensions leave, are not ours. */
function watchRejections(): { stop: () => string[] } {
  const unhandled = new Map<Promise<unknown>, unknown>();
  const add = (reason: unknown, promise: Promise<unknown>): void => {
    unhandled.set(promise, reason);
  };
  const remove = (promise: Promise<unknown>): void => {
    unhandled.delete(promise);
  };
  process.on('unhandledRejection', add);
  process.on('rejectionHandled', remove);
  return {
    stop: () => {
      process.off('unhandledRejection', add);
      process.off('rejectionHandled', remove);
      return [...unhandled.values()]
        .filter((reason) => !foreign(reason))
        .map((reason) => `Unhandled rejection: ${format(reason)}`);
    },
  };
}

function foreign(reason: unknown): boolean {
  if (!(reason instanceof Error)) return false;
  return reason.name === 'Canceled' || (reason.stack ?? '').includes(`${env.appRoot}/extensions/`);
}
