/** What a suite leaves behind in $TEST_RESULT. An extension host that dies leaves nothing. */
export interface SuiteResult {
  readonly tests: number;
  readonly passes: number;
  readonly failures: number;
  readonly pending: number;
  readonly durationMs: number;
  /** Errors that belong to no test, such as an unhandled rejection. */
  readonly errors: readonly string[];
}

/** Why a run is not green, or undefined when it is. Green needs proof: a suite that ended, with passes and without failures. */
export function failureOf(text: string | undefined): string | undefined {
  if (text === undefined) return 'the extension host ended before the suite did: there is no result';
  let result: SuiteResult;
  try {
    result = JSON.parse(text) as SuiteResult;
  } catch {
    return 'the result of the suite is not readable';
  }
  if (result.errors.length > 0) return result.errors.join('\n');
  if (result.failures > 0) return `${result.failures} of ${result.tests} tests failed`;
  if (!(result.passes > 0)) return 'no test passed: the suite is empty';
  return undefined;
}
