import type { EvidenceRecord } from '../../core/evidence.ts';

/** SHA-256 of a text in UTF-8, in lower-case hexadecimal. */
export type Sha256Text = (text: string) => string;

/** JSON with the keys of every object in order and no white space: the same value is the same text, however it was written down. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, own]) => own !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, own]) => `${JSON.stringify(key)}:${canonicalJson(own)}`).join(',')}}`;
}

/** The id of a record: the hash of what it says. Its file is named by it. */
export function recordId(record: EvidenceRecord, sha256: Sha256Text): string {
  return sha256(canonicalJson(record));
}

/** A record as it stands in its file, for people to read in a diff. */
export function recordText(record: EvidenceRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}
