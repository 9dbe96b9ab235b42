import { inDigits } from '../format';
import { preferences } from '../preferences';
import { named, useWords } from '../words';
import type { Family } from './family';

const WIDE = 168;
const HIGH = 58;
const GAP = 24;
const RISE = 62;

interface Placed {
  readonly person: Family['people'][number];
  readonly x: number;
  readonly y: number;
}

/** Which row somebody stands in: below every parent, beside whoever they are married to. */
function rows({ people, links }: Family): Map<string, number> {
  const row = new Map(people.map(({ ref }) => [ref, 0]));
  const at = (ref: string): number => row.get(ref) ?? 0;
  // As often as there are people: a longer chain there cannot be, and a broken graph ends too.
  for (let round = 0; round < people.length; round++) {
    for (const { person, relative, kind } of links) {
      if (kind === 'spouse') {
        const lower = Math.max(at(person), at(relative));
        row.set(person, lower).set(relative, lower);
      } else if (kind !== 'guardian') row.set(person, Math.max(at(person), at(relative) + 1));
    }
    if (Math.max(...row.values()) > people.length) break;
  }
  return row;
}

function place(family: Family): { placed: ReadonlyMap<string, Placed>; width: number; height: number } {
  const row = rows(family);
  const count = Math.max(0, ...row.values()) + 1;
  const lines = Array.from({ length: count }, (_, n) => family.people.filter(({ ref }) => row.get(ref) === n));
  // Spouses stand side by side, a husband first.
  for (const line of lines) {
    for (const { person, relative, kind } of family.links) {
      if (kind !== 'spouse') continue;
      const husband = line.findIndex(({ ref }) => ref === person);
      const wife = line.findIndex(({ ref }) => ref === relative);
      if (husband < 0 || wife < 0 || Math.abs(husband - wife) === 1) continue;
      const [moved] = line.splice(wife, 1);
      if (moved) line.splice(line.findIndex(({ ref }) => ref === person) + 1, 0, moved);
    }
  }
  const widest = Math.max(1, ...lines.map((line) => line.length));
  const width = widest * (WIDE + GAP) - GAP;
  const placed = new Map<string, Placed>();
  lines.forEach((line, y) => {
    const left = (width - (line.length * (WIDE + GAP) - GAP)) / 2;
    line.forEach((person, n) => placed.set(person.ref, { person, x: left + n * (WIDE + GAP), y: y * (HIGH + RISE) }));
  });
  return { placed, width, height: count * (HIGH + RISE) - RISE };
}

const TREE_MARGIN = 4;

/** Who is whose kin, drawn: parents above, marriages as a double line, those the report is about marked. */
export function FamilyTree({ family }: { readonly family: Family }) {
  const { t } = useWords();
  const { placed, width, height } = place(family);
  const { language } = preferences();
  const nameOf = ({ nameAr, nameEn }: Family['people'][number]): string => (language === 'ar' ? nameAr : nameEn);
  const told = family.links.map(({ person, relative, kind, to }) => {
    const [one, other] = [placed.get(person)?.person, placed.get(relative)?.person];
    return one && other
      ? t(`family.says.${kind}`, { one: nameOf(one), other: nameOf(other) }) + (to ? ` (${t('family.ended')})` : '')
      : '';
  });
  const flip = (x: number, wide: number): number => (language === 'ar' ? width - x - wide : x);
  const middle = ({ x }: Placed): number => flip(x, WIDE) + WIDE / 2;
  return (
    <figure className="tree">
      <svg
        viewBox={`${-TREE_MARGIN} ${-TREE_MARGIN} ${width + 2 * TREE_MARGIN} ${height + 2 * TREE_MARGIN}`}
        style={{ maxInlineSize: `${width}px` }}
        role="img"
        aria-label={t('family.title')}
      >
        {family.links.map(({ person, relative, kind, to }) => {
          const [one, other] = [placed.get(person), placed.get(relative)];
          if (!one || !other) return null;
          const key = `${person}${relative}${kind}${to ?? ''}`;
          const ended = to === undefined ? '' : ' ended';
          if (kind === 'spouse' && one.y === other.y) {
            const [from, until] = [middle(one), middle(other)].sort((a, b) => a - b) as [number, number];
            const y = one.y + HIGH / 2;
            return (
              <path
                key={key}
                className={`tie spouse${ended}`}
                d={`M${from + WIDE / 2} ${y - 2}H${until - WIDE / 2}M${from + WIDE / 2} ${y + 2}H${until - WIDE / 2}`}
              />
            );
          }
          const bend = other.y + HIGH + RISE * (kind === 'mother' ? 0.6 : 0.4);
          return (
            <path
              key={key}
              className={`tie ${kind}${ended}`}
              d={`M${middle(other)} ${other.y + HIGH}V${bend}H${middle(one)}V${one.y}`}
            />
          );
        })}
        {[...placed.values()].map(({ person, x, y }) => (
          <g
            key={person.ref}
            className={person.roles.length > 0 ? 'kin named' : 'kin'}
            transform={`translate(${flip(x, WIDE)} ${y})`}
          >
            <rect width={WIDE} height={HIGH} rx={person.sex === 'F' ? 22 : 8} />
            <text x={WIDE / 2} y={24} className="kin-name">
              {nameOf(person).split(' ').slice(0, 3).join(' ')}
            </text>
            <text x={WIDE / 2} y={44}>
              {person.roles.map((role) => named('family.roles', role)).join(' · ') ||
                inDigits(person.birthDate.slice(0, 4))}
              {person.diedOn ? ' †' : ''}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="visually-hidden">
        <ul>
          {told.filter(Boolean).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
