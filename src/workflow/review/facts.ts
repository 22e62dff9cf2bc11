import type { ChecklistItem, Subject } from '../../core/checklist.ts';
import type { Configuration } from '../../core/configuration.ts';
import type { Finding, NotAnalysed } from '../../core/finding.ts';
import type { Review } from '../../core/review.ts';
import type { Rule } from '../../core/rule.ts';
import { readTasks } from '../../core/task/read.ts';
import type { WholeDialect } from '../../core/whole.ts';
import type { JudgedEvidence } from '../evidence/judge.ts';
import { byText, folderOf } from '../ports.ts';
import type { ReviewCommand } from './commands.ts';

/** A document that was judged. */
export interface ReviewedDocument {
  readonly file: string;
  readonly dialect: 'openapi' | 'sql' | WholeDialect['id'];
  /** Of an OpenAPI document: how many it has. */
  readonly operations?: number | undefined;
}

/** Everything a review is made of. */
export interface ReviewInput {
  readonly items: readonly ChecklistItem[];
  /** ISO 8601. */
  readonly madeAt: string;
  readonly project: Review['project'];
  readonly rules: readonly Pick<Rule, 'id' | 'severity' | 'evidences'>[];
  readonly configuration: Configuration;
  readonly findings: readonly Finding[];
  /** By file. */
  readonly documents: readonly ReviewedDocument[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly evidence: JudgedEvidence;
  readonly commands: ReadonlyMap<string, ReviewCommand>;
  /** The project's files, as discovery sees them. */
  readonly files: readonly string[];
  /** The text of the task file; undefined where there is none. */
  readonly tasks?: string | undefined;
}

/** What items ask about, found out once. */
export interface Facts {
  readonly openApi: readonly ReviewedDocument[];
  readonly sql: readonly ReviewedDocument[];
  readonly operations: number;
  /** OpenAPI documents, or migrations, that were not analysed or only in part. */
  readonly unread: { readonly openapi: readonly NotAnalysed[]; readonly sql: readonly NotAnalysed[] };
  /** Prisma schemas, ERDs and DBML files. */
  readonly designs: readonly string[];
  readonly manifests: readonly string[];
  /** Something in the project looks like a migration or a database schema, whether it can be read here or not. */
  readonly hasDatabase: boolean;
}

const looksLikeDatabase =
  /(?:^|\/)(?:[\w-]*migrat(?:ion|e)s?|alembic|drizzle|prisma|ecto|liquibase|flyway|sqitch)(?:\/|\.)|\.(?:sql|prisma|dbml)$/i;
const looksLikeDesign =
  /(?:\.prisma|\.dbml|(?:^|\/)(?:erd|entity[-_ ]relationship)[^/]*\.(?:md|mmd|svg|png|pdf|puml|drawio))$/i;
const looksLikeManifest = /(?:^|\/)[^/]*control[-_ ]?manifest[^/]*$/i;

export function factsOf({ documents, notAnalysed, files, configuration }: ReviewInput): Facts {
  const openApi = documents.filter(({ dialect }) => dialect === 'openapi');
  const sql = documents.filter(({ dialect }) => dialect === 'sql');
  const whole = new Set([configuration.file, configuration.tasksFile, configuration.handoffFile]);
  return {
    openApi,
    sql,
    operations: openApi.reduce((sum, { operations = 0 }) => sum + operations, 0),
    unread: {
      openapi: notAnalysed.filter(({ file }) => /\.(?:ya?ml|json)$/i.test(file) && !whole.has(file)),
      sql: notAnalysed.filter(({ file }) => /\.sql$/i.test(file)),
    },
    designs: files.filter((file) => looksLikeDesign.test(file)),
    manifests: files.filter((file) => looksLikeManifest.test(file)),
    hasDatabase: sql.length > 0 || files.some((file) => looksLikeDatabase.test(file)),
  };
}

/** The patterns that a word on an item lapses with: those of the documents there are, and the item's own. */
export function lapsesOf(item: ChecklistItem, facts: Pick<Facts, 'openApi' | 'sql' | 'unread'>): readonly string[] {
  const found = new Set<string>();
  for (const subject of item.lapsesWith) for (const pattern of patternsOf(subject, facts)) found.add(pattern);
  return [...found];
}

function patternsOf(subject: Subject, { openApi, sql, unread }: Pick<Facts, 'openApi' | 'sql' | 'unread'>): string[] {
  if ('files' in subject) return [...subject.files];
  if (subject.documents === 'openapi') {
    const files = new Set([...openApi, ...unread.openapi].map(({ file }) => exactly(file)));
    return ['{openapi,swagger}.{yaml,yml,json}', ...[...files].sort()];
  }
  const folders = new Set([...sql, ...unread.sql].map(({ file }) => setFolder(file)));
  const outer: string[] = [];
  // One that lies in another that is named is named with it. A folder comes right before those that lie in it.
  for (const folder of [...folders].sort((a, b) => byText(`${a}/`, `${b}/`)))
    if (!folder.startsWith(`${outer.at(-1) ?? '/'}/`)) outer.push(folder);
  return outer.map((folder) => (folder === '' ? '/*.sql' : `${exactly(folder)}/**/*.sql`));
}

/** The folder that a migration's set lies in: where every migration has a folder of its own, the one around these. */
function setFolder(file: string): string {
  const folder = folderOf(file);
  return /(?:^|\/)(?:migration|up|down)\.sql$/i.test(file) && folder !== '' ? folderOf(folder) : folder;
}

/** A pattern that means this path alone. */
function exactly(path: string): string {
  const pattern = path.replaceAll(/[*?[\]{}]/g, '?');
  return pattern.includes('/') ? pattern : `/${pattern}`;
}

/** How many tasks a task file has, and how many of them say when they are done. */
export function tasksIn(text: string): { readonly tasks: number; readonly withCriteria: number } {
  const { tasks } = readTasks(text);
  return { tasks: tasks.length, withCriteria: tasks.filter(({ criteria }) => criteria.length > 0).length };
}
