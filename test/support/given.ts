import { actionRule, evolve, nextOf, refuseAction, statusOf, waitingFor, type CoreEvent } from '../../domain/case/core';
import {
  SYSTEM,
  type Actor,
  type AnyEvent,
  type CaseFile,
  type CaseType,
  type Filing,
  type Next,
  type Recorded,
  type Wait,
} from '../../domain/case/model';
import type { OutsideMessage } from '../../domain/outside-messages';
import type { Refusal } from '../../domain/refusal';
import { after, type Instant } from '../../domain/time';

/** A case as its events tell it, without the engine: given what happened, when somebody acts or something is heard, then events or a refusal. */
export class GivenCase<F extends CaseFile, E extends AnyEvent> {
  private constructor(
    private readonly type: CaseType<F, E>,
    readonly file: F,
    readonly log: readonly Recorded<E | CoreEvent>[],
    readonly now: Instant,
    private readonly actor: Actor,
  ) {}

  static filed<F extends CaseFile, E extends AnyEvent>(type: CaseType<F, E>, filing: Filing): GivenCase<F, E> {
    return new GivenCase(type, type.open(filing), [], filing.filedAt, SYSTEM).happened(type.submitted(filing));
  }

  /** The same events, folded anew from the opened file. */
  refolded(filing: Filing): F {
    return this.log.reduce((file, recorded) => evolve(this.type, file, recorded), this.type.open(filing));
  }

  happened(...events: readonly (E | CoreEvent)[]): GivenCase<F, E> {
    return events.reduce<GivenCase<F, E>>((given, event) => given.recorded(event), this);
  }

  /** What follows happens this much later. */
  later(ms: number): GivenCase<F, E> {
    return this.at(after(this.now, ms));
  }

  at(now: Instant): GivenCase<F, E> {
    return new GivenCase(this.type, this.file, this.log, now, this.actor);
  }

  /** What follows is done by this actor; the case itself by default. */
  by(actor: Actor): GivenCase<F, E> {
    return new GivenCase(this.type, this.file, this.log, this.now, actor);
  }

  /** What this action comes to now. */
  when(
    action: string,
    actor: Actor,
    input: Readonly<Record<string, unknown>> = {},
  ): { events: readonly (E | CoreEvent)[] } | { refused: Refusal } {
    const request = { id: `${action}-${this.file.version}`, action, actor, expectedVersion: this.file.version, input };
    const refused = refuseAction(this.type, this.file, request, this.now);
    if (refused) return { refused };
    return { events: actionRule(this.type, action)?.decide(this.file, request, this.now) ?? [] };
  }

  /** The code of the refusal, or undefined where the action is allowed. */
  refusalOf(action: string, actor: Actor, input?: Readonly<Record<string, unknown>>): string | undefined {
    const answer = this.when(action, actor, input);
    return 'refused' in answer ? answer.refused.code : undefined;
  }

  /** The case after an action that has to be allowed. */
  does(actor: Actor, action: string, input?: Readonly<Record<string, unknown>>): GivenCase<F, E> {
    const answer = this.when(action, actor, input);
    if ('refused' in answer) throw new Error(`${action} was refused: ${answer.refused.code}`);
    return this.by(actor)
      .happened(...answer.events)
      .by(SYSTEM);
  }

  hears(message: OutsideMessage): readonly E[] | 'later' {
    return this.type.receive(this.file, message);
  }

  /** The case after a message that has to mean something now. */
  told(message: OutsideMessage): GivenCase<F, E> {
    const news = this.hears(message);
    if (news === 'later' || news.length === 0) throw new Error(`${message.type} says nothing in ${this.file.stage}`);
    return this.happened(...news);
  }

  get next(): Next {
    return nextOf(this.type, this.file);
  }

  /** The step that is due now. */
  get due(): string | undefined {
    return 'do' in this.next ? this.next.do : undefined;
  }

  get wait(): Wait {
    if (!('wait' in this.next)) throw new Error(`the case does not wait: ${JSON.stringify(this.next)}`);
    return this.next.wait;
  }

  /** The steps that stand at a deadline, with the milliseconds from now. */
  get alarms(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.wait.alarms.map(({ at, step }) => [step, Date.parse(at) - Date.parse(this.now)]));
  }

  get waitingFor(): ReturnType<typeof waitingFor> {
    return waitingFor(this.type, this.file);
  }

  get status(): string {
    return statusOf(this.file);
  }

  private recorded(event: E | CoreEvent): GivenCase<F, E> {
    const version = this.file.version + 1;
    const recorded: Recorded<E | CoreEvent> = {
      caseId: this.file.id,
      version,
      at: this.now,
      actor: this.actor,
      cause: `cause-${version}`,
      event,
    };
    return new GivenCase(
      this.type,
      evolve(this.type, this.file, recorded),
      [...this.log, recorded],
      this.now,
      this.actor,
    );
  }
}
