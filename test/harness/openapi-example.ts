import { analyseOpenApi, type OpenApiAnalysis } from '../../src/core/openapi/analyse.ts';
import { cut } from '../../src/core/openapi/cut.ts';
import type { OpenApiVersion } from '../../src/core/openapi/visitors.ts';
import type { OpenApiRule } from '../../src/core/rule.ts';
import { applyEdits, type TextEdit } from '../../src/core/text.ts';

/** The document that every OpenAPI example is a patch of: small, and clean under every rule. */
export const base = `openapi: 3.0.3
info:
  title: Shop API
  description: Orders and customers of a small shop.
  version: 1.0.0
servers:
  - url: https://api.shop.test/v1
    description: Production
security:
  - bearer: []
tags:
  - name: Status
    description: Whether the service works
paths:
  /base-status:
    get:
      operationId: getBaseStatus
      summary: Tell whether the service works
      tags: [Status]
      security:
        - bearer: []
      responses:
        '200':
          description: The service works
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/BaseStatus'
        '401':
          $ref: '#/components/responses/Unauthorized'
        '429':
          $ref: '#/components/responses/TooManyRequests'
        default:
          $ref: '#/components/responses/Problem'
components:
  securitySchemes:
    bearer:
      type: http
      scheme: bearer
  responses:
    Unauthorized:
      description: Nobody is signed in
      content:
        application/problem+json:
          schema:
            $ref: '#/components/schemas/Problem'
    TooManyRequests:
      description: Too many requests
      headers:
        Retry-After:
          description: Seconds to wait
          schema:
            type: integer
            minimum: 1
            maximum: 3600
      content:
        application/problem+json:
          schema:
            $ref: '#/components/schemas/Problem'
    Problem:
      description: Something went wrong
      content:
        application/problem+json:
          schema:
            $ref: '#/components/schemas/Problem'
  schemas:
    BaseStatus:
      type: object
      required: [status]
      properties:
        status:
          type: string
          enum: [works, fails]
    Problem:
      type: object
      description: RFC 9457 problem details
      required: [type, title, status, code, traceId]
      properties:
        type:
          type: string
          format: uri
          maxLength: 200
        title:
          type: string
          maxLength: 200
        status:
          type: integer
          minimum: 400
          maximum: 599
        code:
          type: string
          enum: [NOT_FOUND, CONFLICT, INVALID]
        traceId:
          type: string
          format: uuid
`;

/**
 * The base with the patch's entries put over its own: root entries, paths and components of the same name are replaced, all others stay.
 * The patch keeps its own lines; offsets inside it grow only where base entries are added behind its maps. A JSON example stands alone.
 */
export function patched(patch: string): string {
  if (/^\s*\{/.test(patch) || /^\s*$/.test(patch)) return patch;
  const body = patch.replace(/^\n/, '').replace(/\n*$/, '\n');
  const ours = cut(body);
  const theirs = cut(base);
  if (ours.pieces[0]?.pointer === '') return body;
  const own = new Set([...ours.pieces.map((piece) => piece.pointer), ...ours.frames.map((frame) => frame.pointer)]);
  const edits: TextEdit[] = [];
  const append = (offset: number, newText: string): void =>
    void edits.push({ span: { start: offset, end: offset }, newText });
  let tail = '';
  for (const piece of theirs.pieces.filter((one) => one.pointer.lastIndexOf('/') === 0)) {
    if (!own.has(piece.pointer)) tail += base.slice(piece.start, piece.end);
  }
  for (const top of ['/paths', '/components']) {
    const frame = ours.frames.find((one) => one.pointer === top);
    const key = `${top.slice(1)}:\n`;
    if (!frame) {
      if (own.has(top)) continue;
      const whole = theirs.frames.find((one) => one.pointer === top);
      if (whole) tail += base.slice(whole.key.start, whole.end);
      continue;
    }
    if (top === '/paths') {
      append(
        frame.end,
        theirs.pieces
          .filter((one) => one.pointer.startsWith('/paths/') && !own.has(one.pointer))
          .map((one) => base.slice(one.start, one.end))
          .join(''),
      );
      continue;
    }
    const sections = theirs.frames.filter((one) => one.pointer.startsWith('/components/'));
    const here = (section: { pointer: string }): boolean => ours.frames.some((one) => one.pointer === section.pointer);
    // The patch's last section ends where the others are added: it is filled up first.
    for (const section of [...sections.filter(here), ...sections.filter((one) => !here(one))]) {
      if (own.has(section.pointer) && !here(section)) continue;
      const there = ours.frames.find((one) => one.pointer === section.pointer);
      const missing = theirs.pieces.filter(
        (one) => one.pointer.startsWith(`${section.pointer}/`) && !own.has(one.pointer),
      );
      const text = missing.map((one) => base.slice(one.start, one.end)).join('');
      append(there?.end ?? frame.end, there ? text : `  ${section.pointer.split('/')[2] ?? key}:\n${text}`);
    }
  }
  return applyEdits(body, edits) + tail;
}

export function versionOf(text: string): OpenApiVersion {
  return /^\s*"?openapi"?:\s*['"]?3\.1/m.test(text) ? '3.1' : '3.0';
}

/** Runs rules over one document, to the end. */
export function analyse(
  text: string,
  rules: readonly OpenApiRule[],
  files: Readonly<Record<string, string>> = {},
): OpenApiAnalysis {
  const run = analyseOpenApi({
    file: 'openapi.yaml',
    text,
    version: versionOf(text),
    rules,
    read: (path) => files[path],
  });
  for (let step = run.next(); ; step = run.next()) if (step.done) return step.value;
}
