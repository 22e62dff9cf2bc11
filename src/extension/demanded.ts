import type { Disposable, ExtensionContext } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { registerArchitect } from './architect/register.ts';
import { registerCommit } from './commit/register.ts';
import { handoffCommands } from './handoff/commands.ts';

/** The parts of the extension that are loaded when one of their commands is run; the bundle dist/demanded.cjs. */
export interface Demanded {
  commit(context: ExtensionContext, client: LanguageClient): Disposable;
  handoff(context: ExtensionContext, client: LanguageClient): Disposable;
  architect(context: ExtensionContext, client: LanguageClient): Disposable;
}

export const demanded: Demanded = {
  commit: registerCommit,
  handoff: (_, client) => handoffCommands(client),
  architect: registerArchitect,
};
