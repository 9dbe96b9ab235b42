import { coreSteps, evolve, nextOf, refuseAction, actionRule, type CoreEvent } from '../domain/case/core';
import { fileFrom } from '../domain/case/from-log';
import {
  causeOfStep,
  SYSTEM,
  type ActionRequest,
  type Actor,
  type AnyEvent,
  type CaseFile,
  type CaseType,
  type Filing,
  type Recorded,
} from '../domain/case/model';
import { rowOf } from '../domain/case/row';
import { OutsideFailure } from '../domain/failures';
import type { OutsideMessage } from '../domain/outside-messages';
import { CANNOT_TELL, refusal, type Refusal } from '../domain/refusal';
import type { Instant } from '../domain/time';
import { UNRECORDABLE } from '../adapters/case-log/port';
import { recentFiles } from './recent-files';
import type { Lookups, Ports, StepContext, Steps } from './step';

/** What moves a case: its filing, a person's action, a message from outside, or a step that is due. */
export type Cause =
  | { readonly filing: Filing }
  | { readonly action: ActionRequest }
  | { readonly message: OutsideMessage }
  | { readonly step: string; readonly id: string };

export interface Advance {
  readonly type: string;
  readonly caseId: string;
  /** The version that the workflow knows; 0 before the filing. */
  readonly version: number;
  readonly cause: Cause;
  readonly at: Instant;
  /** Go on with whatever is due next, until the case has to wait. */
  readonly chain: boolean;
}

export interface StepFailure {
  readonly step: string;
  readonly kind: OutsideFailure['kind'];
  readonly source: OutsideFailure['source'];
  readonly code: string;
  readonly message: string;
}

export interface Advanced {
  /** What the log now holds after the version that was known. */
  readonly events: readonly Recorded[];
  readonly refusal?: Refusal;
  /** The log held events of another cause: fold them and ask again. */
  readonly again?: true;
  /** A step failed; what came before it is kept. */
  readonly stuck?: StepFailure;
}

export interface AnyCaseType {
  readonly definition: CaseType;
  readonly steps: Steps<CaseFile, AnyEvent>;
  readonly lookups: Lookups<CaseFile>;
  /**
   * Steps whose effect changes what the steps before them looked at. What was decided stands in the log before such a step is taken:
   * else whoever dies between its effect and the log would decide again, and take its own effect for somebody else's.
   */
  readonly onRecordFirst: readonly string[];
}

/** The longest that a step may hold up a workflow task; after that its outcome counts as unknown and the patient way takes over. */
const QUICK = 2_500;

/** More steps than any case takes in a row: a guard against a case type that turns in a circle. */
const CHAIN_LIMIT = 40;

export const causeId = (cause: Cause): string => {
  if ('filing' in cause) return 'filing';
  if ('action' in cause) return cause.action.id;
  return 'message' in cause ? cause.message.id : cause.id;
};

const actorOf = (cause: Cause): Actor => {
  if ('action' in cause) return cause.action.actor;
  if ('filing' in cause) return { id: cause.filing.clientId, role: cause.filing.filedBy ?? 'portal' };
  return 'message' in cause ? { id: cause.message.type, role: 'outside' } : SYSTEM;
};

function asFailure(step: string, error: unknown): StepFailure {
  if (error instanceof OutsideFailure)
    return { step, kind: error.kind, source: error.source, code: error.code, message: error.message };
  // A defect's own message may quote what it choked on, so only its name is kept.
  const code = error instanceof Error ? error.name : 'unknown';
  return { step, kind: 'defect', source: 'case', code, message: `The step "${step}" broke with ${code}.` };
}

async function within<T>(ms: number, source: OutsideFailure['source'], work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new OutsideFailure('outcome-unknown', source, 'slow', `No answer within ${ms} ms.`)),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const says = (event: CoreEvent): CoreEvent => event;

/** A refusal and a defect give the same answer again: a person has to look first. */
const helpsToRetry = ({ kind }: StepFailure): boolean => kind === 'unavailable' || kind === 'outcome-unknown';

