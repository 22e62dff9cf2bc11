import type { Configuration } from './configuration.ts';
import { taskDialect } from './task/dialect.ts';
import type { WholeDialect } from './whole.ts';

/** The dialects of documents that are read whole. */
export const wholeDialects: readonly WholeDialect[] = [taskDialect];

/** The dialect of a file; undefined for OpenAPI, SQL and everything else. */
export function wholeDialectOf(file: string, configuration: Configuration): WholeDialect | undefined {
  return wholeDialects.find((one) => one.isFile(file, configuration));
}
