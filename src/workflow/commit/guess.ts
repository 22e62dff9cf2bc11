import type { StagedChange } from './repository.ts';

/** What is known of the changes besides their paths. */
export interface Insight {
  /** Operations that API documents gained, as `POST /orders`. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly isMigration: (path: string) => boolean;
}

/** A suggestion with its reason in a few words; empty where there is none. */
export interface Suggestion {
  readonly value: string;
  readonly why: string;
}

const tests =
  /(?:^|\/)(?:tests?|__tests__|spec|specs|e2e)\/|[._](?:test|spec)\.\w+$|(?:^|\/)test_[^/]*\.py$|Tests?\.(?:java|kt|cs)$/i;
const prose = /\.(?:md|mdx|txt|rst|adoc)$|(?:^|\/)LICENSE[^/]*$/i;
const settings =
  /(?:^|\/)(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|[^/]*\.lock|tsconfig[^/]*\.json|Dockerfile|Makefile|go\.(?:mod|sum)|requirements[^/]*\.txt|pyproject\.toml|pom\.xml|[^/]*\.config\.\w+|\.[^/]+)$|(?:^|\/)\.[^/]+\//i;

const kindOf = (path: string): 'test' | 'prose' | 'settings' | 'code' =>
  tests.test(path) ? 'test' : prose.test(path) ? 'prose' : settings.test(path) ? 'settings' : 'code';

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The types of a commit, the likeliest first; types that the project does not have are left out. */
export function guessTypes(
  changes: readonly StagedChange[],
  insight: Insight,
  branch: string | undefined,
  types: readonly string[],
): readonly Suggestion[] {
  const kinds = new Set(changes.map(({ path }) => kindOf(path)));
  const only = (kind: ReturnType<typeof kindOf>): boolean => kinds.size === 1 && kinds.has(kind);
  const likely: Suggestion[] = [];
  const say = (value: string, why: string): void => void likely.push({ value, why });
  if (only('test')) say('test', 'only tests');
  if (only('prose')) say('docs', 'only documents');
  if (only('settings')) say('chore', 'only build and settings');
  const named = /^(feat|feature|fix|bugfix|hotfix|refactor|docs?|tests?|chore)[/-]/.exec(branch ?? '')?.[1];
  const ofBranch = named && { feature: 'feat', bugfix: 'fix', hotfix: 'fix', doc: 'docs', tests: 'test' }[named];
  if (named) say(ofBranch ?? named, `branch ${branch ?? ''}`);
  if (insight.added.length > 0) say('feat', `${plural(insight.added.length, 'operation')} added`);
  const migrations = changes.filter(({ status, path }) => status === 'added' && insight.isMigration(path)).length;
  if (migrations > 0) say('feat', `${plural(migrations, 'migration')} added`);
  const code = changes.filter(({ path }) => kindOf(path) === 'code');
  const fresh = code.filter(({ status }) => status === 'added').length;
  if (code.length > 0 && code.every(({ status }) => status === 'renamed')) say('refactor', 'only renames');
  else if (code.length > 0 && code.every(({ status }) => status === 'deleted')) say('refactor', 'only deletions');
  else if (fresh > 0) say('feat', `${plural(fresh, 'file')} added`);
  else if (code.length > 0) say('fix', 'no file added');
  const order = new Map<string, string>();
  for (const { value, why } of likely) if (types.includes(value) && !order.has(value)) order.set(value, why);
  for (const type of types) if (!order.has(type)) order.set(type, '');
  return [...order].map(([value, why]) => ({ value, why }));
}

/** The folder that names an area: `packages/orders/src/a.ts` is of `orders`. */
export function areaOf(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1);
  while (
    folders.length > 1 &&
    /^(?:packages|apps|services|modules|libs|src|lib|app|tests?|cmd|internal|server|api)$/i.test(folders[0] ?? '')
  )
    folders.shift();
  const [area] = folders;
  return area === undefined || area.startsWith('.') ? undefined : area;
}

/** As a scope is written; empty where nothing is left of it. */
export function scopeFrom(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}

/** The resource an operation is about: `POST /v1/orders/{id}` is about `orders`. */
function resourceOf(operation: string): string {
  const segments = operation.slice(operation.indexOf('/')).split('/');
  return segments.find((one) => one !== '' && !one.startsWith('{') && !/^(?:v\d+|api)$/i.test(one)) ?? '';
}

/** The one resource that all of these operations are about; empty where there are several. */
export function commonResource(operations: readonly string[]): string {
  const all = new Set(operations.map(resourceOf));
  const [first = ''] = all;
  return all.size === 1 ? scopeFrom(first) : '';
}

/** What is known for certain of the changes, as a description; it says less rather than something that may be wrong. */
export function describeChanges(changes: readonly StagedChange[], insight: Insight): string {
  const name = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const verbs = { added: 'add', changed: 'change', deleted: 'delete', renamed: 'rename' } as const;
  const parts: string[] = [];
  if (insight.added.length > 0) {
    const resource = commonResource(insight.added);
    const [one = ''] = insight.added;
    parts.push(
      insight.added.length === 1
        ? `add ${one}`
        : `add ${insight.added.length} operations${resource === '' ? '' : ` to ${resource}`}`,
    );
  }
  const migrations = changes.filter(({ status, path }) => status === 'added' && insight.isMigration(path));
  const [migration] = migrations;
  if (migrations.length === 1 && migration) parts.push(`add migration ${name(migration.path)}`);
  else if (migrations.length > 1) parts.push(`add ${migrations.length} migrations`);
  const known = [parts.join(' and ').replace(' and add ', ' and '), ...parts];
  const text = known.find((one) => one !== '' && one.length <= 50);
  if (text !== undefined) return text;
  const [only, ...others] = changes;
  if (!only) return '';
  if (others.length === 0) {
    const from = only.status === 'renamed' && only.from !== undefined ? name(only.from) : undefined;
    const what = from === undefined || from === name(only.path) ? name(only.path) : `${from} to ${name(only.path)}`;
    const short = `${from === name(only.path) ? 'move' : verbs[only.status]} ${what}`;
    return short.length <= 50 ? short : `${verbs[only.status]} a file`;
  }
  const states = new Set(changes.map(({ status }) => status));
  const verb = states.size === 1 ? verbs[only.status] : 'change';
  const areas = new Set(changes.map(({ path }) => areaOf(path)));
  const [area] = areas;
  return `${verb} ${changes.length} files${areas.size === 1 && area !== undefined ? ` in ${area}` : ''}`;
}
