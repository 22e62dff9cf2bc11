/** What VS Code gives to a page. */
export interface VsCodeApi<From> {
  postMessage(message: From): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi<From>(): VsCodeApi<From>;

/** Asks VS Code for its interface. It gives it once. */
export function connect<From>(): VsCodeApi<From> {
  return acquireVsCodeApi<From>();
}

/** Calls `receive` with every message that `isOurs` accepts; anything else is dropped. */
export function onMessage<To>(isOurs: (value: unknown) => value is To, receive: (message: To) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isOurs(data)) receive(data);
  });
}

/** An object of which nothing is known yet. */
export type Loose = Readonly<Record<string, unknown>>;

export function isRange(value: unknown): boolean {
  return isObject(value) && isPosition(value['start']) && isPosition(value['end']);
}

function isPosition(value: unknown): boolean {
  return isObject(value) && isCount(value['line']) && isCount(value['character']);
}

export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null;
}

export function isListOf(value: unknown, fits: (one: Loose) => boolean): value is readonly Loose[] {
  return Array.isArray(value) && value.every((one: unknown) => isObject(one) && fits(one));
}

export function areTexts(value: Loose, names: readonly string[]): boolean {
  return names.every((name) => typeof value[name] === 'string');
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** Each of them is a text or is not there. */
export function mayBeTexts(value: Loose, names: readonly string[]): boolean {
  return names.every((name) => value[name] === undefined || typeof value[name] === 'string');
}

export function areCounts(value: Loose, names: readonly string[]): boolean {
  return names.every((name) => isCount(value[name]));
}

export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
