import { rule } from '../../../core/rule.ts';
import type { TypeFacts } from '../../../core/sql/operations.ts';
import { baseTypeName, ownType, tableTitle, typeTitle } from '../../../core/sql/schema.ts';
import { countsAsEmpty } from '../../standards/releases.ts';

/** Conversions that leave the stored values as they are, whatever the modifiers. */
const sameBytes = new Set([
  'varchar text',
  'text varchar',
  'citext text',
  'text citext',
  'varchar citext',
  'citext varchar',
  'cidr inet',
  'int4 oid',
  'oid int4',
  'xml text',
  'name text',
  // Without a conversion, and with the session’s time zone at UTC as servers have it.
  'timestamp timestamptz',
  'timestamptz timestamp',
]);

/** Types no other type is stored like, so that any change to them rewrites, even from a type that is not known. */
const alwaysNew = new Set([
  'int2',
  'int4',
  'int8',
  'uuid',
  'json',
  'jsonb',
  'float4',
  'float8',
  'bytea',
  'bool',
  'date',
  'timetz',
]);

function widens(from: readonly number[], to: readonly number[]): boolean {
  const [length] = from;
  const [wanted] = to;
  return wanted === undefined || (length !== undefined && wanted >= length);
}

/** Whether a column's values have to be written anew or checked. Undefined: nothing is known of the present type. */
function rewrites(from: TypeFacts | undefined, to: TypeFacts, converts: boolean): boolean {
  if (from === undefined) return alwaysNew.has(to.name) && !to.array;
  if (from.name === to.name && from.array === to.array) {
    if (converts) return true;
    switch (to.name) {
      case 'varchar':
      case 'varbit':
        return !widens(from.modifiers, to.modifiers);
      case 'numeric':
        return !(
          to.modifiers.length === 0 ||
          ((from.modifiers[1] ?? 0) === (to.modifiers[1] ?? 0) && widens(from.modifiers, to.modifiers))
        );
      case 'bpchar':
      case 'bit':
        return (from.modifiers[0] ?? 1) !== (to.modifiers[0] ?? 1);
      case 'timestamp':
      case 'timestamptz':
      case 'time':
      case 'timetz':
        return (from.modifiers[0] ?? 6) > (to.modifiers[0] ?? 6);
      default:
        return false;
    }
  }
  if (converts || from.array !== to.array) return true;
  if (!sameBytes.has(`${from.name} ${to.name}`)) return true;
  return to.name === 'varchar' && !widens([], to.modifiers);
}

export default rule({
  id: 'sql/change-column-type',
  dialect: 'sql',
  severity: 'warning',
  evidences: [],
  concerns: ['handoff/migrations-tested'],
  requirements: ['R003-051', 'R004-009'],
  equivalents: [
    'squawk:changing-column-type',
    'pgls:lint/safety/changingColumnType',
    'eugene:E5',
    'strong_migrations:change_column',
  ],
  says: 'Change a column’s type through a new column.',
  why: `Most type changes write every row anew, and every index on the column, while nobody may read or write the table. Widening a varchar, varchar to text and a wider numeric do not, and are let pass. ${countsAsEmpty}`,
  bad: [
    `ALTER TABLE orders ALTER COLUMN total TYPE bigint;
--                                         ^^^^^^ warning: Nobody can use orders while every row is written anew: total from numeric(12, 2) to bigint
`,
    `ALTER TABLE orders RENAME COLUMN total TO amount;
ALTER TABLE orders ALTER COLUMN amount TYPE bigint;
--                                          ^^^^^^ warning: Nobody can use orders while every row is written anew: amount from numeric(12, 2) to bigint
`,
    `ALTER TABLE orders ALTER COLUMN note TYPE varchar(50);
--                                        ^^^^^^^^^^^ warning: Nobody can use orders while every row is written anew: note from varchar(100) to varchar(50)
`,
  ],
  good: [
    {
      'migrations/0001_base.sql': `CREATE DOMAIN short_note AS text CHECK (length(VALUE) < 100);
CREATE TABLE notes (id uuid PRIMARY KEY, body short_note NOT NULL, created_at timestamptz);
`,
      'migrations/0002_free.sql': `ALTER TABLE notes ALTER COLUMN body TYPE text;
`,
    },
    `ALTER TABLE orders ALTER COLUMN note TYPE varchar(200);
ALTER TABLE orders ALTER COLUMN note SET DATA TYPE text;
ALTER TABLE orders ALTER COLUMN total TYPE numeric(14, 2) USING total::numeric(14, 2);
`,
    {
      'migrations/20240301090000_notes.sql': `CREATE TABLE notes (id uuid PRIMARY KEY, body text, kind int, created_at timestamptz, updated_at timestamptz);
`,
      'migrations/20240301170000_kind.sql': `ALTER TABLE notes ALTER COLUMN kind TYPE bigint;
`,
    },
  ],
  visit: {
    *alterColumnType({ table, column, type, converts, conditional }, { holdsRows, now, file }) {
      if (conditional || !holdsRows(table) || now.isView(table)) return;
      const present = now.table(table)?.columns.get(column.name);
      // Leaving a domain is free; entering one is checked row by row.
      const based = (one: TypeFacts | undefined): TypeFacts | undefined =>
        one === undefined || ownType(now.schema, type.name)?.domainOf !== undefined
          ? one
          : { ...one, name: baseTypeName(now.schema, one.name) };
      if (present?.made.file === file || !rewrites(based(present?.type), type, converts)) return;
      const from = present === undefined ? '' : ` from ${typeTitle(present.type)}`;
      yield {
        at: type.at,
        cause: file,
        message: `Nobody can use ${tableTitle(table)} while every row is written anew: ${column.name}${from} to ${typeTitle(type)}`,
      };
    },
  },
});
