import fc from 'fast-check';
import type { FamilyEvent } from '../../../domain/family/record';

interface Move {
  readonly what: FamilyEvent['kind'] | 'correction' | 'revocation';
  readonly i: number;
  readonly j: number;
  readonly k: number;
  readonly day: number;
}

/** Something that is done to the register; the numbers choose among the people and entries there are. */
export const aMove: fc.Arbitrary<Move> = fc.record({
  what: fc.constantFrom<Move['what'][]>(
    'birth',
    'marriage',
    'marriage',
    'divorce',
    'divorce',
    'death',
    'member-identification',
    'enrolled-parent',
    'correction',
    'correction',
    'revocation',
  ),
  i: fc.nat(100),
  j: fc.nat(100),
  k: fc.nat(100),
  // Few days, so that events fall on and around one another.
  day: fc.nat(12),
});
