import assert from 'node:assert/strict';
import { addTaskEdit, dependencyEdit, statusEdit, type TaskDraft, tickEdit } from '../../../src/core/task/edit.ts';
import { type Task, type TaskFacts, valueOf } from '../../../src/core/task/facts.ts';
import { categoryOf, nextId } from '../../../src/core/task/numbers.ts';
import { readTasks } from '../../../src/core/task/read.ts';
import { taskCategories } from '../../../src/core/task/words.ts';
import { applyEdits, type Span, type TextEdit } from '../../../src/core/text.ts';
import { corpus, samples } from './corpus.ts';

const files = corpus();
const draft: TaskDraft = {
  category: 'Backend',
  title: 'New',
  priority: 'High',
  assignee: 'backend-specialist',
  status: 'pending',
  created: '2026-11-20',
  dependencies: [],
  effort: 'M',
  description: 'What is to be done',
  criteria: ['One', 'Two'],
  notes: '',
};

/** Everything the facts say, each beside what stands there. */
function saidIn({ tasks }: TaskFacts): { readonly text: string; readonly span: Span }[] {
  return tasks.flatMap((task) => [
    task.id,
    ...[task.category, task.priority, task.assignee].flatMap((one) => one ?? []),
    ...task.dependencies,
    ...task.fields.flatMap(({ label, value }) => [label, value]),
    ...task.criteria.map(({ text }) => text),
    ...task.loose.map(({ text }) => text),
  ]);
}

function lines(text: string): string[] {
  return text.split('\n');
}

