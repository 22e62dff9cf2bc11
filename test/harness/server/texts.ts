import type { Diagnostic } from 'vscode-languageserver/node';

export const head = `openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
`;
export const operation = (path: string, more = '      summary: Lists.\n'): string =>
  `  ${path}:\n    get:\n${more}      responses: { '200': { description: OK } }\n`;
export const safe = (path: string): string => operation(path, '      summary: Lists.\n      security: []\n');
/** The message as text: this server sends no markup in it. */
export const words = (one: Diagnostic | undefined): string => (typeof one?.message === 'string' ? one.message : '');
export const codes = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code }) => String(code));
export const start = { line: 0, character: 0 };
