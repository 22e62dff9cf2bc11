import assert from 'node:assert/strict';
import { defaultConfiguration } from '../../src/core/configuration.ts';
import { readConfiguration } from '../../src/core/configuration-read.ts';
import { discover, passedBy } from '../../src/workflow/discover.ts';
import { memoryFiles } from './memory.ts';

const spec = 'openapi: 3.1.0\n';

async function find(
  texts: Record<string, string | undefined>,
  config = '',
  from = '',
): Promise<{ files: string[]; not: string[]; reads: string[] }> {
  const files = memoryFiles(texts);
  const found = await discover({
    files,
    configuration: readConfiguration(config, []),
    isMigrationPath: (path) => path.includes('migrations/'),
    from,
  });
  return {
    files: found.documents.map(({ file }) => file),
    not: found.notAnalysed.map(({ file, reason }) => `${file}: ${reason}`),
    reads: files.reads,
  };
}

describe('discovery', () => {
  it('finds OpenAPI by its root keys and migrations by their paths, in order', async () => {
    const { files, not } = await find({
      'z.yml': 'swagger: "2.0"',
      'a/b/shop.json': '{"openapi": "3.0.0"}',
      'a/config.json': '{"name": "x"}',
      'a/k8s.yaml': 'kind: Pod',
      'db/migrations/002.sql': 'x',
      'db/migrations/001.SQL': 'x',
      'db/seed.sql': 'x',
      'a.txt': spec,
      'link.yaml': undefined,
    });
    assert.deepEqual(files, ['a/b/shop.json', 'db/migrations/001.SQL', 'db/migrations/002.sql', 'z.yml']);
    assert.deepEqual(not, []);
  });

  it('leaves out what others wrote and what was built, without looking inside', async () => {
    const { files, reads } = await find({
      'node_modules/x/openapi.yaml': spec,
      'a/node_modules/openapi.yaml': spec,
      '.git/openapi.yaml': spec,
      'dist/openapi.yaml': spec,
      'vendor/migrations/001.sql': 'x',
      '.github/openapi.yaml': spec,
      'distribution/openapi.yaml': spec,
    });
    assert.deepEqual(files, ['.github/openapi.yaml', 'distribution/openapi.yaml']);
    assert.equal(reads.length, 2);
  });

  it('leaves out what tests are fed with, unless it is named', async () => {
    const texts = {
      'testdata/migrations/001.sql': 'x',
      'pkg/stub/migrations/001.sql': 'x',
      'a/fixtures/openapi.yaml': spec,
      'a/fixtures/b/openapi.yaml': spec,
      'a/__fixtures__/openapi.yaml': spec,
      'fixtures.yaml': spec,
    };
    assert.deepEqual((await find(texts)).files, ['fixtures.yaml']);
    assert.deepEqual((await find(texts, 'include: ["**/*.yaml"]')).files, ['fixtures.yaml']);
    assert.deepEqual((await find(texts, 'include: ["a/fixtures/*.yaml"]')).files, ['a/fixtures/openapi.yaml']);
    assert.deepEqual((await find(texts, '', 'a/fixtures/b')).files, ['a/fixtures/b/openapi.yaml']);
    const files = memoryFiles(texts);
    assert.equal(
      await passedBy(files, 'a/fixtures/openapi.yaml', defaultConfiguration),
      'It lies in fixtures, which is left out',
    );
    assert.equal(
      await passedBy(files, 'a/fixtures/openapi.yaml', readConfiguration('include: [a/fixtures]', [])),
      undefined,
    );
  });

  it('honours .gitignore files at every level', async () => {
    const texts = {
      '.gitignore': '\uFEFF/generated/\n*.gen.yaml\n!keep.gen.yaml\nsecret\n',
      'generated/a.yaml': spec,
      'sub/generated/a.yaml': spec,
      'x.gen.yaml': spec,
      'keep.gen.yaml': spec,
      'sub/.gitignore': 'local.yaml\n!x.gen.yaml\n/only/\n',
      'sub/local.yaml': spec,
      'sub/x.gen.yaml': spec,
      'sub/only/a.yaml': spec,
      'sub/deep/only/a.yaml': spec,
      'sub/secret/.gitignore': '!*\n',
      'sub/secret/a.yaml': spec,
      'local.yaml': spec,
    };
    const { files } = await find(texts);
    const expected = ['keep.gen.yaml', 'local.yaml', 'sub/deep/only/a.yaml', 'sub/generated/a.yaml', 'sub/x.gen.yaml'];
    assert.deepEqual(files, expected);
    const inSub = await find({ ...texts, 'sub/deep/y.gen.yaml': spec }, '', 'sub/deep');
    assert.deepEqual(inSub.files, ['sub/deep/only/a.yaml']);
  });

  it('follows include and exclude', async () => {
    const texts = { 'api/a.yaml': spec, 'api/old/b.yaml': spec, 'web/c.yaml': spec };
    assert.deepEqual((await find(texts, 'include: [api]\nexclude: ["**/old/**"]')).files, ['api/a.yaml']);
    assert.deepEqual((await find(texts, 'exclude: [old]')).files, ['api/a.yaml', 'web/c.yaml']);
  });

  it('reads a whole file only where the head leaves it open', async () => {
    const long = `info:\n  description: ${'x'.repeat(70_000)}\n`;
    const { files, reads } = await find({
      'a.yaml': `${long}openapi: 3.0.0\n`,
      'b.yaml': long,
      'c.yaml': spec + long,
      'd.json': '[1]',
    });
    assert.deepEqual(files, ['a.yaml', 'c.yaml']);
    assert.deepEqual(reads.filter((read) => !read.startsWith('head')).sort(), ['a.yaml', 'b.yaml']);
  });

  it('names what is too large, binary or empty, where it is meant to be OpenAPI', async () => {
    const { files, not } = await find({
      'big.yaml': `HUGE ${spec}`,
      'big-data.json': 'HUGE {"a": 1,',
      'big-list.json': 'HUGE [{"a": 1},',
      'big-sorted.yaml': 'HUGE components:\n  schemas:\n',
      'a/swagger.json': 'HUGE {"a": 1,',
      'openapi.yaml': '',
      'b/openapi.yaml': 'BINARY\0',
      'c/openapi.yml': 'generator: x\n',
      'empty.yaml': '',
    });
    assert.deepEqual(files, []);
    assert.deepEqual(not, [
      'a/swagger.json: It has 50.0 MB; up to 20 MB are analysed.',
      'b/openapi.yaml: It is binary.',
      'big-data.json: It has 50.0 MB; up to 20 MB are analysed.',
      'big-sorted.yaml: It has 50.0 MB; up to 20 MB are analysed.',
      'big.yaml: It has 50.0 MB; up to 20 MB are analysed.',
      'c/openapi.yml: It has no `openapi` with a version among its root keys, for example `openapi: 3.1.0`.',
      'openapi.yaml: It is empty. An OpenAPI document begins with its version, for example `openapi: 3.1.0`.',
    ]);
  });

  it('names what it cannot read, and what would be OpenAPI if it were UTF-8', async () => {
    const texts = {
      'locked.yaml': 'LOCKED',
      'nul.yaml': `${spec}info: "\0"\n`,
      'utf16.yaml': `\uFFFD\uFFFD${spec.replaceAll(/(?<=.)(?=.)/gs, '\0')}\0`,
      'late.yaml': `info: ${'x'.repeat(70_000)}\n\0`,
      'data.yaml': 'kind: \0\n',
      'sub/LOCKED/a.yaml': spec,
      'fine.yaml': spec,
    };
    const { files, not } = await find(texts);
    assert.deepEqual(files, ['fine.yaml']);
    const folder = 'This folder cannot be listed, so nothing in it was checked. Allow reading it, or `exclude` it.';
    assert.deepEqual(not, [
      'late.yaml: It is binary.',
      'locked.yaml: It may not be read: permission denied.',
      'nul.yaml: It is binary.',
      `sub/LOCKED: ${folder}`,
      'utf16.yaml: It is binary.',
    ]);
    assert.deepEqual((await find(texts, 'exclude: [sub, "*.yaml"]')).not, []);
    assert.deepEqual((await find(texts, 'exclude: [sub]', 'sub/LOCKED')).not, [`sub/LOCKED: ${folder}`]);
  });

  it('looks into a folder that git ignores where it is named', async () => {
    const texts = { '.gitignore': 'gen/\n', 'gen/a.yaml': spec, 'gen/b/c.yaml': spec, 'gen/b/.gitignore': 'c.yaml\n' };
    assert.deepEqual((await find(texts)).files, []);
    assert.deepEqual((await find(texts, '', 'gen')).files, ['gen/a.yaml']);
  });
});
