// Made by `npm run docs` from the files under rules/. Not to be edited.
import type { Rule } from '../core/rule.ts';
import apiAuthDefined from './rules/api/auth-defined.ts';
import apiAuthNoKeyInUrl from './rules/api/auth-no-key-in-url.ts';
import apiAuthOptional from './rules/api/auth-optional.ts';
import apiAuthSchemeExists from './rules/api/auth-scheme-exists.ts';
import apiDatetimeFormat from './rules/api/datetime-format.ts';
import apiDefaultInEnum from './rules/api/default-in-enum.ts';
import apiDuplicateKey from './rules/api/duplicate-key.ts';
import apiEnumTyped from './rules/api/enum-typed.ts';
import apiEnumUnique from './rules/api/enum-unique.ts';
import apiError4xx from './rules/api/error-4xx.ts';
import apiError5xx from './rules/api/error-5xx.ts';
import apiErrorBody from './rules/api/error-body.ts';
import apiErrorFormat from './rules/api/error-format.ts';
import apiErrorTraceId from './rules/api/error-trace-id.ts';
import apiGetNoBody from './rules/api/get-no-body.ts';
import apiInputArrayLimit from './rules/api/input-array-limit.ts';
import apiInputNumberLimit from './rules/api/input-number-limit.ts';
import apiInputReadOnly from './rules/api/input-read-only.ts';
import apiInputStringLimit from './rules/api/input-string-limit.ts';
import apiListNotBareArray from './rules/api/list-not-bare-array.ts';
import apiNamingPathCase from './rules/api/naming-path-case.ts';
import apiNamingPathNoVerb from './rules/api/naming-path-no-verb.ts';
import apiNamingPropertyCase from './rules/api/naming-property-case.ts';
import apiNoIntegerId from './rules/api/no-integer-id.ts';
import apiNoInternalFields from './rules/api/no-internal-fields.ts';
import apiNoPasswordInResponse from './rules/api/no-password-in-response.ts';
import apiOperationIdPresent from './rules/api/operation-id-present.ts';
import apiOperationIdUnique from './rules/api/operation-id-unique.ts';
import apiOperationSummary from './rules/api/operation-summary.ts';
import apiPaginationBounds from './rules/api/pagination-bounds.ts';
import apiPagination from './rules/api/pagination.ts';
import apiParameterUnique from './rules/api/parameter-unique.ts';
import apiPasswordWriteOnly from './rules/api/password-write-only.ts';
import apiPathIdentical from './rules/api/path-identical.ts';
import apiPathNoTrailingSlash from './rules/api/path-no-trailing-slash.ts';
import apiPathParams from './rules/api/path-params.ts';
import apiRateLimit429 from './rules/api/rate-limit-429.ts';
import apiRefResolves from './rules/api/ref-resolves.ts';
import apiRefSiblings from './rules/api/ref-siblings.ts';
import apiRequiredDefined from './rules/api/required-defined.ts';
import apiServerHttps from './rules/api/server-https.ts';
import apiStructure from './rules/api/structure.ts';
import apiSuccessResponse from './rules/api/success-response.ts';
import apiSyntax from './rules/api/syntax.ts';
import apiTagDeclared from './rules/api/tag-declared.ts';
import apiUnusedComponent from './rules/api/unused-component.ts';
import apiVersionKeywords from './rules/api/version-keywords.ts';
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
import taskCategoryBand from './rules/task/category-band.ts';
import taskCompletedUnticked from './rules/task/completed-unticked.ts';
import taskCreatedDate from './rules/task/created-date.ts';
import taskCriteriaPresent from './rules/task/criteria-present.ts';
import taskCriterionBox from './rules/task/criterion-box.ts';
import taskDependencyCycle from './rules/task/dependency-cycle.ts';
import taskDependencyExists from './rules/task/dependency-exists.ts';
import taskEffortKnown from './rules/task/effort-known.ts';
import taskFieldsPresent from './rules/task/fields-present.ts';
import taskHeadingReadable from './rules/task/heading-readable.ts';
import taskIdUnique from './rules/task/id-unique.ts';
import taskPriorityKnown from './rules/task/priority-known.ts';
import taskStatusKnown from './rules/task/status-known.ts';
import taskTickedNotCompleted from './rules/task/ticked-not-completed.ts';
import taskTitleClear from './rules/task/title-clear.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  apiAuthDefined,
  apiAuthNoKeyInUrl,
  apiAuthOptional,
  apiAuthSchemeExists,
  apiDatetimeFormat,
  apiDefaultInEnum,
  apiDuplicateKey,
  apiEnumTyped,
  apiEnumUnique,
  apiError4xx,
  apiError5xx,
  apiErrorBody,
  apiErrorFormat,
  apiErrorTraceId,
  apiGetNoBody,
  apiInputArrayLimit,
  apiInputNumberLimit,
  apiInputReadOnly,
  apiInputStringLimit,
  apiListNotBareArray,
  apiNamingPathCase,
  apiNamingPathNoVerb,
  apiNamingPropertyCase,
  apiNoIntegerId,
  apiNoInternalFields,
  apiNoPasswordInResponse,
  apiOperationIdPresent,
  apiOperationIdUnique,
  apiOperationSummary,
  apiPaginationBounds,
  apiPagination,
  apiParameterUnique,
  apiPasswordWriteOnly,
  apiPathIdentical,
  apiPathNoTrailingSlash,
  apiPathParams,
  apiRateLimit429,
  apiRefResolves,
  apiRefSiblings,
  apiRequiredDefined,
  apiServerHttps,
  apiStructure,
  apiSuccessResponse,
  apiSyntax,
  apiTagDeclared,
  apiUnusedComponent,
  apiVersionKeywords,
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
  taskCategoryBand,
  taskCompletedUnticked,
  taskCreatedDate,
  taskCriteriaPresent,
  taskCriterionBox,
  taskDependencyCycle,
  taskDependencyExists,
  taskEffortKnown,
  taskFieldsPresent,
  taskHeadingReadable,
  taskIdUnique,
  taskPriorityKnown,
  taskStatusKnown,
  taskTickedNotCompleted,
  taskTitleClear,
];
