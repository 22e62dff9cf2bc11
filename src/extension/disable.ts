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
  return (await workspace.applyEdit(edit)) || failed('The editor did not take the change.');
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
