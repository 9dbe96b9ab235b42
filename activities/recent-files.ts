import type { CaseFile } from '../domain/case/model';

/** Files of open cases that this worker folded last, so that a transition need not fold the whole log, nor be handed the file. */
export interface RecentFiles {
  /** Undefined unless it is of this very version. */
  at(caseId: string, version: number): CaseFile | undefined;
  keep(file: CaseFile): void;
  forget(caseId: string): void;
}

const MOST = 5_000;

export function recentFiles(): RecentFiles {
  const files = new Map<string, CaseFile>();
  return {
    at(caseId, version) {
      const file = files.get(caseId);
      return file?.version === version ? file : undefined;
    },
    keep(file) {
      files.delete(file.id);
      if (file.closedAt) return;
      files.set(file.id, file);
      if (files.size > MOST) files.delete(files.keys().next().value as string);
    },
    forget: (caseId) => void files.delete(caseId),
  };
}
