import type { FromReviewPage, PageFace, Review } from '../src/server/protocol-review.ts';
import { element, patch, write } from './patch.ts';
import { figure, moment, shown } from './text.ts';

export type FaceDo = Extract<FromReviewPage, { kind: 'face' }>['do'];

/** What stands on the page where there is no review to show. */
export interface Emptiness {
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly FaceDo[];
}

export const doWords: Readonly<Record<FaceDo, string>> = {
  'open-folder': 'Open Folder',
  'open-sample': 'Open Sample',
  restart: 'Restart Server',
  'show-output': 'Show Output',
  'show-tree': 'Open as Tree',
};

/** What is said in place of a review; undefined where the review is shown. */
export function emptinessOf(face: PageFace, review: Review | undefined): Emptiness | undefined {
  switch (face) {
    case 'no-folder':
      return {
        title: 'No folder is open',
        text: 'Open a folder to review its backend. The sample shows what a review looks like.',
        buttons: ['open-folder', 'open-sample'],
      };
    case 'off':
      return {
        title: 'Checking is switched off',
        text: 'Nothing is reviewed. Switch on the setting backendArchitect.enable to review this workspace.',
        buttons: [],
      };
    case 'stopped':
      if (review) break;
      return {
        title: 'Checking stopped',
        text: 'There are no results to show. Restart the server; its output says why it stopped.',
        buttons: ['restart', 'show-output'],
      };
    case 'loading':
    case 'live':
      if (review) break;
      return { title: 'Checking the workspace', text: '', buttons: [] };
  }
  if (!review || review.hasDocuments) return undefined;
  const unread = review.notAnalysed.length > 0 ? ' What was found could not be read: see above.' : '';
  return {
    title: 'Nothing to review yet',
    text: `No API spec or migrations found in ${shown(review.project.name) || 'this folder'}.${unread} Looked for: YAML and JSON files with the root key openapi, and .sql files that lie and are named as migration tools name them.`,
    buttons: ['open-sample'],
  };
}

/** `Checking 240 of 2,900 files`. */
export function progressOf({ done, total }: { readonly done: number; readonly total: number }): string {
  return total > 0 ? `Checking ${figure(done)} of ${figure(total)} files` : 'Checking';
}

/** The time of a review, as it is said in sentences. */
export function madeAtOf({ madeAt }: Review): string {
  return moment(madeAt, new Date()) || 'an unknown time';
}

export interface FaceView {
  readonly root: HTMLElement;
  show(emptiness: Emptiness | undefined): void;
}

export function faceView(choose: (what: FaceDo) => void): FaceView {
  const text = element('p', '');
  const buttons = element('div', 'buttons');
  const root = element('div', 'face', text, buttons);
  return {
    root,
    show: (emptiness) => {
      root.hidden = !emptiness;
      write(text, emptiness?.text ?? '');
      patch(buttons, emptiness?.buttons ?? [], {
        key: (what) => what,
        create: (what) => {
          const button = document.createElement('vscode-button');
          button.addEventListener('click', () => choose(what));
          return button;
        },
        update: (button, what) => {
          button.setAttribute('appearance', what === emptiness?.buttons[0] ? 'primary' : 'secondary');
          write(button, doWords[what]);
        },
      });
    },
  };
}
