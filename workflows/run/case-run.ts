import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  getExternalWorkflowHandle,
  patched,
  ParentClosePolicy,
  setHandler,
  sleep,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { caseTypeOfId } from '../case-types';
import type { Advanced, CaseActivities, Cause, Drive } from '../../activities/advance';
import { evolve, isStopped, nextOf, refuseAction, type CoreEvent } from '../../domain/case/core';
import {
  causeOfStep,
  stepOf,
  type ActionRequest,
  type CaseFile,
  type CaseType,
  type Filing,
  type Next,
  type Recorded,
  type Wait,
} from '../../domain/case/model';
import type { OutsideMessage } from '../../domain/outside-messages';
import type { Refusal } from '../../domain/refusal';
import { earlier, instant, millis } from '../../domain/time';
import {
  act,
  ask,
  caseFile,
  filed,
  knownVersion,
  outside,
  REFUSED,
  type CaseAnswer,
  type CaseStart,
} from '../messages';

/** A transition's own activity: one for all that can be done until the case has to wait. */
const quick = proxyLocalActivities<Pick<CaseActivities, 'advance'>>({
  startToCloseTimeout: '20s',
  retry: { initialInterval: '250ms', backoffCoefficient: 2, maximumInterval: '30s' },
  // From here on a retry belongs to a timer: an outage of the log must not hold workflow tasks.
  localRetryThreshold: '3s',
});

/** What an outage of the outside needs: retries by the server, which write no history. */
const patient = proxyActivities<{ drive(input: Drive): Promise<Advanced>; recall: CaseActivities['recall'] }>({
  startToCloseTimeout: '2m',
  // A worker that was killed is missed soon, and another one takes the step over.
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '15s' },
});

const refused = (why: Refusal): ApplicationFailure =>
  ApplicationFailure.create({ message: why.message.en, type: REFUSED, nonRetryable: true, details: [why] });

const running = (caseId: string, start: CaseStart): Promise<unknown> => {
  const type = caseTypeOfId(caseId)?.type;
  if (!type) throw ApplicationFailure.nonRetryable('No case type has ids like this.', 'UnknownCaseType');
  return startChild(type, { workflowId: caseId, args: [start], parentClosePolicy: ParentClosePolicy.ABANDON });
};

