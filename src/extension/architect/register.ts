import { commands, Disposable, type ExtensionContext } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { workspaceConsent } from './consent.ts';
import { createConversation } from './conversation.ts';
import { createDocuments } from './documents.ts';
import { removeKey, setAndOffer } from './key.ts';
import { openRoom } from './room.ts';

/** Registers the commands around Ask the Architect. Nothing is loaded and nothing is sent before one is run. */
export function registerArchitect(context: ExtensionContext, client: LanguageClient): Disposable {
  const room = openRoom(context);
  const consent = workspaceConsent(context);
  const documents = createDocuments();
  const conversation = createConversation({ room, consent, documents, client });
  return Disposable.from(
    documents,
    conversation,
    commands.registerCommand('backendArchitect.askArchitect', () => conversation.ask(false)),
    commands.registerCommand('backendArchitect.showWhatWillBeSent', () => conversation.ask(true)),
    commands.registerCommand('backendArchitect.cancelAnswer', () => conversation.cancel()),
    commands.registerCommand('backendArchitect.setArchitectKey', () => setAndOffer(room)),
    commands.registerCommand('backendArchitect.removeArchitectKey', () => removeKey(room, consent)),
  );
}
