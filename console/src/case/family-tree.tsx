import { useEffect, useRef } from 'react';
import type { FamilyEvidence } from '../api/client';
import { year } from '../format';
import { preferences } from '../preferences';
import { named, t, useWords } from '../words';

const WIDE = 184;
const HIGH = 82;
const GAP = 26;
const RISE = 62;
/** Letters that one line of a box holds. */
const LINE = 21;

type Member = FamilyEvidence['people'][number] & { readonly reported?: true; readonly candidate?: boolean };
type Link = FamilyEvidence['links'][number];

interface Placed {
  readonly person: Member;
  readonly x: number;
  readonly y: number;
}

interface Drawn {
  readonly people: readonly Member[];
  readonly links: readonly Link[];
}

const REPORTED = 'reported';

/** Those whom the register knows, who of them could be the same, and the child that is only reported so far. */
function drawn({ people, links, reported, candidates }: FamilyEvidence): Drawn {
  const same = new Set(candidates.map(({ ref }) => ref));
  const known: Member[] = people.map((person) => ({ ...person, candidate: same.has(person.ref) }));
  if (!reported || people.some(({ roles }) => roles.includes('child'))) return { people: known, links };
  const { nameAr, nameEn, sex, on, father, mother } = reported;
  const child: Member = {
    ref: REPORTED,
    nameAr,
    nameEn,
    sex: sex ?? 'M',
    birthDate: on,
    diedOn: null,
    roles: ['child'],
    reported: true,
  };
  const to = (kind: 'father' | 'mother', parent: string | null): Link[] =>
    parent === null ? [] : [{ person: REPORTED, relative: parent, kind, from: on }];
  return { people: [...known, child], links: [...links, ...to('father', father), ...to('mother', mother)] };
}

/** Which row somebody stands in: below every parent, beside whoever they are married to. */
function rows({ people, links }: Drawn): Map<string, number> {
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

/** Under their parents as far as that goes: from left to right as the parents stand. */
function ordered(line: readonly Member[], links: readonly Link[], above: ReadonlyMap<string, Placed>): Member[] {
  const under = ({ ref }: Member): number => {
    const parents = links.flatMap(({ person, relative, kind }) =>
      person === ref && kind !== 'spouse' ? (above.get(relative)?.x ?? []) : [],
    );
    return parents.length === 0 ? Number.MAX_SAFE_INTEGER : parents.reduce((sum, x) => sum + x, 0) / parents.length;
  };
  const sorted = line.toSorted((one, other) => under(one) - under(other));
  // Spouses stand side by side, a husband first.
  for (const { person, relative, kind } of links) {
    if (kind !== 'spouse') continue;
    const husband = sorted.findIndex(({ ref }) => ref === person);
    const wife = sorted.findIndex(({ ref }) => ref === relative);
    if (husband < 0 || wife < 0 || Math.abs(husband - wife) === 1) continue;
    const [moved] = sorted.splice(wife, 1);
    if (moved) sorted.splice(sorted.findIndex(({ ref }) => ref === person) + 1, 0, moved);
  }
  return sorted;
}

function place(shown: Drawn): { placed: ReadonlyMap<string, Placed>; width: number; height: number } {
  const row = rows(shown);
  const count = Math.max(0, ...row.values()) + 1;
  const lines = Array.from({ length: count }, (_, n) => shown.people.filter(({ ref }) => row.get(ref) === n));
  const widest = Math.max(1, ...lines.map((line) => line.length));
  const width = widest * (WIDE + GAP) - GAP;
  const placed = new Map<string, Placed>();
  lines.forEach((line, y) => {
    const left = (width - (line.length * (WIDE + GAP) - GAP)) / 2;
    ordered(line, shown.links, placed).forEach((person, n) =>
      placed.set(person.ref, { person, x: left + n * (WIDE + GAP), y: y * (HIGH + RISE) }),
    );
  });
  return { placed, width, height: count * (HIGH + RISE) - RISE };
}

/** In two lines at most. A name that is longer keeps its beginning and, always, the family's name at its end. */
function inLines(name: string): readonly string[] {
  const words = name.split(' ').filter(Boolean);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= LINE) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const family = words.at(-1) ?? '';
  return lines.length <= 2 ? lines : [lines[0] ?? '', `… ${family}`];
}

const nameOf = ({ nameAr, nameEn }: Member): string => (preferences().language === 'ar' ? nameAr : nameEn);

/** What is written under a name: the part in the report, the year of birth, and that somebody has died. */
function about({ roles, birthDate, diedOn, sex, reported, candidate }: Member): string {
  if (reported) return t('family.notRegistered');
  const parts = candidate ? [t('family.candidate')] : roles.map((role) => named('family.roles', role));
  return [...parts, year(birthDate), ...(diedOn ? [t(`family.deceased.${sex}`)] : [])].join(' · ');
}

