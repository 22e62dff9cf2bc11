import { entries, get, parseTree } from '../../core/openapi/tree.ts';
import { lineIndex } from '../../core/text.ts';
import type { SourceText } from '../engines.ts';
import type { Shown } from './contract.ts';

/** Where Docker Compose looks by itself. */
export const composeFiles = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'] as const;

/** The services of a compose file; none where it cannot be read. */
export function composeServices({ file, text }: SourceText): Shown[] {
  const source = text.replace(/^\uFEFF/, '');
  const lines = lineIndex(source);
  return entries(get(parseTree(source).root, 'services')).map(({ name, key }) => ({
    name,
    file,
    line: lines.position(key.start).line + 1,
  }));
}

const kinds = /(?:service|engine|worker|gateway|api|queue|scheduler|store|database|cache|broker)$/i;
const headings = /^\s{0,3}#{2,4}[ \t]+(.{1,120}?)[ \t]*#*[ \t]*$/;
const listItem = /^\s{0,8}(?:[-*+]|\d{1,3}[.)])[ \t]+(.{1,200})$/;
const fence = /^\s{0,3}(?:`{3,}|~{3,})/;

/**
 * The services that `backend_services.md` names: headings and first words of list entries that read like a service's name (`auth-service`, in bold or as
 * code, or ending in Service, Engine, Worker …). Headings of prose (Overview, Boundaries) are none.
 */
export function describedServices({ file, text }: SourceText): Shown[] {
  const found: Shown[] = [];
  let code = false;
  for (const [index, line] of text.split(/\r\n|[\r\n]/).entries()) {
    if (fence.test(line)) code = !code;
    if (code) continue;
    const heading = headings.exec(line)?.[1];
    const entry = listItem.exec(line)?.[1];
    const name = heading === undefined ? entryName(entry ?? '') : headingName(heading);
    if (name === undefined || found.some((one) => one.name === name)) continue;
    found.push({ name, file, line: index + 1 });
  }
  return found;
}

function headingName(heading: string): string | undefined {
  const bare = heading
    .replace(/^\d{1,3}(?:\.\d{1,3})*[.)]?[ \t]+/, '')
    .replace(/^(?:service|module)[ \t]*:[ \t]*/i, '')
    .replaceAll(/[*_`]{1,2}(?=\S)|(?<=\S)[*`]{1,2}/g, '')
    .trim();
  const name = bare.split(/[ \t]+[-–—(]|:[ \t]/)[0]?.trim() ?? '';
  return isName(name, /`/.test(heading)) ? name : undefined;
}

function entryName(entry: string): string | undefined {
  const marked = /^(?:\*\*|__)?`([\w./-]{2,60})`|^(?:\*\*|__)([^*_]{2,60}?):?(?:\*\*|__)/.exec(entry);
  const name = (marked?.[1] ?? marked?.[2] ?? '').trim();
  return isName(name, false) ? name : undefined;
}

/** Names of code are taken for services where they have the form of one. */
function isName(name: string, code: boolean): boolean {
  if (name === '' || name.length > 60 || name.split(' ').length > 4) return false;
  if (/^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)+$/.test(name)) return true;
  if (
    /^[A-Za-z][\w ./-]*$/.test(name) &&
    kinds.test(name) &&
    !/^(?:service|api|database|queue|cache|the .*)$/i.test(name)
  )
    return true;
  return code && /^[a-z][\w-]*$/i.test(name);
}

const variable = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]{0,100})[ \t]*=/;

/** Names of files that show which variables there are, and hold no real values. */
export const envExample =
  /^(?:\.env(?:\.[\w-]{1,40}){0,3}\.(?:example|sample|template|dist)|(?:example|sample)\.env)$/i;

/** The names of the variables in such a file. */
export function variableNames(text: string): string[] {
  const names = text.split(/\r\n|[\r\n]/).flatMap((line) => variable.exec(line.replace('\uFEFF', ''))?.[1] ?? []);
  return [...new Set(names)];
}

const rowSecurity =
  /^[ \t]*alter[ \t]+table[ \t]+(?:if[ \t]+exists[ \t]+)?(?:only[ \t]+)?[\w."]{1,120}[ \t]+(?:enable|force)[ \t]+row[ \t]+level[ \t]+security\b/i;

/** The first line of a migration that switches row-level security on. */
export function rowLevelSecurity({ file, text }: SourceText): Shown | undefined {
  const line = text.split(/\r\n|[\r\n]/).findIndex((one) => rowSecurity.test(one));
  return line < 0 ? undefined : { name: 'Row-level security', file, line: line + 1 };
}