/** One run of a case's rules over a file: collects the events, makes the effects, appends once. */
export class Transition {
  readonly events: Recorded[] = [];
  raised = false;
  private readonly opened: CaseFile;
  /** How many of the events are in the log already. */
  private onRecord = 0;
  /** The step that was taken last. */
  private step = 'record';
  /** What the log has where this transition wanted to write. */
  private overtaken: readonly Recorded[] | undefined;

  constructor(
    private readonly kind: AnyCaseType,
    private readonly ports: Ports,
    public file: CaseFile,
    private readonly at: Instant,
    private cause: string,
    private readonly lastTry: boolean,
  ) {
    this.opened = file;
  }

  emit(event: AnyEvent, actor: Actor = SYSTEM): void {
    const recorded: Recorded = {
      caseId: this.file.id,
      version: this.file.version + 1,
      at: this.at,
      actor,
      cause: this.cause,
      event,
    };
    this.events.push(recorded);
    this.file = evolve(this.kind.definition, this.file, recorded as Recorded<CoreEvent>);
  }

  raise(failure: StepFailure): void {
    this.emit(says({ type: 'IncidentRaised', ...failure }));
    this.raised = true;
  }

  /** Takes one step; answers its failure instead of throwing, so that what was emitted before it can be kept. */
  async take(name: string, patience: number | undefined): Promise<StepFailure | undefined> {
    this.step = name;
    const coreStep = coreSteps[name];
    if (coreStep) {
      this.emit(coreStep(this.file));
      return undefined;
    }
    const step = this.kind.steps[name];
    if (!step)
      return {
        step: name,
        kind: 'defect',
        source: 'case',
        code: 'unknown-step',
        message: `There is no step "${name}".`,
      };
    let open = true;
    const file = (): CaseFile => this.file;
    const context: StepContext<CaseFile, AnyEvent> = {
      get file() {
        return file();
      },
      at: this.at,
      ports: this.ports,
      lastTry: this.lastTry,
      // A step that was given up on may still be running; what it says then comes too late.
      emit: (event) => open && this.emit(event),
      key: (part) => `${this.file.id}/${part}`,
    };
    try {
      await (patience === undefined ? step(context) : within(patience, 'case', step(context)));
      if (this.file.incident) this.emit(says({ type: 'IncidentCleared', step: name }));
      return undefined;
    } catch (error) {
      return asFailure(name, error);
    } finally {
      open = false;
    }
  }

  async chain(patience: number | undefined): Promise<StepFailure | undefined> {
    for (let taken = 0; taken < CHAIN_LIMIT; taken++) {
      const next = nextOf(this.kind.definition, this.file);
      if (!('do' in next)) return undefined;
      if (this.kind.onRecordFirst.includes(next.do)) await this.beginAnew(next.do);
      if (this.overtaken) return undefined;
      const before = this.file.version;
      const failure = await this.take(next.do, patience);
      if (failure) return failure;
      if (this.file.version === before)
        return {
          step: next.do,
          kind: 'defect',
          source: 'case',
          code: 'step-without-event',
          message: `The step "${next.do}" said nothing.`,
        };
    }
    return {
      step: 'chain',
      kind: 'defect',
      source: 'case',
      code: 'endless',
      message: `More than ${CHAIN_LIMIT} steps in a row.`,
    };
  }

  /** What was decided is on record; what follows is a transition of its own, as it would be after a crash between the two. */
  private async beginAnew(step: string): Promise<void> {
    await this.append();
    this.cause = causeOfStep(step, this.file.version);
  }

  /** The first `count` events stay, and an incident stands in the place of the others. */
  leaveOut(count: number, failure: OutsideFailure): void {
    const kept = this.events.splice(0).slice(0, Math.max(count, this.onRecord));
    this.events.push(...kept);
    this.file = kept.reduce(
      (file, recorded) => evolve(this.kind.definition, file, recorded as Recorded<CoreEvent>),
      this.opened,
    );
    this.raise(asFailure(this.step, failure));
  }

