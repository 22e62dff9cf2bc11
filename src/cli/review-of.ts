import type { Review } from '../core/review.ts';
import { filesUnder } from '../platform/files.ts';
import { checkProject } from '../workflow/check.ts';
import { predictedReview } from '../workflow/handoff/predicted-review.ts';
import type { World } from './check.ts';

/** The project's review, for commands that need to know what is open. */
export async function reviewOf({ cwd, clock, engines, rules, isMigrationPath }: World): Promise<Review> {
  const result = await checkProject({ files: filesUnder(cwd), clock, engines, rules, isMigrationPath });
  return predictedReview(result, rules, new Date().toISOString());
}
