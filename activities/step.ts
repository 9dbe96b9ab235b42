import type { CardBureau } from '../adapters/card-bureau/port';
import type { CaseLinks } from '../adapters/case-links/port';
import type { CaseLog } from '../adapters/case-log/port';
import type { Courier } from '../adapters/courier/port';
import type { DocumentFacts } from '../adapters/documents/facts-port';
import type { Documents } from '../adapters/documents/port';
import type { Evidence } from '../adapters/evidence/port';
import type { Messages } from '../adapters/messages/port';
import type { Payments } from '../adapters/payments/port';
import type { FamilyRegister } from '../adapters/register/family-port';
import type { EnrolledPortraits } from '../adapters/register/portraits-port';
import type { Register } from '../adapters/register/port';
import type { Staff } from '../adapters/staff/port';
import type { Vault } from '../adapters/vault/port';
import type { CoreEvent } from '../domain/case/core';
import type { Actor, AnyEvent, CaseFile } from '../domain/case/model';
import type { Instant } from '../domain/time';

/** Everything outside that a case's steps can reach. */
export interface Ports {
  readonly log: CaseLog;
  readonly register: Register;
  readonly documents: Pick<Documents, 'get'> & Pick<DocumentFacts, 'find'>;
  readonly payments: Payments;
  readonly cardBureau: CardBureau;
  readonly courier: Courier;
  readonly messages: Messages;
  readonly family: FamilyRegister;
  readonly evidence: Evidence;
  readonly caseLinks: CaseLinks;
  readonly portraits: Pick<EnrolledPortraits, 'of'>;
  readonly staff: Pick<Staff, 'find'>;
  readonly vault: Pick<Vault, 'get' | 'personRef'>;
}

/**
 * What a step works with. A step asks for its effects by keys derived from case and step, and emits what came of them;
 * what it emitted before a failure is kept, so an event may stand before the call whose outcome can be unknown.
 */
export interface StepContext<F extends CaseFile, E extends AnyEvent> {
  /** The file with everything emitted so far. */
  readonly file: F;
  /** The case's own time, not the machine's. */
  readonly at: Instant;
  readonly ports: Ports;
  /** No further retry follows: what may be given up is given up, everything else becomes an incident. */
  readonly lastTry: boolean;
  emit(event: E | CoreEvent): void;
  /** `<case>/<name>`: the same for every retry, another for another effect. */
  key(name: string): string;
}

/** A step makes effects or throws an OutsideFailure. */
export type Step<F extends CaseFile, E extends AnyEvent> = (ctx: StepContext<F, E>) => Promise<void>;
/** Facts from outside for an action's rules; it makes no effect. */
export type Lookup<F extends CaseFile> = (on: {
  readonly file: F;
  readonly actor: Actor;
  readonly input: Readonly<Record<string, unknown>>;
  readonly at: Instant;
  readonly ports: Ports;
}) => Promise<unknown>;
export type Lookups<F extends CaseFile> = Readonly<Record<string, Lookup<F>>>;

export type Steps<F extends CaseFile, E extends AnyEvent> = Readonly<Record<string, Step<F, E>>>;
