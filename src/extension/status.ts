import { type Disposable, type languages, LanguageStatusSeverity, window } from 'vscode';
import type { DocumentStatus } from '../server/protocol.ts';

/** The language status item: what is known of the document in the active editor. */
export interface StatusItem extends Disposable {
  tell(status: DocumentStatus): void;
  /** Shows what is known of the active editor's document. */
  show(): void;
  starting(): void;
  running(): void;
  /** The server is given up. */
  stopped(): void;
  /** Switched off by the settings. */
  off(): void;
  phase(): Phase;
}

const severities = {
  information: LanguageStatusSeverity.Information,
  warning: LanguageStatusSeverity.Warning,
  error: LanguageStatusSeverity.Error,
} as const;

const showFindings = { title: 'Show Findings', command: 'workbench.actions.view.problems' };
const restart = { title: 'Restart Server', command: 'backendArchitect.restartServer' };

/** How the server stands. */
export type Phase = 'starting' | 'running' | 'stopped' | 'off';

const general: Readonly<Record<Exclude<Phase, 'running'>, Omit<DocumentStatus, 'uri'>>> = {
  starting: { text: 'Not checked', detail: 'The server starts', severity: 'information', busy: true },
  stopped: { text: 'Checking stopped', detail: 'The server ended too often', severity: 'error', busy: false },
  off: {
    text: 'Not checked',
    detail: 'Switched off by the setting backendArchitect.enable',
    severity: 'information',
    busy: false,
  },
};

const unknown: Omit<DocumentStatus, 'uri'> = {
  text: 'Not checked',
  detail: 'No API document or migration',
  severity: 'information',
  busy: false,
};

/** Creates the item for the languages whose documents can be checked. */
export function createStatusItem(api: typeof languages): StatusItem {
  const selector = ['yaml', 'json', 'jsonc', 'sql', 'git-commit'].flatMap((language) =>
    ['file', 'untitled'].map((scheme) => ({ language, scheme })),
  );
  const item = api.createLanguageStatusItem('backendArchitect.status', selector);
  item.name = 'Backend Architect';
  const known = new Map<string, DocumentStatus>();
  let phase: Phase = 'starting';

  const show = (): void => {
    const uri = window.activeTextEditor?.document.uri.toString();
    const status = phase === 'running' ? (known.get(uri ?? '') ?? unknown) : general[phase];
    item.text = status.text;
    item.detail = status.detail;
    item.severity = severities[status.severity];
    item.busy = status.busy;
    item.command = phase === 'stopped' ? restart : showFindings;
  };
  const enter = (next: Phase): void => {
    phase = next;
    known.clear();
    show();
  };
  show();
  return {
    tell: (status) => {
      phase = 'running';
      known.set(status.uri, status);
      show();
    },
    show,
    starting: () => enter('starting'),
    running: () => {
      phase = 'running';
      show();
    },
    stopped: () => enter('stopped'),
    off: () => enter('off'),
    phase: () => phase,
    dispose: () => item.dispose(),
  };
}
