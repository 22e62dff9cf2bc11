// `npm run docs`: writes what is made from the rule files: the list for the bundle, the rule pages, the catalogue and the configuration's schema.
// `--check` compares instead and fails where something is not up to date.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checklistItems } from '../src/catalogue/checklists/all.ts';
import { roles } from '../src/catalogue/roles.ts';
import { configurationSchema } from '../src/core/configuration-schema.ts';
import { handoffSchema } from '../src/core/handoff/schema.ts';
import { checklistsPage } from './checklists-page.ts';
import type { Example, Rule } from '../src/core/rule.ts';

const ruleFolder = 'src/catalogue/rules';
const pageFolder = 'docs/rules';
const catalogue = `${pageFolder}/README.md`;
const list = 'src/catalogue/rules.generated.ts';
const schema = 'schemas/backend-architect.schema.json';
const handoffSchemaFile = 'schemas/backend-handoff.schema.json';

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function filesBelow(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((entry) =>
    entry.replaceAll('\\', '/'),
  );
  return entries.filter((entry) => entry.endsWith(ending)).sort(byText);
}

/** All rules by id. A file whose rule has another id than its path stops the run. */
async function loadRules(): Promise<readonly Rule[]> {
  const rules: Rule[] = [];
  for (const file of filesBelow(ruleFolder, '.ts')) {
    const loaded = (await import(pathToFileURL(join(ruleFolder, file)).href)) as { default?: Rule };
    const id = file.slice(0, -'.ts'.length);
    if (loaded.default?.id !== id)
      throw new Error(`${ruleFolder}/${file}: its default export has to be the rule ${id}.`);
    for (const name of ['severity', 'evidences', 'requirements', 'says', 'why', 'bad', 'good'] as const) {
      if (loaded.default[name] === undefined) throw new Error(`${ruleFolder}/${file}: the rule declares no ${name}.`);
    }
    rules.push(loaded.default);
  }
  return rules;
}

function bundleList(rules: readonly Rule[]): string {
  const name = (id: string): string => id.replaceAll(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase());
  return [
    '// Made by `npm run docs` from the files under rules/. Not to be edited.',
    "import type { Rule } from '../core/rule.ts';",
    ...rules.map(({ id }) => `import ${name(id)} from './rules/${id}.ts';`),
    '',
    '/** Every rule, by id. */',
    `export const rules: readonly Rule[] = [${rules.map(({ id }) => name(id)).join(', ')}];`,
    '',
  ].join('\n');
}

const titles: Readonly<Record<Rule['dialect'], string>> = {
  openapi: 'OpenAPI documents',
  sql: 'SQL migrations',
  project: 'the project',
  task: 'task files',
  handoff: 'the hand-off file',
  commit: 'commit messages',
};

