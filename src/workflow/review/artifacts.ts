import type { Artifact } from '../../core/checklist.ts';
import type { Finding } from '../../core/finding.ts';
import type { Told } from './item.ts';
import { type Facts, type ReviewInput, tasksIn } from './facts.ts';
import { baseName, counted } from './words.ts';

/** What a file that is there, valid and in agreement says for an item; or what is missing. */
export function artifactEvidence(artifact: Artifact, facts: Facts, input: ReviewInput): readonly Told[] {
  switch (artifact) {
    case 'contract':
      return [contractEvidence(facts)];
    case 'schema':
      return [schemaEvidence(facts)];
    case 'manifest':
      return [manifestEvidence(facts)];
    case 'tasks':
      return [taskEvidence(input)];
    case 'handoff':
      return [handoffEvidence(input)];
  }
}

function shows(text: string, line: string, file: string): Told {
  return { kind: 'artifact', verdict: 'shows', text, line, file };
}

function missing(text: string, line: string, file?: string): Told {
  return { kind: 'artifact', verdict: 'missing', text, line, ...(file === undefined ? {} : { file }) };
}

function notAnalysed({ file, reason }: { readonly file: string; readonly reason: string }): Told {
  return missing(`${file} was not analysed. ${reason}`, `Could not check ${baseName(file)}`, file);
}

function contractEvidence({ openApi, operations, unread }: Facts): Told {
  const [gap] = unread.openapi;
  if (gap) return notAnalysed(gap);
  const described = openApi.filter((document) => (document.operations ?? 0) > 0);
  const [first] = described;
  if (!first) {
    const [empty] = openApi;
    return empty
      ? missing(`${empty.file} describes no operation.`, `${baseName(empty.file)} describes no operation`, empty.file)
      : missing('No OpenAPI document was found.', 'No OpenAPI document');
  }
  const count = counted(operations, 'operation');
  const [file, line] =
    described.length === 1
      ? [first.file, `${baseName(first.file)}, ${count}`]
      : [first.file, `${counted(described.length, 'document')}, ${count}`];
  return shows(`${described.map((one) => one.file).join(', ')}: ${count}`, line, file);
}

function schemaEvidence({ sql, unread, designs }: Facts): Told {
  const [design] = designs;
  if (design !== undefined) return shows(`${design} describes the schema`, baseName(design), design);
  const [gap] = unread.sql;
  if (gap) return notAnalysed(gap);
  const [first] = sql;
  if (!first) return missing('No SQL migration, Prisma schema or ERD was found.', 'No migration, Prisma schema or ERD');
  const count = counted(sql.length, 'migration file');
  return shows(`${count}, first ${first.file}`, count, first.file);
}

function manifestEvidence({ manifests: [file] }: Facts): Told {
  if (file !== undefined) return shows(`${file} is there`, baseName(file), file);
  const how = 'Add it, or write `scale: prototype` into backend-architect.yaml where the work is one';
  return missing(`No file with Control Manifest in its name was found. ${how}.`, 'No Control Manifest');
}

function taskEvidence({ configuration, documents, notAnalysed: gaps, tasks: text, findings }: ReviewInput): Told {
  const file = configuration.tasksFile;
  if (text === undefined) return missing(`There is no ${file}.`, `No ${baseName(file)}`);
  const gap = gaps.find((one) => one.file === file);
  if (gap) return notAnalysed(gap);
  if (!documents.some((one) => one.file === file))
    return notAnalysed({ file, reason: 'Nothing here reads task files.' });
  const { tasks, withCriteria } = tasksIn(text);
  if (tasks === 0) return missing(`${file} has no task.`, `${baseName(file)} has no task`, file);
  const errors = errorsIn(file, 'task/', findings);
  if (errors > 0)
    return missing(`${file} has ${counted(errors, 'error')}.`, `${baseName(file)}: ${counted(errors, 'error')}`, file);
  const line = `${withCriteria} of ${counted(tasks, 'task')} with criteria`;
  return withCriteria < tasks ? missing(`${file}: ${line}.`, line, file) : shows(`${file}: ${line}`, line, file);
}

function handoffEvidence({ configuration, documents, notAnalysed: gaps, files, findings }: ReviewInput): Told {
  const file = configuration.handoffFile;
  const gap = gaps.find((one) => one.file === file);
  if (gap) return notAnalysed(gap);
  if (!documents.some((one) => one.file === file)) {
    return files.includes(file)
      ? notAnalysed({ file, reason: 'Nothing here reads hand-off files.' })
      : missing(`There is no ${file}. Write it with Write Hand-off.`, `No ${baseName(file)}`);
  }
  const errors = errorsIn(file, 'handoff/', findings);
  if (errors > 0)
    return missing(`${file} has ${counted(errors, 'error')}.`, `${baseName(file)}: ${counted(errors, 'error')}`, file);
  return shows(`${file} is there, valid, and agrees with the workspace`, baseName(file), file);
}

function errorsIn(file: string, family: string, findings: readonly Finding[]): number {
  return findings.filter((one) => one.file === file && one.rule.startsWith(family) && one.severity === 'error').length;
}
