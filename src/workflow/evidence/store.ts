import { evidenceFolder } from '../../core/evidence.ts';
import { byText, type Files, joined } from '../ports.ts';
import type { StoredRecord } from './judge.ts';

/** Where a project keeps its id, from its root. */
export const projectFile = '.backend-architect/project.json';

/** Longer records are not read. In bytes. */
const largestRecord = 2_000_000;
/** More records are not read. */
const mostRecords = 5000;

/** The records of a project as they lie on disk, and its id. */
export interface EvidenceStore {
  readonly stored: readonly StoredRecord[];
  readonly project: string | undefined;
}

/** Reads the records. What cannot be read is there with the reason: nobody is to miss it. */
export async function readStore(files: Files): Promise<EvidenceStore> {
  const entries = (await files.list(evidenceFolder)) ?? [];
  // Temporary files of a writer that was killed are no records; whatever else lies there was meant as one.
  const names = entries.filter(({ name }) => /\.json$/i.test(name)).sort((a, b) => byText(a.name, b.name));
  const stored: StoredRecord[] = [];
  for (const [index, { name, kind }] of names.entries()) {
    const file = joined(evidenceFolder, name);
    if (index >= mostRecords) {
      stored.push({
        file,
        problem: `It is not read: up to ${mostRecords} records are. Delete those that were overtaken.`,
      });
      break;
    }
    if (kind !== 'file') stored.push({ file, problem: 'It is no file of its own. Delete it.' });
    else stored.push(await readOne(files, file));
  }
  return { stored, project: await projectId(files) };
}

async function readOne(files: Files, file: string): Promise<StoredRecord> {
  const head = await files.head(file, 1);
  if ('size' in head && head.size > largestRecord)
    return { file, problem: `It has ${head.size} bytes, and no record has more than ${largestRecord}. Delete it.` };
  const read = await files.read(file);
  return 'text' in read
    ? { file, text: read.text }
    : { file, problem: `${read.problem} Restore it from git, or delete it.` };
}

/** The id in a project file's text; undefined where it holds none. */
export function idIn(text: string): string | undefined {
  try {
    const { id } = JSON.parse(text.replace(/^\uFEFF/, '')) as { readonly id?: unknown };
    return typeof id === 'string' && /^[0-9a-f-]{16,64}$/.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

async function projectId(files: Files): Promise<string | undefined> {
  const read = await files.read(projectFile);
  return 'text' in read ? idIn(read.text) : undefined;
}
