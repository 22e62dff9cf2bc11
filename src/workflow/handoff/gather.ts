import type { Phase } from '../../core/checklist.ts';
import type { Configuration } from '../../core/configuration.ts';
import type { CheckStatus, HandoffArtifact, HandoffCheck } from '../../core/handoff/format.ts';
import { withoutSecrets } from '../../core/handoff/secrets.ts';
import { taskStatuses } from '../../core/handoff/task-status.ts';
import { recognise } from '../../core/recognise.ts';
import type { ItemFace, Review, ReviewItem } from '../../core/review.ts';
import { type MigrationSet, migrationSets } from '../../core/sql/migrations.ts';
import { aboutTheFile } from '../../catalogue/handoff.ts';
import { discover } from '../discover.ts';
import { byText, type Files } from '../ports.ts';
import { type Contract, readContract, type Shown } from './contract.ts';
import {
  composeFiles,
  composeServices,
  describedServices,
  envExample,
  rowLevelSecurity,
  variableNames,
} from './services.ts';

/** What writing a hand-off needs of the world. */
export interface HandoffPorts {
  readonly files: Files;
  readonly configuration: Configuration;
  readonly isMigrationPath: (path: string) => boolean;
  /** The project's review as it is now. */
  review(): Promise<Review>;
  /** The hash of the commit that is checked out; undefined outside of git, and before the first commit. */
  commit(): Promise<string | undefined>;
  /** This moment in UTC, ISO 8601 to the second. */
  now(): string;
}

/** A checklist that is not ready, with its open lines. */
export interface OpenGate {
  readonly phase: Phase;
  readonly title: string;
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly word: string;
    readonly line: string;
  }[];
}

/** What is there to be handed over. Every path is a regular file inside the project. */
export interface Gathered {
  /** The one that is handed over comes first. */
  readonly contracts: readonly Contract[];
  /** API documents that could not be read. */
  readonly unread: readonly string[];
  /** Those that go up, in the order in which they run. */
  readonly migrations: readonly string[];
  readonly services: readonly Shown[];
  readonly controls: readonly Shown[];
  readonly env: readonly string[];
  readonly tasks: readonly { readonly id: string; readonly status?: string }[];
  readonly artifacts: readonly HandoffArtifact[];
  readonly checks: readonly HandoffCheck[];
  readonly gates: readonly OpenGate[];
  readonly commit: string | undefined;
}

/** Documents beside the API that a receiver wants too. */
const companions: readonly (readonly [string, string])[] = [
  ['docs/living/PRD.md', 'requirements'],
  ['docs/living/Schema.sql', 'schema'],
  ['docs/living/ERD.md', 'schema'],
  ['backend_services.md', 'services'],
];

/** Migrations that only tests run are not handed over. */
const ofTests = /(?:^|\/)(?:tests?|__tests__|specs?|stubs?|mocks?|examples?)\//i;

/** Looks at the project. `wanted` is the API document that the person or the present hand-off names. */
export async function gatherHandoff(ports: HandoffPorts, wanted: string | undefined): Promise<Gathered> {
  const { files, configuration, isMigrationPath } = ports;
  const found = await discover({ files, configuration, isMigrationPath });
  const read = (path: string): string | undefined => files.readTarget(path);
  const contracts: Contract[] = [];
  const unread: string[] = [];
  for (const { file, dialect } of found.documents) {
    if (dialect !== 'openapi' || files.sha256Now(file) === undefined) continue;
    const text = files.readTarget(file);
    const contract =
      text === undefined || recognise(text, true) === undefined ? undefined : readContract({ file, text }, read);
    if (contract) contracts.push(contract);
    else unread.push(file);
  }
  contracts.sort((a, b) => rank(b, wanted) - rank(a, wanted) || b.operations.length - a.operations.length);

  const paths = found.documents.flatMap(({ file, dialect }) =>
    dialect === 'sql' && !ofTests.test(file) ? [file] : [],
  );
  const steps = forOneDatabase(migrationSets(paths, read)).flatMap(({ migrations }) => migrations);
  const migrations = steps.flatMap(({ up }) => (up !== undefined && files.sha256Now(up) !== undefined ? [up] : []));
  const rowSecurity = migrations
    .map((file) => rowLevelSecurity({ file, text: files.readTarget(file) ?? '' }))
    .find((one) => one !== undefined);

  const artifacts: HandoffArtifact[] = [];
  const add = (path: string | undefined, kind: string): void => {
    const sha256 = path === undefined ? undefined : files.sha256Now(path);
    if (path !== undefined && sha256 !== undefined && !artifacts.some((one) => one.path === path))
      artifacts.push({ path, sha256, kind });
  };
  for (const { file } of contracts) add(file, 'api-spec');
  for (const { up, down } of steps) {
    add(up, 'migration');
    // Where one file holds both ways, it stands there already.
    add(down, 'migration-down');
  }
  for (const [path, kind] of companions) add(path, kind);

  const review = await ports.review();
  const open = gatesOf(review);
  return {
    contracts,
    unread,
    migrations,
    services: unique([...servicesOf(files), ...(contracts[0]?.services ?? [])]),
    controls: unique([...(contracts[0]?.controls ?? []), ...(rowSecurity ? [rowSecurity] : [])]),
    env: (await envExamples(files)).flatMap((file) => variableNames(files.readTarget(file) ?? '')).filter(isFirst),
    tasks: tasksOf(files.readTarget(configuration.tasksFile) ?? ''),
    artifacts,
    checks: review.checklists
      .flatMap(({ items }) => items)
      .filter(({ id }) => !aboutTheFile.has(id))
      .map(checkOf),
    gates: open,
    commit: await ports.commit(),
  };
}

