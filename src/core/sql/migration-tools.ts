/** What runs the migrations; `numbered` is an ordered folder nothing more is known of, `plain` a file outside any set. */
export type MigrationTool =
  | 'prisma'
  | 'drizzle'
  | 'diesel'
  | 'sqlx'
  | 'golang-migrate'
  | 'goose'
  | 'dbmate'
  | 'sql-migrate'
  | 'node-pg-migrate'
  | 'tern'
  | 'liquibase'
  | 'flyway'
  | 'supabase'
  | 'numbered'
  | 'plain';

/**
 * How a tool runs a file: in a transaction of its own; as one message, which PostgreSQL makes a transaction unless it holds a single
 * statement; statement by statement; or all pending files in one transaction.
 */
export type TransactionMode = 'per-file' | 'implicit' | 'autocommit' | 'all-pending' | 'unknown';

/** What a rule has to know of a tool. */
export interface ToolFacts {
  readonly title: string;
  readonly transaction: TransactionMode;
  /** Where the way back is written: a file or a section beside each migration, only where somebody wants one, or nowhere. */
  readonly downs: 'file' | 'section' | 'optional' | 'none';
  /** What to write so that a migration runs outside a transaction; undefined where the tool has no way. */
  readonly outside: string | undefined;
}

export const migrationTools: Readonly<Record<MigrationTool, ToolFacts>> = {
  prisma: {
    title: 'Prisma',
    transaction: 'implicit',
    downs: 'none',
    outside: 'alone in a migration of its own',
  },
  drizzle: { title: 'Drizzle', transaction: 'all-pending', downs: 'none', outside: undefined },
  diesel: {
    title: 'Diesel',
    transaction: 'per-file',
    downs: 'file',
    outside: 'in a migration whose metadata.toml says run_in_transaction = false',
  },
  sqlx: {
    title: 'SQLx',
    transaction: 'per-file',
    downs: 'optional',
    outside: 'in a migration that begins with -- no-transaction',
  },
  'golang-migrate': {
    title: 'golang-migrate',
    transaction: 'implicit',
    downs: 'file',
    outside: 'alone in a migration of its own',
  },
  goose: {
    title: 'goose',
    transaction: 'per-file',
    downs: 'section',
    outside: 'in a migration marked -- +goose NO TRANSACTION',
  },
  dbmate: {
    title: 'dbmate',
    transaction: 'per-file',
    downs: 'section',
    outside: 'in a migration marked -- migrate:up transaction:false',
  },
  'sql-migrate': {
    title: 'sql-migrate',
    transaction: 'per-file',
    downs: 'section',
    outside: 'in a migration marked -- +migrate Up notransaction',
  },
  'node-pg-migrate': { title: 'node-pg-migrate', transaction: 'per-file', downs: 'section', outside: undefined },
  tern: { title: 'tern', transaction: 'per-file', downs: 'section', outside: undefined },
  liquibase: {
    title: 'Liquibase',
    transaction: 'per-file',
    downs: 'optional',
    outside: 'in a changeset with runInTransaction:false',
  },
  flyway: {
    title: 'Flyway',
    transaction: 'per-file',
    downs: 'optional',
    outside: 'in a migration whose .sql.conf says executeInTransaction=false',
  },
  supabase: { title: 'Supabase', transaction: 'implicit', downs: 'none', outside: 'alone in a migration of its own' },
  numbered: {
    title: 'the migration tool',
    transaction: 'unknown',
    downs: 'optional',
    outside: 'outside a transaction',
  },
  plain: { title: 'whatever runs this file', transaction: 'unknown', downs: 'none', outside: 'outside a transaction' },
};
