import assert from 'node:assert/strict';
import { applyQuickFix, openFile, showProblems, squiggles, statusItem, texts, until } from '../harness/verbs.ts';
import { journey, specification } from './session.ts';
import { fixesAt, untilMarked } from './sights.ts';

const health = (server: string): string => `openapi: 3.1.0
info: { title: Health, version: 1.0.0 }
servers:
  - url: http://${server}.example/v1
paths:
  /health:
    get:
      operationId: getHealth
      responses: { '204': { description: Fine } }
`;

const crlf = [
  '{',
  '  "openapi": "3.1.0",',
  '  "info": { "title": "Größen 👟 für alle", "version": "1.0.0" },',
  '  "servers": [{ "description": "Größe 👟 日本", "url": "http://schuhe.example/v1" }],',
  '  "paths": {}',
  '}',
  '',
].join('\r\n');

describe('workspaces and files of other kinds', () => {
  journey(
    'in Restricted Mode everything is checked and repaired',
    { untrusted: true },
    async ({ page, read, save }) => {
      const before = await read(specification);
      await openFile(page, specification);
      await statusItem(page, 'status.workspaceTrust').waitFor();
      await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
      await fixesAt(page, 7, 12);
      await applyQuickFix(page, 'Use https');
      await untilMarked(page, 'error', []);
      assert.equal(await save(specification), before.replace('http://api.shop', 'https://api.shop'));
    },
  );

  journey(
    'each folder of a workspace goes by its own configuration',
    {
      bare: true,
      open: 'both.code-workspace',
      files: {
        'both.code-workspace': JSON.stringify({ folders: [{ path: 'orders' }, { path: 'stock' }] }),
        'orders/orders.yaml': health('orders'),
        'orders/backend-architect.yaml': 'rules:\n  api/server-https: off\n',
        'stock/stock.yaml': health('stock'),
        'stock/backend-architect.yaml': 'rules:\n  api/auth-defined: off\n',
      },
    },
    async ({ page }) => {
      await openFile(page, 'stock.yaml');
      await untilMarked(page, 'error', ['4: http://stock.example/v1']);
      await openFile(page, 'orders.yaml');
      await untilMarked(page, 'error', ['7: get']);
      const rows = await showProblems(page);
      const rules = (all: readonly string[]): string[] =>
        all.flatMap((row) => /api\/(?:server-https|auth-defined)/.exec(row)?.[0] ?? []).sort();
      assert.deepEqual(
        rules(
          await until(
            'both findings',
            () => texts(rows),
            (all) => rules(all).length >= 2,
          ),
        ),
        ['api/auth-defined', 'api/server-https'],
      );
    },
  );

  journey(
    'JSON with CRLF is marked and repaired at the right place behind other than ASCII',
    { bare: true, files: { 'schuhe.json': crlf } },
    async ({ page, save }) => {
      await openFile(page, 'schuhe.json');
      await squiggles(page).first().waitFor();
      await untilMarked(page, 'error', ['4: "http://schuhe.example/v1"']);
      await fixesAt(page, 4, crlf.split('\r\n')[3]?.indexOf('http') ?? 0);
      await applyQuickFix(page, 'Use https');
      await untilMarked(page, 'error', []);
      assert.equal(await save('schuhe.json'), crlf.replace('http:', 'https:'));
    },
  );
});