/** Sets of one folder that are written for different databases are alternatives: PostgreSQL's is taken where there is one, else the first. */
function forOneDatabase(sets: readonly MigrationSet[]): MigrationSet[] {
  const byRoot = new Map<string, MigrationSet>();
  const others: MigrationSet[] = [];
  for (const set of sets) {
    if (set.tool === 'plain') continue;
    const known = byRoot.get(set.root);
    if (!known) byRoot.set(set.root, set);
    else if (known.declaredDialect === set.declaredDialect) others.push(set);
    else if (/^postgres/i.test(set.declaredDialect ?? '')) byRoot.set(set.root, set);
  }
  return [...byRoot.values(), ...others];
}

/** Files that show which variables there are. Never the file that holds their values. */
async function envExamples(files: Files): Promise<string[]> {
  const names = ((await files.list('')) ?? []).flatMap(({ name, kind }) => (kind === 'file' ? [name] : []));
  return names.filter((name) => envExample.test(name)).sort(byText);
}

/** Tasks by their numbers. */
function tasksOf(text: string): { id: string; status?: string }[] {
  return [...taskStatuses(text)].map(([id, status]) => ({ id, ...(status === '' ? {} : { status }) }));
}

function rank({ file }: Contract, wanted: string | undefined): number {
  if (file === wanted) return 3;
  if (/^docs\/living\/API_Spec\.(?:ya?ml|json)$/i.test(file)) return 2;
  return file.startsWith('docs/living/') ? 1 : 0;
}

function servicesOf(files: Files): Shown[] {
  const described = files.readTarget('backend_services.md');
  const compose = composeFiles.flatMap((file) => {
    const text = files.readTarget(file);
    return text === undefined ? [] : [{ file, text }];
  });
  return [
    ...(described === undefined ? [] : describedServices({ file: 'backend_services.md', text: described })),
    // Compose takes the first one that is there.
    ...compose.slice(0, 1).flatMap(composeServices),
  ];
}

function unique(shown: readonly Shown[]): Shown[] {
  const names = shown.map(({ name }) => name);
  return shown
    .filter(({ name }, index) => names.indexOf(name) === index)
    .map((one) => ({ ...one, name: withoutSecrets(one.name) }));
}

function isFirst(name: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(name) === index;
}

const openFaces: ReadonlySet<ItemFace> = new Set(['broken', 'unshown', 'stale']);

/** The gates that are not ready. Lines about the hand-off file itself do not count: writing it is what is being done. */
export function gatesOf(review: Review): OpenGate[] {
  return review.checklists.flatMap(({ id: phase, title, items }) => {
    const open = items.filter(({ id, face }) => openFaces.has(face) && !aboutTheFile.has(id));
    if (open.length === 0) return [];
    return [
      {
        phase,
        title,
        items: open.map(({ id, title, word, line }) => ({ id, title, word, line: withoutSecrets(line) })),
      },
    ];
  });
}

const statuses: Readonly<Record<ItemFace, CheckStatus>> = {
  met: 'measured',
  signed: 'attested',
  broken: 'failed',
  waived: 'waived',
  'not-applicable': 'not-applicable',
  unshown: 'open',
  stale: 'open',
};

function checkOf({ id, face, evidence, word }: ReviewItem): HandoffCheck {
  const telling = {
    met: 'shows',
    signed: 'shows',
    broken: 'disproves',
    waived: 'not-applicable',
    'not-applicable': 'not-applicable',
    unshown: 'missing',
    stale: 'stale',
  } as const;
  const own = evidence.find(({ verdict }) => verdict === telling[face]) ?? evidence[0];
  const text = own ? withoutSecrets(own.text) : word;
  return { item: id, status: statuses[face], evidence: text };
}
