import type { CheckReport, FromReportPage } from '../src/server/protocol.ts';
import { groupsOf, verdictOf } from './groups.ts';
import { groupList, type ListState } from './list.ts';
import { connect, onMessage } from './messages.ts';
import { element, write } from './patch.ts';
import { isReportMessage } from './report-messages.ts';
import { registerComponents } from './toolkit.ts';

interface PageState extends ListState {
  readonly scroll: number;
}

registerComponents();
const api = connect<FromReportPage>();
const kept = readState(api.getState());

const heading = element('h1', '', 'Checking the workspace');
heading.id = 'verdict';
const made = element('p', 'made');
const again = document.createElement('vscode-button');
again.textContent = 'Check Again';
again.setAttribute('appearance', 'secondary');
again.hidden = true;
const notice = element('p', 'notice');
notice.setAttribute('role', 'status');
const empty = element('p', 'empty');
empty.hidden = true;
const divider = document.createElement('vscode-divider');
divider.setAttribute('role', 'presentation');
const list = groupList({ state: kept, choose: (choice) => api.postMessage(choice), changed: keep });
const main = element(
  'main',
  '',
  element('header', '', heading, element('div', 'bar', made, again), notice),
  divider,
  empty,
  list.root,
);
main.setAttribute('aria-labelledby', 'verdict');
main.setAttribute('aria-busy', 'true');

let report: CheckReport | undefined;
let busy = true;
/** The person asked for the check that is under way. */
let asked = false;

again.addEventListener('click', () => {
  if (busy) return;
  asked = true;
  api.postMessage({ kind: 'check' });
});
// The editor gives the focus to the page as a whole: it goes on where it was.
window.addEventListener('focus', takeFocus);
window.addEventListener('scroll', keep, { passive: true });
onMessage(isReportMessage, (message) => {
  switch (message.kind) {
    case 'report':
      show(message.report);
      break;
    case 'busy':
      busy = message.busy;
      main.setAttribute('aria-busy', String(busy));
      if (!busy) asked = false;
      tellTime();
      break;
    case 'notice':
      asked = false;
      write(notice, message.text);
      break;
  }
});
document.getElementById('page')?.replaceWith(main);
api.postMessage({ kind: 'ready' });

function show(next: CheckReport): void {
  const first = report === undefined;
  report = next;
  write(heading, verdictOf(next));
  write(notice, asked ? `Checked again: ${verdictOf(next)}.` : '');
  asked = false;
  again.hidden = false;
  const nothing = next.documents === 0 && next.groups.length === 0 && next.notAnalysed.length === 0;
  empty.hidden = !nothing && next.groups.length > 0;
  write(
    empty,
    nothing
      ? 'No API document and no migration was found. API documents are YAML and JSON files with the root key openapi. Migrations are .sql files that lie and are named as migration tools name them.'
      : next.notAnalysed.length > 0
        ? 'No rule found anything in what was analysed.'
        : 'No rule found anything.',
  );
  list.show(groupsOf(next));
  tellTime();
  if (!first) return;
  window.scrollTo(0, kept.scroll);
  takeFocus();
}

function takeFocus(): void {
  if (document.hasFocus() && document.activeElement === document.body) list.focus();
}

function tellTime(): void {
  if (!report) {
    write(heading, busy ? 'Checking the workspace' : 'Not checked');
    again.hidden = busy;
    write(made, '');
    return;
  }
  const time = new Date(report.madeAt).toLocaleTimeString('en-GB');
  write(made, busy ? `Checking again. This is from ${time}.` : `Checked at ${time}`);
}

function keep(): void {
  if (report) api.setState({ ...list.state(), scroll: window.scrollY } satisfies PageState);
}

function readState(value: unknown): PageState {
  const { open, most, current, scroll } = (value ?? {}) as Partial<PageState>;
  return {
    open: open ?? {},
    most: most ?? {},
    current: typeof current === 'string' ? current : undefined,
    scroll: typeof scroll === 'number' ? scroll : 0,
  };
}
