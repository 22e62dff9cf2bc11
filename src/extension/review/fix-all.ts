import { languages, Uri, window, workspace } from 'vscode';
import type { CodeAction } from 'vscode-languageclient/node';
import type { FixAllData } from '../../server/protocol.ts';
import type { ReviewDoor } from './door.ts';
import { tellFailure } from './tell.ts';

/** A rule in a file. */
export interface FixAllTarget {
  readonly uri: Uri;
  readonly rule: string;
}

/** Opens the file and applies every safe fix of the rule in it, as one edit that one undo takes back. True where something was changed. */
export async function fixAllOfRule(door: ReviewDoor, given?: unknown): Promise<boolean> {
  const target = readTarget(given) ?? (await chooseTarget(door));
  if (!target) return false;
  const { uri, rule } = target;
  const name = workspace.asRelativePath(uri);
  try {
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document);
    // Text that changes meanwhile makes the plan useless: it is made once more.
    for (let tries = 1; ; tries++) {
      const { version } = document;
      const data: FixAllData = { uri: door.client.code2ProtocolConverter.asUri(uri), version, rule };
      const planned = await plan(door, data).catch((error: unknown) => {
        if (tries === 1) return undefined;
        throw error;
      });
      if (tries === 1 && (!planned || document.version !== version)) continue;
      if (!planned?.edit) {
        door.say(`${rule} has no safe fix left in ${name}.`);
        return false;
      }
      if (document.version !== version) throw new Error('The document changed meanwhile.');
      const edit = await door.client.protocol2CodeConverter.asWorkspaceEdit(planned.edit);
      if (!(await workspace.applyEdit(edit))) throw new Error('The editor did not take the change.');
      door.say(`${rule} fixed in ${name}. Undo takes it back.`);
      return true;
    }
  } catch (error) {
    tellFailure(`Nothing was fixed in ${name}. ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

async function plan({ client }: ReviewDoor, data: FixAllData): Promise<CodeAction> {
  const action: CodeAction = { title: data.rule ?? '', kind: 'quickfix', data };
  return client.sendRequest<CodeAction>('codeAction/resolve', action);
}

function readTarget(given: unknown): FixAllTarget | undefined {
  const { uri, rule } = (given ?? {}) as Partial<Record<keyof FixAllTarget, unknown>>;
  return uri instanceof Uri && typeof rule === 'string' ? { uri, rule } : undefined;
}

/** The rule of the finding at the cursor; a person picks where there are several or none. */
async function chooseTarget(door: ReviewDoor): Promise<FixAllTarget | undefined> {
  const editor = window.activeTextEditor;
  if (!editor) {
    door.say('No file is open. Open the one that is to be fixed.');
    return undefined;
  }
  const { uri } = editor.document;
  const own = languages.getDiagnostics(uri).filter(({ source }) => source === 'Backend Architect');
  const here = own.filter(({ range }) => range.intersection(editor.selection) !== undefined);
  const rules = rulesOf(here.length > 0 ? here : own);
  const [only] = rules;
  if (only === undefined) {
    door.say(`There are no findings in ${workspace.asRelativePath(uri)}.`);
    return undefined;
  }
  if (rules.length === 1) return { uri, rule: only };
  const rule = await window.showQuickPick(rules, { title: 'Fix All of This Rule in File', placeHolder: 'Rule' });
  return rule === undefined ? undefined : { uri, rule };
}

function rulesOf(diagnostics: readonly { readonly code?: unknown }[]): string[] {
  const rules = diagnostics.map(({ code }) =>
    typeof code === 'object' && code !== null && 'value' in code ? code.value : code,
  );
  return [...new Set(rules.filter((rule) => typeof rule === 'string'))].sort();
}
