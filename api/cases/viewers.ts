import { randomUUID } from 'node:crypto';
import type { Presence, Present } from '../../adapters/presence/port';

export interface Viewer {
  readonly id: string;
  readonly onChange: (viewers: readonly string[]) => void;
}

/** Milliseconds. An API that was not heard of for so long is not there any more. */
const SAID_AGAIN_EVERY = 20_000;
const BELIEVED_FOR = 50_000;

/** Who is at one case: here, and at other APIs as they last said. */
interface AtCase {
  readonly here: Set<Viewer>;
  readonly elsewhere: Map<string, { readonly viewers: readonly string[]; readonly heardAt: number }>;
}

/**
 * Who of the staff has a case open, so that colleagues see each other, whichever API they are connected to. Kept nowhere, and gone with
 * the connection. While the database cannot be reached, only those of this API are seen.
 */
export class Viewers {
  private readonly api = randomUUID();
  private readonly open = new Map<string, AtCase>();
  private hearing: Promise<{ close(): Promise<void> }> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private said: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly presence: Presence,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  /** Tells everybody at the case, the new one included; the answer leaves again. */
  enter(caseId: string, viewer: Viewer): () => void {
    const at = this.open.get(caseId) ?? { here: new Set(), elsewhere: new Map() };
    this.open.set(caseId, at);
    at.here.add(viewer);
    tell(at);
    this.share(caseId, at.here.size === 1);
    return () => {
      if (!at.here.delete(viewer)) return;
      if (at.here.size === 0) this.open.delete(caseId);
      tell(at);
      this.share(caseId, false);
    };
  }

  /** One after the other, each as it is by then: what was said last is what holds. */
  private share(caseId: string, asks: boolean): void {
    this.said = this.said
      .then(() => (this.open.size > 0 ? this.listen() : undefined))
      .then(() => {
        const viewers = [...new Set([...(this.open.get(caseId)?.here ?? [])].map(({ id }) => id))];
        return this.presence.tell({ api: this.api, caseId, viewers, asks });
      })
      .catch(this.onTrouble)
      // Whether it could be said or not: with nobody here there is nothing to hear.
      .then(() => (this.open.size === 0 ? this.stop() : undefined))
      .catch(this.onTrouble);
  }

  /** First the ear, then the word: nobody's answer is missed. */
  private listen(): Promise<unknown> {
    this.timer ??= setInterval(() => this.sayAgain(), SAID_AGAIN_EVERY).unref();
    this.hearing ??= this.presence.hear(
      (present) => this.heard(present),
      () => this.sayAgain(true),
    );
    this.hearing.catch(() => (this.hearing = undefined));
    return this.hearing;
  }

  private async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    const ending = this.hearing;
    this.hearing = undefined;
    await ending?.then((each) => each.close());
  }

  private sayAgain(asks = false): void {
    const oldest = Date.now() - BELIEVED_FOR;
    for (const [caseId, at] of this.open) {
      const gone = [...at.elsewhere].filter(([, { heardAt }]) => heardAt < oldest);
      for (const [api] of gone) at.elsewhere.delete(api);
      if (gone.length > 0) tell(at);
      this.share(caseId, asks);
    }
  }

  private heard({ api, caseId, viewers, asks }: Present): void {
    const at = this.open.get(caseId);
    if (!at || api === this.api) return;
    if (viewers.length === 0) at.elsewhere.delete(api);
    else at.elsewhere.set(api, { viewers, heardAt: Date.now() });
    tell(at);
    if (asks) this.share(caseId, false);
  }
}

function tell({ here, elsewhere }: AtCase): void {
  const others = [...elsewhere.values()].flatMap(({ viewers }) => viewers);
  const viewers = [...new Set([...[...here].map(({ id }) => id), ...others])].sort();
  for (const { onChange } of here) onChange(viewers);
}
