import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { rules } from '../../src/catalogue/rules.generated.ts';

interface Manifest {
  readonly version: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category?: string; readonly title: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: string; readonly restrictedConfigurations: readonly string[] };
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const kilobytes = (file: string): number => statSync(file).size / 1024;

/** Every file below `folder`, with `/`. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'));
}

describe('the package', () => {
  const listed = execFileSync('vsce', ['ls', '--no-dependencies'], { encoding: 'utf8' }).trim().split('\n').sort();

  it('holds what we list and nothing else', () => {
    const wanted = [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.txt',
      'package.json',
      'dist/analyst.cjs',
      'dist/architect.cjs',
      'dist/demanded.cjs',
      'dist/cli.cjs',
      'dist/extension.cjs',
      'dist/libpg-query.wasm',
      'dist/report.css',
      'dist/report.js',
      'dist/review.css',
      'dist/review.js',
      'dist/server.cjs',
      ...filesBelow('media'),
      ...filesBelow('schemas'),
      ...filesBelow('docs/rules'),
      ...filesBelow('test/sample'),
    ];
    assert.deepEqual(listed, wanted.sort());
  });
  it('holds a page for every rule', () => {
    for (const { id } of rules) assert.ok(listed.includes(`docs/rules/${id}.md`), id);
  });
  it('stays within its sizes', () => {
    assert.ok(kilobytes('dist/extension.cjs') < 500, 'the bundle that activates');
    assert.ok(kilobytes('dist/demanded.cjs') < 100, 'what is loaded with the first command that needs it');
    assert.ok(kilobytes('dist/architect.cjs') < 512, 'the Claude side, loaded when it is asked for');
    assert.ok(kilobytes('dist/server.cjs') + kilobytes('dist/analyst.cjs') < 2048, 'server and analyst');
    assert.ok(kilobytes('dist/cli.cjs') < 1536, 'command line');
    for (const page of ['report', 'review']) {
      assert.ok(kilobytes(`dist/${page}.js`) < 140, `the page ${page} with its components`);
      const packed = ['js', 'css'].map((end) => gzipSync(readFileSync(`dist/${page}.${end}`)).length);
      assert.ok(packed.reduce((all, one) => all + one) < 60 * 1024, `the page ${page}, compressed`);
    }
    const vsix = process.env['BACKEND_ARCHITECT_VSIX'];
    assert.ok(
      vsix !== undefined && existsSync(vsix),
      'scripts/test.ts builds the .vsix and names it in BACKEND_ARCHITECT_VSIX',
    );
    assert.ok(kilobytes(vsix) < 5 * 1024, 'the .vsix without the embedded database');
  });
  it('activates without parsers, engine or database', () => {
    const bundle = readFileSync('dist/extension.cjs', 'utf8');
    for (const word of ['libpg-query', 'api/auth-defined', 'parseEvents', 'anthropic-version', 'BEGIN DATA'])
      assert.ok(!bundle.includes(word), word);
    assert.ok(gzipSync(bundle).length < 150 * 1024);
  });
});

describe('the manifest', () => {
  it('declares exact versions only, and types of the oldest VS Code that is supported', () => {
    for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies }))
      assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.equal(manifest.engines['vscode'], '^1.100.3');
    assert.match(manifest.devDependencies['@types/vscode'] ?? '', /^1\.100\./);
  });
  it('names every command under one category, and code that registers it', () => {
    const sources = filesBelow('src/extension')
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    for (const { command, category } of manifest.contributes.commands) {
      assert.equal(category, 'Backend Architect');
      assert.ok(sources.includes(command.slice(command.indexOf('.') + 1)), command);
    }
  });
  it('reads no setting that it does not declare', () => {
    const declared = Object.keys(manifest.contributes.configuration.properties);
    assert.ok(declared.length <= 15);
    for (const name of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations)
      assert.ok(declared.includes(name), name);
    const sources = filesBelow('src/extension')
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    for (const [, name = ''] of sources.matchAll(
      /(?<!getConfiguration\('files', uri\))\.get(?:<[^>]*>)?\(\s*'([a-z][\w.]*)'/g,
    )) {
      assert.ok(declared.includes(`backendArchitect.${name}`), name);
    }
  });
  it('lets no workspace say where a key is sent, to whom, or for which model', () => {
    const { properties } = manifest.contributes.configuration;
    for (const name of ['provider', 'baseUrl', 'model'].map((one) => `backendArchitect.architect.${one}`)) {
      assert.equal((properties[name] as { readonly scope?: string }).scope, 'machine', name);
      assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(name), name);
    }
  });
  it('has a dated heading in the changelog for its version', () => {
    assert.match(
      readFileSync('CHANGELOG.md', 'utf8'),
      new RegExp(`^## \\[${manifest.version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`, 'm'),
    );
  });
});

describe('what is generated', () => {
  for (const script of ['scripts/docs.ts', 'scripts/notices.ts']) {
    it(`is up to date: ${script}`, () => {
      execFileSync('node', [script, '--check'], { stdio: 'pipe' });
    });
  }
});
