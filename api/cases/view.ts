import { reviewTimes } from '../../domain/policies/review';
import { actionsFor, statusOf, waitingFor } from '../../domain/case/core';
import { ownerTexts } from '../../domain/case/core-texts';
import { workingTimeBetween } from '../../domain/calendar/working-days';
import type { Actor, CaseFile, CaseType, Choice } from '../../domain/case/model';
import { holidays } from '../../domain/policies/holidays';
import type { KinshipKnown } from '../../domain/family/recusal';
import { total } from '../../domain/money';
import type { Quote } from '../../domain/quote';
import { refusal } from '../../domain/refusal';
import type { Instant } from '../../domain/time';
import type { PaymentFile } from '../../workflows/stages/payment';
import { REVIEW_BUDGET, type ReviewFile } from '../../workflows/stages/review';
import { caseTypeNamed } from '../../workflows/case-types';
import { actorAs, type Caller } from '../auth/caller';
import { callerIn, isPortalOnly, isVisiting } from './access';
import { consentsOf } from './consents';
import { named, NOBODY, type Names } from './names';
import type { CaseView } from './schemas';
import { ruleText, textOf, waitText } from './texts';

/** What the stages that case types share leave in a file. */
type StagedFile = CaseFile & {
  readonly quote?: Quote;
  readonly payment?: PaymentFile;
  readonly review?: ReviewFile;
  readonly returned?: { readonly items: readonly string[]; readonly reasons: readonly string[] };
  readonly refusedBy?: readonly string[];
  readonly certificate?: string;
};

/** About people and what they are to each other: its facts say who plays which part. */
const hasFamily = (file: CaseFile): boolean => 'parties' in file;

export const selfLink = (caseId: string): string => `/v1/cases/${caseId}`;
export const etagOf = (version: number): string => `"${version}"`;

/** A portal is told in which role something was done, and never by whom. */
export const actorView = ({ id, role, office }: Actor, portal: boolean, names: Names = NOBODY) =>
  portal ? { role } : { role, id, ...named(names, id), ...(office === undefined ? {} : { office }) };

const choicesOf = (type: CaseType, choices: Readonly<Record<string, readonly Choice[]>>) =>
  Object.fromEntries(
    Object.entries(choices).map(([input, among]) => [
      input,
      among.map(({ value, ruleOf }) => ({
        value,
        ...(ruleOf === undefined ? {} : { text: textOf(caseTypeNamed(ruleOf) ?? type, 'rules', value) }),
      })),
    ]),
  );

const AT_ANOTHER_OFFICE = refusal(
  'forbidden',
  'another-office',
  'The case is at another office: a colleague there has to do it.',
  'الحالة لدى مكتب آخر، ويقوم بذلك أحد موظفيه.',
);

function actionsOf(
  type: CaseType,
  file: CaseFile,
  caller: Caller,
  at: Instant,
  kinship: KinshipKnown | undefined,
): Pick<CaseView, 'allowedActions' | 'unavailableActions'> {
  const all = callerIn(file, caller).roles.flatMap((role) => {
    const actor = actorAs(caller, role);
    const actions = actionsFor(type, file, actor, at, kinship);
    if (!isVisiting(file, actor)) return actions;
    return actions.map((each) => ({ ...each, allowed: false, whyNot: each.whyNot ?? AT_ANOTHER_OFFICE }));
  });
  const allowed = new Map(all.filter((each) => each.allowed).map((each) => [each.action, each]));
  const others = new Map(all.filter((each) => !allowed.has(each.action)).map((each) => [each.action, each]));
  return {
    allowedActions: [...allowed.values()].map(({ action, title, reason, weight, choices }) => ({
      action,
      title,
      reason,
      ...(weight ? { weight } : {}),
      ...(choices ? { choices: choicesOf(type, choices) } : {}),
      href: `${selfLink(file.id)}/actions/${action}`,
    })),
    unavailableActions: [...others.values()].flatMap(({ action, title, whyNot }) =>
      whyNot ? [{ action, title, whyNot: { code: whyNot.code, message: whyNot.message } }] : [],
    ),
  };
}

export function waitOf(type: CaseType, file: CaseFile): CaseView['waitingFor'] {
  const wait = waitingFor(type, file);
  if (!wait) return null;
  return {
    ...wait,
    texts: {
      what: waitText(type, wait.what),
      who: ownerTexts[wait.who],
      otherwise: textOf(type, 'otherwise', wait.otherwise),
    },
  };
}

function paymentOf({ payment, stage }: StagedFile): CaseView['payment'] {
  if (!payment?.paymentId) return null;
  const back = total(payment.refunds.map(({ amount }) => amount));
  const refunded = back.halalas > 0 ? { refunded: back } : {};
  if (payment.settledBy) return { status: 'paid', ...refunded };
  if (payment.closed) return { status: 'closed', ...refunded };
  const payable = payment.payUrl && stage === 'AWAITING_PAYMENT' ? { payUrl: payment.payUrl } : {};
  return { status: 'asked', ...payable, ...refunded };
}

