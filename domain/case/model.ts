import type { FailureKind, Outside } from '../failures';
import type { Money } from '../money';
import type { OutsideMessage } from '../outside-messages';
import type { Concerned } from '../family/recusal';
import type { PhotoPolicy } from '../photo-verdict';
import type { Bilingual, Refusal } from '../refusal';
import type { Effects } from './effects';
import type { ProposedRepair, Repairable, Resets, Resetting } from './repair-and-reset';
import type { Instant } from '../time';

export const roles = ['portal', 'caseworker', 'supervisor', 'committee', 'operator', 'auditor', 'analyst'] as const;
export type Role = (typeof roles)[number];

/** Who did it. `id` is the token's subject (a staff number or a portal client), never an identity number. */
export interface Actor {
  readonly id: string;
  readonly role: Role | 'system' | 'outside';
  readonly office?: string;
}

export const SYSTEM: Actor = { id: 'tajdid', role: 'system' };

export interface AnyEvent {
  readonly type: string;
}

/** A case event as the log keeps it: the fact, who, when, and its place in the case. */
export interface Recorded<E extends AnyEvent = AnyEvent> {
  readonly caseId: string;
  /** 1 for the first event; no gaps. */
  readonly version: number;
  readonly at: Instant;
  readonly actor: Actor;
  /** What brought it about: the id of an action, of a message from outside, or of a step. A cause has its effect once. */
  readonly cause: string;
  readonly event: E;
}

/** What the start of a case says. References and facts only. */
export interface Filing {
  readonly caseId: string;
  readonly type: string;
  readonly channel: string;
  readonly clientId: string;
  readonly filedAt: Instant;
  /** The person the case is about. */
  readonly subject: string;
  readonly office: string;
  /** The type's own facts of the application. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** The case that this one came from, such as the appealed one. */
  readonly parent?: string;
  /** Who filed it, where that is not a portal. */
  readonly filedBy?: Role;
  /** An appeal was allowed: this is the new decision, and these rules no longer speak against it. */
  readonly appeal?: AppealBasis;
  /** The policy that the case goes by from then on, as the log has it. Absent in logs from before it was written down. */
  readonly policyVersion?: string;
}

export interface AppealBasis {
  /** The appeal. */
  readonly caseId: string;
  /** The case whose application this one goes by. */
  readonly original: string;
  readonly waived: readonly string[];
  /** Who appealed, and so waits for this decision, whoever applied. Absent in logs from before it was kept. */
  readonly appellant?: string;
  /** When that application was filed: lateness, fines and the policy are those of that day. The last three are absent in logs from before they were kept. */
  readonly filedAt?: Instant;
  /** Staff who did anything in the rejected case: the new decision is for others. */
  readonly tookPart?: readonly string[];
  /** What was paid for that application and not given back. */
  readonly paid?: Money;
}

export interface Incident {
  readonly step: string;
  readonly since: Instant;
  readonly last: Instant;
  readonly attempts: number;
  readonly kind: FailureKind;
  readonly source: Outside;
  readonly code: string;
  readonly message: string;
  /** An operator asked for a retry that has not ended yet. */
  readonly retrying: boolean;
  /** One of the tries may have been taken, whatever the last one met. */
  readonly unsure?: true;
}

/** What every case file has, whatever its type. The file is the fold of the case's events and nothing else. */
export interface CaseFile {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  /** The status under a hold or an incident; `statusOf` gives the one to show. */
  readonly stage: string;
  readonly stageSince: Instant;
  /** Milliseconds that the stage's deadlines are moved by, from holds. */
  readonly pausedMs: number;
  readonly channel: string;
  readonly clientId: string;
  readonly subject: string;
  readonly office: string;
  readonly filedAt: Instant;
  readonly policyVersion: string;
  readonly parent?: string;
  readonly appeal?: AppealBasis;
  readonly hold?: {
    readonly since: Instant;
    readonly remindedAt: Instant;
    readonly by: string;
    readonly reasonRef?: string;
  };
  readonly incident?: Incident;
  readonly repair?: ProposedRepair;
  readonly resetting?: Resetting;
  readonly decisions: readonly Decision[];
  readonly closedAt?: Instant;
}

