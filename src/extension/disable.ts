import { window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type DisablePlan,
  type DisableTarget,
  planDisableRequest,
  type PlanDisableParams,
} from '../server/protocol.ts';

const places = { line: 'for this line', file: 'in this file', workspace: 'in the whole workspace' } as const;

/** Asks for the reason, then writes the disable as one edit. `reason` is given where somebody else has asked already. */
export async function disableFinding(client: LanguageClient, target: unknown): Promise<boolean> {
  if (!isTarget(target)) return false;
  const reason = target.reason ?? (await askReason(target));
  if (reason === undefined) return false;
  const params: PlanDisableParams = { ...target, reason };
  const plan = await client
    .sendRequest<DisablePlan>(planDisableRequest, params)
    .catch((error: unknown): DisablePlan => ({ refusal: error instanceof Error ? error.message : String(error) }));
  if ('refusal' in plan) return failed(plan.refusal);
  const now = workspace.textDocuments.find(
    (document) => client.code2ProtocolConverter.asUri(document.uri) === target.uri,
  );
  if (now && now.version !== target.version) return failed('The document changed meanwhile.');
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(plan.edit);
  const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
  if (!(await workspace.applyEdit(edit))) return failed('The editor did not take the change.');
  // A file that nobody has open would stay changed without a tab that says so.
  for (const [uri] of edit.entries()) {
    if (!open.has(uri.toString())) await (await workspace.openTextDocument(uri)).save();
  }
  return true;
}

async function askReason({ rule, where }: DisableTarget): Promise<string | undefined> {
  return window.showInputBox({
    title: `Disable ${rule} ${places[where]}`,
    prompt: 'Why does the rule not apply here? The reason stands beside the disable, for whoever reads it later.',
    placeHolder: 'Reason',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A disable needs a reason.' : undefined),
  });
}

function failed(why: string): false {
  void window.showErrorMessage(`The disable was not written. ${why}`);
  return false;
}

function isTarget(value: unknown): value is DisableTarget & { readonly reason?: string } {
  const target = value as Partial<DisableTarget> | null | undefined;
  return (
    typeof target?.uri === 'string' &&
    typeof target.version === 'number' &&
    typeof target.rule === 'string' &&
    (target.where ?? '') in places
  );
}
