import { migrationSets } from '../../core/sql/migrations.ts';
import { secretsIn } from '../../core/handoff/secrets.ts';
import { discover } from '../discover.ts';
import { type Contract, readContract } from './contract.ts';
import type { HandoffPorts } from './gather.ts';
import { type Ask, readAsks } from './inbound-asks.ts';
import { composeFiles, composeServices, describedServices } from './services.ts';

/** The hand-offs of others that are read. */
export const inboundFiles = ['savant_handoff.json', 'frontend_handoff.json'] as const;

/** What a task would say that answers an ask. */
export interface TaskDraft {
  readonly title: string;
  /** The band of its number, for example `020`. */
  readonly category: string;
  readonly description: string;
  readonly criteria: readonly string[];
}

/** `undecided`: no document can say whether it is there. */
export type Answered = Ask & {
  readonly state: 'there' | 'missing' | 'undecided';
  /** Where it is there, and the file that shows it. */
  readonly shownBy?: string;
  /** For what is not there. */
  readonly draft?: TaskDraft;
};

export interface InboundPlan {
  readonly files: readonly string[];
  readonly asks: readonly Answered[];
  /** Files that cannot be read, one sentence each with its line. */
  readonly problems: readonly string[];
}

/** Reads the hand-offs that have come in and holds them against what is there. */
export async function acceptInbound(
  ports: Pick<HandoffPorts, 'files' | 'configuration' | 'isMigrationPath'>,
): Promise<InboundPlan> {
  const { files, configuration, isMigrationPath } = ports;
  const problems: string[] = [];
  const read: string[] = [];
  const asks: Ask[] = [];
  for (const file of inboundFiles) {
    if (files.kindNow(file) !== 'file') continue;
    const found = await files.read(file);
    const outcome =
      'text' in found ? readAsks(file, found.text) : { problem: `${file} cannot be read. ${found.problem}` };
    if ('problem' in outcome) problems.push(outcome.problem);
    else {
      read.push(file);
      asks.push(...outcome.asks);
    }
  }
  if (asks.length === 0) return { files: read, asks: [], problems };

  const found = await discover({ files, configuration, isMigrationPath });
  const contracts: Contract[] = [];
  for (const { file, dialect } of found.documents) {
    const text = dialect === 'openapi' ? files.readTarget(file) : undefined;
    const contract = text === undefined ? undefined : readContract({ file, text }, (path) => files.readTarget(path));
    if (contract) contracts.push(contract);
  }
  const sql = found.documents.flatMap(({ file, dialect }) => (dialect === 'sql' ? [file] : []));
  const known: Known = {
    operations: operationIndex(contracts),
    entities: new Map([
      ...contracts.flatMap(({ file, schemas }) => schemas.map((name) => [bare(name), file] as const)),
      ...tablesOf(sql, (path) => files.readTarget(path)),
    ]),
    services: new Map(servicesIn(files).map(({ name, file }) => [bare(name), file] as const)),
    spec: contracts[0]?.file ?? 'docs/living/API_Spec.yaml',
  };
  const seen = new Set<string>();
  const answered = asks.flatMap((ask): Answered[] => {
    const key = `${ask.kind} ${ask.kind === 'operation' ? `${ask.method} ${template(ask.path)}` : ask.text}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [answer(ask, known)];
  });
  return { files: read, asks: answered, problems };
}

interface Known {
  /** The file of an operation by its method and the form of its path. */
  readonly operations: ReadonlyMap<string, string>;
  readonly entities: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<string, string>;
  readonly spec: string;
}

function operationIndex(contracts: readonly Contract[]): Map<string, string> {
  const index = new Map<string, string>();
  for (const { file, operations, basePaths } of contracts)
    for (const { method, path } of operations)
      for (const base of ['', ...basePaths]) {
        const key = `${method} ${template(base + path)}`;
        if (!index.has(key)) index.set(key, file);
      }
  return index;
}

/** `/users/{userId}/`, `/users/:id` and `/users/<id>` have one form. */
function template(path: string): string {
  const barePath = path.replace(/[?#].*$/, '').replace(/\/+$/, '');
  return barePath
    .split('/')
    .map((part) => (/^(?::|\{|<|\[|\$\{)/.test(part) ? '{}' : part.toLowerCase()))
    .join('/');
}

function tablesOf(paths: readonly string[], read: (path: string) => string | undefined): (readonly [string, string])[] {
  const ups = migrationSets(paths, read).flatMap(({ migrations }) => migrations.flatMap(({ up }) => up ?? []));
  return ups.flatMap((file) =>
    [
      ...(read(file) ?? '').matchAll(
        /\bcreate\s{1,4}table\s{1,4}(?:if\s{1,4}not\s{1,4}exists\s{1,4})?(?:["\w]{1,60}\.)?"?(\w{1,60})/gi,
      ),
    ].map(([, name = '']) => [bare(name), file] as const),
  );
}

function servicesIn(files: HandoffPorts['files']): { readonly name: string; readonly file: string }[] {
  const text = files.readTarget('backend_services.md');
  return [
    ...(text === undefined ? [] : describedServices({ file: 'backend_services.md', text })),
    ...composeFiles.flatMap((file) => {
      const own = files.readTarget(file);
      return own === undefined ? [] : composeServices({ file, text: own });
    }),
  ];
}

/** `OrderItem`, `order_items` and `order-item` are one name. */
function bare(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  if (plain.endsWith('ies')) return `${plain.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(plain)) return plain.slice(0, -2);
  return /[^s]s$/.test(plain) ? plain.slice(0, -1) : plain;
}

function answer(ask: Ask, known: Known): Answered {
  const there = (file: string | undefined): Answered | undefined =>
    file === undefined ? undefined : { ...ask, state: 'there', shownBy: file };
  const missing = (state: 'missing' | 'undecided', draft: Omit<TaskDraft, 'description'>): Answered => ({
    ...ask,
    state,
    // What reads like a secret is not carried on into a task.
    draft: {
      ...draft,
      description: `${ask.file} line ${ask.line} asks for it${secretsIn(ask.text + ask.description).length > 0 ? '' : `: ${ask.description === '' ? ask.text : ask.description}`}`,
    },
  });
  switch (ask.kind) {
    case 'operation': {
      const name = `${ask.method} ${ask.path}`;
      return (
        there(known.operations.get(`${ask.method} ${template(ask.path)}`)) ??
        missing('missing', {
          title: `Add ${name}`,
          category: /\/(?:auth|log-?in|log-?out|sign-?up|sign-?in|register|tokens?|sessions?|oauth|password)\b/i.test(
            ask.path,
          )
            ? '010'
            : '020',
          criteria: [
            `${known.spec} describes ${name} with its input, its answers and its errors`,
            'It says who may call it',
            'A test calls it, and calls it wrongly',
            `${ask.file} is answered: whoever asked can build on it`,
          ],
        })
      );
    }
    case 'entity':
      return (
        there(known.entities.get(bare(ask.name))) ??
        missing('missing', {
          title: `Design the data of ${ask.name}`,
          category: '001',
          criteria: [
            `${known.spec} has a schema for ${ask.name}`,
            'A migration creates its table, with a way back',
            'Columns that are looked up by have an index',
          ],
        })
      );
    case 'service':
      return (
        there(known.services.get(bare(ask.name))) ??
        missing('missing', {
          title: `Describe the service ${ask.name}`,
          category: '050',
          criteria: [
            `backend_services.md says what ${ask.name} answers for`,
            'It says what happens while the service is away',
          ],
        })
      );
    case 'performance':
      return missing('undecided', {
        title: shortened(`Answer the performance concern: ${ask.text}`),
        category: '040',
        criteria: ['A figure is agreed with whoever asked', 'It was measured against that figure'],
      });
    case 'boundary':
      return missing('undecided', {
        title: shortened(`Keep the boundary: ${ask.text}`),
        category: '050',
        criteria: ['backend_services.md says on which side of the boundary each service stands'],
      });
    case 'need':
      return missing('undecided', {
        title: shortened(`Answer: ${ask.text}`),
        category: '020',
        criteria: [`${known.spec} says how it is met, or whoever asked knows why not`],
      });
  }
}

/** A title that fits on a line. */
function shortened(title: string): string {
  const safe = secretsIn(title).length > 0 ? `${title.slice(0, title.indexOf(':'))} (see the file)` : title;
  return safe.length > 100 ? `${safe.slice(0, 99).trimEnd()}…` : safe;
}
