// Made by `npm run docs` from the files under rules/. Not to be edited.
import type { Rule } from '../core/rule.ts';
import apiAuthDefined from './rules/api/auth-defined.ts';
import projectConfigurationValid from './rules/project/configuration-valid.ts';
import projectDisableKnown from './rules/project/disable-known.ts';
import projectDisableReason from './rules/project/disable-reason.ts';
import projectDisableUsed from './rules/project/disable-used.ts';
import sqlAddForeignKeyNotValid from './rules/sql/add-foreign-key-not-valid.ts';
import sqlAddRequiredColumn from './rules/sql/add-required-column.ts';
import sqlAddUniqueDirectly from './rules/sql/add-unique-directly.ts';
import sqlChangeColumnType from './rules/sql/change-column-type.ts';
import sqlColumnNameSnakeCase from './rules/sql/column-name-snake-case.ts';
import sqlConcurrentlyInTransaction from './rules/sql/concurrently-in-transaction.ts';
import sqlDownMissing from './rules/sql/down-missing.ts';
import sqlDropColumn from './rules/sql/drop-column.ts';
import sqlDropTable from './rules/sql/drop-table.ts';
import sqlDuplicateIndex from './rules/sql/duplicate-index.ts';
import sqlForeignKeyIndex from './rules/sql/foreign-key-index.ts';
import sqlForeignKeyType from './rules/sql/foreign-key-type.ts';
import sqlIndexNotConcurrently from './rules/sql/index-not-concurrently.ts';
import sqlMoneyAsFloat from './rules/sql/money-as-float.ts';
import sqlPlainPasswordColumn from './rules/sql/plain-password-column.ts';
import sqlRenameColumn from './rules/sql/rename-column.ts';
import sqlRenameTable from './rules/sql/rename-table.ts';
import sqlRequireId from './rules/sql/require-id.ts';
import sqlRequirePrimaryKey from './rules/sql/require-primary-key.ts';
import sqlRequireTimestamps from './rules/sql/require-timestamps.ts';
import sqlSetNotNull from './rules/sql/set-not-null.ts';
import sqlSyntax from './rules/sql/syntax.ts';
import sqlTableNamePlural from './rules/sql/table-name-plural.ts';
import sqlTableNameSnakeCase from './rules/sql/table-name-snake-case.ts';
import sqlTimestampWithTimeZone from './rules/sql/timestamp-with-time-zone.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  apiAuthDefined,
  projectConfigurationValid,
  projectDisableKnown,
  projectDisableReason,
  projectDisableUsed,
  sqlAddForeignKeyNotValid,
  sqlAddRequiredColumn,
  sqlAddUniqueDirectly,
  sqlChangeColumnType,
  sqlColumnNameSnakeCase,
  sqlConcurrentlyInTransaction,
  sqlDownMissing,
  sqlDropColumn,
  sqlDropTable,
  sqlDuplicateIndex,
  sqlForeignKeyIndex,
  sqlForeignKeyType,
  sqlIndexNotConcurrently,
  sqlMoneyAsFloat,
  sqlPlainPasswordColumn,
  sqlRenameColumn,
  sqlRenameTable,
  sqlRequireId,
  sqlRequirePrimaryKey,
  sqlRequireTimestamps,
  sqlSetNotNull,
  sqlSyntax,
  sqlTableNamePlural,
  sqlTableNameSnakeCase,
  sqlTimestampWithTimeZone,
];
