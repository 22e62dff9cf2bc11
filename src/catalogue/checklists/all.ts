import type { ChecklistItem } from '../../core/checklist.ts';
import { build } from './build.ts';
import { handoff } from './handoff.ts';
import { plan } from './plan.ts';
import { review } from './review.ts';

/** Every line of the four checklists, in the order of the work. */
export const checklistItems: readonly ChecklistItem[] = [...plan, ...build, ...handoff, ...review];
