import type { LocalDate } from '../../domain/time';
import type { Scene } from '../scene';
import { amendments } from './amendments';
import { births } from './births';
import type { Cast } from './cast';
import { marriages } from './marriages';
import { members } from './members';

/** The story of a family over three generations; scenes that others follow stand before them. */
export function familyStory(cast: Cast, today: LocalDate): Scene[] {
  const story = { cast, today, left: new Map<string, string>() };
  return [...members(story), ...births(story), ...marriages(story), ...amendments(story)];
}