/** A decision by a person or by a rule, with what it rested on. */
export interface Decision {
  readonly what: string;
  readonly at: Instant;
  readonly by: Actor;
  /** The rules that were used, each with the policy version. */
  readonly rules: readonly { readonly rule: string; readonly version: string }[];
  readonly reasonRef?: string;
}

/** Who can end a wait. */
export type WaitOwner =
  | 'applicant'
  | 'caseworker'
  | 'supervisor'
  | 'committee'
  | 'operator'
  | 'card-bureau'
  | 'courier'
  | 'consenter'
  | 'evidence-source';

export interface Wait {
  readonly what: string;
  readonly who: WaitOwner;
  readonly since: Instant;
  readonly until: Instant;
  /**
   * When the time that the agency gave itself for this ends: past it the case is overdue, however often somebody is reminded after that.
   * Absent while no such clock runs: on hold, and while the applicant has the ball. Whom the agency has asked works for it.
   */
  readonly due?: Instant;
  /** What happens at `until`, as a word that the texts explain. */
  readonly otherwise: string;
  /** Steps to take if nothing else comes first; the last of them stands at `until`. */
  readonly alarms: readonly { readonly at: Instant; readonly step: string }[];
  /** The step that asks the outside what came of it, for when its message was lost. */
  readonly ask?: string;
}

/**
 * What a case does next: take a step, wait, or be done. To `start` another case or `tell` others something is the run's own
 * work, because only it can reach them once and only once; the step `noted` puts on record that it was done.
 */
export type Next =
  | { readonly do: string }
  | { readonly wait: Wait }
  | { readonly done: string }
  | { readonly start: Filing; readonly noted: string }
  | { readonly tell: readonly OutsideMessage[]; readonly noted: string };

/** The step that a case takes of itself, if it does not wait. */
export const stepOf = (next: Next): string | undefined =>
  'do' in next ? next.do : 'noted' in next ? next.noted : undefined;

/** What the events of a step are recorded under: the same, whoever takes it at this version of the case. */
export const causeOfStep = (step: string, version: number): string => `${step}@${version}`;

