import type { Review, ToReviewPage } from '../src/server/protocol-review.ts';
import { element, write } from './patch.ts';
import { projectLine } from './review-model.ts';
import { shown } from './text.ts';

type FolderName = Extract<ToReviewPage, { kind: 'review' }>['folder'];

export interface Header {
  readonly project: HTMLElement;
  readonly heading: HTMLElement;
  readonly tally: HTMLElement;
  show(texts: {
    readonly verdict: string;
    /** How much is settled by what; said with the verdict in the side bar, shown in the full page. */
    readonly tally: string;
    readonly project: Review['project'] | undefined;
  }): void;
}

/** The verdict, and in the full page what it speaks of. */
export function reviewHeader(): Header {
  const project = element('p', 'project');
  const verdict = element('span', 'text');
  const also = element('span', 'unseen');
  const heading = element('h1', '', verdict, also);
  heading.id = 'verdict';
  heading.tabIndex = -1;
  const tally = element('p', 'tally');
  tally.setAttribute('aria-hidden', 'true');
  return {
    project,
    heading,
    tally,
    show: (texts) => {
      project.hidden = !texts.project;
      write(project, texts.project ? projectLine(texts.project) : '');
      write(verdict, texts.verdict);
      write(also, texts.tally === '' ? '' : `. ${texts.tally}`);
      heading.title = texts.tally;
      write(tally, texts.tally);
    },
  };
}

export interface FolderChoice {
  readonly root: HTMLElement;
  show(folders: readonly FolderName[], chosen: FolderName | undefined): void;
}

/** Which folder of the workspace is shown, where there are several. */
export function folderChoice(choose: (uri: string) => void): FolderChoice {
  const select = element('select', '');
  const root = element('label', 'folder', element('span', 'label', 'Folder'), select);
  let drawn = '';
  select.addEventListener('change', () => choose(select.value));
  return {
    root,
    show: (folders, chosen) => {
      root.hidden = folders.length < 2;
      const next = JSON.stringify(folders);
      if (next !== drawn) {
        select.replaceChildren(
          ...folders.map(({ uri, name }) => {
            const option = element('option', '', shown(name));
            option.value = uri;
            return option;
          }),
        );
      }
      drawn = next;
      if (chosen) select.value = chosen.uri;
    },
  };
}
