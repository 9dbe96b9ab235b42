import type { FamilyEvent } from '../../domain/family/record';
import type { EnrolConnection } from '../../adapters/register/connect-enrol';
import type { Cast, KnownTie } from './cast';

/** Enters the cast, the staff and what they are to each other; answers everybody's reference by identity number. Made again, nothing changes. */
export async function enrolCast(
  { enrol, family }: Pick<EnrolConnection, 'enrol' | 'family'>,
  { people, staff, ties }: Cast,
): Promise<ReadonlyMap<string, string>> {
  const everybody = [...people, ...staff].map(({ person }) => person);
  const enrolled = await enrol(everybody);
  const refs = new Map(everybody.map(({ number }, n) => [String(number), enrolled[n]?.person ?? '']));
  const ref = (number: string): string => refs.get(number) ?? '';
  const eventOf = (tie: KnownTie): FamilyEvent =>
    tie.kind === 'marriage'
      ? { kind: 'marriage', on: tie.on, husband: ref(tie.husband), wife: ref(tie.wife) }
      : { kind: 'enrolled-parent', on: tie.on, child: ref(tie.child), parent: ref(tie.parent), as: tie.as };
  await family.ties(ties.map(eventOf));
  for (const { sub, person } of staff) await family.staff(sub, ref(person.number));
  return refs;
}
