import type { Column, Schema, Table } from '../../core/sql/schema.ts';

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

/**
 * A join table that has an id of its own: besides that, references and times it holds at most one column, and one unique constraint or
 * index says of at least two references, together with that column, that each combination is there once.
 */
export function isUniquePair(table: Table, schema: Schema): boolean {
  const foreign = foreignKeyColumns(table);
  const key = new Set(table.constraints.find((one) => one.kind === 'primaryKey')?.columns ?? []);
  const refers = (name: string): boolean => foreign.has(name) || (identifierName.test(name) && !key.has(name));
  const payload = [...table.columns.values()].filter(
    (column) =>
      !key.has(column.name) && !refers(column.name) && !/^(?:timestamp|timestamptz|date)$/.test(column.type.name),
  );
  if (payload.length > 1) return false;
  const unique = [
    ...table.constraints.filter((one) => one.kind === 'unique').map((one) => one.columns),
    ...[...schema.indexes.values()].filter((one) => one.table === table.id && one.unique).map((one) => one.columns),
  ];
  return unique.some(
    (columns) =>
      columns.filter((name) => name !== undefined && refers(name)).length >= 2 &&
      payload.every((column) => columns.includes(column.name)),
  );
}

const happened =
  /(?:ed|sent|paid|seen|run|read|begun|won|lost|built|done|held|met|drawn|taken|given|frozen)_(?:at|on|time|date)$/;
const bookkept =
  /^(?:(?:last_)?(?:created|inserted|added|updated|modified|changed|edited)|(?:soft_)?deleted|archived|removed)_/;

/** A table that dates what befalls its rows, event by event (`locked_at`, `finished_at`): a general time of change says no more. */
export function datesItsEvents(table: Table): boolean {
  const events = [...table.columns.values()].filter(
    (column) =>
      timeTypes.has(column.type.name) && happened.test(plainName(column)) && !bookkept.test(plainName(column)),
  );
  return events.length >= 2;
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
  /(?:^|_)(?:logs?|log_entr(?:y|ies)|events?|history|audits?|audit_logs?|activity|activities|journal|metrics?|stats?|samples?|snapshots?|outbox|queue|jobs?|locks?|cache|sessions?|tokens?|changes|revisions?|versions?|aggregates?|counts?|views|runs?|executions?|attempts?|messages?_queue)$/;

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