/** The other case lives on its own; its id follows from this one, so it is started once. */
async function startCase(filing: Filing): Promise<void> {
  try {
    await running(filing.caseId, { filing });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** A case whose run has ended is woken for the message, and goes on from its log. */
async function tellCase(message: OutsideMessage): Promise<void> {
  try {
    await getExternalWorkflowHandle(message.caseId).signal(outside, message);
  } catch (error) {
    if (!(error instanceof ApplicationFailure)) throw error;
    await running(message.caseId, { caseId: message.caseId, inbox: [message] });
  }
}

/**
 * One case, from its filing to its end. The rules are the case type's; this is what every case has in common: one
 * transition at a time, nothing that arrives is lost, every wait ends by itself.
 *
 * A turn is had alone, and comes to one transition:
 * - `move`, what is due of itself: a message that may be heard now, else the next step;
 * - `take`, the step that stands at an alarm, or that asks the outside;
 * - `act`, what somebody wants done, who waits for the outcome;
 * - each of them is an `advance`: a local activity decides, makes the effects and appends, and what it appended is applied here;
 * - where the outside fails in it, `drive` takes the rest over, with retries by the server until it is done or an incident.
 */
class CaseRun {
  private file: CaseFile | undefined;
  private readonly inbox: OutsideMessage[];
  /** Ids of actions and messages whose events are in the log: each counts once. */
  private readonly applied = new Set<string>();
  private asked: boolean;
  private busy: Promise<unknown> = Promise.resolve();
  /** Alarms that went off without changing anything, so that none goes off twice. */
  private readonly silent = new Set<string>();
  /** Ends the wait that the case is in. */
  private wake: (() => void) | undefined;
  private opened: () => void = () => undefined;
  private readonly filed = new Promise<void>((resolve) => (this.opened = resolve));

  constructor(
    private readonly definition: CaseType,
    private readonly start: CaseStart,
  ) {
    this.inbox = 'filing' in start ? [] : [...start.inbox];
    this.asked = 'asked' in start;
  }

  /** Registers every handler, before anything else is awaited. */
  listen(): void {
    setHandler(filed, async () => {
      await this.filed;
      return this.answer();
    });
    setHandler(act, (request) => this.act(request), { validator: (request) => this.validate(request) });
    setHandler(outside, (message) => {
      this.inbox.push(message);
      this.stir();
    });
    setHandler(ask, () => {
      this.asked = true;
      this.stir();
    });
    setHandler(caseFile, () => this.file ?? null);
    setHandler(knownVersion, () => this.file?.version ?? this.reach);
  }

  async begin(): Promise<void> {
    if ('filing' in this.start) {
      const { filing } = this.start;
      // Filed when the agency got it, however late a worker took it up; a clock elsewhere that is ahead moves no case into what is to come.
      const filedAt = earlier(filing.filedAt, this.now());
      await this.alone(() => this.advance({ filing: { ...filing, filedAt } }, true));
      return;
    }
    this.apply(await patient.recall({ caseId: this.start.caseId, version: 0, reach: this.reach }));
  }

  /** Whether the log knows this case at all. */
  get known(): boolean {
    return this.file !== undefined;
  }

  async toTheEnd(): Promise<string> {
    for (;;) {
      const { next, message } = await this.alone(() => this.move());
      if (message) continue;
      if ('wait' in next) await this.waitFor(next.wait);
      else if ('done' in next && this.heardOut()) {
        if (!allHandlersFinished()) await condition(allHandlersFinished);
        if (this.heardOut() && 'done' in this.next()) return next.done;
      }
    }
  }

  /** Takes what is due: a message that may be heard, or the next step. */
  private async move(): Promise<{ next: Next; message: boolean }> {
    const message = this.hear();
    if (message) {
      await this.advance({ message }, true);
      return { next: this.next(), message: true };
    }
    const next = this.next();
    if ('start' in next) await startCase(next.start);
    if ('tell' in next) await Promise.all(next.tell.map(tellCase));
    const step = stepOf(next);
    if (step) await this.advance({ step, id: causeOfStep(step, this.known ? this.current.version : 0) }, true);
    return { next, message: false };
  }

  /** The first message that means something now. While the case is stopped all wait; one whose time has not come waits too. */
  private hear(): OutsideMessage | undefined {
    if (isStopped(this.current)) return undefined;
    for (let i = 0; i < this.inbox.length; i++) {
      const message = this.inbox[i] as OutsideMessage;
      const news = this.applied.has(message.id) ? [] : this.meaningOf(message);
      if (news === 'later') continue;
      this.inbox.splice(i--, 1);
      if (news.length > 0) return message;
    }
    return undefined;
  }

  /** Nothing that is still there will ever mean something to a case that is done: what is not heard now would have its time later. */
  private heardOut(): boolean {
    return this.inbox.every((message) => !this.applied.has(message.id) && this.meaningOf(message) === 'later');
  }

  /** What a message means now. In a run from before some waited until a reset was over, they are heard as they were. */
  private meaningOf(message: OutsideMessage): readonly unknown[] | 'later' {
    const news = this.definition.receive(this.current, message);
    const { resetting, ...file } = this.current;
    return news === 'later' && resetting && !patched('heard-after-a-reset')
      ? this.definition.receive(file, message)
      : news;
  }

  private async waitFor(wait: Wait): Promise<void> {
    const { version } = this.current;
    const alarm = wait.alarms
      .filter(({ at, step }) => !this.silent.has(`${step}@${at}`))
      .reduce<Wait['alarms'][number] | undefined>(
        (first, each) => (first && millis(first.at) <= millis(each.at) ? first : each),
        undefined,
      );
    if (workflowInfo().continueAsNewSuggested) await this.startAfresh();
    if (!this.news && !(await this.stirredWithin(alarm && Math.max(1, millis(alarm.at) - Date.now()))) && alarm) {
      await this.alone(() =>
        this.current.version === version ? this.take(alarm.step, `${alarm.step}@${alarm.at}`) : Promise.resolve(),
      );
      return;
    }
    if (this.asked) await this.alone(() => this.lookAround(wait));
  }

  /** Something has come that the wait ends for. */
  private get news(): boolean {
    return this.asked || (!isStopped(this.current) && this.inbox.some((message) => this.isNews(message)));
  }

  /**
   * Waits until something comes, or for `ms`; answers whether something came. A promise that the handlers resolve, and not
   * a condition that is tried again after everything that happens: each trial is one more entry into the sandbox.
   */
  private async stirredWithin(ms: number | undefined): Promise<boolean> {
    const timer = new CancellationScope();
    const stirred = await new Promise<boolean>((resolve) => {
      this.wake = () => resolve(true);
      if (ms === undefined) return;
      timer
        .run(() => sleep(ms))
        .then(
          () => resolve(false),
          () => undefined,
        );
    });
    this.wake = undefined;
    if (stirred) timer.cancel();
    return stirred;
  }

  /** Ends the wait, unless what came means nothing yet; and then too once it has made the history long. */
  private stir(): void {
    if (this.wake && (this.news || this.outgrown)) this.wake();
  }

  /** A case on hold may be told so much that its history would come to the engine's limit before it is resumed. */
  private get outgrown(): boolean {
    return workflowInfo().continueAsNewSuggested && patched('afresh-within-a-wait');
  }

  /** Takes over what the log has and this run lacks, and asks the outside where the wait is for it. */
  private async lookAround({ ask: step }: Wait): Promise<void> {
    this.asked = false;
    const { id, version } = this.current;
    this.apply(await patient.recall({ caseId: id, version }));
    if (step && this.current.version === version) await this.take(step, causeOfStep(step, version));
  }

  private isNews(message: OutsideMessage): boolean {
    if (this.applied.has(message.id)) return true;
    return this.definition.receive(this.current, message) !== 'later';
  }

  /** A long history starts again from the log, once that has what is known here, with what has not been heard and not been looked for yet. */
  private async startAfresh(): Promise<void> {
    await condition(allHandlersFinished);
    await this.busy;
    await continueAsNew<(start: CaseStart) => Promise<string>>({
      caseId: this.current.id,
      inbox: this.inbox,
      version: this.current.version,
      ...(this.asked ? { asked: true } : {}),
    });
  }

  private async take(step: string, id: string): Promise<void> {
    const before = this.current.version;
    await this.advance({ step, id }, true);
    if (this.current.version === before) this.silent.add(id);
  }

  private validate(request: ActionRequest): void {
    if (!this.file || this.applied.has(request.id)) return;
    const why = refuseAction(this.definition, this.file, request, this.now());
    if (why) throw refused(why);
  }

  private async act(action: ActionRequest): Promise<CaseAnswer> {
    if (!this.file) await this.filed;
    return this.alone(async () => {
      const why = this.applied.has(action.id) ? undefined : await this.advance({ action }, false);
      // Nothing has changed by a refusal, and yet it has made the history longer.
      this.stir();
      if (why) throw refused(why);
      return this.answer();
    });
  }

  /** One transition; on a failure of the outside the patient way takes over. Answers a refusal, if that is what it came to. */
  private async advance(cause: Cause, chain: boolean): Promise<Refusal | undefined> {
    for (;;) {
      const advanced = await quick.advance({
        type: this.definition.type,
        caseId: this.caseId,
        version: this.file?.version ?? 0,
        cause,
        at: this.now(),
        chain,
      });
      this.apply(advanced.events);
      if (advanced.again) {
        // What was asked for rested on an older file: an action is decided again, a message heard again, a step looked up again.
        if ('message' in cause) this.inbox.unshift(cause.message);
        if ('action' in cause && !this.applied.has(cause.action.id)) continue;
        return undefined;
      }
      if (advanced.stuck)
        await this.drive('step' in cause && cause.step === advanced.stuck.step ? cause.step : undefined);
      return advanced.refusal;
    }
  }

  private async drive(step: string | undefined): Promise<void> {
    const { type, id, version } = { type: this.definition.type, id: this.current.id, version: this.current.version };
    const { events } = await patient.drive({ type, caseId: id, version, ...(step ? { step } : {}), at: this.now() });
    this.apply(events);
  }

  private apply(events: readonly Recorded[]): void {
    for (const recorded of events) {
      if (!this.file) {
        const filing = (recorded.event as unknown as { filing: Filing }).filing;
        this.file = this.definition.open(filing);
      }
      this.file = evolve(this.definition, this.file, recorded as Recorded<CoreEvent>);
      this.applied.add(recorded.cause);
    }
    if (events.length === 0) return;
    this.opened();
    this.wake?.();
  }

  /** Transitions one after another: whoever comes while one is under way waits for it and sees its outcome. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.busy.then(work);
    this.busy = turn.catch(() => undefined);
    return turn;
  }

  /** What the log has to have before this run begins. */
  private get reach(): number {
    return ('version' in this.start && this.start.version) || 0;
  }

  private get caseId(): string {
    return 'filing' in this.start ? this.start.filing.caseId : this.start.caseId;
  }

  private get current(): CaseFile {
    if (!this.file) throw ApplicationFailure.nonRetryable('The case is not filed yet.', 'NotFiled');
    return this.file;
  }

  private next(): Next {
    return nextOf(this.definition, this.current);
  }

  private answer(): CaseAnswer {
    return { version: this.current.version };
  }

  private now(): string {
    return instant(Date.now());
  }
}

/** Runs one case to its end; answers its outcome. */
export async function runCase(definition: CaseType, start: CaseStart): Promise<string> {
  const run = new CaseRun(definition, start);
  run.listen();
  await run.begin();
  return run.known ? run.toTheEnd() : 'unknown-case';
}
