/** Whether a path is a file that git has a message written in: `.git/COMMIT_EDITMSG`, also of a worktree or a submodule. */
export function isCommitFile(file: string): boolean {
  return /(?:^|\/)(?:COMMIT_EDITMSG|MERGE_MSG|SQUASH_MSG)$/.test(file);
}
