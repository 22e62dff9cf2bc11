/** From this many on, what most places of a document lack is one decision of its author and not many slips. */
const enough = 3;

/**
 * The cause under which `missing` places of `total` are told: one for all where the greater part lacks it, else each place has its own.
 * One line then says what the document lacks, and the places stand below it.
 */
export function sharedCause(missing: number, total: number, cause: string): { readonly cause: string } | undefined {
  return missing >= enough && missing * 2 > total ? { cause } : undefined;
}
