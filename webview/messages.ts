import type { CheckReport, FromReportPage, ToReportPage } from '../src/server/protocol.ts';

/** What VS Code gives to a page. */
interface VsCodeApi {
  postMessage(message: FromReportPage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Asks VS Code for its interface. It gives it once. */
export function connect(): VsCodeApi {
  return acquireVsCodeApi();
}

/** Calls `receive` with every message that is one of ours; anything else is dropped. */
export function onMessage(receive: (message: ToReportPage) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isMessage(data)) receive(data);
  });
}

type Loose = Readonly<Record<string, unknown>>;

function isMessage(value: unknown): value is ToReportPage {
  if (!isObject(value)) return false;
  switch (value['kind']) {
    case 'report':
      return isReport(value['report']);
    case 'busy':
      return typeof value['busy'] === 'boolean';
    case 'notice':
      return typeof value['text'] === 'string';
    default:
      return false;
  }
}

function isReport(value: unknown): value is CheckReport {
  if (!isObject(value) || !isCount(value['madeAt']) || !isCount(value['documents'])) return false;
  const { files, groups, notAnalysed } = value;
  if (!isListOf(files, (one) => areTexts(one, ['uri', 'path']))) return false;
  const isFile = (index: unknown): boolean => isCount(index) && index < files.length;
  return (
    isListOf(
      notAnalysed,
      (one) => areTexts(one, ['reason']) && isFile(one['file']) && typeof one['partly'] === 'boolean',
    ) &&
    isListOf(
      groups,
      (group) =>
        areTexts(group, ['rule', 'severity', 'says', 'page']) &&
        ['error', 'warning', 'info', 'hint'].includes(String(group['severity'])) &&
        isListOf(
          group['findings'],
          (one) => areTexts(one, ['message', 'fingerprint']) && isFile(one['file']) && isRange(one['range']),
        ),
    )
  );
}

function isRange(value: unknown): boolean {
  return isObject(value) && isPosition(value['start']) && isPosition(value['end']);
}

function isPosition(value: unknown): boolean {
  return isObject(value) && isCount(value['line']) && isCount(value['character']);
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null;
}

function isListOf(value: unknown, fits: (one: Loose) => boolean): value is readonly Loose[] {
  return Array.isArray(value) && value.every((one: unknown) => isObject(one) && fits(one));
}

function areTexts(value: Loose, names: readonly string[]): boolean {
  return names.every((name) => typeof value[name] === 'string');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