export interface ActionRequest {
  /** The same for a retry of the same action: it is carried out once. */
  readonly id: string;
  readonly action: string;
  readonly actor: Actor;
  readonly expectedVersion: number;
  /** References and facts only: free text is in the vault, under `reasonRef`. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** One of the things that an action's input can be. */
export interface Choice {
  readonly value: string;
  /** Where the value is a rule of another case type: the one whose texts explain it. */
  readonly ruleOf?: string;
}

/** One row of a case type's action table, which the workflow, the API and the console all read. */
export interface ActionRule<F extends CaseFile, E extends AnyEvent> {
  readonly by: readonly Role[];
  readonly stages: readonly string[];
  readonly title: Bilingual;
  /** How it is drawn: `main` is what the case is there for, `grave` speaks against somebody. Without it, one among others. */
  readonly weight?: 'main' | 'grave';
  /** What an input can be in this very case, by the input's name. An input that is not named here is as free as its schema. */
  readonly choices?: (file: F) => Readonly<Record<string, readonly Choice[]>>;
  /** Needs a reason in words. */
  readonly reason?: boolean;
  /** May be done while the case is on hold or has an incident. */
  readonly evenWhenStopped?: boolean;
  /** May be done while the case has an incident, though not while it is on hold. */
  readonly evenInIncident?: boolean;
  /** May be done on a closed case, as long as an incident stands in it: what is still owed then has to be got going again. */
  readonly evenWhenClosed?: boolean;
  /** Facts from outside that `refuse` needs, by the name of the type's look-up; looked up in the very transition that decides. */
  readonly needs?: string;
  /**
   * Why not, when role and stage are right: four eyes, a lease, a rule. Pure. `input` is absent when only asking what is allowed,
   * `known` (what the look-up gave) as long as nothing was looked up.
   */
  readonly refuse?: (
    file: F,
    actor: Actor,
    at: Instant,
    input?: Readonly<Record<string, unknown>>,
    known?: unknown,
  ) => Refusal | undefined;
  readonly decide: (file: F, request: ActionRequest, at: Instant) => E[];
}

/** A case type: pure. Its effects are steps, in the same folder. */
export interface CaseType<F extends CaseFile = CaseFile, E extends AnyEvent = AnyEvent> {
  readonly type: string;
  /** The first part of the case ids. */
  readonly prefix: string;
  readonly title: Bilingual;
  readonly open: (filing: Filing) => F;
  readonly submitted: (filing: Filing) => E;
  readonly evolve: (file: F, recorded: Recorded<E>) => F;
  /** What of its application a resubmission or a repair may have changed, as it stands now: a new decision after an appeal goes by it. */
  readonly changedFacts?: (file: F) => Filing['facts'];
  /** A hold stops and starts what has a clock of its own; stage deadlines are moved without it. */
  readonly heldOrResumed?: (file: F, what: 'held' | 'resumed', at: Instant) => F;
  readonly next: (file: F) => Next;
  readonly receive: (file: F, message: OutsideMessage) => E[] | 'later';
  readonly actions: Readonly<Record<string, ActionRule<F, E>>>;
  /**
   * Whom a case concerns besides its subject: they are found by it, and not erased while it is open. Their kin decide nothing in it:
   * the rules that need something looked up are told of the official's kinship.
   */
  readonly concerned?: (file: F) => Concerned;
  /** What its subject is in it, where none of its facts gives them a part; the applicant where nothing is said. */
  readonly subjectIs?: Bilingual;
  /** What whoever filed it says in their own words: a field of the application, which is in the vault. */
  readonly statement?: { readonly field: string; readonly title: Bilingual };
  /** What its photo is measured by, where it has one. */
  readonly photoPolicy?: (policyVersion: string) => PhotoPolicy;
  /** Facts that an operator may correct. */
  readonly repairable?: Readonly<Record<string, Repairable<F>>>;
  /** Steps that an operator may take the case back to. */
  readonly resets?: Resets<F>;
  readonly effects: Effects<E['type']>;
  /** Each look at what a decision rests on is on record: after these events it is worth another one. */
  readonly evidenceChangedBy?: readonly E['type'][];
  /** Rules that no appeal decides away: what the register holds, and what others have a right to. */
  readonly neverWaived?: (policyVersion: string) => readonly string[];
  /** Who has the case in hand, for the work queue. */
  readonly claimedBy: (file: F, at: Instant) => string | undefined;
  /** Where all that was checked let the case go on: the event that says so, and the decision that it is. */
  readonly passes: { readonly event: E['type']; readonly decision: string };
  readonly texts: CaseTexts;
  /** Events between the steps: on record, and not what somebody looks for first. */
  readonly minor: readonly E['type'][];
}

/** Words for codes; the codes of the generic part have theirs in `core-texts`. */
export interface CaseTexts {
  readonly statuses: Readonly<Record<string, Bilingual>>;
  readonly steps: Readonly<Record<string, Bilingual>>;
  readonly waits: Readonly<Record<string, Bilingual>>;
  readonly otherwise: Readonly<Record<string, Bilingual>>;
  readonly events: Readonly<Record<string, Bilingual>>;
  /** What it says when a rule speaks against somebody. */
  readonly rules: Readonly<Record<string, Bilingual>>;
  /** What it says when the same rule was checked and held. */
  readonly passed: Readonly<Record<string, Bilingual>>;
}
