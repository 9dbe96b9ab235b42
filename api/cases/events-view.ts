import { internalEvents } from '../../domain/case/core-texts';
import type { CaseType, Recorded } from '../../domain/case/model';
import { named, NOBODY, type Names } from './names';
import { actorView } from './view';
import type { EventView } from './schemas';
import { isMinor, textOf } from './texts';

/** What of an event's facts concerns the applicant; the rest is how the agency works. */
const FOR_PORTALS: ReadonlySet<string> = new Set(['amount', 'outcome', 'items', 'rules', 'how', 'settles', 'quote']);
const FOR_NOBODY: ReadonlySet<string> = new Set(['type', 'filing', 'payUrl']);
const INTERNAL: ReadonlySet<string> = new Set(internalEvents);

const CODED = ['rules', 'reasons', 'items', 'mismatches', 'why', 'rule'] as const;

/** The rules that an event names, in words; a code without any is left to whoever keeps the log. */
function wordsOf(type: CaseType | undefined, event: Recorded['event']): { words?: EventView['words'] } {
  const facts: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(event));
  const of = type?.passes.event === event.type ? 'passed' : 'rules';
  const codes = CODED.flatMap((name) => facts[name] ?? []);
  const words = codes.flatMap((code) => {
    const text = typeof code === 'string' ? type?.texts[of][code] : undefined;
    return text ? [text] : [];
  });
  return words.length > 0 ? { words } : {};
}

export const isShown = ({ event }: Recorded, portal: boolean): boolean => !portal || !INTERNAL.has(event.type);

export function eventView(
  type: CaseType | undefined,
  { version, at, actor, event }: Recorded,
  portal: boolean,
  names: Names = NOBODY,
): EventView {
  const facts = Object.entries(event).filter(([name]) => (portal ? FOR_PORTALS.has(name) : !FOR_NOBODY.has(name)));
  return {
    version,
    at,
    type: event.type,
    text: textOf(type, 'events', event.type),
    minor: isMinor(type, event.type),
    actor: actorView(actor, portal, names),
    ...(event.type === 'CaseReassigned' && 'to' in event && !portal
      ? { to: { id: String(event.to), ...named(names, String(event.to)) } }
      : {}),
    ...(portal ? {} : wordsOf(type, event)),
    facts: Object.fromEntries(facts),
  };
}
