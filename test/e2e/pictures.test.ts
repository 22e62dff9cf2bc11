import { join } from 'node:path';
import { applyQuickFix, goTo, openFile, screenshot, showProblems } from '../harness/verbs.ts';
import { journey, pictures, specification } from './session.ts';
import { fixesAt, untilMarked, untilNoProblem } from './sights.ts';

describe('pictures for people to look at', () => {
  for (const [name, theme] of [
    ['light', 'Default Light Modern'],
    ['dark', 'Default Dark Modern'],
  ] as const) {
    journey(
      `${name}: findings, and a repair`,
      { settings: { 'workbench.colorTheme': theme } },
      async ({ page, version }) => {
        const picture = (what: string): Promise<void> =>
          screenshot(page, join(pictures, `${version}-${name}-${what}.png`));
        await showProblems(page);
        await openFile(page, specification);
        await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
        await picture('1-findings');
        await fixesAt(page, 7, 12);
        await picture('2-quick-fixes');
        await applyQuickFix(page, 'Use https');
        await untilMarked(page, 'error', []);
        await untilNoProblem(page, 'api/server-https');
        await goTo(page, 7, 12);
        await picture('3-repaired');
      },
    );
  }
});
