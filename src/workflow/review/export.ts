import type { Review } from '../../core/review.ts';
import { reviewHtml } from './export-html.ts';
import { reviewMarkdown, reviewText } from './export-text.ts';

export type ExportFormat = 'text' | 'json' | 'markdown' | 'html';

/** A review for reading elsewhere. */
export function exportReview(review: Review, format: ExportFormat): string {
  switch (format) {
    case 'text':
      return reviewText(review);
    case 'json':
      return reviewJson(review);
    case 'markdown':
      return reviewMarkdown(review);
    case 'html':
      return reviewHtml(review);
  }
}

/** The contract others script against: `checklists`, their `items`, and of each its `id`, `state` and `evidence`. Fields are added, never changed. */
export function reviewJson(review: Review): string {
  return `${JSON.stringify(review, undefined, 2)}\n`;
}
