import type { Artifact, ChecklistItem, Phase, Source, Subject } from '../src/core/checklist.ts';
import type { Rule } from '../src/core/rule.ts';

const phases: Readonly<Record<Phase, string>> = {
  plan: 'Plan',
  build: 'Build',
  handoff: 'Hand off',
  review: 'Code review',
};

const artifacts: Readonly<Record<Artifact, string>> = {
  contract: 'an OpenAPI document with operations',
  schema: 'migrations that were analysed, a Prisma schema or an ERD',
  tasks: 'the task file, with criteria under every task',
  manifest: 'the Control Manifest',
  handoff: 'the hand-off file, valid and in agreement',
};

const moot: Readonly<Record<NonNullable<ChecklistItem['moot']>, string>> = {
  'no-migrations': 'nothing in the project looks like a migration or a schema',
  prototype: 'the configuration says `scale: prototype`',
};

function sourceText(source: Source): string {
  switch (source.kind) {
    case 'rules':
      return `rules alone: ${source.rules.map(ruleLink).join(', ')}`;
    case 'run':
      return 'a command of `backend-architect.yaml` that passed';
    case 'artifact':
      return artifacts[source.artifact];
    case 'word':
      return 'the word of a person';
  }
}

function subjectText(subject: Subject): string {
  if ('documents' in subject) return subject.documents === 'openapi' ? 'API documents' : 'migrations';
  return subject.files.map((pattern) => `\`${pattern}\``).join(', ');
}

function ruleLink(id: string): string {
  return `[${id}](${id}.md)`;
}

/** The page of the checklists: every line with what shows it, what disproves it, and what makes a word on it lapse. */
export function checklistsPage(items: readonly ChecklistItem[], rules: readonly Rule[]): string {
  const parts = [
    '# The checklists',
    `${items.length} lines. Nothing is met by default: one of the things under *Shown by* has to show a line, and nothing may disprove it. Made by \`npm run docs\`.`,
  ];
  for (const phase of Object.keys(phases) as Phase[]) {
    parts.push(`## ${phases[phase]}`);
    for (const item of items.filter((one) => one.phase === phase)) {
      const against = rules.filter(({ evidences }) => evidences.includes(item.id)).map(({ id }) => ruleLink(id));
      const lines = [
        `- Shown by ${item.shownBy.map(sourceText).join(', or ')}`,
        ...(against.length > 0 ? [`- Disproved by errors and warnings of ${against.join(', ')}`] : []),
        ...(item.lapsesWith.length > 0
          ? [`- A word on it lapses with ${item.lapsesWith.map(subjectText).join(', ')}`]
          : []),
        ...(item.moot ? [`- Does not apply where ${moot[item.moot]}`] : []),
        `- Requirements: ${item.requirements.join(', ')}`,
      ];
      parts.push(`### ${item.title} (\`${item.id}\`)`, `${item.says} ${item.why}`, lines.join('\n'));
    }
  }
  return `${parts.join('\n\n')}\n`;
}
