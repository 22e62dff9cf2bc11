import { readdirSync } from 'node:fs';
import { analyseSql, type SqlAnalysis } from '../../src/core/sql/analyse.ts';
import { migrationSets } from '../../src/core/sql/migrations.ts';
import type { Example, SqlRule } from '../../src/core/rule.ts';
import { createPostgresParser, type PostgresParser } from '../../src/platform/postgres-parser.ts';
import { readExampleFiles, type MarkedText } from './carets.ts';

let parser: Promise<PostgresParser> | undefined;

/** One parser for all tests. */
export function sharedParser(): Promise<PostgresParser> {
  parser ??= createPostgresParser();
  return parser;
}

/** Every SQL rule of the catalogue, read from its folder. */
export async function sqlRules(): Promise<SqlRule[]> {
  const folder = new URL('../../src/catalogue/rules/sql/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return Promise.all(
    names.map(async (name) => ((await import(new URL(name, folder).href)) as { readonly default: SqlRule }).default),
  );
}

/** Runs a whole analysis over files held in memory; side files are found among them. */
export async function analyseFiles(
  files: Readonly<Record<string, string>>,
  rules: readonly SqlRule[],
  previous?: SqlAnalysis,
): Promise<SqlAnalysis> {
  const { parse } = await sharedParser();
  const paths = Object.keys(files).filter((path) => path.endsWith('.sql'));
  const sets = migrationSets(paths, (path) => files[path]);
  const run = analyseSql({
    sets,
    files: paths.map((path) => ({ path, text: files[path] ?? '' })),
    rules,
    parse,
    ...(previous === undefined ? {} : { previous }),
  });
  for (let step = run.next(); ; step = run.next()) if (step.done === true) return step.value;
}

/** The well-formed migration every one-file example comes after. */
export const sqlBase = `CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE orders (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  status text NOT NULL DEFAULT 'new',
  note varchar(100),
  total numeric(12, 2) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_user_id_idx ON orders (user_id);
`;

/** An example as files, its carets read: one text is the migration after the base. */
export function exampleFiles(example: Example): Map<string, MarkedText> {
  if (typeof example !== 'string') return readExampleFiles(example);
  return readExampleFiles({ 'migrations/0001_base.sql': sqlBase, 'migrations/0002_example.sql': example });
}

/** The texts of read examples. */
export function textsOf(files: ReadonlyMap<string, MarkedText>): Record<string, string> {
  return Object.fromEntries([...files].map(([path, { text }]) => [path, text]));
}
