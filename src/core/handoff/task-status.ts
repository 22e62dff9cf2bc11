const head = /^\s{0,3}(?:#{1,6}[ \t]+|Task:[ \t]*)\**(BE-\d{3,9})\b/;
const status = /^[ \t]*(?:[-*+][ \t]+)?\**Status\**[ \t]*:[ \t]*\**[ \t]*(.{0,60})/i;
const fence = /^\s{0,3}(`{3,}|~{3,})/;

/** The tasks of a task file by id, each with its status as it is written; `''` where none is said. Both forms of a task's first line are read; what stands in code is none. */
export function taskStatuses(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let task: string | undefined;
  let code: string | undefined;
  for (const line of text.replace('\uFEFF', '').split(/\r\n|[\r\n]/)) {
    const mark = fence.exec(line)?.[1];
    if (code !== undefined) {
      if (mark !== undefined && mark.startsWith(code)) code = undefined;
      continue;
    }
    if (mark !== undefined) {
      code = mark;
      continue;
    }
    const id = head.exec(line)?.[1];
    if (id !== undefined) {
      task = id;
      if (!found.has(id)) found.set(id, '');
      else task = undefined;
    } else if (/^\s{0,3}#{1,6}[ \t]/.test(line)) task = undefined;
    else if (task !== undefined && found.get(task) === '') {
      const said = status.exec(line)?.[1]?.replaceAll(/[*`]/g, '').trim();
      if (said !== undefined && said !== '') found.set(task, said);
    }
  }
  return found;
}
