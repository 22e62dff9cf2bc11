import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { reportHtml, reportPolicy } from '../../src/extension/report-html.ts';
import type { FromReviewPage, ToReviewPage } from '../../src/server/protocol-review.ts';
import type { CheckReport, FromReportPage, ReportGroup, ToReportPage } from '../../src/server/protocol.ts';
import themes from './themes.json' with { type: 'json' };

/** Colours as VS Code 1.139.1 gives them to a page. */
export type ThemeName = keyof typeof themes;
export const themeNames = Object.keys(themes) as ThemeName[];

/** The built page, served with its real policy, with a stand-in for VS Code around it. */
export interface ServedPage<From = FromReportPage> {
  /** Opens the page in a new tab; it keeps its state over a reload, as in VS Code. */
  open(browser: Browser, options?: { readonly width?: number; readonly theme?: ThemeName }): Promise<OpenPage<From>>;
  close(): void;
}

export interface OpenPage<From = FromReportPage> {
  readonly page: Page;
  tell(message: ToReportPage | ToReviewPage | object | string | null): Promise<void>;
  /** What the page has said since it was loaded. */
  said(): Promise<From[]>;
  /** What broke the policy, and what went wrong in the page's scripts. */
  faults(): Promise<string[]>;
  dress(theme: ThemeName): Promise<void>;
  /** Stops the page's clock: it moves only when a test moves it. */
  stopClock(): Promise<void>;
}

// Text, because it runs in the page.
const standIn = `{
  // A test may stop the page's clock.
  window.soon = setTimeout.bind(window);
  window.said = [];
  window.faults = [];
  document.addEventListener('securitypolicyviolation', (event) => window.faults.push(event.violatedDirective + ' ' + event.blockedURI));
  window.addEventListener('error', (event) => window.faults.push(event.message));
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.said.push(message),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
  });
}`;

export function servePage(): Promise<ServedPage> {
  return serve('report', reportHtml);
}

/** The page of the review. It has the background of the side bar, and from 700 pixels on that of an editor. */
export function serveReviewPage(): Promise<ServedPage<FromReviewPage>> {
  return serve('review', (parts) =>
    reportHtml(parts).replace('<p class="fallback">', '<p class="fallback">The panel could not start. '),
  );
}

async function serve<From>(name: string, html: typeof reportHtml): Promise<ServedPage<From>> {
  const files: Record<string, readonly [string, string | Buffer]> = {
    '/page.js': ['text/javascript', await readFile(`dist/${name}.js`)],
    '/page.css': ['text/css', await readFile(`dist/${name}.css`)],
  };
  const server = createServer(({ url = '/' }, response) => {
    const file = files[url];
    if (!file) response.writeHead(404).end();
    else {
      response.writeHead(200, { 'content-type': file[0], 'content-security-policy': policy }).end(file[1]);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const parts = { source: origin, nonce: 'c3RhbmQtaW4' };
  const policy = reportPolicy(parts);
  files['/'] = ['text/html', html({ ...parts, script: '/page.js', style: '/page.css' })];
  return {
    open: async (browser, { width = 900, theme = 'dark2026' } = {}) => {
      const page = await browser.newPage({ viewport: { width, height: 700 } });
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('dialog', (dialog) => {
        faults.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.addInitScript(standIn);
      await page.goto(origin);
      const dress = async (name: ThemeName): Promise<void> => {
        const { class: names, ...variables } = themes[name];
        await page.evaluate(`{
          document.documentElement.removeAttribute('style');
          for (const [name, value] of Object.entries(${JSON.stringify(variables)})) document.documentElement.style.setProperty(name, value);
          document.body.className = ${JSON.stringify(`${names} `)} + (document.body.classList.contains('wide') ? 'wide' : '');
          // Where a page has no background of its own it lies on that of the side bar or of the editor.
          document.documentElement.style.background = 'var(--vscode-' + (innerWidth < 700 ? 'sideBar' : 'editor') + '-background)';
        }`);
      };
      await dress(theme);
      return {
        page,
        tell: async (message) => {
          await page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
          // The message is an event of its own; the next one comes after it.
          await page.evaluate(
            `new Promise((resolve) => { const channel = new MessageChannel(); channel.port1.onmessage = resolve; window.soon(() => channel.port2.postMessage(0)); })`,
          );
        },
        said: () => page.evaluate('window.said'),
        faults: async () => [...faults, ...(await page.evaluate<string[]>('window.faults'))],
        dress,
        stopClock: async () => {
          const time = Date.UTC(2026, 10, 20, 14, 31);
          await page.clock.install({ time });
          await page.clock.pauseAt(time + 60_000);
        },
      };
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export type GroupSketch = readonly [severity: ReportGroup['severity'], rule: string, findings: number];

/** A report with so many findings of each rule, ten to a file. */
export function reportOf(sketch: readonly GroupSketch[], parts: Partial<CheckReport> = {}): CheckReport {
  const most = Math.max(1, ...sketch.map(([, , size]) => Math.ceil(size / 10)));
  const files = Array.from({ length: most }, (_, index) => ({
    uri: `file:///shop/api/spec-${index}.yaml`,
    path: `api/spec-${index}.yaml`,
  }));
  return {
    madeAt: Date.UTC(2026, 10, 20, 14, 31),
    documents: most,
    files,
    groups: sketch.map(([severity, rule, size]) => ({
      rule,
      severity,
      says: `Do what ${rule} asks.`,
      page: `file:///pages/${rule}.md`,
      findings: Array.from({ length: size }, (_, index) => ({
        file: Math.floor(index / 10),
        range: { start: { line: (index % 10) * 7, character: 2 }, end: { line: (index % 10) * 7, character: 9 } },
        message: `Finding ${index + 1} of ${rule}`,
        fingerprint: `${rule} ${index}`,
      })),
    })),
    notAnalysed: [],
    ...parts,
  };
}
