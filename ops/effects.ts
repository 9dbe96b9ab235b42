import type { EffectKind, Effects } from '../domain/case/effects';
import type { AnyEvent, Recorded } from '../domain/case/model';
import type { Bilingual } from '../domain/refusal';
import type { Instant } from '../domain/time';
import { caseTypeOfId } from '../workflows/case-types';

/** Something that a case has made happen outside itself. */
export interface Effect {
  /** The same for the same effect: what a reset pins. */
  readonly key: string;
  readonly kind: EffectKind;
  readonly what: Bilingual;
  readonly version: number;
  readonly at: Instant;
  /** Taken back, by the event of this version. */
  readonly undoneBy?: number;
}

const field = (event: AnyEvent, name: string): string =>
  (event as unknown as Readonly<Record<string, string | undefined>>)[name] ?? '';

/** The effects of a case, from its events alone, in order, as its case type says what they have made. */
export function effectsOf(events: readonly Recorded[]): readonly Effect[] {
  const effects = new Map<string, Effect>();
  const { made, undone, repaired }: Effects = caseTypeOfId(events[0]?.caseId ?? '')?.effects ?? { made: {} };
  for (const { caseId, event, version, at } of events) {
    const back = undone?.[event.type];
    if (back) {
      const ref = back.by === undefined ? undefined : field(event, back.by);
      for (const [key, effect] of effects) {
        const same = ref === undefined || key === `${effect.kind}/${ref}`;
        if (back.kinds.includes(effect.kind) && same && effect.undoneBy === undefined)
          effects.set(key, { ...effect, undoneBy: version });
      }
    }
    const kindRepaired = event.type === 'FactRepaired' ? repaired?.[field(event, 'field')] : undefined;
    const wrong = [...effects.values()].findLast(
      ({ kind, undoneBy }) => kind === kindRepaired && undoneBy === undefined,
    );
    if (wrong) {
      effects.delete(wrong.key);
      const key = `${wrong.kind}/${field(event, 'value')}`;
      effects.set(key, { ...wrong, key });
    }
    const rule = made[event.type];
    if (!rule) continue;
    const key = `${rule.kind}/${rule.by === undefined ? caseId : field(event, rule.by)}`;
    const before = effects.get(key);
    effects.set(key, {
      key,
      kind: rule.kind,
      what: rule.what,
      version: before?.version ?? version,
      at: before?.at ?? at,
    });
  }
  return [...effects.values()];
}

export const standing = (effects: readonly Effect[]): readonly Effect[] =>
  effects.filter(({ undoneBy }) => undoneBy === undefined);
