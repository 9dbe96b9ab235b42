import type { Response } from 'express';
import type { Subscription } from '../../adapters/read-model/port';
import type { ApiDeps } from '../deps';
import type { Caller } from '../auth/caller';
import { keptOpen, startEvents } from '../http/event-stream';
import { route, type Route } from '../http/route';
import { CASE_READERS, isPortalOnly, seenCase, type CaseSeen } from './access';
import { eventView, isShown } from './events-view';
import { named, namesFor, NOBODY, staffOfEvents, type Names } from './names';
import { CaseParams } from './schemas';
import { Viewers } from './viewers';

const CHUNK = 200;

/** One reader of one case's events: sends what is new, one read at a time, however often it is told that something is. */
class CaseStream {
  private pumping = false;
  private again = false;
  private ended = false;
  private present: readonly string[] = [];
  private subscription: Subscription | undefined;
  private leave: () => void = () => undefined;
  private readonly end: () => void;

  constructor(
    private readonly deps: ApiDeps,
    private readonly seen: CaseSeen,
    private readonly caller: Caller,
    private readonly res: Response,
    private sent: number,
    private readonly viewers: Viewers,
  ) {
    this.end = keptOpen(res, caller, deps, () => {
      this.ended = true;
      this.leave();
      void this.subscription?.close();
    });
  }

  async start(): Promise<void> {
    const { id } = this.seen.file;
    const subscription = await this.deps.changes.subscribe(
      ({ caseId }) => {
        if (caseId === id) void this.pump();
      },
      () => void this.pump(),
    );
    this.subscription = subscription;
    if (!this.ended && !isPortalOnly(this.caller))
      this.leave = this.viewers.enter(id, { id: this.caller.id, onChange: this.tellViewers });
    if (this.ended) await subscription.close();
    else await this.pump();
  }

  private async pump(): Promise<void> {
    this.again = true;
    if (this.pumping) return;
    this.pumping = true;
    try {
      while (this.again && !this.ended) {
        this.again = false;
        await this.sendNew();
      }
    } catch (error) {
      // The reader comes back by itself and goes on after the last event that it got.
      this.deps.log.warn(
        { case: this.seen.file.id, why: error instanceof Error ? error.name : 'unknown' },
        'a stream broke off',
      );
      this.end();
    } finally {
      this.pumping = false;
    }
  }

  private async sendNew(): Promise<void> {
    const { id } = this.seen.file;
    const portal = isPortalOnly(this.caller);
    const before = this.sent;
    for (;;) {
      const events = await this.deps.readModel.caseEvents(id, this.sent, CHUNK);
      const names = await namesFor(this.deps.staff, staffOfEvents(events), this.caller);
      for (const recorded of events) {
        this.sent = recorded.version;
        if (this.ended || !isShown(recorded, portal)) continue;
        this.res.write(
          `id: ${recorded.version}\nevent: case-event\ndata: ${JSON.stringify(eventView(this.seen, recorded, portal, names))}\n\n`,
        );
      }
      if (events.length < CHUNK) break;
    }
    if (this.sent === before && this.seen.file.closedAt === undefined) return;
    const now = await this.deps.readModel.caseById(id);
    if (!now?.summary.closedAt || now.summary.version > this.sent || this.ended) return;
    this.res.write(`event: closed\ndata: ${JSON.stringify({ status: now.summary.status })}\n\n`);
    this.end();
  }

  private readonly tellViewers = (viewers: readonly string[]): void => {
    this.present = viewers;
    // Those who are there when the names are known: whoever left meanwhile is not told of.
    const tell = (names: Names): void => {
      const told = this.present.map((id) => ({ id, ...named(names, id) }));
      if (!this.ended) this.res.write(`event: viewers\ndata: ${JSON.stringify({ viewers: told })}\n\n`);
    };
    namesFor(this.deps.staff, viewers, this.caller).then(tell, () => tell(NOBODY));
  };
}

export function streamRoute(deps: ApiDeps): Route {
  const viewers = new Viewers(deps.presence, (error) =>
    deps.log.warn(
      { why: error instanceof Error ? error.name : 'unknown' },
      'who is at a case could not be told to other APIs',
    ),
  );
  return route({
    method: 'get',
    path: '/v1/cases/{id}/stream',
    tag: 'Cases',
    operationId: 'streamCase',
    summary: 'The events of a case as they happen, as server-sent events',
    description:
      'Starts with the first event, or after the one named by Last-Event-ID. Each has the version as its id and a CaseEvent as its data. When the case closes, `closed` is sent and the stream ends; coming back to a closed case of which everything was sent is answered with 204, which tells an EventSource to stop. Staff hear `viewers` too: who of their colleagues has the case open. The stream ends with the token that it was asked for with: come back with another.',
    roles: CASE_READERS,
    params: CaseParams,
    headers: [
      {
        name: 'Last-Event-ID',
        required: false,
        description: 'The version of the last event that you got',
        example: '4',
      },
    ],
    success: {
      status: 200,
      description: 'A stream of CaseEvents',
      mediaType: 'text/event-stream',
      orNothing: 'The case is closed, and everything was sent before: nothing more comes',
    },
    problems: ['case-not-found', 'temporarily-unavailable'],
    async handle({ params, caller, req, res }) {
      const seen = await seenCase(deps.readModel, params.id, caller);
      const last = req.headers['last-event-id'];
      const sent = typeof last === 'string' && /^\d{1,9}$/.test(last) ? Number(last) : 0;
      if (seen.file.closedAt && sent >= seen.file.version) {
        res.status(204).end();
        return undefined;
      }
      startEvents(res);
      await new CaseStream(deps, seen, caller, res, sent, viewers).start();
      return undefined;
    },
  });
}