  /** Writes what is not on record yet. Answers the events of this transition, or what the log has in their place. */
  async append(): Promise<readonly Recorded[]> {
    if (this.events.length === 0) return [];
    const news = this.events.slice(this.onRecord);
    if (news.length > 0 && !this.overtaken) {
      const answer = await this.ports.log.append(news, rowOf(this.kind.definition, this.file, this.at));
      if ('logged' in answer) this.overtaken = [...this.events.slice(0, this.onRecord), ...answer.logged];
      else this.onRecord = this.events.length;
    }
    return this.overtaken ?? this.events;
  }
}

/**
 * Puts on record what `work` comes to. What the log can never take is left out with an incident in its place, for else the case would
 * hang at it for ever.
 * @param keeps how many of the first events to try it with then, one after the other
 * @returns undefined where even that can not be recorded
 */
async function recorded(
  transition: Transition,
  work: () => Promise<void>,
  keeps: readonly number[],
): Promise<readonly Recorded[] | undefined> {
  let failure: OutsideFailure | undefined;
  for (const keep of [Infinity, ...keeps]) {
    try {
      if (failure) transition.leaveOut(keep, failure);
      else await work();
      return await transition.append();
    } catch (error) {
      if (!(error instanceof OutsideFailure && error.code === UNRECORDABLE)) throw error;
      failure = error;
    }
  }
  return undefined;
}

const notRecordable = refusal(
  'invalid',
  'not-recordable',
  'What was given holds something that cannot be put on record.',
  'يتضمن ما أُرسل ما لا يمكن تسجيله.',
);

/** Decides with the facts that the action needs. An outage is answered: a person waits for it, and can simply ask again. */
async function refuseKnowing(
  kind: AnyCaseType,
  ports: Ports,
  file: CaseFile,
  action: ActionRequest,
  needs: string,
  at: Instant,
): Promise<Refusal | undefined> {
  const look = kind.lookups[needs];
  if (!look) throw new RangeError(`there is no look-up ${needs}`);
  try {
    return refuseAction(
      kind.definition,
      file,
      action,
      at,
      await within(QUICK, 'case', look({ file, actor: action.actor, input: action.input, at, ports })),
    );
  } catch (error) {
    if (error instanceof OutsideFailure) return CANNOT_TELL;
    throw error;
  }
}

export interface Drive {
  readonly type: string;
  readonly caseId: string;
  /** The version that the workflow knows; events after it come back. */
  readonly version: number;
  /** The step of a deadline, where that is what failed. */
  readonly step?: string;
  readonly at: Instant;
}

export interface CaseActivities {
  /** One transition: decides, makes its effects, appends its events. Quick or not at all; meant for a local activity. */
  advance(input: Advance): Promise<Advanced>;
  /**
   * The patient way for a step that failed: reads the case from its log and drives it on. Answers `stuck` while retries
   * are left; on the last one the failure becomes an incident, on record.
   */
  drive(input: Drive & { lastTry: boolean }): Promise<Advanced>;
  /**
   * The case as its log has it after a version, for a run that starts in the middle.
   * @param input.reach the version that the log has to have reached
   */
  recall(input: { caseId: string; version: number; reach?: number }): Promise<readonly Recorded[]>;
}

/**
 * A database that was restored may lack what the workflow knows. What came in its place could not be undone, so the case waits
 * until it is back.
 */
function mustReach(version: number, events: readonly Recorded[]): void {
  const reached = events.at(-1)?.version ?? 0;
  if (reached < version)
    throw new OutsideFailure(
      'unavailable',
      'case-log',
      'log-behind',
      `The log ends at version ${reached}, and the workflow is at ${version}.`,
    );
}

