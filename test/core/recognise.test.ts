import assert from 'node:assert/strict';
import { recognise } from '../../src/core/recognise.ts';

const versionOf = (text: string): string | undefined => {
  const found = recognise(text, true);
  return typeof found === 'object' ? found.version : found;
};

describe('recognising OpenAPI', () => {
  it('goes by the root keys, in YAML and JSON, in any order', () => {
    const texts: Record<string, string> = {
      'openapi: 3.0.3\ninfo: {}\n': '3.0.3',
      '\uFEFF# c\r\n\r\n%YAML 1.2\r\n---\r\nopenapi: "3.1.0" # v\r\n': '3.1.0',
      "swagger: '2.0'\n": '2.0',
      'swagger: 2.0\n': '2.0',
      'openapi: 3.2.0': '3.2.0',
      'openapi: 3.': '3.',
      'info:\n  title: |\n    x\npaths:\n  /a: {}\nopenapi: 3.0.0\n': '3.0.0',
      '"openapi": 3.0.0\n': '3.0.0',
      "'openapi' : 3.0.0\n": '3.0.0',
      'openapi:    !!str 3.0.0\n': '3.0.0',
      'openapi: &v 3.0.0\n': '3.0.0',
      '  info: {}\n  openapi: 3.0.0\n': '3.0.0',
      '{"openapi":"3.0.1"}': '3.0.1',
      '\uFEFF {\n "info": { "openapi": "9" },\n "paths": {"/{a}": ["}", "\\"{"]},\n "openapi" : "3.1.1" }': '3.1.1',
      '{"swagger": "2.0"': '2.0',
      '{openapi: 3.0.0, info: {}}': '3.0.0',
      "{ info: { title: it's }, 'openapi': '3.0.0' }": '3.0.0',
      '{"open\\u0061pi": "3.0.0"}': '3.0.0',
      '# c\n{ info: {}, # openapi: 9\n  openapi: 3.0.2 }': '3.0.2',
      'openapi:\ninfo:\n': '',
      'paths: {}\nopenapi: next\n': '',
      '{"openapi": null, "paths": {}}': '',
      'ope\nopenapi: 3.0.0\n': '3.0.0',
      'info:\n  description: "a\n    b"\nopenapi: 3.0.0\n': '3.0.0',
    };
    for (const [text, version] of Object.entries(texts)) assert.equal(versionOf(text), version, text);
  });

  it('is not fooled', () => {
    const texts = [
      '',
      '# openapi: 3.0.0\n',
      'spec:\n  openapi: 3.0.0\n',
      'text: |\n  openapi: 3.0.0\n',
      'text: "\nopenapi: 3.0.0\n"\n',
      "text: '\nopenapi: 3.0.0\n'\n",
      'text: [\nopenapi: 3.0.0\n]\n',
      '- openapi: 3.0.0\n',
      '-\n  openapi: 3.0.0\n',
      '--- |\nopenapi: 3.0.0\n',
      'kind: x\n---\nopenapi: 3.0.0\n',
      'openapi: ./spec.yaml\n',
      'openapi: true\n',
      'openapi:\n  input: x\n',
      'openapi: spec-3.0.yaml',
      'openapi-version: 3.0.0\n',
      'x: openapi: 3.0.0',
      '[{"openapi": "3.0.0"}]',
      '{"spec": {"openapi": "3.0.0"}}',
      '{"text": "\\"openapi\\": \\"3.0.0\\""}',
      '{"a": ["openapi", "3.0.0"]}',
      '{"a": "openapi"}',
      '{"a": 1} {"openapi": "3.0.0"}',
      '"openapi: 3.0.0"',
      'just text',
      '\0\0openapi: 3.0.0',
      '\uFFFD\uFFFDo\0p\0',
      ']}]}\nx',
    ];
    for (const text of texts) assert.equal(recognise(text, true), undefined, text);
  });

  it('asks for more where the head is not enough, and then answers as for the whole', () => {
    const texts = [
      'info:\n  title: x\npaths:\n  /a: {}\nopenapi: 3.0.0\n',
      '{"info": {"openapi": 1}, "openapi": "3.0.0"}',
      '# only\n# comments\nopenapi: 3.1.0\n',
      '{ info: {}, openapi: 3.0.0 }\n',
      'kind: Pod\nspec: {}\n',
      '{"name": "x", "version": "1"}',
    ];
    for (const text of texts) {
      const whole = recognise(text, true);
      for (let end = 0; end < text.length; end++) {
        const head = recognise(text.slice(0, end), false);
        if (head !== 'unsure') assert.deepEqual(head, whole, text.slice(0, end));
      }
    }
    assert.equal(recognise('kind: Pod\n', false), 'unsure');
    assert.equal(recognise('- a\n', false), undefined);
    assert.equal(recognise('[1,', false), undefined);
  });

  it('takes linear time', () => {
    const began = performance.now();
    for (const text of [
      '['.repeat(1e6),
      '{'.repeat(1e6),
      '{"a":'.repeat(2e5),
      'a: '.repeat(3e5),
      ' '.repeat(1e6),
      '#\n'.repeat(5e5),
      '{a'.repeat(5e5),
      `{a: ${"'".repeat(1e6)}`,
      'a:\n'.repeat(3e5),
      `{"openapi": ${' '.repeat(1e6)}`,
      `openapi: ${' '.repeat(1e6)}x`,
      '{"openapi": x, '.repeat(1e5),
    ]) {
      recognise(text, true);
      recognise(text, false);
    }
    assert.ok(performance.now() - began < 4000, `${performance.now() - began} ms`);
  });
});
