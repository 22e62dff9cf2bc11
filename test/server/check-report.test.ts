import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { CheckReport, CheckSummary } from '../../src/server/protocol.ts';
import { scratch, type Scratch, startClient } from '../harness/server/client.ts';
import { head, operation } from '../harness/server/texts.ts';

const root = resolve(import.meta.dirname, '../..');

interface CliFinding {
  readonly file: string;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly range: object;
  readonly fingerprint: string;
}

describe('the check report', function () {
  this.timeout(30_000);
  const folders: Scratch[] = [];
  const folderWith = (files: Readonly<Record<string, string>>): Scratch => {
    const folder = scratch();
    folders.push(folder);
    for (const [file, text] of Object.entries(files)) folder.write(file, text);
    return folder;
  };
  const check = async (paths: readonly string[], main?: string): Promise<CheckSummary & { report: CheckReport }> => {
    const client = await startClient({ folders: paths, ...(main === undefined ? {} : { main }) });
    try {
      const plain = await client.request<CheckSummary>('backendArchitect/checkWorkspace', {});
      assert.equal(plain.report, undefined, 'only who asks for it gets it');
      const summary = await client.request<CheckSummary>('backendArchitect/checkWorkspace', { report: true });
      assert.ok(summary.report);
      return { ...summary, report: summary.report };
    } finally {
      await client.stop();
    }
  };
  afterEach(() => {
    for (const folder of folders.splice(0)) folder.remove();
  });

  it('holds what the editor leaves out, and what was not analysed', async () => {
    const many = Array.from({ length: 421 }, (_, i) => operation(`/things${i}`, '      security: []\n')).join('');
    const folder = folderWith({
      'many/openapi.yaml': head + many,
      'one/openapi.yaml': head + operation('/users', '      security: []\n'),
      'old.yaml': "swagger: '2.0'\ninfo: { title: Old, version: 1.0.0 }\npaths: {}\n",
    });
    const { report, documents, notAnalysed } = await check([folder.path]);
    assert.deepEqual([report.documents, documents], [2, 2]);
    const found = report.groups.find(({ rule }) => rule === 'api/summary');
    assert.equal(found?.findings.length, 422);
    assert.equal(found.severity, 'warning');
    assert.equal(found.page, 'file:///pages/api/summary.md');
    assert.deepEqual(
      report.notAnalysed.map(({ file, reason, partly }) => [report.files[file]?.path, reason, partly]),
      [['old.yaml', notAnalysed[0]?.reason, false]],
    );
    assert.equal(report.files[found.findings.at(-1)?.file ?? -1]?.uri, folder.uri('one/openapi.yaml'));
    const lines = found.findings.slice(0, 421).map(({ range }) => range.start.line);
    assert.deepEqual(
      lines,
      lines.toSorted((a, b) => a - b),
    );
  });

  it('names the folder where there are several', async () => {
    const text = { 'openapi.yaml': head + operation('/users') };
    const [a, b] = [folderWith(text), folderWith(text)];
    const { report } = await check([a.path, b.path]);
    assert.deepEqual(
      report.files.map(({ path }) => path).toSorted(),
      [a, b].map(({ path }) => `${basename(path)}/openapi.yaml`).toSorted(),
    );
  });

  it('says of the sample workspace what the command line says', async () => {
    const folder = folderWith({});
    cpSync(resolve(root, 'test/sample'), folder.path, { recursive: true });
    const { report } = await check([folder.path], resolve(root, 'src/server/main.ts'));
    const args = [resolve(root, 'src/cli/main.ts'), 'check', '--format', 'json', '--fail-on', 'never'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder.path, encoding: 'utf8' });
    const cli = JSON.parse(stdout) as { findings: readonly CliFinding[]; documents: readonly object[] };
    assert.ok(cli.findings.length > 0);
    assert.equal(report.documents, cli.documents.length);
    const reported = report.groups.flatMap(({ rule, severity, findings }) =>
      findings.map(({ file, range, message, fingerprint }) =>
        JSON.stringify([report.files[file]?.path, rule, severity, message, range, fingerprint]),
      ),
    );
    const told = cli.findings.map(({ file, rule, severity, message, range, fingerprint }) =>
      JSON.stringify([file, rule, severity, message, range, fingerprint]),
    );
    assert.deepEqual(reported.toSorted(), told.toSorted());
  });
});
