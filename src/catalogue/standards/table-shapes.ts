import type { Column, Table } from '../../core/sql/schema.ts';

const createdNames =
  /^(?:created|inserted|added|registered|published|date_?created|create_?(?:d_)?(?:time|date|at|on)|creation_?(?:date|time)|first_seen|started|start_?time|time|timestamp|ts|occurred|recorded|logged|date|joined|sent|received|uploaded|issued|requested|granted|invited|dispatched|queued|enqueued|posted|followed|subscribed)(?:_?(?:at|on|time|date|timestamp))?$/;
const updatedNames =
  /^(?:updated|modified|changed|edited|date_?(?:updated|modified)|update_?(?:time|date|at|on)|last_?(?:updated|modified|changed|update|edited|seen))(?:_?(?:at|on|time|date|timestamp))?$/;
const timeTypes = new Set(['timestamptz', 'timestamp', 'date', 'int8', 'int4', 'numeric', 'timetz']);

const plainName = (column: Column): string => column.name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** A column that says when a row was made. */
export function createdColumn(table: Table): Column | undefined {
  return [...table.columns.values()].find(
    (column) => createdNames.test(plainName(column)) && timeTypes.has(column.type.name),
  );
}

/** A column that says when a row was last changed. */
export function updatedColumn(table: Table): Column | undefined {
  return [...table.columns.values()].find(
    (column) => updatedNames.test(plainName(column)) && timeTypes.has(column.type.name),
  );
}

/** Columns that take part in a foreign key. */
function foreignKeyColumns(table: Table): Set<string> {
  return new Set(table.constraints.filter((one) => one.kind === 'foreignKey').flatMap((one) => one.columns));
}

const identifierName = /(?:_id|Id|_uuid|_fk)$/;

/** A table that only relates others: at least two references and little besides. */
export function isJoinTable(table: Table): boolean {
  const foreign = foreignKeyColumns(table);
  const columns = [...table.columns.values()];
  const references = columns.filter((column) => foreign.has(column.name) || identifierName.test(column.name)).length;
  const own = columns.filter(
    (column) =>
      !foreign.has(column.name) &&
      !identifierName.test(column.name) &&
      column.name !== 'id' &&
      !timeTypes.has(column.type.name),
  ).length;
  const key = table.constraints.find((one) => one.kind === 'primaryKey')?.columns ?? [];
  const pair = references >= 2 && own <= 2 && (key.length >= 2 || !table.columns.has('id'));
  // Prisma's own join tables are called _AToB and hold the columns A and B.
  return (
    pair ||
    (key.length >= 2 && key.every((name) => foreign.has(name))) ||
    (table.name.startsWith('_') && table.columns.has('A') && table.columns.has('B'))
  );
}

/** A short list of names that others refer to. */
export function isLookupTable(table: Table): boolean {
  const columns = [...table.columns.values()];
  return (
    columns.length <= 3 &&
    foreignKeyColumns(table).size === 0 &&
    columns.every((column) => !/json|bytea|xml/.test(column.type.name))
  );
}

const logWords =
  /(?:^|_)(?:logs?|events?|history|audits?|audit_logs?|activity|activities|journal|metrics?|stats?|samples?|snapshots?|outbox|queue|jobs?|locks?|cache|sessions?|tokens?|changes|revisions?|versions?|aggregates?|counts?|views|runs?|executions?|attempts?|messages?_queue)$/;

/** A table whose rows are written once, or that a machine keeps for itself: nothing there is "updated". */
export function isLogTable(table: Table): boolean {
  return logWords.test(table.name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase());
}

/** A table whose primary key refers to another table: it continues that one's rows. */
export function isExtensionTable(table: Table): boolean {
  const foreign = foreignKeyColumns(table);
  const key = table.constraints.find((one) => one.kind === 'primaryKey')?.columns ?? [];
  return key.some((name) => foreign.has(name));
}