export function createCaseActivities(ports: Ports, caseTypes: (type: string) => AnyCaseType): CaseActivities {
  const files = recentFiles();

  /** The file at a version, and what the log has after it. From memory where this worker made that version; else the log is folded. */
  async function known(
    definition: CaseType,
    caseId: string,
    version: number,
  ): Promise<{ file: CaseFile | undefined; logged: readonly Recorded[] }> {
    const kept = version > 0 ? files.at(caseId, version) : undefined;
    const events = await ports.log.eventsAfter(caseId, kept ? version - 1 : 0);
    mustReach(version, events);
    const logged = events.filter((recorded) => recorded.version > version);
    return { file: kept ?? fileFrom(definition, events.slice(0, events.length - logged.length)), logged };
  }

  return {
    async advance({ type, caseId, version, cause, at, chain }) {
      const kind = caseTypes(type);
      const id = causeId(cause);
      const { file, logged } = await known(kind.definition, caseId, version);
      if (logged.length > 0) return logged[0]?.cause === id ? { events: logged } : { events: logged, again: true };
      if (!file && !('filing' in cause)) return { events: [] };

      const opened = file ?? kind.definition.open((cause as { filing: Filing }).filing);
      const transition = new Transition(kind, ports, opened, at, id, false);
      let stuck: StepFailure | undefined;
      if ('filing' in cause) {
        const filed: Filing = { ...cause.filing, policyVersion: opened.policyVersion };
        transition.emit({ ...kind.definition.submitted(filed), filing: filed } as AnyEvent, actorOf(cause));
      } else if ('action' in cause) {
        const rule = actionRule(kind.definition, cause.action.action);
        // What is cheap to refuse is refused before anything is looked up.
        const early = refuseAction(kind.definition, opened, cause.action, at);
        if (early) return { events: [], refusal: early };
        const late = rule?.needs ? await refuseKnowing(kind, ports, opened, cause.action, rule.needs, at) : undefined;
        if (late) return { events: [], refusal: late };
        rule?.decide(opened, cause.action, at).forEach((event) => transition.emit(event, actorOf(cause)));
      } else if ('message' in cause) {
        const news = kind.definition.receive(opened, cause.message);
        if (news !== 'later') news.forEach((event) => transition.emit(event, actorOf(cause)));
      }
      const said = transition.events.length;
      const events = await recorded(
        transition,
        async () => {
          if ('step' in cause) stuck = await transition.take(cause.step, QUICK);
          if (chain && !stuck) stuck = await transition.chain(QUICK);
          if (stuck && !helpsToRetry(stuck)) transition.raise(stuck);
        },
        'filing' in cause || 'action' in cause ? [said] : [said, 0],
      );
      if (!events) return { events: [], refusal: notRecordable };
      if (events === transition.events) files.keep(transition.file);
      else {
        files.forget(caseId);
        if (events.length > 0 && events[0]?.cause !== id) return { events, again: true };
      }
      return stuck && !transition.raised ? { events, stuck } : { events };
    },

    async drive({ type, caseId, version, step, at, lastTry }) {
      const kind = caseTypes(type);
      files.forget(caseId);
      const whole = await ports.log.eventsAfter(caseId, 0);
      mustReach(version, whole);
      const file = fileFrom(kind.definition, whole);
      if (!file) throw new OutsideFailure('defect', 'case-log', 'no-such-case', 'The log has no such case.');
      const transition = new Transition(kind, ports, file, at, `drive-${file.version}`, lastTry);
      const next = nextOf(kind.definition, file);
      // A step that stood at a deadline, or a question to the outside, is taken again only while the case still waits there.
      const due =
        step !== undefined &&
        'wait' in next &&
        (next.wait.ask === step || next.wait.alarms.some((alarm) => alarm.step === step));
      let stuck: StepFailure | undefined;
      await recorded(transition, async () => {
        stuck = due ? await transition.take(step, undefined) : undefined;
        stuck ??= await transition.chain(undefined);
        if (stuck && (lastTry || !helpsToRetry(stuck))) transition.raise(stuck);
      }, [0]);
      const events = await ports.log.eventsAfter(caseId, version);
      return stuck && !transition.raised ? { events, stuck } : { events };
    },

    async recall({ caseId, version, reach = 0 }) {
      const events = await ports.log.eventsAfter(caseId, version);
      mustReach(reach, events);
      return events;
    },
  };
}
