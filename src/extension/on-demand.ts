import { createRequire } from 'node:module';
import { commands, Disposable, type ExtensionContext } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Demanded } from './demanded.ts';

/** The commands of each part that is loaded when one of them is run for the first time. */
const parts = {
  commit: ['prepareCommit', 'restoreCommitText', 'checkCommit'],
  handoff: ['writeHandoff', 'checkHandoff', 'acceptHandoff'],
  architect: ['askArchitect', 'showWhatWillBeSent', 'cancelAnswer', 'setArchitectKey', 'removeArchitectKey'],
} as const satisfies Readonly<Record<keyof Demanded, readonly string[]>>;

/**
 * Registers commands whose code is a bundle of its own, so that starting the editor does not wait for it. The first run of one loads it; its part then
 * registers its commands itself.
 */
export function registerOnDemand(context: ExtensionContext, client: LanguageClient): Disposable {
  const file = context.asAbsolutePath('dist/demanded.cjs');
  let loaded: Demanded | undefined;
  const known: Disposable[] = [];
  const stand = (part: keyof Demanded): void => {
    const stubs = parts[part].map((name) => {
      const id = `backendArchitect.${name}`;
      return commands.registerCommand(id, (...given: unknown[]) => {
        Disposable.from(...stubs).dispose();
        loaded ??= (createRequire(file)(file) as { readonly demanded: Demanded }).demanded;
        known.push(loaded[part](context, client));
        return commands.executeCommand(id, ...given);
      });
    });
    known.push(...stubs);
  };
  for (const part of Object.keys(parts) as (keyof Demanded)[]) stand(part);
  return new Disposable(() => {
    for (const one of known) one.dispose();
  });
}
