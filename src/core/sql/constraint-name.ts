import type { ConstraintFacts } from './operations.ts';

/** The name PostgreSQL gives a constraint that has none. */
export function constraintName(table: string, constraint: ConstraintFacts): string {
  if (constraint.name !== undefined) return constraint.name;
  const columns = constraint.columns.map((column) => column.name).join('_');
  switch (constraint.kind) {
    case 'primaryKey':
      return `${table}_pkey`;
    case 'unique':
      return `${table}_${columns}_key`;
    case 'foreignKey':
      return `${table}_${columns}_fkey`;
    case 'check':
      return columns === '' ? `${table}_check` : `${table}_${columns}_check`;
    case 'exclude':
      return `${table}_excl`;
    case 'notNull':
      return `${table}_${columns}_not_null`;
  }
}
