import { analyseOpenApi } from '../core/openapi/analyse.ts';
import type { OpenApiRule, Rule, SqlRule } from '../core/rule.ts';
import { analyseSql } from '../core/sql/analyse.ts';
import { dialectTitles } from '../core/sql/dialect.ts';
import { migrationSets } from '../core/sql/migrations.ts';
import type { Engines, JudgedSql, SourceText } from '../workflow/engines.ts';
import { createPostgresParser } from './postgres-parser.ts';

/** The engines with `rules`. PostgreSQL's parser is loaded when the first migration is judged. */
export function enginesFor(rules: readonly Rule[]): Engines {
  const openApiRules = rules.filter((rule): rule is OpenApiRule => rule.dialect === 'openapi');
  const sqlRules = rules.filter((rule): rule is SqlRule => rule.dialect === 'sql');
  return {
    openApi: ({ file, text, version }, read) => analyseOpenApi({ file, text, version, rules: openApiRules, read }),
    whole: (dialect, source, world) => dialect.judge(source, rules, world),
    sql: async (sources, read) => judgeSql(sources, read, sqlRules, await createPostgresParser()),
  };
}

function* judgeSql(
  sources: readonly SourceText[],
  read: (path: string) => string | undefined,
  rules: readonly SqlRule[],
  parser: Awaited<ReturnType<typeof createPostgresParser>>,
): Generator<void, JudgedSql> {
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  const sets = migrationSets([...texts.keys()], (path) => texts.get(path) ?? read(path));
  const steps = analyseSql({
    sets,
    files: sources.map(({ file, text }) => ({ path: file, text })),
    rules,
    parse: (statement) => parser.parse(statement),
  });
  let step = steps.next();
  while (!step.done) {
    yield;
    step = steps.next();
  }
  const files = [...step.value.files];
  return {
    files: files.flatMap(([file, { dialect, findings }]) =>
      dialect === 'postgresql' ? [{ file, dialect: dialectTitles[dialect], findings }] : [],
    ),
    notAnalysed: files.flatMap(([file, { notAnalysed }]) => notAnalysed.map((reason) => ({ file, reason }))),
  };
}
