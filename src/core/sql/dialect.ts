import { tokenAt } from './tokens.ts';

/** PostgreSQL is analysed; the others are recognised, named and left alone. */
export type Dialect = 'postgresql' | 'mysql' | 'sqlite' | 'tsql' | 'oracle' | 'clickhouse' | 'cockroach';

export const dialectTitles: Readonly<Record<Dialect, string>> = {
  postgresql: 'PostgreSQL',
  mysql: 'MySQL or MariaDB',
  sqlite: 'SQLite',
  tsql: 'SQL Server',
  oracle: 'Oracle',
  clickhouse: 'ClickHouse',
  cockroach: 'CockroachDB',
};

const declared: readonly (readonly [RegExp, Dialect])[] = [
  [/^(?:postgres|postgresql|pg|pglite|neon)$/, 'postgresql'],
  [/^(?:mysql|mariadb|singlestore|planetscale)$/, 'mysql'],
  [/^(?:sqlite3?|turso|libsql|d1)$/, 'sqlite'],
  [/^(?:sqlserver|mssql|tsql)$/, 'tsql'],
  [/^oracle$/, 'oracle'],
  [/^clickhouse$/, 'clickhouse'],
  [/^(?:cockroach|cockroachdb|crdb)$/, 'cockroach'],
];

/** The dialect a word of a configuration or of a path means. */
export function dialectNamed(word: string): Dialect | undefined {
  const lower = word.toLowerCase();
  return declared.find(([pattern]) => pattern.test(lower))?.[1];
}

/** The dialect a folder or a file name on the path names, the last one first. */
function dialectOfPath(path: string): Dialect | undefined {
  const words = path.split(/[/._-]+/).reverse();
  for (const word of words) {
    const found = word.length > 1 ? dialectNamed(word) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Words that one database has and PostgreSQL has not; a pair is two words in a row. */
const marks: readonly (readonly [string, Dialect])[] = [
  ['auto_increment', 'mysql'],
  ['engine =', 'mysql'],
  ['unsigned', 'mysql'],
  ['tinyint', 'mysql'],
  ['mediumtext', 'mysql'],
  ['longtext', 'mysql'],
  ['mediumint', 'mysql'],
  ['charset =', 'mysql'],
  ['on duplicate', 'mysql'],
  ['lock tables', 'mysql'],
  ['modify column', 'mysql'],
  ['delimiter $', 'mysql'],
  ['autoincrement', 'sqlite'],
  ['pragma', 'sqlite'],
  ['without rowid', 'sqlite'],
  ['insert or', 'sqlite'],
  ['sqlite_sequence', 'sqlite'],
  ['nvarchar', 'tsql'],
  ['uniqueidentifier', 'tsql'],
  ['datetime2', 'tsql'],
  ['identity (', 'tsql'],
  ['getdate', 'tsql'],
  ['nonclustered', 'tsql'],
  ['sp_executesql', 'tsql'],
  ['object_id', 'tsql'],
  ['bit not', 'tsql'],
  ['begin try', 'tsql'],
  ['varchar2', 'oracle'],
  ['number (', 'oracle'],
  ['sysdate', 'oracle'],
  ['nvarchar2', 'oracle'],
  ['clob', 'oracle'],
  ['tablespace', 'postgresql'],
  ['mergetree', 'clickhouse'],
  ['on cluster', 'clickhouse'],
  ['lowcardinality', 'clickhouse'],
  ['datetime64', 'clickhouse'],
  ['order by (', 'clickhouse'],
  ['timestamptz', 'postgresql'],
  ['jsonb', 'postgresql'],
  ['bigserial', 'postgresql'],
  ['serial', 'postgresql'],
  ['plpgsql', 'postgresql'],
  ['bytea', 'postgresql'],
  ['using gin', 'postgresql'],
  ['gen_random_uuid', 'postgresql'],
  ['create extension', 'postgresql'],
  ['uuid', 'postgresql'],
  ['concurrently', 'postgresql'],
];
const wordMarks = new Map(marks.filter(([mark]) => !mark.includes(' ')));
const pairMarks = new Map(marks.filter(([mark]) => mark.includes(' ')));

/** UTF-16 units that are read for the evidence; a schema shows its dialect early. */
const evidenceLength = 200_000;

/** How often a text shows the marks of each dialect. Backticks, brackets around names and GO lines count too. */
function dialectEvidence(text: string): ReadonlyMap<Dialect, number> {
  const seen = new Map<Dialect, number>();
  const add = (dialect: Dialect, weight = 1): void => {
    seen.set(dialect, (seen.get(dialect) ?? 0) + weight);
  };
  const source = text.slice(0, evidenceLength);
  let before = '';
  for (let token = tokenAt(source, 0); token !== undefined; token = tokenAt(source, token.end)) {
    if (token.kind === 'comment') continue;
    if (token.kind === 'body') add('postgresql', 2);
    const short = token.end - token.start <= 20;
    const word =
      short && (token.kind === 'word' || token.kind === 'sign')
        ? source.slice(token.start, token.end).toLowerCase()
        : '';
    if (word === '`') add('mysql');
    else if (word === '[' && /^\[[A-Za-z_]\w*\]/.test(source.slice(token.start, token.start + 130))) add('tsql');
    else if (
      word === 'go' &&
      /(?:^|[\r\n])[ \t]*$/.test(source.slice(Math.max(0, token.start - 20), token.start)) &&
      /^[ \t]*(?:\r|\n|$)/.test(source.slice(token.end))
    )
      add('tsql', 3);
    const single = wordMarks.get(word);
    if (single !== undefined) add(single);
    const pair = pairMarks.get(`${before} ${word}`);
    if (pair !== undefined) add(pair);
    before = word;
  }
  return seen;
}

/**
 * The dialect of a set of texts: what a side file declares, else what most of its files show, else what the path names, else PostgreSQL.
 * A file that shows another dialect among many that do not is judged with its set.
 */
export function dialectOfSet(declaredAs: string | undefined, root: string, texts: Iterable<string>): Dialect {
  const named = declaredAs === undefined ? undefined : dialectNamed(declaredAs);
  if (named !== undefined) return named;
  const byPath = dialectOfPath(root);
  const votes = new Map<Dialect, number>();
  for (const text of texts) {
    const winner = strongest(dialectEvidence(text));
    if (winner !== undefined) votes.set(winner, (votes.get(winner) ?? 0) + 1);
  }
  const shown = strongest(votes);
  // Several databases share their marks (backticks, brackets): among them the path knows best.
  return shown === undefined || (shown !== 'postgresql' && byPath !== undefined) ? (byPath ?? 'postgresql') : shown;
}

function strongest(weights: ReadonlyMap<Dialect, number>): Dialect | undefined {
  let best: Dialect | undefined;
  let most = 0;
  for (const [dialect, weight] of weights) {
    if (weight > most || (weight === most && dialect === 'postgresql')) {
      best = dialect;
      most = weight;
    }
  }
  return best;
}