/** The lines that are not the same before and after, as counts of lines taken out and put in. */
function difference(before: string, after: string): { readonly out: string[]; readonly in: string[] } {
  const [a, b] = [lines(before), lines(after)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return { out: a.slice(head, a.length - tail), in: b.slice(head, b.length - tail) };
}

describe('the reader of task files', () => {
  it('accounts for every character of 200 files', () => {
    assert.equal(files.length, 200);
    for (const text of files) {
      const { segments } = readTasks(text);
      let at = 0;
      for (const { span } of segments) {
        assert.equal(span.start, at, JSON.stringify(text.slice(0, 80)));
        assert.ok(span.end > span.start);
        at = span.end;
      }
      assert.equal(at, text.length);
    }
  });

  it('says of nothing that it stands where it does not', () => {
    let count = 0;
    for (const text of files) {
      const facts = readTasks(text);
      for (const { text: value, span } of saidIn(facts)) {
        count++;
        assert.equal(text.slice(span.start, span.end), value);
      }
      for (const { criteria, span } of facts.tasks) {
        for (const { mark, done } of criteria) {
          assert.match(text.slice(mark.start - 1, mark.end + 1), done ? /^\[[xX]\]$/ : /^\[ \]$/);
          assert.ok(mark.start >= span.start && mark.end <= span.end);
        }
      }
    }
    assert.ok(count > 50_000);
  });

  it('reads both forms, and nothing in code, comments and the files of other tools', () => {
    const [heading = '', plain = '', backlog = '', specKit = '', cjk = '', odd = ''] = samples;
    const outline = (text: string): unknown =>
      readTasks(text).tasks.map((task) => ({
        id: task.id.text,
        form: task.form,
        who: [task.category?.text, task.priority?.text, task.assignee?.text].join(),
        fields: task.fields.map(({ name, label }) => name ?? label.text).join(),
        criteria: task.criteria.map(({ done, text }) => `${done ? 'x' : ' '} ${text.text}`),
        waits: task.dependencies.map(({ text }) => text).join(),
      }));
    const first = {
      id: 'BE-010',
      form: 'heading',
      who: 'Backend,High,backend-specialist',
      fields: 'title,status,assigned,created,dependencies,effort,description,criteria,notes',
      criteria: ['  A wrong password answers 401', 'x Tests written and passing'],
      waits: 'ARCH-001,BE-001',
    };
    assert.deepEqual(outline(heading), [first]);
    assert.deepEqual(outline(heading.replaceAll('\n', '\r\n')), [first]);
    assert.deepEqual(outline(plain), [
      {
        id: 'BE-001',
        form: 'plain',
        who: 'Backend,High,backend-specialist',
        fields: 'title,description,criteria,notes',
        criteria: [
          '  Search API with filters (price, category, availability)',
          '  Inventory tracking with stock levels',
        ],
        waits: '',
      },
    ]);
    assert.deepEqual(outline(backlog), []);
    assert.deepEqual(outline(specKit), []);
    assert.deepEqual(outline(cjk), [
      {
        id: 'FE-003',
        form: 'heading',
        who: '前端,Low,前端',
        fields: 'title,status,狀態說明,criteria',
        criteria: ['x 顯示錯誤'],
        waits: '',
      },
    ]);
    const facts = readTasks(odd);
    assert.deepEqual(
      facts.tasks.map(({ id, loose }) => [id.text, loose.map(({ text }) => text.text)]),
      [['BE-021', ['no box', 'no blank', 'plain']]],
    );
    assert.deepEqual(
      facts.broken.map(({ id, repaired }) => [id, repaired]),
      [
        ['BE-001', '### BE-001 | Backend | High'],
        ['BE-020', undefined],
      ],
    );
  });

  it('comes to its end with lines that nobody writes', () => {
    for (const hostile of ['- **', '### BE-1|', '  - [', '`', '<!--', '\t', 'Task: BE-1 |', 'A: ', '[ ] ', 'BE-']) {
      const text = `### BE-001 | Backend\n- **Dependencies**:\n- **Acceptance Criteria**:\n${hostile.repeat(200_000)}\n`;
      assert.equal(readTasks(text).segments.at(-1)?.span.end, text.length);
    }
  });
});

describe('edits of task files', () => {
  /** Makes an edit and says which lines changed. */
  const made = (text: string, edit: TextEdit): ReturnType<typeof difference> & { readonly after: string } => {
    const after = applyEdits(text, [edit]);
    return { ...difference(text, after), after };
  };
  const each = (use: (text: string, facts: TaskFacts, task: Task, index: number) => void): number => {
    let count = 0;
    for (const text of files) {
      const facts = readTasks(text);
      // Of 5,000 tasks, the first, the last and some between.
      const step = Math.max(1, Math.floor(facts.tasks.length / 4));
      facts.tasks.forEach((task, index) => {
        if (index % step !== 0 && index !== facts.tasks.length - 1) return;
        count++;
        use(text, facts, task, index);
      });
    }
    return count;
  };

  it('change a status in its own line, or add one line', () => {
    const count = each((text, facts, task, index) => {
      const { after, out, in: put } = made(text, statusEdit(facts, task, 'blocked'));
      assert.equal(valueOf(readTasks(after).tasks[index] ?? task, 'status')?.text, 'blocked');
      assert.ok(put.length <= 1 + out.length, after);
      if (task.fields.some(({ name }) => name === 'status')) assert.ok(out.length <= 1 && put.length === out.length);
      else assert.ok(put.length <= 2);
    });
    assert.ok(count > 90, `${count}`);
  });

  it('tick a criterion by one character', () => {
    let ticks = 0;
    each((text, _facts, task, index) => {
      task.criteria.forEach((criterion, which) => {
        ticks++;
        const after = applyEdits(text, [tickEdit(criterion, !criterion.done)]);
        assert.equal(after.length, text.length);
        assert.equal(readTasks(after).tasks[index]?.criteria[which]?.done, !criterion.done);
        const { out, in: put } = difference(text, after);
        assert.deepEqual([out.length, put.length], [1, 1]);
      });
    });
    assert.ok(ticks > 60, `${ticks}`);
  });

  it('add a dependency to its own line, or add one line', () => {
    each((text, facts, task, index) => {
      const { after, out } = made(text, dependencyEdit(facts, task, 'BE-777'));
      const now = readTasks(after).tasks[index];
      assert.equal(now?.dependencies.filter((one) => one.text === 'BE-777').length, 1);
      assert.ok(now.dependencies.length >= task.dependencies.length);
      assert.ok(out.length <= 1);
    });
  });

  it('add a task and leave every other line as it is', () => {
    let added = 0;
    for (const text of files) {
      // Behind an open code block or comment there is no place for a task.
      if (/~~~|<!--\s*$/.test(text)) continue;
      for (const category of [taskCategories[1], taskCategories[8]]) {
        assert.ok(category);
        const facts = readTasks(text);
        const id = nextId(facts, category);
        const { edit, caret } = addTaskEdit(facts, id, draft);
        assert.equal(edit.span.start, edit.span.end);
        const after = applyEdits(text, [edit]);
        assert.equal(after.length, text.length + edit.newText.length);
        assert.ok(after.startsWith(`### ${id} |`, caret), JSON.stringify(after.slice(caret, caret + 40)));
        if (text.includes('\r\n') && !/[^\r]\n/.test(text)) assert.doesNotMatch(after, /[^\r]\n/);
        const mine = readTasks(after).tasks.filter((task) => task.id.text === id);
        if (readTasks(text).segments.at(-1)?.kind === 'code' && edit.span.start === text.length) continue;
        added++;
        assert.equal(mine.length, 1);
        assert.deepEqual(
          mine[0]?.criteria.map(({ text }) => text.text),
          ['One', 'Two'],
        );
        // Every other task is what it was.
        const rest = (one: TaskFacts): string[] =>
          one.tasks
            .filter((task) => task.id.text !== id)
            .map(({ span }) => one.text.slice(span.start, span.end).trimEnd());
        assert.deepEqual(rest(readTasks(after)), rest(facts));
      }
    }
    assert.ok(added > 150, `${added}`);
  });

  it('write no value that becomes something else', () => {
    const facts = readTasks('');
    const evil = 'a\n### BE-666 | Backend | Low | @x\r\n<!-- \u2028 b';
    const { edit } = addTaskEdit(facts, 'BE-001', {
      ...draft,
      category: 'Back|end\n',
      title: evil,
      priority: 'High | @evil',
      description: evil,
      criteria: [evil],
      notes: evil,
    });
    const after = readTasks(edit.newText);
    assert.deepEqual(
      after.tasks.map(({ id, assignee, criteria }) => [id.text, assignee?.text, criteria.length]),
      [['BE-001', 'backend-specialist', 1]],
    );
    assert.equal(after.broken.length, 0);
  });
});

describe('numbers of tasks', () => {
  const file = (...numbers: number[]): TaskFacts =>
    readTasks(numbers.map((one) => `### BE-${String(one).padStart(3, '0')} | Backend | Low | @x\n`).join('\n'));
  const next = (facts: TaskFacts, key: string): string => {
    const category = taskCategories.find((one) => one.key === key);
    assert.ok(category);
    return nextId(facts, category);
  };

  it('are the next of the category, then a free one in it, then those from 100 on', () => {
    assert.equal(next(file(), '001'), 'BE-001');
    assert.equal(next(file(), '010'), 'BE-010');
    assert.equal(next(file(10, 11, 20), '010'), 'BE-012');
    assert.equal(next(file(10, 12), '010'), 'BE-013');
    assert.equal(next(file(10, 19), '010'), 'BE-011');
    assert.equal(next(file(1, 2, 3, 4, 5, 6, 7, 8, 9), '001'), 'BE-100');
    assert.equal(next(file(...Array.from({ length: 10 }, (_, i) => i + 80), 100, 107), '080'), 'BE-108');
  });

  it('are not given twice: those of broken headings and of tasks that others wait for count too', () => {
    const text = `### BE-10 Backend | Low\n\n### BE-020 | Backend | Low | @x\n- **Dependencies**: BE-011\n`;
    assert.equal(next(readTasks(text), '010'), 'BE-012');
  });

  it('keep their category behind the bar where they lie outside its band', () => {
    assert.equal(categoryOf('BE-104', 'Backend/auth')?.key, '010');
    assert.equal(categoryOf('BE-014', 'Backend')?.key, '010');
    assert.equal(categoryOf('BE-104', 'Backend'), undefined);
  });
});
