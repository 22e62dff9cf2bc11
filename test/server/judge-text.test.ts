import assert from 'node:assert/strict';
import type { TextVerdict } from '../../src/server/protocol-architect.ts';
import { scratch, startClient } from '../harness/server/client.ts';
import { head, operation } from '../harness/server/texts.ts';

describe('a proposal that is no file', function () {
  this.timeout(30_000);
  const judged = async (
    dialect: 'sql' | 'openapi',
    text: string,
    files: Record<string, string> = {},
  ): Promise<TextVerdict & { readonly refusal?: string }> => {
    const folder = scratch(files);
    const client = await startClient({ folders: [folder.path] });
    try {
      return await client.request('backendArchitect/judgeText', { folder: folder.uri(''), dialect, text });
    } finally {
      await client.stop();
      folder.remove();
    }
  };
  const rules = ({ findings }: TextVerdict): readonly string[] => findings.map(({ rule }) => rule);

  it('is judged like a migration, with its lines', async () => {
    const { findings, notAnalysed } = await judged('sql', 'SELECT 1;\nALTER TABEL a ADD b int;\n');
    assert.deepEqual(
      findings.map(({ rule, line }) => [rule, line]),
      [['sql/syntax', 2]],
    );
    assert.deepEqual(notAnalysed, []);
    assert.ok(rules(await judged('sql', 'CREATE INDEX a_b ON a (b);\n')).includes('sql/index-not-concurrently'));
  });
  it('is judged like an API description, worst first', async () => {
    const verdict = await judged('openapi', head + operation('/users'));
    assert.equal(rules(verdict)[0], 'api/auth-defined');
    assert.deepEqual(
      await judged('openapi', 'paths: {}\n').then(({ refusal }) => refusal?.slice(0, 15)),
      'It is no whole ',
    );
  });
  it('goes by the configuration of its folder', async () => {
    const configured = { 'backend-architect.yaml': 'rules:\n  api/auth-defined: off\n' };
    assert.ok(!rules(await judged('openapi', head + operation('/users'), configured)).includes('api/auth-defined'));
  });
  it('reads no file of the workspace, whatever it names', async () => {
    const files = { 'secret.yaml': 'type: strin\n' };
    const text = `${head}${operation('/users')}components:\n  schemas:\n    A: { $ref: './secret.yaml' }\n`;
    const { findings } = await judged('openapi', text, files);
    assert.ok(!JSON.stringify(findings).includes('strin'));
  });
});
