import { createRequire } from 'node:module';
import { commands, type ExtensionContext, workspace } from 'vscode';
import type { Architect } from '../../architect/main.ts';
import { settingsSection } from '../../server/protocol.ts';
import type { Choice } from './offer.ts';

/** What the commands of this folder share. */
export interface Room {
  readonly context: ExtensionContext;
  /** Loaded when it is asked for the first time: starting the editor does not wait for it. */
  architect(): Architect;
}

export function openRoom(context: ExtensionContext): Room {
  let loaded: Architect | undefined;
  return {
    context,
    architect: () => {
      const file = context.asAbsolutePath('dist/architect.cjs');
      loaded ??= (createRequire(file)(file) as { readonly architect: Architect }).architect;
      return loaded;
    },
  };
}

/** Where questions go, and to which model. */
export interface Way {
  readonly baseUrl: string;
  readonly to: string;
  readonly model: string;
}

/** Why nothing is sent: a sentence, and what can be done. */
export interface Barrier {
  readonly sentence: string;
  readonly choices: readonly Choice[];
}

/** Reads the settings, or says why they let nothing be sent. */
export function readWay(room: Room): Way | Barrier {
  if (!workspace.isTrusted) {
    return {
      sentence: 'Restricted Mode: Ask the Architect is off, because this workspace is not trusted.',
      choices: [
        {
          label: 'Manage Workspace Trust',
          detail: 'What a workspace that is not trusted holds is not sent anywhere. Everything else works.',
          run: () => commands.executeCommand('workbench.trust.manage'),
        },
      ],
    };
  }
  const settings = workspace.getConfiguration(settingsSection);
  if (settings.get<string>('architect.provider') === 'off') {
    return {
      sentence: 'Ask the Architect is switched off by the setting backendArchitect.architect.provider.',
      choices: [openSettings('backendArchitect.architect.provider')],
    };
  }
  const address = room.architect().readAddress(settings.get<string>('architect.baseUrl', ''));
  if ('problem' in address)
    return { sentence: address.problem, choices: [openSettings('backendArchitect.architect.baseUrl')] };
  const model = settings.get<string>('architect.model', '').trim();
  if (!/^[\w.:@/-]{1,100}$/.test(model)) {
    return {
      sentence: 'The setting backendArchitect.architect.model names no model.',
      choices: [openSettings('backendArchitect.architect.model')],
    };
  }
  return { ...address, model };
}

function openSettings(name: string): Choice {
  return { label: 'Open Settings', run: () => commands.executeCommand('workbench.action.openSettings', name) };
}
