import { historyDays, historyLength, releaseHours } from '../../core/sql/releases.ts';

/** For rules about what a statement does to a table that is in use. */
export const shipsTogether = `What a migration made less than ${releaseHours} hours earlier, by the timestamps the two names begin with, counts as new: both ship together, and no code has run in between.`;

/** For rules that speak of rows. */
export const countsAsEmpty = `${shipsTogether} A table also counts as empty up to a migration that adds a NOT NULL column without a default to it, once that one has surely run: ${historyDays} days of migrations follow it, or ${historyLength} migrations where names tell no time.`;