/** A stop that goes on is one only while it is a hold or the applicant has the ball: a decided review has simply ended. */
function clockOf({ clock }: ReviewFile, file: CaseFile, at: Instant): NonNullable<CaseView['review']>['clock'] {
  const running = clock.runningSince === undefined ? 0 : workingTimeBetween(clock.runningSince, at, holidays);
  const why = file.hold ? 'hold' : statusOf(file) === 'RETURNED' ? 'returned' : undefined;
  const now = clock.stoppedAt && why && !file.closedAt ? [{ from: clock.stoppedAt, to: null, why } as const] : [];
  return {
    spentMs: Math.round(clock.spentMs + Math.max(0, running)),
    budgetMs: REVIEW_BUDGET,
    warnAt: reviewTimes.warnAt.value,
    running: clock.runningSince !== undefined,
    stops: [...clock.stops.map((stop) => ({ ...stop })), ...now],
  };
}

function reviewOf(
  type: CaseType,
  file: CaseFile,
  review: ReviewFile,
  at: Instant,
  names: Names,
): NonNullable<CaseView['review']> {
  const { level, why, rounds, claim, recommendation } = review;
  return {
    level,
    why: why.map((rule) => ({ rule, text: textOf(type, 'rules', rule) })),
    clock: clockOf(review, file, at),
    rounds,
    ...(claim ? { claim: { ...claim, ...named(names, claim.by) } } : {}),
    ...(recommendation ? { recommendation: { ...recommendation, ...named(names, recommendation.by) } } : {}),
  };
}

function repairOf(type: CaseType, file: CaseFile, names: Names): Pick<CaseView, 'repair'> {
  const { repair } = file;
  if (!repair) return {};
  const { field, value, by, at } = repair;
  const fact = type.repairable?.[field];
  return {
    repair: {
      field,
      title: fact?.title ?? { ar: field, en: field },
      now: fact?.read(file) ?? null,
      value: String(value),
      by,
      ...named(names, by),
      at,
    },
  };
}

/** The case as this caller may see it at this moment, with what was looked up of staff. No personal data: the file holds none. */
export function caseView(
  type: CaseType,
  staged: CaseFile,
  caller: Caller,
  at: Instant,
  { names = NOBODY, kinship }: { readonly names?: Names; readonly kinship?: KinshipKnown | undefined } = {},
): CaseView {
  const file: StagedFile = staged;
  const portal = isPortalOnly(caller);
  const rule = (name: string) => textOf(type, 'rules', name);
  const status = statusOf(file);
  return {
    id: file.id,
    type: file.type,
    status,
    version: file.version,
    channel: file.channel,
    office: file.office,
    filedAt: file.filedAt,
    ...(file.closedAt ? { closedAt: file.closedAt } : {}),
    policyVersion: file.policyVersion,
    ...(file.parent ? { parent: file.parent } : {}),
    texts: { type: type.title, status: textOf(type, 'statuses', status) },
    waitingFor: waitOf(type, file),
    ...actionsOf(type, file, caller, at, kinship),
    decisions: file.decisions.map(({ what, at: decidedAt, by, rules, reasonRef }) => ({
      what,
      at: decidedAt,
      by: actorView(by, portal, names),
      rules: rules.map((used) => ({ ...used, text: ruleText(file, what, used.rule) })),
      ...(reasonRef && !portal ? { reasonRef } : {}),
    })),
    quote: file.quote ? { lines: [...file.quote.lines], total: file.quote.total } : null,
    payment: paymentOf(file),
    ...(file.returned
      ? {
          returned: {
            items: [...file.returned.items],
            reasons: [...file.returned.reasons],
            texts: file.returned.reasons.map((name) => rule(name)),
          },
        }
      : {}),
    ...(file.refusedBy ? { refusedBy: file.refusedBy.map((name) => ({ rule: name, text: rule(name) })) } : {}),
    ...consentsOf(file),
    ...(file.review && !portal ? { review: reviewOf(type, file, file.review, at, names) } : {}),
    ...(portal ? {} : repairOf(type, file, names)),
    ...(file.incident && !portal ? { incident: { ...file.incident } } : {}),
    links: {
      self: selfLink(file.id),
      events: `${selfLink(file.id)}/events`,
      stream: `${selfLink(file.id)}/stream`,
      ...(file.certificate ? { certificate: `/v1/certificates/${file.certificate}` } : {}),
      ...(hasFamily(file) && !portal ? { family: `${selfLink(file.id)}/family` } : {}),
    },
  };
}
