import { exportReview } from '../workflow/review/export.ts';
import type { Answers } from './answers-workflow.ts';
import type { ReviewQuestions } from './protocol-review.ts';

/** How questions about the review are answered. */
export const reviewAnswers: Answers<ReviewQuestions> = {
  'backendArchitect/review': async ({ reviews }, { folder }) => reviews.settled(folder),
  'backendArchitect/exportReview': async ({ reviews }, { folder, format }) => {
    const [found] = await reviews.settled(folder);
    if (!found) return { refusal: 'There is no such folder in the workspace. Nothing was exported.' };
    return { text: exportReview(found.review, format) };
  },
};
