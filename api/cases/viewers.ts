/** Who of the staff has a case open at this API, so that colleagues see each other. Kept nowhere, and gone with the connection. */
export class Viewers {
  private readonly open = new Map<string, Set<Viewer>>();

  /** Tells everybody at the case, the new one included; the answer leaves again. */
  enter(caseId: string, viewer: Viewer): () => void {
    const here = this.open.get(caseId) ?? new Set();
    this.open.set(caseId, here.add(viewer));
    tell(here);
    return () => {
      if (!here.delete(viewer)) return;
      if (here.size === 0) this.open.delete(caseId);
      tell(here);
    };
  }
}

export interface Viewer {
  readonly id: string;
  readonly onChange: (viewers: readonly string[]) => void;
}

function tell(here: ReadonlySet<Viewer>): void {
  const viewers = [...new Set([...here].map(({ id }) => id))].sort();
  for (const { onChange } of here) onChange(viewers);
}
