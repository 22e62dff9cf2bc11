/** What the analyst answers, by the name of the request. */
// eslint-disable-next-line typescript/no-empty-object-type
export interface TaskQuestions {}
