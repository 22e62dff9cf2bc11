import type { ReviewItem } from '../src/server/protocol-review.ts';
import { icon } from './icons.ts';
import { element, patch, write, writeMarked } from './patch.ts';
import {
  actionKey,
  actionLook,
  evidenceText,
  evidenceWord,
  openWord,
  placeOf,
  repeatsFinding,
} from './review-model.ts';
import { count, figure, shown } from './text.ts';

/** What a person can choose about an item; indexes count in the item. */
export interface ItemPorts {
  act(item: ReviewItem, action: number): void;
  finding(item: ReviewItem, finding: number): void;
  evidence(item: ReviewItem, evidence: number): void;
}

/** What holds for all items that are shown. */
export interface Circumstances {
  readonly trusted: boolean;
  /** When the results were made, where checking has stopped since. */
  readonly stoppedAt: string | undefined;
  /** Seconds since the item's command began; undefined where none runs. */
  running(item: string): number | undefined;
}

/** So many findings are shown until more are asked for. */
const firstFindings = 3;

/** Why nothing of the workspace is run. */
export const restricted = 'Restricted Mode: commands of the workspace are not run until you trust it.';

/** All that is known of one item, below its row or beside the list. */
export interface Detail {
  readonly root: HTMLElement;
  show(item: ReviewItem, circumstances: Circumstances): void;
}

/** `stop` is the name of the row that the detail belongs to; without it its parts are Tab stops of their own. */
export function itemDetail(ports: ItemPorts, stop?: string): Detail {
  let item: ReviewItem | undefined;
  let all = false;
  let circumstances: Circumstances | undefined;
  const own = (button: HTMLElement): void => {
    if (stop === undefined) return;
    button.dataset['of'] = stop;
    button.tabIndex = -1;
  };
  const link = (className: string, ...children: (Node | string)[]): HTMLButtonElement => {
    const made = element('button', className, ...children);
    made.type = 'button';
    own(made);
    return made;
  };
  const indexed = (button: HTMLElement, choose: (item: ReviewItem, index: number) => void): HTMLElement => {
    button.addEventListener('click', () => {
      const index = Number(button.closest<HTMLElement>('[data-index]')?.dataset['index']);
      if (item) choose(item, index);
    });
    return button;
  };

  const why = element('span', 'text');
  const asks = element('p', 'asks', element('span', 'label', 'Asks '), element('span', 'text'));
  const shows = element('ul', 'evidence');
  const findings = element('ul', 'findings');
  const more = link('link');
  more.addEventListener('click', () => {
    const before = item ? Math.min(firstFindings, item.findings.length) : 0;
    all = true;
    if (item && circumstances) show(item, circumstances);
    findings.querySelectorAll<HTMLElement>('button')[before]?.focus();
  });
  const rest = element('p', 'rest');
  const lapses = element('p', 'lapses', element('span', 'label', 'Lapses with '), element('span', 'text'));
  const off = element('p', 'off', restricted);
  const actions = element('div', 'actions');
  actions.setAttribute('role', 'group');
  const root = element(
    'div',
    'detail',
    element('p', 'why', element('span', 'label', 'Why '), why),
    asks,
    shows,
    findings,
    more,
    rest,
    lapses,
    off,
    actions,
  );

  const show: Detail['show'] = (next, around) => {
    if (next.id !== item?.id) all = false;
    item = next;
    circumstances = around;
    const now = new Date();
    writeMarked(why, shown(`${next.says} ${next.why}`));
    const rows = [shown(next.id), ...next.requirements.map(shown)].join(', ');
    write(asks.querySelector('.text'), rows);
    const said = numbered(next.evidence).filter(({ one }) => !repeatsFinding(one, next.findings));
    patch(shows, said, {
      key: ({ one, index }) => `${one.kind} ${one.record ?? one.file ?? ''} ${index}`,
      create: () => element('li', '', element('span', 'label'), element('span', 'text')),
      update: (line, { one, index }) => {
        line.dataset['index'] = String(index);
        write(line.querySelector('.label'), `${evidenceWord(one)}: `);
        writeMarked(line.querySelector('.text'), evidenceText(one, now));
        let open = line.querySelector<HTMLElement>('button');
        const named = one.file ?? one.record;
        if (named === undefined) {
          open?.remove();
          return;
        }
        if (!open) line.append((open = indexed(link('link'), ports.evidence)));
        write(open, one.record === undefined ? openWord(named) : 'Open Record');
        open.title = shown(named);
      },
    });
    const most = all ? next.findings.length : firstFindings;
    const unique = new Map<string, number>();
    patch(findings, numbered(next.findings).slice(0, most), {
      key: ({ one }) => {
        const times = (unique.get(one.fingerprint) ?? 0) + 1;
        unique.set(one.fingerprint, times);
        return `${one.fingerprint} ${times}`;
      },
      create: () => {
        const state = element('span', 'state');
        const button = link('finding', state, element('span', 'text'), element('span', 'place'));
        return element('li', '', indexed(button, ports.finding));
      },
      update: (line, { one, index }) => {
        line.dataset['index'] = String(index);
        line.title = `Go to Finding: ${shown(one.rule)}`;
        const state = line.querySelector('.state');
        if (!state?.querySelector(`.${one.severity}`)) {
          state?.replaceChildren(icon(one.severity), element('span', 'unseen', severityWords[one.severity]));
        }
        writeMarked(line.querySelector('.text'), shown(one.message));
        write(line.querySelector('.place'), `${placeOf(one)}, ${shown(one.rule)}`);
      },
    });
    more.hidden = next.findings.length <= most;
    write(more, `Show ${count(next.findings.length - most, 'More Finding')}`);
    const beyond = next.findingCount - next.findings.length;
    rest.hidden = beyond <= 0;
    write(rest, `${figure(beyond)} more are listed in the Problems view.`);
    lapses.hidden = next.lapsesWith.length === 0;
    write(lapses.querySelector('.text'), next.lapsesWith.map(shown).join(', '));
    off.hidden = around.trusted || !next.actions.some(({ kind }) => kind === 'run');
    actions.setAttribute('aria-label', `Actions: ${shown(next.title)}`);
    patch(actions, numbered(next.actions), {
      key: ({ one }) => actionKey(one),
      create: () => indexed(link('link'), ports.act),
      update: (button, { one, index }) => {
        button.dataset['index'] = String(index);
        write(button, actionLook(one).word);
        describeAction(button, one, around);
      },
    });
  };
  return { root, show };
}

const severityWords = { error: 'Error', warning: 'Warning', info: 'Info', hint: 'Hint' } as const;

/** Marks a button whose action is off, and says in its tooltip what it would do or why it does not. */
export function describeAction(
  button: HTMLElement,
  action: ReviewItem['actions'][number],
  { trusted }: Pick<Circumstances, 'trusted'>,
): void {
  const isOff = action.kind === 'run' && !trusted;
  if (isOff) button.setAttribute('aria-disabled', 'true');
  else button.removeAttribute('aria-disabled');
  button.title = isOff ? restricted : action.kind === 'run' ? shown(action.command) : actionLook(action).word;
}

function numbered<One>(list: readonly One[]): { readonly one: One; readonly index: number }[] {
  return list.map((one, index) => ({ one, index }));
}
