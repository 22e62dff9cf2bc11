/** What most places of a document lack, from three on, is one decision of its author and not many slips; so is what ten of them lack. */
const enough = 3;
const many = 10;

/**
 * The cause under which `missing` places of `total` are told: one for all where so many lack it, else each place has its own.
 * One line then says what the document lacks, and the places stand below it.
 */
export function sharedCause(missing: number, total: number, cause: string): { readonly cause: string } | undefined {
  return missing >= many || (missing >= enough && missing * 2 > total) ? { cause } : undefined;
}