const TREE_MARGIN = 4;

const kinOf = ({ roles, reported, candidate }: Member): string =>
  reported ? 'kin reported' : candidate ? 'kin candidate' : roles.length > 0 ? 'kin named' : 'kin';

/** Whom the report is about, in the words of `kinOf`. */
const ABOUT = '.kin.named, .kin.reported, .kin.candidate';

const LEGEND = ['named', 'candidate', 'reported', 'married', 'guardian', 'ended'] as const;

/** Only the signs that are there. */
function Legend({ shown: { people, links } }: { readonly shown: Drawn }) {
  const { t: word } = useWords();
  const there: Record<(typeof LEGEND)[number], boolean> = {
    named: people.some(({ roles, reported }) => roles.length > 0 && !reported),
    candidate: people.some(({ candidate }) => candidate === true),
    reported: people.some(({ reported }) => reported === true),
    married: links.some(({ kind, to }) => kind === 'spouse' && to === undefined),
    guardian: links.some(({ kind }) => kind === 'guardian'),
    ended: links.some(({ to }) => to !== undefined),
  };
  const texts = {
    named: word('family.legend.named'),
    candidate: word('family.candidate'),
    reported: word('family.notRegistered'),
    married: word('family.legend.married'),
    guardian: word('family.legend.guardian'),
    ended: word('family.legend.ended'),
  };
  return (
    <ul className="tree-legend" aria-hidden="true">
      {LEGEND.filter((sign) => there[sign]).map((sign) => (
        <li key={sign}>
          <i className={`tree-sign ${sign}`} /> {texts[sign]}
        </li>
      ))}
    </ul>
  );
}

/** A family that is wider than its place is scrolled to those whom it is drawn for. */
function bringIntoSight(tree: HTMLElement | null): void {
  const boxes = [...(tree?.querySelectorAll(ABOUT) ?? [])].map((each) => each.getBoundingClientRect());
  if (!tree || boxes.length === 0) return;
  const place = tree.getBoundingClientRect();
  const from = Math.min(...boxes.map(({ left }) => left));
  const until = Math.max(...boxes.map(({ right }) => right));
  tree.scrollLeft += (from + until - place.left - place.right) / 2;
}

/** Who is whose kin, drawn: parents above, marriages as a double line, those the report is about marked. */
export function FamilyTree({ family }: { readonly family: FamilyEvidence }) {
  useWords();
  const shown = drawn(family);
  const { placed, width, height } = place(shown);
  const { language } = preferences();
  const told = shown.links.map(({ person, relative, kind, to }) => {
    const [one, other] = [placed.get(person)?.person, placed.get(relative)?.person];
    return one && other
      ? t(`family.says.${kind}`, { one: nameOf(one), other: nameOf(other) }) + (to ? ` (${t('family.ended')})` : '')
      : '';
  });
  const flip = (x: number, wide: number): number => (language === 'ar' ? width - x - wide : x);
  const middle = ({ x }: Placed): number => flip(x, WIDE) + WIDE / 2;
  const tree = useRef<HTMLDivElement>(null);
  const whom = [...placed.keys()].join();
  useEffect(() => bringIntoSight(tree.current), [whom, language]);
  return (
    <figure className="tree-figure">
      <div ref={tree} className="tree" tabIndex={0} role="region" aria-label={t('family.title')}>
        <svg
          viewBox={`${-TREE_MARGIN} ${-TREE_MARGIN} ${width + 2 * TREE_MARGIN} ${height + 2 * TREE_MARGIN}`}
          width={width + 2 * TREE_MARGIN}
          height={height + 2 * TREE_MARGIN}
          role="img"
          aria-label={t('family.title')}
        >
          {shown.links.map(({ person, relative, kind, to }) => {
            const [one, other] = [placed.get(person), placed.get(relative)];
            if (!one || !other) return null;
            const key = `${person}${relative}${kind}${to ?? ''}`;
            const ended = (to === undefined ? '' : ' ended') + (person === REPORTED ? ' reported' : '');
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
            <g key={person.ref} className={kinOf(person)} transform={`translate(${flip(x, WIDE)} ${y})`}>
              <rect width={WIDE} height={HIGH} rx={person.sex === 'F' ? 24 : 8} />
              {inLines(nameOf(person)).map((line, n, all) => (
                <text key={line} x={WIDE / 2} y={(all.length === 1 ? 34 : 25) + n * 20} className="kin-name">
                  {line}
                </text>
              ))}
              <text x={WIDE / 2} y={HIGH - 14}>
                {about(person)}
              </text>
            </g>
          ))}
        </svg>
      </div>
      <Legend shown={shown} />
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