function fenced(language: string, text: string): string {
  const body = text.replace(/^\n/, '').trimEnd();
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${body}\n${fence}`;
}

function languageOf(file: string): string {
  const ending = file.slice(file.lastIndexOf('.') + 1);
  return ending === 'yml' ? 'yaml' : ending;
}

function exampleText(rule: Rule, example: Example): string {
  if (typeof example !== 'string') {
    return Object.entries(example)
      .map(([file, text]) => `\`${file}\`:\n\n${fenced(languageOf(file), text)}`)
      .join('\n\n');
  }
  if (rule.dialect === 'sql') return fenced('sql', example);
  if (rule.dialect === 'task') return fenced('markdown', example);
  if (rule.dialect === 'commit') return fenced('text', example);
  return fenced(/^\s*[{[]/.test(example) || rule.dialect === 'handoff' ? 'json' : 'yaml', example);
}

function section(rule: Rule, title: string, examples: readonly Example[]): string[] {
  if (examples.length === 0) return [];
  return [`## ${title}`, ...examples.map((example) => exampleText(rule, example))];
}

function rulePage(rule: Rule): string {
  const lineOf = (id: string): string => {
    const item = checklistItems.find((one) => one.id === id);
    return `- ${item ? `**${item.title}**: ${item.says}` : ''} (\`${id}\`)`;
  };
  const items = rule.evidences.map(lineOf);
  const concerns = (rule.concerns ?? []).map(lineOf);
  const facts = [
    `- Judges: ${titles[rule.dialect]}`,
    `- Severity: ${rule.severity}`,
    `- Repair: ${rule.fixed === undefined ? 'none offered' : 'offered as a quick fix'}`,
    ...(rule.requirements.length > 0 ? [`- Requirements: ${rule.requirements.join(', ')}`] : []),
    ...(rule.equivalents?.length
      ? [`- The same check elsewhere: ${rule.equivalents.map((one) => `\`${one}\``).join(', ')}`]
      : []),
    ...(rule.yieldsTo?.length
      ? [`- Silent where these speak of the same thing: ${rule.yieldsTo.map((one) => `\`${one}\``).join(', ')}`]
      : []),
  ];
  const parts = [
    `# ${rule.id}`,
    `**${rule.says}**`,
    rule.why,
    facts.join('\n'),
    ...(items.length > 0
      ? ['As an error or a warning it disproves these lines of the checklists:', items.join('\n')]
      : []),
    ...(concerns.length > 0 ? ['It belongs to these lines, and disproves none of them:', concerns.join('\n')] : []),
    ...section(rule, 'Found', rule.bad),
    ...section(rule, 'After the fix', rule.fixed ?? []),
    ...section(rule, 'Fine', rule.good),
    '## Switching it off',
    disabling(rule),
    'Made by `npm run docs` from the rule’s file.',
  ];
  return `${parts.join('\n\n')}\n`;
}

function disabling(rule: Rule): string {
  const project = `For the project, or with another severity, in \`backend-architect.yaml\`:\n\n${fenced('yaml', `rules:\n  ${rule.id}: off`)}`;
  if (rule.dialect === 'project' || rule.dialect === 'commit') return project;
  if (rule.dialect === 'task') {
    const entry = `disables:\n  - rule: ${rule.id}\n    file: task.md\n    at: BE-010\n    reason: why it does not apply here`;
    return [
      'For one task, or without `at` for the file, with the reason, in `backend-architect.yaml`:',
      fenced('yaml', entry),
      project,
    ].join('\n\n');
  }
  if (rule.dialect === 'handoff') {
    const entry = `disables:\n  - rule: ${rule.id}\n    file: backend_handoff.json\n    reason: why it does not apply here`;
    return ['For this file, with the reason, in `backend-architect.yaml`:', fenced('yaml', entry), project].join(
      '\n\n',
    );
  }
  const mark = rule.dialect === 'sql' ? '--' : '#';
  const file = rule.dialect === 'sql' ? 'migrations/001_users.sql' : 'openapi.json';
  const comments = ['next-line', 'line', 'file'].map(
    (scope) => `${mark} backend-architect-disable-${scope} ${rule.id}: why it does not apply here`,
  );
  const entry = `disables:\n  - rule: ${rule.id}\n    file: ${file}\n    reason: why it does not apply here`;
  return [
    'For one place or one file, with the reason, in a comment:',
    fenced(rule.dialect === 'sql' ? 'sql' : 'yaml', comments.join('\n')),
    'In JSON, or where the file may not be edited, in `backend-architect.yaml`:',
    fenced('yaml', entry),
    project,
  ].join('\n\n');
}

function cataloguePage(rules: readonly Rule[]): string {
  const families = [...new Set(rules.map(({ id }) => id.slice(0, id.indexOf('/'))))];
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const tables = families.flatMap((family) => [
    `## ${family}`,
    [
      '| rule | severity | what it says | repair |',
      '|---|---|---|---|',
      ...rules
        .filter(({ id }) => id.startsWith(`${family}/`))
        .map(
          ({ id, severity, says, fixed }) =>
            `| [${id}](${id}.md) | ${severity} | ${cell(says)} | ${fixed === undefined ? '' : 'yes'} |`,
        ),
    ].join('\n'),
  ]);
  return `${['# The rules', `${rules.length} rules. Made by \`npm run docs\` from the rule files. What they speak for: [the checklists](checklists.md).`, ...tables].join('\n\n')}\n`;
}

/** As the formatter would have it, so that `npm run check` agrees. */
function formatted(file: string, text: string): string {
  const { status, stdout, stderr } = spawnSync('node_modules/.bin/oxfmt', [`--stdin-filepath=${file}`], {
    input: text,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`oxfmt could not format ${file}: ${stderr}`);
  return stdout;
}

/** Everything that is generated, by path. */
async function generated(): Promise<ReadonlyMap<string, string>> {
  const rules = await loadRules();
  const files = new Map<string, string>();
  files.set(list, formatted(list, bundleList(rules)));
  files.set(schema, formatted(schema, `${JSON.stringify(configurationSchema(rules, checklistItems), undefined, 2)}\n`));
  const handoff = `${JSON.stringify(handoffSchema(checklistItems, roles), undefined, 2)}\n`;
  files.set(handoffSchemaFile, formatted(handoffSchemaFile, handoff));
  files.set(catalogue, cataloguePage(rules));
  files.set(`${pageFolder}/checklists.md`, checklistsPage(checklistItems, rules));
  for (const rule of rules) files.set(`${pageFolder}/${rule.id}.md`, rulePage(rule));
  return files;
}

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..'));
const wanted = await generated();
const surplus = filesBelow(pageFolder, '.md')
  .map((file) => `${pageFolder}/${file}`)
  .filter((file) => !wanted.has(file));
if (process.argv.includes('--check')) {
  const stale = [...wanted]
    .filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text)
    .map(([file]) => file);
  for (const file of [...stale, ...surplus]) console.error(`${file} is not up to date.`);
  if (stale.length + surplus.length > 0) {
    console.error('Run: npm run docs');
    process.exitCode = 1;
  }
} else {
  for (const [file, text] of wanted) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  for (const file of surplus) rmSync(file);
}
