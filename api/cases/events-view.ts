import { internalEvents } from '../../domain/case/core-texts';
import type { Recorded } from '../../domain/case/model';
import type { CaseSeen } from './access';
import { named, NOBODY, type Names } from './names';
import { actorView } from './view';
import type { EventView } from './schemas';
import { isMinor, ruleWords, textOf } from './texts';

/** What of an event's facts concerns the applicant; the rest is how the agency works. */
const FOR_PORTALS: ReadonlySet<string> = new Set(['amount', 'outcome', 'items', 'rules', 'how', 'settles', 'quote']);
const FOR_NOBODY: ReadonlySet<string> = new Set(['type', 'filing', 'payUrl']);
const INTERNAL: ReadonlySet<string> = new Set(internalEvents);

const CODED = ['rules', 'reasons', 'items', 'mismatches', 'why', 'rule', 'waives'] as const;

/** The rules that an event names, in words; a code without any is left to whoever keeps the log. */
function wordsOf({ type, file }: CaseSeen, event: Recorded['event']): { words?: EventView['words'] } {
  const facts: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(event));
  const of = type?.passes.event === event.type ? 'passed' : 'rules';
  const codes = CODED.flatMap((name) => facts[name] ?? []);
  const words = codes.flatMap((code) => {
    const text = typeof code === 'string' ? ruleWords(file, of, code) : undefined;
    return text ? [text] : [];
  });
  return words.length > 0 ? { words } : {};
}

export const isShown = ({ event }: Recorded, portal: boolean): boolean => !portal || !INTERNAL.has(event.type);

export function eventView(
  seen: CaseSeen,
  { version, at, actor, event }: Recorded,
  portal: boolean,
  names: Names = NOBODY,
): EventView {
  const { type } = seen;
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
    ...(portal ? {} : wordsOf(seen, event)),
    facts: Object.fromEntries(facts),
  };
}
