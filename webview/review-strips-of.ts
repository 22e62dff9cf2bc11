import type { FromReviewPage, Phase, Review, ReviewChecklist } from '../src/server/protocol-review.ts';
import { doWords, type FaceDo, madeAtOf } from './review-faces.ts';
import { isFirst } from './review-model.ts';
import type { Strip } from './review-strips.ts';
import { count, figure, shown } from './text.ts';

export interface StripScene {
  readonly review: Review;
  readonly checklist: ReviewChecklist | undefined;
  readonly trusted: boolean;
  readonly stopped: boolean;
}

export interface StripPorts {
  say(message: FromReviewPage): void;
  face(what: FaceDo): void;
  phase(phase: Phase): void;
  reveal(item: string): void;
}

/** What has to be said above the list, most urgent first. */
export function stripsOf({ review, checklist, trusted, stopped }: StripScene, ports: StripPorts): Strip[] {
  const strips: Strip[] = [];
  const { refused, notAnalysed, madeAt } = review;
  const button = (what: FaceDo) => ({ word: doWords[what], choose: () => ports.face(what) });
  if (stopped) {
    strips.push({
      key: 'stopped',
      icon: 'warning',
      text: `Checking stopped. Showing results of ${madeAtOf(review)}.`,
      buttons: [button('restart'), button('show-output')],
    });
  }
  if (!trusted) {
    strips.push({
      key: 'untrusted',
      icon: 'info',
      text: 'Restricted Mode: checks run, commands do not. Manage Workspace Trust changes that.',
    });
  }
  if (refused.length > 0) {
    strips.push({
      key: 'refused',
      icon: 'warning',
      text: refused.length === 1 ? '1 record is not believed' : `${figure(refused.length)} records are not believed`,
      lines: refused.map(({ file, reason }, index) => ({
        name: shown(file),
        text: shown(reason),
        button: { word: 'Open', choose: () => ports.say({ kind: 'refused', madeAt, index }) },
      })),
    });
  }
  if (notAnalysed.length > 0) {
    const one = notAnalysed.length === 1;
    strips.push({
      key: 'gaps',
      icon: 'gap',
      text: `${count(notAnalysed.length, 'document')} ${one ? 'was' : 'were'} not analysed`,
      lines: notAnalysed.map(({ file, reason }) => ({ name: shown(file), text: shown(reason) })),
    });
  }
  if (!review.hasDocuments || !checklist || stopped) return strips;
  if (isFirst(review)) strips.push(firstStrip(checklist, ports));
  else if (checklist.ready) strips.push(...readyStrips(review, checklist, ports));
  return strips;
}

function firstStrip({ items }: ReviewChecklist, { reveal }: StripPorts): Strip {
  const first = ['broken', 'unshown', 'stale'].flatMap((face) => items.filter((item) => item.face === face))[0];
  return {
    key: 'first',
    icon: 'info',
    text: 'Nothing is ticked until something shows it.',
    buttons: first ? [{ word: 'Start with the First', choose: () => reveal(first.id) }] : [],
  };
}

/** What comes after a phase that is ready: the hand-off after the hand-off's own list, the next open phase after the others. */
function readyStrips(review: Review, { id, title }: ReviewChecklist, { say, phase }: StripPorts): Strip[] {
  if (id === 'handoff') {
    for (const { items } of review.checklists) {
      for (const item of items) {
        const action = item.actions.findIndex(({ kind }) => kind === 'write-handoff');
        if (action < 0) continue;
        const choose = (): void => say({ kind: 'act', madeAt: review.madeAt, item: item.id, action });
        return [
          {
            key: 'ready',
            icon: 'handoff',
            text: 'Nothing is open before the hand-off.',
            buttons: [{ word: 'Write Hand-off', choose }],
          },
        ];
      }
    }
  }
  const next = review.checklists.find((one) => !one.ready);
  const text = `${shown(title)}: nothing is open.`;
  if (!next) return [{ key: 'ready', icon: 'pass-filled', text }];
  const choose = (): void => phase(next.id);
  const buttons = [{ word: `Go to ${shown(next.title)} (${figure(next.open)} open)`, choose }];
  return [{ key: 'ready', icon: 'pass-filled', text, buttons }];
}
